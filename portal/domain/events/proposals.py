"""Changes to events by people: proposed, decided on, and who manages them. Each is noted in the audit log."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from portal.db import db
from portal.domain.audit.service import note as note_done
from portal.domain.campaigns.service import touch_help
from portal.domain.events import queries
from portal.domain.events.details import Details
from portal.domain.events.errors import EventChanged, LastHost, NoSuchEvent, NotAsked, OnlyHost, TooManyHosts
from portal.domain.events.models import TO_MANAGE, Event, EventHost, EventPromise, EventStatus, Promise, Shift
from portal.domain.events.pattern import PlannedShift, refuse_past
from portal.domain.events.rules import SENT_TWICE_WITHIN, EventAction, next_status, refuse_unpromised
from portal.domain.messages.service import queue_mail
from portal.domain.people.models import Person

MOST_HOSTS = 20
HOST_MAIL_KINDS = ("host_asked", "proposal_decided")


def propose(
    by: int,
    details: Details,
    shifts: Sequence[PlannedShift],
    promises: Iterable[Promise],
    moment: datetime,
    *,
    trusted: bool,
) -> Event:
    """Make an event that waits for an organizer, or is published at once where its proposer is `trusted`.

    The proposer, a person by id, becomes its host. The same sent once more a moment later makes no second one.
    Raises PromiseMissing and ShiftInThePast.
    """
    refuse_past(shifts, details.zone, moment)
    made = _find_made(by, details, shifts, moment)
    if made is not None:
        return made
    event = Event(status=EventStatus.DRAFT, proposed_by=by, created_at=moment, **details.columns())
    event.shifts = _rows_of(shifts)
    db.session.add(event)
    db.session.flush()
    db.session.add(EventHost(event_id=event.id, person_id=by, made_at=moment, accepted_at=moment))
    _send_in(by, event, promises, moment, trusted=trusted)
    return event


def _find_made(by: int, details: Details, shifts: Sequence[PlannedShift], moment: datetime) -> Event | None:
    """Give the event that these entries made a moment ago; two that are sent at once wait for each other."""
    db.session.execute(select(Person.id).where(Person.id == by).with_for_update())
    for event in queries.list_sent_in_by(by, moment - SENT_TWICE_WITHIN):
        said = {name: getattr(event, name) for name in details.columns()}
        if said == details.columns() and set(planned_of(event)) == set(shifts):
            return event
    return None


def propose_again(
    by: int, event_id: int, promises: Iterable[Promise], moment: datetime, *, trusted: bool
) -> Event:
    """Propose what was declined or taken back; raises NoSuchEvent, EventNotPossible, PromiseMissing, ShiftInThePast."""
    event = _get_for_change(event_id)
    refuse_past(planned_of(event), event.zone, moment)
    _send_in(by, event, promises, moment, trusted=trusted)
    return event


def take_back(by: int, event_id: int, moment: datetime) -> None:
    """Take a proposal back, so that nobody decides on it; raises NoSuchEvent, EventNotPossible."""
    event = _get_for_change(event_id)
    _move(by, event, EventAction.TAKE_BACK, "event.taken_back", moment)


def approve(by: int, event_id: int, words: str, moment: datetime, *, seen_at: datetime | None = None) -> None:
    """Publish what was proposed, with a note to its hosts, who are told by mail.

    `seen_at` is when the proposal that was looked at was made: raises EventChanged where there is a newer one.
    Raises NoSuchEvent, EventNotPossible.
    """
    event = _get_for_change(event_id)
    _decide(by, event, EventAction.APPROVE, "event.approved", words, moment, seen_at)
    touch_help(event.campaign_id)


def decline(by: int, event_id: int, words: str, moment: datetime, *, seen_at: datetime | None = None) -> None:
    """Turn a proposal down, with a note to its hosts; as in `approve`."""
    event = _get_for_change(event_id)
    _decide(by, event, EventAction.DECLINE, "event.declined", words, moment, seen_at)


def ask_host(by: int, event_id: int, person_id: int, moment: datetime) -> None:
    """Ask a person to host an event too, by mail; nothing is theirs to see or do until they say yes.

    Asking again changes nothing. Raises NoSuchEvent, TooManyHosts.
    """
    _get_for_change(event_id)
    hosts = queries.list_host_rows(event_id)
    if any(one.person_id == person_id for one in hosts):
        return
    if len(hosts) >= MOST_HOSTS:
        raise TooManyHosts
    db.session.add(EventHost(event_id=event_id, person_id=person_id, made_at=moment))
    db.session.flush()
    key = f"host_asked:{event_id}:{person_id}:{moment.timestamp():.0f}"
    queue_mail("host_asked", key, person_id, {"event_id": event_id}, moment)
    note_done(by, "event.host_asked", f"event:{event_id}", moment, None, {"person": person_id})


def accept_host(person_id: int, event_id: int, moment: datetime) -> None:
    """Become a host, having been asked; doing it again changes nothing. Raises NoSuchEvent, NotAsked."""
    _get_for_change(event_id)
    row = _get_host_row(event_id, person_id)
    if row.accepted_at is None:
        row.accepted_at = moment
        db.session.flush()
        note_done(person_id, "event.host_added", f"event:{event_id}", moment, None, {"person": person_id})


def remove_host(by: int, event_id: int, person_id: int, moment: datetime) -> None:
    """Take a host off an event, or an invitation back; by themselves too. Raises NoSuchEvent, NotAsked, LastHost."""
    _get_for_change(event_id)
    row = _get_host_row(event_id, person_id)
    if row.accepted_at is not None and not queries.has_other_host(event_id, person_id):
        raise LastHost(event_id)
    db.session.delete(row)
    db.session.flush()
    note_done(by, "event.host_removed", f"event:{event_id}", moment, {"person": person_id}, None)


def refuse_only_host(person_id: int, moment: datetime) -> None:
    """Raise OnlyHost if an event that is not over would have nobody to manage it without a person.

    Of two who go at one moment, the second waits here for the first.
    """
    theirs = select(EventHost.event_id).where(EventHost.person_id == person_id)
    locked = select(Event.id).where(Event.id.in_(theirs), Event.status.in_(TO_MANAGE))
    db.session.execute(locked.order_by(Event.id).with_for_update())
    event = queries.find_hosted_alone(person_id, moment)
    if event is not None:
        raise OnlyHost(event.title)


def forget_host(person_id: int) -> None:
    """Take a person off all events that they manage or are asked to, before the person is forgotten."""
    db.session.execute(delete(EventHost).where(EventHost.person_id == person_id))


def _send_in(by: int, event: Event, promises: Iterable[Promise], moment: datetime, *, trusted: bool) -> None:
    """Propose or publish an event with the boxes that were ticked for it."""
    ticked = sorted(set(promises))
    refuse_unpromised(ticked)
    event.proposed_at, event.decision_note, event.decided_at = moment, "", None
    db.session.add_all(
        EventPromise(event_id=event.id, promise=one, person_id=by, ticked_at=moment) for one in ticked
    )
    action, done = (EventAction.PROPOSE, "event.proposed")
    if trusted:
        action, done = (EventAction.PUBLISH, "event.published")
    _move(by, event, action, done, moment, {"promises": [str(one) for one in ticked]})
    if trusted:
        touch_help(event.campaign_id)


def _decide(
    by: int,
    event: Event,
    action: EventAction,
    done: str,
    words: str,
    moment: datetime,
    seen_at: datetime | None,
) -> None:
    next_status(EventStatus(event.status), action)
    if seen_at is not None and seen_at != event.proposed_at:
        raise EventChanged(event.id)
    event.decision_note, event.decided_at = words, moment
    _move(by, event, action, done, moment, {"note": words})
    for host in queries.list_host_rows(event.id):
        if host.accepted_at is not None:
            key = f"proposal_decided:{event.id}:{moment.timestamp():.0f}:{host.person_id}"
            queue_mail("proposal_decided", key, host.person_id, {"event_id": event.id}, moment)


def _move(
    by: int,
    event: Event,
    action: EventAction,
    done: str,
    moment: datetime,
    after: dict[str, object] | None = None,
) -> None:
    before = event.status
    event.status = next_status(EventStatus(before), action)
    db.session.flush()
    told = {"status": str(event.status), **(after or {})}
    note_done(by, done, f"event:{event.id}", moment, {"status": str(before)}, told)


def _get_for_change(event_id: int) -> Event:
    """Give an event that nobody else changes until this transaction ends; raises NoSuchEvent."""
    wanted = select(Event).where(Event.id == event_id).with_for_update()
    event = db.session.scalar(wanted.execution_options(populate_existing=True))
    if event is None:
        raise NoSuchEvent(event_id)
    return event


def _get_host_row(event_id: int, person_id: int) -> EventHost:
    row = db.session.get(EventHost, (event_id, person_id), populate_existing=True)
    if row is None:
        raise NotAsked
    return row


def planned_of(event: Event) -> list[PlannedShift]:
    """Give the shifts of an event as they were planned."""
    return [
        PlannedShift(one.role, one.places, one.vetted, one.starts_at, one.ends_at) for one in event.shifts
    ]


def _rows_of(shifts: Iterable[PlannedShift]) -> list[Shift]:
    return [
        Shift(
            role=one.role,
            places=one.places,
            vetted=one.vetted,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
        )
        for one in shifts
    ]
