"""What hosts change of an event that people are signed up for: each change is noted, and told to whom it touches."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import distinct, func, select

from portal.db import db
from portal.domain.audit.service import note
from portal.domain.campaigns.service import touch_help
from portal.domain.events import queries as event_queries
from portal.domain.events.details import Details
from portal.domain.events.errors import EventNotPossible, NamesPromised, ShiftBegun, ShiftInThePast
from portal.domain.events.models import Event, EventStatus, NamesSeenBy, Shift
from portal.domain.events.rules import EventAction, next_status
from portal.domain.volunteers import queries, service
from portal.domain.volunteers.line import take_turn, tell
from portal.domain.volunteers.models import SignUp
from portal.domain.volunteers.rules import ACTIVE

# Better words tell nobody anything new; where to come, what to bring and what is spoken there does.
TOLD_OF = frozenset({"place", "exact_place", "place_hidden", "what_to_bring", "languages", "names_seen_by"})


def details_of(event: Event) -> Details:
    """Give an event's details as they are."""
    return Details(
        campaign_id=event.campaign_id,
        title=event.title,
        summary=event.summary,
        timezone=event.timezone,
        place=event.place,
        exact_place=event.exact_place,
        place_hidden=event.place_hidden,
        what_to_bring=event.what_to_bring,
        languages=tuple(event.languages),
        names_seen_by=NamesSeenBy(event.names_seen_by),
    )


def changes_between(before: Details, after: Details) -> list[str]:
    """Give the names of the details that differ."""
    return [name for name, value in after.columns().items() if before.columns()[name] != value]


def count_to_tell(event_id: int, moment: datetime, changed: Iterable[str]) -> int:
    """Give how many people get a mail when these details change: none for better words alone."""
    return count_coming(event_id, moment) if TOLD_OF & set(changed) else 0


def count_coming(event_id: int, moment: datetime, shift_id: int | None = None) -> int:
    """Give how many people hold a place or wait in an event's shifts that are not over, or in one of them."""
    coming = (
        select(func.count(distinct(SignUp.person_id)))
        .join(Shift, SignUp.shift_id == Shift.id)
        .where(Shift.event_id == event_id, SignUp.state.in_(ACTIVE), Shift.ends_at > moment)
    )
    if shift_id is not None:
        coming = coming.where(Shift.id == shift_id)
    return db.session.scalar(coming) or 0


def change_details(by: int, event_id: int, details: Details, moment: datetime) -> int:
    """Change what is said of an event; gives how many people are told by mail.

    Campaign and zone stay as they are. Raises NoSuchEvent, EventNotPossible for one that was called off, and
    NamesPromised where more people would see names than those who signed up were told.
    """
    take_turn()
    event = event_queries.get_own_event(event_id)
    next_status(EventStatus(event.status), EventAction.EDIT)
    before = details_of(event)
    changed = [name for name in changes_between(before, details) if name not in ("campaign_id", "timezone")]
    if not changed:
        return 0
    if event.status == EventStatus.PUBLISHED and details.names_seen_by != before.names_seen_by:
        refuse_wider(before.names_seen_by, details.names_seen_by)
    for name in changed:
        setattr(event, name, details.columns()[name])
    _count_as_new(event, moment)
    db.session.flush()
    note(by, "event.changed", f"event:{event.id}", moment, _some(before, changed), _some(details, changed))
    touch_help(event.campaign_id)
    return _tell_all(event, moment) if TOLD_OF & set(changed) else 0


def refuse_wider(before: NamesSeenBy, after: NamesSeenBy) -> None:
    """Raise NamesPromised where names would be seen by more people than before."""
    if (before, after) == (NamesSeenBy.HOSTS, NamesSeenBy.SHIFT):
        raise NamesPromised


def change_shift(
    by: int, shift_id: int, starts_at: datetime, ends_at: datetime, places: int, moment: datetime
) -> None:
    """Give a shift other times and places; whoever is moved with it, or loses a place, is told by mail.

    Raises NoSuchShift, EventNotPossible, ShiftBegun, ShiftInThePast and TooManyPlaces.
    """
    take_turn()
    shift = event_queries.get_shift(shift_id)
    db.session.refresh(shift)
    event = shift.event
    next_status(EventStatus(event.status), EventAction.EDIT)
    before = _shift_facts(shift)
    if shift.starts_at <= moment:
        raise ShiftBegun(shift.id, shift.role, shift.starts_at, event.timezone)
    if starts_at <= moment:
        raise ShiftInThePast(starts_at, event.timezone)
    if (shift.starts_at, shift.ends_at) != (starts_at, ends_at):
        service.change_times(shift, starts_at, ends_at, moment)
    if shift.places != places:
        service.change_places(shift, places, moment)
    if before != _shift_facts(shift):
        _count_as_new(event, moment)
        db.session.flush()
        note(by, "event.shift_changed", f"shift:{shift.id}", moment, before, _shift_facts(shift))


def call_off(by: int, event_id: int, moment: datetime) -> int:
    """Cancel an event; gives how many people are told by mail. Raises NoSuchEvent, EventNotPossible."""
    take_turn()
    event = event_queries.get_own_event(event_id)
    if event.status == EventStatus.CANCELLED:
        raise EventNotPossible(event.status, EventAction.CALL_OFF)
    told = count_coming(event_id, moment)
    service.call_off(event, moment)
    after = {"status": str(event.status), "told": told}
    note(by, "event.called_off", f"event:{event.id}", moment, {"status": "published"}, after)
    return told


def _count_as_new(event: Event, moment: datetime) -> None:
    """Whoever decides on a proposal decides on it as it is now."""
    if event.status == EventStatus.PROPOSED:
        event.proposed_at = moment


def _tell_all(event: Event, moment: datetime) -> int:
    """Tell everybody who comes, one mail each; calendars follow."""
    by_person: dict[int, list[SignUp]] = {}
    for shift in event.shifts:
        if shift.ends_at <= moment:
            continue
        shift.sequence += 1
        db.session.flush()
        for sign_up in queries.list_active_of_shift(shift.id):
            if sign_up.person_id is not None:
                by_person.setdefault(sign_up.person_id, []).append(sign_up)
    for person_id, sign_ups in by_person.items():
        tell("event_changed", person_id, sign_ups, moment)
    return len(by_person)


def _some(details: Details, names: Iterable[str]) -> dict[str, object]:
    return {name: details.columns()[name] for name in names}


def _shift_facts(shift: Shift) -> dict[str, object]:
    return {"starts_at": shift.starts_at, "ends_at": shift.ends_at, "places": shift.places}
