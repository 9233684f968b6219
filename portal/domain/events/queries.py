"""Reads of events and shifts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from portal.db import db, table_of
from portal.domain.accounts.models import User
from portal.domain.campaigns.models import Campaign, CampaignStatus
from portal.domain.campaigns.queries import is_readable
from portal.domain.events.errors import NoSuchEvent, NoSuchShift
from portal.domain.events.models import (
    PUBLIC,
    TO_MANAGE,
    Event,
    EventHost,
    EventPromise,
    EventStatus,
    EventWord,
    Shift,
)
from portal.domain.people.queries import MOST_LOOKED_AT
from portal.domain.people.words import ids_by_words

MOST_SHIFTS_LISTED = 400
MOST_EVENTS_LISTED = 200
# Of an event that has more, others may have to wait until it has a host.
MOST_SHIFTS_OF_ONE = 20
# To search engines: half of what a sitemap may hold.
MOST_EVENTS_TOLD = 25_000


@dataclass(frozen=True)
class ShiftFilter:
    """What a reader looks for among coming shifts; None and empty mean anything."""

    day: str = ""
    place: str = ""
    role: str = ""
    language: str = ""
    with_places: bool = False


def get_event(event_id: int) -> Event:
    """Give an event as anybody may see it, with its campaign, which may have ended, and all its shifts.

    Two statements. Raises NoSuchEvent, also for one that was never published.
    """
    event = db.session.scalar(
        select(Event)
        .join(Event.campaign)
        .where(Event.id == event_id, Event.status.in_(PUBLIC), is_readable())
        .options(contains_eager(Event.campaign), selectinload(Event.shifts))
    )
    if event is None:
        raise NoSuchEvent(event_id)
    return event


def list_coming_shifts(
    moment: datetime, campaign_id: int | None = None, most: int = MOST_SHIFTS_LISTED
) -> list[Shift]:
    """Give the shifts of published events that have not begun, with their events, soonest first, in one statement."""
    coming = _coming(moment).limit(most)
    if campaign_id is not None:
        coming = coming.where(Event.campaign_id == campaign_id)
    return list(db.session.scalars(coming))


def list_coming_event_ids(moment: datetime, most: int = MOST_EVENTS_TOLD) -> list[int]:
    """Give the published events at a place that anybody may know, those with a shift to come, in one statement."""
    coming = select(Shift.id).where(Shift.event_id == Event.id, Shift.starts_at > moment)
    wanted = (
        select(Event.id)
        .join(Event.campaign)
        .where(
            Event.status == EventStatus.PUBLISHED,
            Event.place_hidden.is_(False),
            Campaign.status == CampaignStatus.PUBLISHED,
            coming.exists(),
        )
    )
    return list(db.session.scalars(wanted.order_by(Event.id.desc()).limit(most)))


def list_shifts_to_fill(moment: datetime, until: datetime, most: int) -> list[Shift]:
    """Give the shifts of published events that begin between two moments and have places left, soonest first."""
    to_fill = _coming(moment).where(Shift.starts_at <= until, Shift.taken < Shift.places)
    return list(db.session.scalars(to_fill.limit(most)))


def _coming(moment: datetime) -> Select[tuple[Shift]]:
    # SQLite would else begin with every event that was ever published, and not with the shifts to come.
    status = cast(Event.status, String)
    return (
        select(Shift)
        .join(Shift.event)
        .join(Event.campaign)
        .where(
            status == EventStatus.PUBLISHED,
            Campaign.status == CampaignStatus.PUBLISHED,
            Shift.starts_at > moment,
        )
        .options(contains_eager(Shift.event).contains_eager(Event.campaign))
        .order_by(Shift.starts_at, Shift.id)
    )


@dataclass(frozen=True)
class Hosted:
    """An event in a list of those who manage it: from when to when (None without shifts), and how full it is."""

    event: Event
    starts_at: datetime | None
    ends_at: datetime | None
    shifts: int
    taken: int
    places: int


def is_host(event_id: int, person_id: int) -> bool:
    """Tell whether a person manages an event; who was only asked to does not yet."""
    row = db.session.get(EventHost, (event_id, person_id))
    return row is not None and row.accepted_at is not None


def get_own_event(event_id: int) -> Event:
    """Give an event however it stands, for those who manage it, with campaign and shifts; raises NoSuchEvent."""
    event = db.session.scalar(
        select(Event)
        .join(Event.campaign)
        .where(Event.id == event_id)
        .options(contains_eager(Event.campaign), selectinload(Event.shifts))
        .execution_options(populate_existing=True)
    )
    if event is None:
        raise NoSuchEvent(event_id)
    return event


def list_hosted(person_id: int, most: int = MOST_EVENTS_LISTED) -> list[Hosted]:
    """Give the events that a person manages, the one that ends last first, in one statement."""
    hosting = select(EventHost.event_id).where(
        EventHost.person_id == person_id, EventHost.accepted_at.is_not(None)
    )
    latest = func.max(Shift.ends_at).desc().nulls_last()
    return _hosted(_with_times().where(Event.id.in_(hosting)).order_by(latest, Event.id.desc()), most)


def find_hosted_alone(person_id: int, moment: datetime) -> Event | None:
    """Give the first event that waits or is published, is not over, and that nobody else with an account manages."""
    soonest = select(func.min(Shift.starts_at)).where(Shift.event_id == Event.id, Shift.ends_at > moment)
    starts_at = soonest.scalar_subquery()
    alone = (
        select(Event)
        .join(EventHost, EventHost.event_id == Event.id)
        .where(EventHost.person_id == person_id, EventHost.accepted_at.is_not(None))
        .where(Event.status.in_(TO_MANAGE), starts_at.is_not(None), ~_able_hosts(but=person_id).exists())
    )
    return db.session.scalar(alone.order_by(starts_at, Event.id).limit(1))


def list_without_host(moment: datetime, most: int) -> list[Event]:
    """Give the published events, but for the portal's own, that nobody with an account manages, soonest first."""
    # A cast for the same reason as in `_coming`.
    of_people = cast(Event.source_key, String).is_(None)
    left = _coming(moment).where(of_people, ~_able_hosts().exists())
    shifts = db.session.scalars(left.limit(most * MOST_SHIFTS_OF_ONE))
    return list(dict.fromkeys(shift.event for shift in shifts))[:most]


