"""Campaigns that are published or end at a moment to come: planned, taken back, and carried out when it is due."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from portal.clock import comes_twice, find_clock, find_day, find_moment
from portal.db import db
from portal.domain.audit.service import note
from portal.domain.campaigns import editing
from portal.domain.campaigns.errors import (
    EndsBeforeItBegins,
    MomentMissing,
    MomentOver,
    MomentSkipped,
    MomentUnreadable,
    NotReady,
    PublicAlready,
)
from portal.domain.campaigns.models import Campaign, CampaignPlan, CampaignRevision, CampaignStatus
from portal.domain.campaigns.queries import current_revision
from portal.domain.campaigns.revisions import day_of, open_for_change
from portal.domain.campaigns.starting import subject_of
from portal.domain.people.models import Person

# By what a plan is told, in the audit log and in forms.
NAMES = {CampaignStatus.PUBLISHED: "publish_at", CampaignStatus.ARCHIVED: "end_at"}


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan as the desk shows it: `on` is its day in the group's town, `twice` that clocks show its time again."""

    name: str
    at: datetime
    on: date
    twice: bool
    typed: str
    by: str
    refused: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class FailedPlan:
    """Something planned for a campaign that could not be done, and what was missing then."""

    campaign_id: int
    title: str
    name: str
    missing: tuple[str, ...]


def read_moment(typed: str, zone: ZoneInfo) -> datetime | None:
    """Give the moment that was typed as clocks of a zone show it, 2027-03-28T09:30; None for an empty entry.

    Raises MomentUnreadable, and MomentSkipped for a time that does not come on that day.
    """
    if not typed.strip():
        return None
    of_day, _, of_clock = typed.strip().replace("T", " ").partition(" ")
    day, clock = find_day(of_day), find_clock(of_clock)
    if day is None or clock is None:
        raise MomentUnreadable
    moment = find_moment(day, clock, zone)
    if moment is None:
        raise MomentSkipped(f"{day} {clock:%H:%M}")
    return moment


def list_plans(campaign_id: int, zone: ZoneInfo) -> list[Planned]:
    """Give what is planned for a campaign, and what could not be done, soonest first, in one statement."""
    rows = db.session.execute(
        select(CampaignPlan, Person.name)
        .outerjoin(Person, Person.id == CampaignPlan.made_by_id)
        .where(CampaignPlan.campaign_id == campaign_id)
        .order_by(CampaignPlan.at)
    )
    return [_planned(plan, name or "", zone) for plan, name in rows]


def list_failed(most: int) -> list[FailedPlan]:
    """Give the campaigns for which something planned could not be done, the longest ago first, in one statement."""
    rows = db.session.execute(
        select(CampaignPlan, CampaignRevision.story["title"].as_string())
        .join(Campaign, Campaign.id == CampaignPlan.campaign_id)
        .join(CampaignRevision, current_revision())
        .where(CampaignPlan.refused.is_not(None))
        .order_by(CampaignPlan.at, CampaignPlan.campaign_id)
        .limit(most * len(NAMES))
    )
    failed: dict[int, FailedPlan] = {}
    for one, title in rows:
        name = NAMES[CampaignStatus(one.status)]
        # What could not be published could not end either: the first of both says it.
        failed.setdefault(one.campaign_id, FailedPlan(one.campaign_id, title, name, tuple(one.refused or ())))
    return list(failed.values())[:most]


