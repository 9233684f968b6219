"""What organizers do with a campaign that is there: write, bring back, publish, take down, put away.

Each change that a reader could see moves the page; each is told in the audit log.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from portal.db import db
from portal.domain.audit.service import note
from portal.domain.campaigns.addresses import read_address
from portal.domain.campaigns.content import LoadedCampaign
from portal.domain.campaigns.errors import (
    AddressInUse,
    AddressStays,
    CheckOfAnotherReceiver,
    ContentInvalid,
    EditedMeanwhile,
    NotReady,
    RevisionOutdated,
)
from portal.domain.campaigns.models import Campaign, CampaignPlan, CampaignStatus
from portal.domain.campaigns.pictures import known_pictures
from portal.domain.campaigns.revisions import (
    Opened,
    day_of,
    get_revision,
    get_text,
    missing_to_publish,
    open_for_change,
)
from portal.domain.campaigns.rules import check_is_of_another
from portal.domain.campaigns.service import add_revision, checked_in, checked_of, move_to, note_receiver
from portal.domain.campaigns.starting import FROM_TEXT, read_text, subject_of
from portal.domain.campaigns.story import Story

# What was planned and is done, or undone, by a move made by hand. What is taken down may come back before its end.
OVERTAKEN: dict[CampaignStatus, tuple[CampaignStatus, ...]] = {
    CampaignStatus.DRAFT: (),
    CampaignStatus.PUBLISHED: (CampaignStatus.PUBLISHED,),
    CampaignStatus.ARCHIVED: (CampaignStatus.PUBLISHED, CampaignStatus.ARCHIVED),
}


def save_revision(by: int, campaign_id: int, base_number: int, text: str, moment: datetime) -> int:
    """Make this text the campaign's newest revision, and give its number; what says the same changes nothing.

    Readers of a published campaign see it at once. Raises NoSuchCampaign, ContentInvalid, TextTooLong,
    EditedMeanwhile when somebody saved another text since revision `base_number`, CheckOfAnotherReceiver, and
    NotReady when a campaign that readers see would tell or collect what it may not.
    """
    opened = open_for_change(campaign_id)
    loaded = read_text(text, opened.campaign.currency, known_pictures(campaign_id))
    columns = loaded.settings.columns()
    if loaded.story == opened.story and _says_the_same(opened.campaign, columns):
        return opened.number
    _refuse_other_base(opened, base_number)
    _refuse_old_check(opened, columns, moment)
    return _write(by, opened, loaded, moment, "campaign.revised")


def bring_back(by: int, campaign_id: int, base_number: int, number: int, moment: datetime) -> int:
    """Make an earlier revision's text the newest again, as a new revision; gives its number.

    Raises what `save_revision` does, NoSuchRevision, and RevisionOutdated in place of ContentInvalid.
    """
    opened = open_for_change(campaign_id)
    _refuse_other_base(opened, base_number)
    text = get_text(opened.campaign, number)
    try:
        loaded = read_text(text, opened.campaign.currency, known_pictures(campaign_id))
    except ContentInvalid:
        raise RevisionOutdated(number) from None
    if loaded.story == opened.story and _says_the_same(opened.campaign, loaded.settings.columns()):
        return opened.number
    return _write(by, opened, loaded, moment, "campaign.brought_back")


def publish(by: int, campaign_id: int, base_number: int, moment: datetime) -> None:
    """Show a campaign to readers, as its revision `base_number` tells it; one that is shown stays so.

    Raises NoSuchCampaign, EditedMeanwhile when there is a newer one, and NotReady with everything it lacks.
    """
    opened = open_for_change(campaign_id)
    _refuse_other_base(opened, base_number)
    if missing := opened.missing(day_of(opened.group, moment)):
        raise NotReady(missing)
    _move(by, opened.campaign, CampaignStatus.PUBLISHED, moment)


def unpublish(by: int, campaign_id: int, moment: datetime) -> None:
    """Take a campaign down, to be written on as a draft. Raises NoSuchCampaign."""
    _move(by, open_for_change(campaign_id).campaign, CampaignStatus.DRAFT, moment)


def archive(by: int, campaign_id: int, moment: datetime) -> bool:
    """End a campaign: readers still find it, it takes nothing any more, and its gifts stay in the books.

    Gives whether they find it: one that they did not see before stays unseen. Raises NoSuchCampaign.
    """
    campaign = open_for_change(campaign_id).campaign
    _move(by, campaign, CampaignStatus.ARCHIVED, moment)
    return campaign.ended_at is not None


def choose_address(by: int, campaign_id: int, typed: str, moment: datetime) -> None:
    """Give a campaign another address, as long as nobody else has the one it has.

    Raises NoSuchCampaign, AddressMalformed, AddressStays, and AddressInUse.
    """
    campaign = open_for_change(campaign_id).campaign
    before, address = campaign.slug, read_address(typed)
    if address == before:
        return
    if campaign.address_stays:
        raise AddressStays
    try:
        with db.session.begin_nested():
            campaign.slug = address
    except IntegrityError:
        # The database says so, and not a look at it before: two can choose the same one at once.
        raise AddressInUse(address) from None
    _touch(by, campaign, moment)
    note(
        by, "campaign.address_chosen", subject_of(campaign), moment, {"address": before}, {"address": address}
    )


def carry_out(by: int, campaign_id: int, status: CampaignStatus, moment: datetime) -> None:
    """Let a campaign stand where somebody planned it to; one that stands there already is left as it is.

    Raises NotReady with what is missing, which is `public` where readers don't see what was to end.
    """
    opened = open_for_change(campaign_id)
    campaign = opened.campaign
    if campaign.status == status:
        return
    missing: tuple[str, ...] = () if campaign.status == CampaignStatus.PUBLISHED else ("public",)
    if status == CampaignStatus.PUBLISHED:
        missing = opened.missing(day_of(opened.group, moment))
    if missing:
        raise NotReady(missing)
    _move(by, campaign, status, moment, "campaign.moved_as_planned")


def _refuse_other_base(opened: Opened, base_number: int) -> None:
    if opened.number == base_number:
        return
    newest = get_revision(opened.campaign.id, opened.number)
    before = get_text(opened.campaign, base_number)
    raise EditedMeanwhile(newest.number, newest.by, newest.at, before, opened.text)


def _says_the_same(campaign: Campaign, columns: dict[str, Any]) -> bool:
    return all((getattr(campaign, name) or None) == (columns[name] or None) for name in FROM_TEXT)


def _refuse_old_check(opened: Opened, columns: dict[str, Any], moment: datetime) -> None:
    """A check is of one receiver: another one is looked up anew."""
    campaign, today = opened.campaign, day_of(opened.group, moment)
    if check_is_of_another(checked_of(campaign), checked_in(columns), campaign.receiver_since, today):
        raise CheckOfAnotherReceiver(campaign.receiver)


def _write(by: int, opened: Opened, loaded: LoadedCampaign, moment: datetime, action: str) -> int:
    campaign, columns = opened.campaign, loaded.settings.columns()
    before = {"revision": opened.number, **_told(campaign, opened.story)}
    is_checked_anew = campaign.receiver_checked_on != columns["receiver_checked_on"]
    note_receiver(campaign, columns, day_of(opened.group, moment))
    for name in FROM_TEXT:
        setattr(campaign, name, columns[name])
    if campaign.is_readable:
        today = day_of(opened.group, moment)
        missing = missing_to_publish(campaign, loaded.story, loaded.source, today)
        # A check that has grown old keeps nobody from mending a page; one of long ago is none.
        if missing := tuple(one for one in missing if one != "checked_lately" or is_checked_anew):
            raise NotReady(missing)
    add_revision(campaign, loaded, moment, by)
    _touch(by, campaign, moment)
    note(
        by,
        action,
        subject_of(campaign),
        moment,
        before,
        {"revision": campaign.revision_number, **_told(campaign, loaded.story)},
    )
    return campaign.revision_number


def _move(
    by: int, campaign: Campaign, status: CampaignStatus, moment: datetime, action: str = "campaign.moved"
) -> None:
    before = campaign.status
    if before == status:
        return
    move_to(campaign, status, moment)
    overtaken = CampaignPlan.status.in_(OVERTAKEN[status])
    db.session.execute(delete(CampaignPlan).where(CampaignPlan.campaign_id == campaign.id, overtaken))
    _touch(by, campaign, moment)
    after = {"status": status.value, "revision": campaign.revision_number}
    note(by, action, subject_of(campaign), moment, {"status": before}, after)


def _touch(by: int, campaign: Campaign, moment: datetime) -> None:
    campaign.page_version += 1
    campaign.edited_by_id, campaign.edited_at = by, moment
    db.session.flush()


def _told(campaign: Campaign, story: Story) -> dict[str, Any]:
    """Give what the audit log keeps of a campaign beside the number of its revision.

    Where its money goes, and on which day its figures were compared with the article, by whoever it names.
    """
    return {
        "goal_minor": campaign.goal_minor,
        "receiver": campaign.receiver,
        "receiver_country": campaign.receiver_country,
        "receiver_checked_on": campaign.receiver_checked_on,
        "figures_checked_on": story.last_checked,
    }
