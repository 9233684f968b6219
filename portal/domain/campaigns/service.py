"""Changes to campaigns: publishing content, and adding to what a campaign has received."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update

from portal.db import Prepared, db, first_in_transaction, table_of
from portal.domain.campaigns.content import Content, LoadedCampaign, load_content
from portal.domain.campaigns.documents import GroupDocument
from portal.domain.campaigns.errors import NotReady, ReceiverNotChecked
from portal.domain.campaigns.models import Campaign, CampaignRevision, CampaignStatus, CampaignTotal, Group
from portal.domain.campaigns.rules import Checked, missing_for_money, missing_of_sources

_campaign, _total = table_of(Campaign), table_of(CampaignTotal)
_AMOUNTS = ("received_minor", "fees_minor", "gifts")


def _build_total(insert: Any) -> Any:
    new = insert(_total)
    sums = {name: _total.c[name] + new.excluded[name] for name in _AMOUNTS}
    return new.on_conflict_do_update(index_elements=["campaign_id", "livemode", "currency"], set_=sums)


_added_total = Prepared(_build_total)
_moved_page = Prepared(
    lambda _: (
        update(_campaign)
        .where(_campaign.c.id == bindparam("of"))
        .values(page_version=_campaign.c.page_version + 1)
    )
)


_moved_help = Prepared(
    lambda _: (
        update(_campaign)
        .where(_campaign.c.id == bindparam("of"))
        .values(help_version=_campaign.c.help_version + 1)
    )
)


def add_to_total(
    campaign_id: int, *, livemode: bool, currency: str, received: int, fees: int, gifts: int
) -> None:
    """Add minor units and a number of gifts to a campaign's total, which its page follows by itself.

    Negative values take away. To be called in the transaction that writes the ledger entry.
    """
    _added_total.run(
        campaign_id=campaign_id,
        livemode=livemode,
        currency=currency,
        received_minor=received,
        fees_minor=fees,
        gifts=gifts,
    )


def touch_page(campaign_id: int) -> None:
    """Make a campaign's page be rendered anew, after a change beside its total that a reader could see."""
    _moved_page.run(of=campaign_id)


def touch_help(campaign_id: int) -> None:
    """Make a campaign's page show its shifts anew, after a change of them or of their places."""
    # Nobody sees the version before the commit, so once in a transaction is enough; a rush runs many steps in one.
    if first_in_transaction("help", campaign_id):
        _moved_help.run(of=campaign_id)


def publish_content(content: Content, now: datetime) -> tuple[str, ...]:
    """Bring the group and its campaigns in line with the content; give the slugs of those that changed.

    Publishing the same content again changes nothing. Raises ReceiverNotChecked for a campaign that would
    collect money without a described and checked receiver, NotReady for one with a figure of which nobody has
    decided who said it, or compared it with the article.
    """
    group, group_changed = _write_group(content.group)
    loaded = content.campaigns
    return tuple(one.slug for one in loaded if _write_campaign(group, one, now, touched=group_changed))


def _write_group(document: GroupDocument) -> tuple[Group, bool]:
    values = document.columns()
    group = db.session.scalar(select(Group).order_by(Group.id).limit(1))
    if group is None:
        group = Group(**values)
        db.session.add(group)
        db.session.flush()
        return group, True
    return group, _assign(group, values)


def _write_campaign(group: Group, loaded: LoadedCampaign, now: datetime, *, touched: bool) -> bool:
    """Write one campaign and, when its words changed, a new revision; tell whether anything changed.

    Whatever an organizer has edited, published or archived is theirs from then on, and stays as it is.
    """
    campaign = db.session.scalar(select(Campaign).where(Campaign.slug == loaded.slug).with_for_update())
    if campaign is not None and campaign.edited_by_id is not None:
        campaign.page_version += touched
        db.session.flush()
        return touched
    if _will_be_read(loaded, campaign):
        _refuse_unready(loaded, now.astimezone(ZoneInfo(group.timezone)).date())
    values = {"group_id": group.id, **loaded.settings.columns()}
    if campaign is None:
        row = {"created_at": now, "address_given_at": now, "revision_number": 0, "page_version": 0}
        campaign = Campaign(slug=loaded.slug, **row, **values)
        db.session.add(campaign)
        changed = True
    else:
        note_receiver(campaign, values, now.astimezone(ZoneInfo(group.timezone)).date())
        stood = campaign.status
        move_to(campaign, CampaignStatus(values["status"]), now)
        changed = _assign(campaign, values) or campaign.status != stood
    db.session.flush()
    changed = _add_revision(campaign, loaded, now) or changed or touched
    if changed:
        campaign.page_version += 1
    db.session.flush()
    return changed


