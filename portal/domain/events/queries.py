"""Reads of events and shifts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from portal.db import db, table_of
from portal.domain.campaigns.models import Campaign, CampaignStatus
from portal.domain.events.errors import NoSuchEvent, NoSuchShift
from portal.domain.events.models import Event, EventStatus, EventWord, Shift
from portal.domain.people.words import ids_by_words

MOST_SHIFTS_LISTED = 400


@dataclass(frozen=True)
class ShiftFilter:
    """What a reader looks for among coming shifts; None and empty mean anything."""

    day: str = ""
    place: str = ""
    role: str = ""
    language: str = ""
    with_places: bool = False


def get_event(event_id: int) -> Event:
    """Give an event with its campaign and all its shifts, in two statements; raises NoSuchEvent."""
    event = db.session.scalar(
        select(Event)
        .join(Event.campaign)
        .where(Event.id == event_id, Campaign.status == CampaignStatus.PUBLISHED)
        .options(contains_eager(Event.campaign), selectinload(Event.shifts))
    )
    if event is None:
        raise NoSuchEvent(event_id)
    return event


def list_coming_shifts(
    moment: datetime, campaign_id: int | None = None, most: int = MOST_SHIFTS_LISTED
) -> list[Shift]:
    """Give the shifts of published events that have not begun, with their events, soonest first, in one statement."""
    coming = (
        select(Shift)
        .join(Shift.event)
        .join(Event.campaign)
        .where(
            Event.status == EventStatus.PUBLISHED,
            Campaign.status == CampaignStatus.PUBLISHED,
            Shift.starts_at > moment,
        )
        .options(contains_eager(Shift.event).contains_eager(Event.campaign))
        .order_by(Shift.starts_at, Shift.id)
        .limit(most)
    )
    if campaign_id is not None:
        coming = coming.where(Event.campaign_id == campaign_id)
    return list(db.session.scalars(coming))


def list_events(event_ids: Iterable[int]) -> list[Event]:
    """Give events by id, with their shifts."""
    wanted = select(Event).where(Event.id.in_(list(event_ids))).options(selectinload(Event.shifts))
    return list(db.session.scalars(wanted.order_by(Event.id)))


def list_events_sought(sought: str, most: int) -> list[Event]:
    """Give the newest events whose title has words that begin as typed; none for an empty search."""
    ids = ids_by_words(table_of(EventWord), sought)
    if ids is None:
        return []
    wanted = select(Event).where(Event.id.in_(ids)).order_by(Event.id.desc()).limit(most)
    return list(db.session.scalars(wanted))


def get_shift(shift_id: int) -> Shift:
    """Give a shift with its event, also of one that was called off; raises NoSuchShift."""
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
