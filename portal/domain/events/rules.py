"""Rules of events as pure functions: how an event moves, when local times are in the world, where a place is told."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from portal.clock import find_moment
from portal.domain.events.errors import EventNotPossible, PromiseMissing, TimesImpossible
from portal.domain.events.models import EventStatus, Promise

# A form that comes again so soon is a double click or a slow phone.
SENT_TWICE_WITHIN = timedelta(minutes=2)


class EventAction(StrEnum):
    """What can happen to an event."""

    PROPOSE = "propose"  # to the organizers
    PUBLISH = "publish"  # by somebody who is trusted to do it alone
    EDIT = "edit"  # by a host; whoever comes is told
    TAKE_BACK = "take back"  # a proposal, by a host
    APPROVE = "approve"  # by an organizer
    DECLINE = "decline"  # by an organizer, with a note
    CALL_OFF = "call off"  # what was to take place does not


_S, _A = EventStatus, EventAction

# The one table by which an event moves: (status, action) -> status. What is not in it can't happen.
TRANSITIONS: dict[tuple[EventStatus, EventAction], EventStatus] = {
    (_S.DRAFT, _A.PROPOSE): _S.PROPOSED,
    (_S.DRAFT, _A.PUBLISH): _S.PUBLISHED,
    (_S.DRAFT, _A.EDIT): _S.DRAFT,
    (_S.PROPOSED, _A.EDIT): _S.PROPOSED,
    (_S.PROPOSED, _A.TAKE_BACK): _S.DRAFT,
    (_S.PROPOSED, _A.APPROVE): _S.PUBLISHED,
    (_S.PROPOSED, _A.DECLINE): _S.DECLINED,
    (_S.DECLINED, _A.EDIT): _S.DECLINED,
    (_S.DECLINED, _A.PROPOSE): _S.PROPOSED,
    (_S.DECLINED, _A.PUBLISH): _S.PUBLISHED,
    (_S.PUBLISHED, _A.EDIT): _S.PUBLISHED,
    (_S.PUBLISHED, _A.CALL_OFF): _S.CANCELLED,
}


def next_status(status: EventStatus, action: EventAction) -> EventStatus:
    """Give where an event stands after an action; raises EventNotPossible for one that its status does not know."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise EventNotPossible(status, action) from None


def refuse_unpromised(ticked: Iterable[Promise]) -> None:
    """Raise PromiseMissing unless every promise is ticked."""
    if set(Promise) - set(ticked):
        raise PromiseMissing


def moment_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Give the moment at which clocks of a zone show a time on a day, in UTC.

    Of a time that comes twice when clocks go back it is the first. Raises TimesImpossible for one that they skip.
    """
    moment = find_moment(day, clock, zone)
    if moment is None:
        raise TimesImpossible(f"{day} {clock:%H:%M} {zone.key}")
    return moment


def shift_times(day: date, start: time, end: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give when a shift of these local times begins and ends, in UTC; one that ends earlier ends on the next day.

    Raises TimesImpossible.
    """
    ends_on = day if end > start else day + timedelta(days=1)
    starts_at, ends_at = moment_of(day, start, zone), moment_of(ends_on, end, zone)
    if ends_at <= starts_at:
        raise TimesImpossible(f"{day} {start:%H:%M} {zone.key}")
    return starts_at, ends_at


def place_shown(place: str, exact_place: str, *, hidden: bool, signed_up: bool) -> str:
    """Give the place as this reader may know it: all of it, unless it is told after sign-up only."""
    if hidden and not signed_up:
        return place
    return ", ".join(part for part in (exact_place, place) if part)
