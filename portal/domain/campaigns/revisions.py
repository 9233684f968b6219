"""Reads for whoever edits campaigns: the list, one of them with its newest text, and its revisions."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ScalarSelect, case, func, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.domain.campaigns.drafting.proof import missing_own_words
from portal.domain.campaigns.errors import NoSuchCampaign, NoSuchRevision
from portal.domain.campaigns.models import (
    Campaign,
    CampaignPlan,
    CampaignRevision,
    CampaignStatus,
    CampaignTotal,
    Group,
)
from portal.domain.campaigns.queries import current_revision, total_of
from portal.domain.campaigns.rules import check_ran_out, is_named_only, missing_for_money, missing_of_sources
from portal.domain.campaigns.story import Story
from portal.domain.campaigns.written import text_of
from portal.domain.people.models import Person
from portal.money import Money

MOST_REVISIONS_SHOWN = 50
_ORDER = case(
    {CampaignStatus.PUBLISHED: 1, CampaignStatus.DRAFT: 2, CampaignStatus.ARCHIVED: 3}, value=Campaign.status
)


@dataclass(frozen=True, slots=True)
class EditedCampaign:
    """A campaign as the list of the desk shows it; `by` is None where only content files wrote it.

    `publish_at` and `end_at` are planned for it and not over.
    """

    id: int
    slug: str
    status: str
    title: str
    goal: Money
    received: Money
    by: str | None
    at: datetime
    publish_at: datetime | None
    end_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A campaign opened for editing: its row, the group, and its newest revision with the text it was made of."""

    campaign: Campaign
    group: Group
    number: int
    story: Story
    text: str

    def missing(self, today: date) -> tuple[str, ...]:
        """Name what stands between this campaign and its readers; empty when it can be published."""
        return missing_to_publish(self.campaign, self.story, self.text, today)


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision in a campaign's history; `by` is None for content files, empty for somebody without a name."""

    number: int
    by: str | None
    at: datetime


def list_edited(*, livemode: bool) -> list[EditedCampaign]:
    """Give every campaign, those that readers see first, in one statement."""
    editor = aliased(Person)
    statement = (
        select(
            Campaign.id,
            Campaign.slug,
            Campaign.status,
            CampaignRevision.story["title"].as_string(),
            Campaign.goal_minor,
            Campaign.currency,
            func.coalesce(CampaignTotal.received_minor, 0),
            Campaign.edited_by_id,
            editor.name,
            func.coalesce(Campaign.edited_at, CampaignRevision.created_at),
            _planned(CampaignStatus.PUBLISHED),
            _planned(CampaignStatus.ARCHIVED),
        )
        .join(CampaignRevision, current_revision())
        .outerjoin(editor, editor.id == Campaign.edited_by_id)
        .outerjoin(CampaignTotal, total_of(livemode))
        .order_by(_ORDER, Campaign.position, Campaign.id)
    )
    return [
        EditedCampaign(
            one, slug, status, title, Money(goal, unit), Money(got, unit), _named(by_id, name), at, *plans
        )
        for one, slug, status, title, goal, unit, got, by_id, name, at, *plans in db.session.execute(
            statement
        )
    ]


def _planned(status: CampaignStatus) -> ScalarSelect[datetime]:
    """Select when a campaign is to stand so; nothing where that could not be done."""
    mine = (CampaignPlan.campaign_id == Campaign.id, CampaignPlan.status == status)
    return select(CampaignPlan.at).where(*mine, CampaignPlan.refused.is_(None)).scalar_subquery()


def open_campaign(campaign_id: int) -> Opened:
    """Give a campaign of any status with its newest text, in one statement. Raises NoSuchCampaign."""
    row = db.session.execute(
        select(Campaign, Group, CampaignRevision)
        .join(Group, Campaign.group_id == Group.id)
        .join(CampaignRevision, current_revision())
        .where(Campaign.id == campaign_id)
    ).first()
    if row is None:
        raise NoSuchCampaign(str(campaign_id))
    campaign, group, newest = row
    story = Story.model_validate(newest.story)
    return Opened(campaign, group, newest.number, story, text_of(campaign, story, newest.source))