def checked_of(campaign: Campaign) -> Checked:
    """Give a campaign's receiver as it stands, with the day of its check."""
    return Checked(campaign.receiver, campaign.receiver_country, campaign.receiver_checked_on)


def checked_in(columns: dict[str, Any]) -> Checked:
    """Give the receiver of these values for a campaign's row, with the day of its check."""
    return Checked(*(columns[name] for name in ("receiver", "receiver_country", "receiver_checked_on")))


def note_receiver(campaign: Campaign, columns: dict[str, Any], today: date) -> None:
    """Keep since when a campaign has its receiver, where it is about to get another one with these values."""
    after = checked_in(columns)
    if checked_of(campaign).is_replaced_by(after):
        # One that comes back with an earlier revision has been there at its check.
        campaign.receiver_since = min(after.on or today, today)


def move_to(campaign: Campaign, status: CampaignStatus, moment: datetime) -> None:
    """Let a campaign stand there; one that readers saw and that is archived has ended at this moment."""
    if campaign.status == status:
        return
    was_read = campaign.status == CampaignStatus.PUBLISHED
    if was_read or status == CampaignStatus.PUBLISHED:
        campaign.address_given_at = campaign.address_given_at or moment
    campaign.ended_at = moment if was_read and status == CampaignStatus.ARCHIVED else None
    campaign.status = status


def _add_revision(campaign: Campaign, loaded: LoadedCampaign, now: datetime) -> bool:
    newest = db.session.execute(
        select(CampaignRevision.fingerprint, CampaignRevision.source).where(
            CampaignRevision.campaign_id == campaign.id, CampaignRevision.number == campaign.revision_number
        )
    ).first()
    # One without its text is from before texts were kept: it gets a successor that can be edited.
    if newest is not None and newest.fingerprint == loaded.fingerprint and newest.source is not None:
        return False
    add_revision(campaign, loaded, now)
    return True


def add_revision(campaign: Campaign, loaded: LoadedCampaign, now: datetime, by: int | None = None) -> None:
    """Add a campaign's next revision, made by a person or, without one, from content files."""
    campaign.revision_number += 1
    db.session.add(
        CampaignRevision(
            campaign_id=campaign.id,
            number=campaign.revision_number,
            story=loaded.story.model_dump(mode="json"),
            fingerprint=loaded.fingerprint,
            source=loaded.source,
            made_by_id=by,
            created_at=now,
        )
    )
    db.session.flush()


def _will_be_read(loaded: LoadedCampaign, campaign: Campaign | None) -> bool:
    """Tell whether readers find it then: published, or ended, as one is that they found before."""
    status = CampaignStatus(loaded.settings.status)
    was_read = campaign is not None and (
        campaign.status == CampaignStatus.PUBLISHED or campaign.ended_at is not None
    )
    return status == CampaignStatus.PUBLISHED or (status == CampaignStatus.ARCHIVED and was_read)


def _refuse_unready(loaded: LoadedCampaign, today: date) -> None:
    values = loaded.settings.columns()
    missing = missing_for_money(
        receiver=values["receiver"],
        country=values["receiver_country"],
        purpose=values["purpose"],
        checked_on=values["receiver_checked_on"],
        checked_by=values["receiver_checked_by"],
        lists=values["receiver_lists"],
        today=today,
    )
    if missing:
        raise ReceiverNotChecked(loaded.slug, missing)
    if unproved := missing_of_sources(loaded.story.sourced, today):
        raise NotReady(unproved)


def _assign(row: Group | Campaign, values: dict[str, Any]) -> bool:
    """Set what differs; tell whether anything did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def seed_demo(content_dir: Path, now: datetime) -> tuple[str, ...]:
    """Publish a content folder; give the slugs of the campaigns that changed, none when all was there.

    Raises ContentInvalid, with every problem of every file, before anything is written.
    """
    return publish_content(load_content(content_dir), now)
