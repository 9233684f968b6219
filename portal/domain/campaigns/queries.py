"""Reads of campaigns: what a page needs in one statement, and the cheap look at whether it changed."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from portal.db import db
from portal.domain.campaigns.errors import NoSuchCampaign
from portal.domain.campaigns.models import (
    Campaign,
    CampaignRevision,
    CampaignStatus,
    CampaignTotal,
    CampaignTranslation,
    Group,
)
from portal.domain.campaigns.story import Story
from portal.domain.campaigns.translations import entries_of, translate
from portal.domain.campaigns.written import text_of
from portal.languages import LANGUAGES
from portal.money import CardFee, Money


@dataclass(frozen=True, slots=True)
class PageVersion:
    """What a rendered campaign page depends on in the database: equal ones mean equal pages on one day."""

    campaign_id: int
    page_version: int
    help_version: int
    timezone: str
    received_minor: int
    gifts: int
    elsewhere: int

    @property
    def has_ended(self) -> bool:
        """Whether it is only read any more."""
        return self.elsewhere > 0


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """Everything a campaign's page tells: its row, its group, the words, and the money so far.

    `elsewhere` moves with every campaign where this one has ended, as its page then tells which others are open.
    `languages` are those that it can be read in beside the original; in one of them, `language`, `original` is kept
    too, and `translated` are the texts that are in it.
    """

    campaign: Campaign
    group: Group
    story: Story
    goal: Money
    received: Money
    gifts: int
    elsewhere: int = 0
    original: Story | None = None
    language: str = ""
    languages: tuple[str, ...] = ()
    translated: frozenset[str] = frozenset()

    @property
    def written(self) -> Story:
        """The story in the portal's own language, which drawings and their legends are made of."""
        return self.original or self.story

    @property
    def ended_on(self) -> date | None:
        """The day on which it was archived, in the group's town; None for one that is open."""
        ended_at = self.campaign.ended_at
        return None if ended_at is None else ended_at.astimezone(ZoneInfo(self.group.timezone)).date()

    @property
    def version(self) -> PageVersion:
        """What this page depends on, as `find_page_version` would give it."""
        campaign = self.campaign
        return PageVersion(
            campaign.id,
            campaign.page_version,
            campaign.help_version,
            self.group.timezone,
            self.received.minor,
            self.gifts,
            self.elsewhere,
        )

    @property
    def card_fee(self) -> CardFee | None:
        """What a card payment in the campaign's currency costs; None where the group has named no fee."""
        fee = self.group.card_fees.get(self.goal.currency)
        return CardFee(**fee) if fee else None

    @property
    def amounts(self) -> tuple[Money, ...]:
        """The amounts to tap, smallest first."""
        return tuple(Money(minor, self.goal.currency) for minor in self.story.amounts)


@dataclass(frozen=True, slots=True)
class CampaignSummary:
    """A campaign as lists show it."""

    slug: str
    story: Story
    goal: Money
    received: Money
    gifts: int


def find_page_version(connection: Connection, slug: str, *, livemode: bool) -> PageVersion | None:
    """Give what a campaign's page depends on; None where readers find none, in one statement."""
    row = connection.execute(_version(), {"slug": slug, "livemode": livemode}).first()
    return None if row is None else PageVersion(*row)


@cache
def _version() -> Select[Any]:
    return (
        select(
            Campaign.id,
            Campaign.page_version,
            Campaign.help_version,
            Group.timezone,
            _received(),
            _gifts(),
            _elsewhere(),
        )
        .join(Group, Campaign.group_id == Group.id)
        .outerjoin(CampaignTotal, total_of(bindparam("livemode")))
        .where(Campaign.slug == bindparam("slug"), is_readable())
    )


def get_campaign_page(slug: str, *, livemode: bool, language: str = "") -> CampaignPage:
    """Give all that the page of a campaign shows, published or ended, in one statement; test and live money apart.

    In the original where readers find no translation into this language. Raises NoSuchCampaign.
    """
    rows = db.session.execute(_page(), {"slug": slug, "livemode": livemode}).all()
    if not rows:
        raise NoSuchCampaign(slug)
    campaign, group, story, source, received, gifts, elsewhere, _ = rows[0]
    shown = {one.language: one for *_, one in rows if one is not None}
    page = CampaignPage(
        campaign,
        group,
        read_story(story),
        Money(campaign.goal_minor, campaign.currency),
        Money(received, campaign.currency),
        gifts,
        elsewhere,
        languages=tuple(code for code in LANGUAGES if code in shown),
    )
    return in_language(page, source, shown[language]) if language in shown else page