def has_other_host(event_id: int, person_id: int) -> bool:
    """Tell whether somebody else with an account manages an event too."""
    others = _able_hosts(but=person_id).where(Event.id == event_id)
    return db.session.scalar(others.limit(1)) is not None


def _able_hosts(but: int | None = None) -> Select[tuple[int]]:
    """Select who manages the event around this, and can sign in to do so."""
    host = aliased(EventHost)
    able = (
        select(host.person_id)
        .join(User, User.person_id == host.person_id)
        .where(host.event_id == Event.id, host.accepted_at.is_not(None), User.active)
    )
    return able if but is None else able.where(host.person_id != but)


def list_sent_in_by(person_id: int, since: datetime) -> list[Event]:
    """Give what a host has proposed or published since a moment and what still is so, with its shifts."""
    sent = (
        select(Event)
        .join(EventHost, EventHost.event_id == Event.id)
        .where(EventHost.person_id == person_id, Event.proposed_by == person_id, Event.created_at > since)
        .where(Event.status.in_(TO_MANAGE))
        .options(selectinload(Event.shifts))
    )
    return list(db.session.scalars(sent.order_by(Event.id)))


def list_asked(person_id: int) -> list[Event]:
    """Give the events that a person is asked to manage and has not answered."""
    asked = select(Event).join(EventHost, EventHost.event_id == Event.id)
    asked = asked.where(EventHost.person_id == person_id, EventHost.accepted_at.is_(None))
    return list(db.session.scalars(asked.order_by(Event.id).limit(MOST_EVENTS_LISTED)))


def list_proposed(most: int = MOST_EVENTS_LISTED) -> list[Hosted]:
    """Give the events that wait for an organizer, who has waited longest first, in one statement."""
    proposed = _with_times().where(Event.status == EventStatus.PROPOSED)
    return _hosted(proposed.order_by(Event.proposed_at, Event.id), most)


def list_host_rows(event_id: int) -> list[EventHost]:
    """Give who manages an event or is asked to, with the persons, longest first."""
    rows = select(EventHost).join(EventHost.person).where(EventHost.event_id == event_id)
    rows = rows.options(contains_eager(EventHost.person)).order_by(EventHost.made_at, EventHost.person_id)
    return list(db.session.scalars(rows))


def list_promises(event_id: int) -> list[EventPromise]:
    """Give the boxes that were ticked for an event, the latest first."""
    ticked = select(EventPromise).where(EventPromise.event_id == event_id)
    return list(db.session.scalars(ticked.order_by(EventPromise.id.desc())))


def _with_times() -> Select[Any]:
    return (
        select(
            Event,
            func.min(Shift.starts_at),
            func.max(Shift.ends_at),
            func.count(Shift.id),
            func.coalesce(func.sum(Shift.taken), 0),
            func.coalesce(func.sum(Shift.places), 0),
        )
        .outerjoin(Event.shifts)
        .group_by(Event.id)
    )


def _hosted(wanted: Select[Any], most: int) -> list[Hosted]:
    return [Hosted(*row) for row in db.session.execute(wanted.limit(most))]


def list_events_sought(sought: str, most: int) -> list[Event]:
    """Give the newest events whose title has words that begin as typed; none for an empty search."""
    ids = ids_by_words(table_of(EventWord), sought, MOST_LOOKED_AT)
    if ids is None:
        return []
    wanted = select(Event).where(Event.id.in_(ids)).order_by(Event.id.desc()).limit(most)
    return list(db.session.scalars(wanted))


def get_shift(shift_id: int) -> Shift:
    """Give a shift with its event, also of one that was called off or is only proposed; raises NoSuchShift."""
    shift = db.session.scalar(
        select(Shift).join(Shift.event).where(Shift.id == shift_id).options(contains_eager(Shift.event))
    )
    if shift is None:
        raise NoSuchShift(shift_id)
    return shift


def matches(shift: Shift, wanted: ShiftFilter) -> bool:
    """Tell whether a shift is one that a reader looks for."""
    event = shift.event
    return (
        (not wanted.day or f"{shift.starts_at.astimezone(event.zone):%Y-%m-%d}" == wanted.day)
        and (not wanted.place or wanted.place == event.place)
        and (not wanted.role or wanted.role == shift.role)
        and (not wanted.language or wanted.language in event.languages)
        and (not wanted.with_places or shift.left > 0)
    )