def plan(
    by: int, campaign_id: int, publish_at: datetime | None, end_at: datetime | None, moment: datetime
) -> tuple[str, ...]:
    """Let the worker publish a campaign, or end it, or both; takes the place of all that was planned for it.

    It is published as its newest revision tells it then; gives what this one lacks for that day.

    Raises NoSuchCampaign, MomentMissing, MomentOver, EndsBeforeItBegins, and PublicAlready.
    """
    opened = open_for_change(campaign_id)
    campaign = opened.campaign
    wanted = {CampaignStatus.PUBLISHED: publish_at, CampaignStatus.ARCHIVED: end_at}
    _refuse_impossible(campaign, publish_at, end_at, moment)
    before = _clear(campaign)
    after = {}
    for status, at in wanted.items():
        if at is not None:
            db.session.add(CampaignPlan(campaign_id=campaign_id, status=status, at=at, made_by_id=by))
            after[NAMES[status]] = at
    db.session.flush()
    if after != before:
        note(by, "campaign.planned", subject_of(campaign), moment, before or None, after)
    return () if publish_at is None else opened.missing(day_of(opened.group, publish_at))


def take_back(by: int, campaign_id: int, moment: datetime) -> None:
    """Forget all that was planned for a campaign. Raises NoSuchCampaign."""
    campaign = open_for_change(campaign_id).campaign
    before = _clear(campaign)
    if before:
        note(by, "campaign.plan_taken_back", subject_of(campaign), moment, before, {})


def carry_out_due(moment: datetime, limit: int) -> int:
    """Do what was planned for a moment that has come, the soonest first; gives how much of it.

    What can't be done is kept with what was missing, and not tried again.
    """
    due = db.session.execute(
        select(CampaignPlan.campaign_id, CampaignPlan.status)
        .where(CampaignPlan.at <= moment, CampaignPlan.refused.is_(None))
        .order_by(CampaignPlan.at, CampaignPlan.campaign_id)
        .limit(limit)
    ).all()
    return sum(_carry_out(campaign_id, CampaignStatus(status), moment) for campaign_id, status in due)


def _carry_out(campaign_id: int, status: CampaignStatus, moment: datetime) -> bool:
    campaign = open_for_change(campaign_id).campaign
    # Only now that nobody else changes the campaign is it known whether its plan is still there.
    plan = db.session.get(CampaignPlan, (campaign_id, status), populate_existing=True)
    if plan is None or plan.refused is not None or plan.at > moment:
        return False
    by, name, at = plan.made_by_id, NAMES[status], plan.at
    try:
        editing.carry_out(by, campaign_id, status, moment)
    except NotReady as refusal:
        plan.refused = list(refusal.missing)
        told = {name: at, "missing": plan.refused}
        note(by, "campaign.plan_failed", subject_of(campaign), moment, None, told)
    else:
        # Where it stood there already, nothing else has taken it out.
        this = (CampaignPlan.campaign_id == campaign_id, CampaignPlan.status == status)
        db.session.execute(delete(CampaignPlan).where(*this))
    db.session.flush()
    return True


def _refuse_impossible(
    campaign: Campaign, publish_at: datetime | None, end_at: datetime | None, moment: datetime
) -> None:
    if publish_at is None and end_at is None:
        raise MomentMissing
    if publish_at is not None and campaign.status == CampaignStatus.PUBLISHED:
        raise PublicAlready
    if any(at is not None and at <= moment for at in (publish_at, end_at)):
        raise MomentOver
    if publish_at is not None and end_at is not None and end_at <= publish_at:
        raise EndsBeforeItBegins


def _clear(campaign: Campaign) -> dict[str, datetime]:
    """Take out what was planned; gives it by name."""
    mine = CampaignPlan.campaign_id == campaign.id
    before = {
        NAMES[CampaignStatus(one.status)]: one.at
        for one in db.session.scalars(select(CampaignPlan).where(mine))
    }
    db.session.execute(delete(CampaignPlan).where(mine))
    return before


def _planned(plan: CampaignPlan, by: str, zone: ZoneInfo) -> Planned:
    local = plan.at.astimezone(zone)
    return Planned(
        NAMES[CampaignStatus(plan.status)],
        plan.at,
        local.date(),
        comes_twice(plan.at, zone),
        f"{local:%Y-%m-%dT%H:%M}",
        by,
        None if plan.refused is None else tuple(plan.refused),
    )