def open_for_change(campaign_id: int) -> Opened:
    """Give a campaign whose row nobody else changes before this transaction ends."""
    locked = select(Campaign).where(Campaign.id == campaign_id).with_for_update()
    if db.session.scalar(locked.execution_options(populate_existing=True)) is None:
        raise NoSuchCampaign(str(campaign_id))
    return open_campaign(campaign_id)


def list_revisions(campaign_id: int) -> list[Revision]:
    """Give a campaign's latest revisions, newest first, in one statement."""
    rows = db.session.execute(
        select(CampaignRevision.number, CampaignRevision.made_by_id, Person.name, CampaignRevision.created_at)
        .outerjoin(Person, Person.id == CampaignRevision.made_by_id)
        .where(CampaignRevision.campaign_id == campaign_id)
        .order_by(CampaignRevision.number.desc())
        .limit(MOST_REVISIONS_SHOWN)
    )
    return [Revision(number, _named(by_id, name), at) for number, by_id, name, at in rows]


def get_text(campaign: Campaign, number: int) -> str:
    """Give the text of one of a campaign's revisions. Raises NoSuchRevision."""
    return get_told(campaign, number)[1]


def get_told(campaign: Campaign, number: int) -> tuple[Story, str]:
    """Give the story of one of a campaign's revisions, and the text that it was made of. Raises NoSuchRevision."""
    revision = db.session.scalar(
        select(CampaignRevision).where(
            CampaignRevision.campaign_id == campaign.id, CampaignRevision.number == number
        )
    )
    if revision is None:
        raise NoSuchRevision(number)
    story = Story.model_validate(revision.story)
    return story, text_of(campaign, story, revision.source)


def get_revision(campaign_id: int, number: int) -> Revision:
    """Give who made a revision, and when. Raises NoSuchRevision."""
    row = db.session.execute(
        select(CampaignRevision.made_by_id, Person.name, CampaignRevision.created_at)
        .outerjoin(Person, Person.id == CampaignRevision.made_by_id)
        .where(CampaignRevision.campaign_id == campaign_id, CampaignRevision.number == number)
    ).first()
    if row is None:
        raise NoSuchRevision(number)
    return Revision(number, _named(row.made_by_id, row.name), row.created_at)


def missing_to_publish(campaign: Campaign, story: Story, text: str, today: date) -> tuple[str, ...]:
    """Name what a campaign lacks before readers may see it, as a story made of this text, and give.

    `checked_lately` is a check that is too old.
    """
    missing = missing_for_money(
        receiver=campaign.receiver,
        country=campaign.receiver_country,
        purpose=campaign.purpose,
        checked_on=campaign.receiver_checked_on,
        checked_by=campaign.receiver_checked_by,
        lists=campaign.receiver_lists,
        today=today,
    )
    group = campaign.group
    own = (group.name, *(partner["name"] for partner in group.partners or ()))
    named = [name for one in story.organizations for name in (one.name, *one.aliases)]
    stranger = ("receiver_not_named",) if is_named_only(campaign.receiver, named, own) else ()
    old = ("checked_lately",) if check_ran_out(campaign.receiver_checked_on, today) else ()
    words = () if story.blocks else ("words",)
    unproved = (*missing_of_sources(story.sourced, today), *missing_own_words(campaign, story, text))
    return (*words, *unproved, *missing, *stranger, *old)


def day_of(group: Group, moment: datetime) -> date:
    """Give the day that calendars of the group's town show."""
    return moment.astimezone(ZoneInfo(group.timezone)).date()


def _named(by_id: int | None, name: str | None) -> str | None:
    return None if by_id is None else name or ""