def in_language(page: CampaignPage, source: str | None, translation: CampaignTranslation) -> CampaignPage:
    """Give a page's story as far as it is translated; `source` is what it was made of, where that is kept."""
    document = text_of(page.campaign, page.story, source)
    told = translate(page.story, document, entries_of(translation.texts), translation.language)
    return replace(
        page, story=told.story, original=page.story, language=translation.language, translated=told.texts
    )


@cache
def _page() -> Select[Any]:
    # A row for each language in which readers find it; they are few.
    translated = and_(CampaignTranslation.campaign_id == Campaign.id, CampaignTranslation.shown)
    return (
        select(
            Campaign,
            Group,
            stored_story(),
            CampaignRevision.source,
            _received(),
            _gifts(),
            _elsewhere(),
            CampaignTranslation,
        )
        .join(Group, Campaign.group_id == Group.id)
        .join(CampaignRevision, current_revision())
        .outerjoin(CampaignTotal, total_of(bindparam("livemode")))
        .outerjoin(CampaignTranslation, translated)
        .where(Campaign.slug == bindparam("slug"), is_readable())
    )


def is_readable() -> ColumnElement[bool]:
    """Hold for campaigns that readers find at their address: published ones, and those that were until they ended."""
    return or_(Campaign.status == CampaignStatus.PUBLISHED, Campaign.ended_at.is_not(None))


def list_campaigns(*, livemode: bool) -> list[CampaignSummary]:
    """Give the published campaigns in their order, in one statement."""
    statement = (
        select(
            Campaign.slug,
            stored_story(),
            Campaign.goal_minor,
            Campaign.currency,
            _received(),
            _gifts(),
        )
        .join(CampaignRevision, current_revision())
        .outerjoin(CampaignTotal, total_of(livemode))
        .where(Campaign.status == CampaignStatus.PUBLISHED)
        .order_by(Campaign.position, Campaign.id)
    )
    return [
        CampaignSummary(slug, read_story(story), Money(goal, unit), Money(received, unit), gifts)
        for slug, story, goal, unit, received, gifts in db.session.execute(statement)
    ]


def list_campaign_titles() -> list[tuple[int, str]]:
    """Give the published campaigns by id with their titles, in their order, in one statement."""
    statement = (
        select(Campaign.id, CampaignRevision.story["title"].as_string())
        .join(CampaignRevision, current_revision())
        .where(Campaign.status == CampaignStatus.PUBLISHED)
        .order_by(Campaign.position, Campaign.id)
    )
    return [(campaign_id, title) for campaign_id, title in db.session.execute(statement)]


def find_group() -> Group | None:
    """Give the group that runs this portal; None before it is set up."""
    return db.session.scalar(select(Group).order_by(Group.id).limit(1))


def stored_story() -> ColumnElement[str]:
    """Select what a revision says as it is stored, for `read_story`."""
    return cast(CampaignRevision.story, Text)


@lru_cache(maxsize=64)
def read_story(stored: str) -> Story:
    """Give a stored story; those that are asked for again and again are read once."""
    return Story.model_validate_json(stored)


def current_revision() -> ColumnElement[bool]:
    """Join a campaign with what it says now."""
    return and_(
        CampaignRevision.campaign_id == Campaign.id, CampaignRevision.number == Campaign.revision_number
    )


def total_of(livemode: bool | BindParameter[bool]) -> ColumnElement[bool]:
    """Join a campaign with what it has received in its own currency, practice or real."""
    return and_(
        CampaignTotal.campaign_id == Campaign.id,
        CampaignTotal.livemode == livemode,
        CampaignTotal.currency == Campaign.currency,
    )


def _received() -> ColumnElement[int]:
    return func.coalesce(CampaignTotal.received_minor, 0)


def _elsewhere() -> ColumnElement[int]:
    # Whatever a reader could see of any campaign moves its page_version up, and none is ever deleted.
    every = aliased(Campaign)
    moved = select(func.sum(every.page_version)).scalar_subquery()
    return case((Campaign.ended_at.is_(None), literal_column("0")), else_=moved)


def _gifts() -> ColumnElement[int]:
    return func.coalesce(CampaignTotal.gifts, 0)
