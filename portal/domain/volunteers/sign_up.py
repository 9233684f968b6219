"""Signing up: a place held at once, or one in the line, for whoever can read the mail that follows.

What a rush runs; its statements are prepared like those behind the webhook (ADR 12).
"""

import secrets
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from portal.db import Prepared, db, table_of
from portal.domain.campaigns.models import Campaign, CampaignStatus
from portal.domain.campaigns.service import touch_help
from portal.domain.events.errors import EventCancelled, NoSuchEvent, NoSuchShift, ShiftBegun
from portal.domain.events.models import Event, EventStatus, Shift
from portal.domain.people.service import meet_person
from portal.domain.volunteers import queries, service
from portal.domain.volunteers.errors import ClashesWithHeld, Slot
from portal.domain.volunteers.line import Told, take_turn
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.rules import ACTIVE, HOLDING, Wish, overlap, prove_by, refuse_clash

_event, _shift, _sign_up = table_of(Event), table_of(Shift), table_of(SignUp)
_campaign = table_of(Campaign)
_shifts_of_event = Prepared(
    lambda _: (
        select(
            _shift.c.id,
            _shift.c.role,
            _shift.c.starts_at,
            _shift.c.ends_at,
            _shift.c.places,
            _shift.c.taken,
            _shift.c.waiting,
            _shift.c.sequence,
            _event.c.title,
            _event.c.timezone,
            _event.c.status,
            _event.c.campaign_id,
        )
        .join(_event, _shift.c.event_id == _event.c.id)
        .join(_campaign, _event.c.campaign_id == _campaign.c.id)
        .where(_event.c.id == bindparam("event_id"), _campaign.c.status == CampaignStatus.PUBLISHED)
    )
)
_taken_place = Prepared(
    lambda _: (
        update(_shift)
        .where(_shift.c.id == bindparam("of"), _shift.c.taken < _shift.c.places)
        .values(taken=_shift.c.taken + 1, last_number=_shift.c.last_number + 1)
        .returning(_shift.c.last_number)
    )
)
_joined_line = Prepared(
    lambda _: (
        update(_shift)
        .where(_shift.c.id == bindparam("of"))
        .values(waiting=_shift.c.waiting + 1, last_number=_shift.c.last_number + 1)
        .returning(_shift.c.last_number, _shift.c.waiting)
    )
)
_new_sign_up = Prepared(lambda _: insert(_sign_up).returning(_sign_up.c.id))


@dataclass(frozen=True)
class Known:
    """What a browser has shown of who sits before it.

    Whose mailed link it followed, and which shifts, by id, it asked for before with the address that is typed now.
    """

    person_id: int | None = None
    claimed: Container[int] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """What became of one wished shift.

    `sign_up_id` is None where nobody may know more: the address had signed up for this shift before, and what is told
    is what a new one would get.
    """

    slot: Slot
    state: SignUpState
    position: int | None
    prove_by: datetime | None
    sign_up_id: int | None


def sign_up(
    event_id: int,
    wish: Wish,
    known: Known,
    moment: datetime,
    *,
    instead: Iterable[int] = (),
    language: str = "en",
) -> list[Outcome]:
    """Sign a person up for shifts of one event: a place where one is free, otherwise the waiting list.

    Without a followed link the address is not proved, and what is wished for stays a claim (ADR 14). `instead` names
    shifts to give back for these. Raises NoSuchEvent, EventCancelled, NoSuchShift,
    ShiftBegun, ShiftsClash, ClashesWithHeld, TooLateToChange.
    """
    take_turn()
    shifts = _wanted_shifts(event_id, wish.shift_ids, moment)
    refuse_clash(_slot(shift) for shift in shifts if shift.taken < shift.places)
    met = meet_person(wish.email, language)
    proved = known.person_id == met.id
    before = [] if met.is_new else queries.list_of_coming(met.id, moment)
    by_shift = {one.shift_id: one for one in before}
    left = set(instead) - set(wish.shift_ids)
    mine = [one for one in before if proved or one.shift_id in known.claimed]
    _refuse_held(shifts, [one for one in mine if one.shift_id not in left])
    given_back = _given_back([one for one in mine if one.shift_id in left], wish.name, proved, moment)
    outcomes = [_join(shift, by_shift.get(shift.id), met.id, wish.name, proved, moment) for shift in shifts]
    touch_help(shifts[0].campaign_id)
    # What is given back comes last, so that nobody is moved up into a third shift at the time of these.
    if proved:
        _prove(met.id, outcomes, given_back, moment)
    else:
        for one in given_back:
            service.cancel(one, moment)
        _ask_to_prove(met.id, shifts, outcomes, by_shift, moment)
    return outcomes


def _prove(person_id: int, outcomes: list[Outcome], given_back: list[SignUp], moment: datetime) -> None:
    old = [one.id for one in given_back]
    fresh = [outcome.sign_up_id for outcome in outcomes if outcome.sign_up_id is not None]
    service.prove(person_id, moment, give_up=old, only=[*old, *fresh])


def _ask_to_prove(
    person_id: int,
    shifts: list[SimpleNamespace],
    outcomes: list[Outcome],
    before: dict[int, SignUp],
    moment: datetime,
) -> None:
    asked = zip(shifts, outcomes, strict=True)
    unproved = [_to_prove(shift, outcome, before.get(shift.id)) for shift, outcome in asked]
    service.tell_to_prove(person_id, [one for one in unproved if one is not None], moment)


def _wanted_shifts(event_id: int, shift_ids: tuple[int, ...], moment: datetime) -> list[SimpleNamespace]:
    shifts = {shift.id: shift for shift in _shifts_of_event.all(event_id=event_id)}
    if not shifts:
        raise NoSuchEvent(event_id)
    if next(iter(shifts.values())).status == EventStatus.CANCELLED:
        raise EventCancelled(event_id)
    for shift_id in shift_ids:
        if shift_id not in shifts:
            raise NoSuchShift(shift_id)
    # In one order for everybody.
    wanted = [shifts[shift_id] for shift_id in sorted(shift_ids)]
    for shift in wanted:
        if shift.starts_at <= moment:
            raise ShiftBegun(shift.id, shift.role, shift.starts_at, shift.timezone)
    return wanted


def _slot(shift: SimpleNamespace) -> Slot:
    return Slot(shift.id, shift.role, shift.title, shift.starts_at, shift.ends_at, shift.timezone)


def _given_back(left: list[SignUp], name: str, proved: bool, moment: datetime) -> list[SignUp]:
    """Give what is to be given back for the wish.

    Somebody known gives back what the deadline lets them, or is told TooLateToChange. Anybody else gives back what is
    only claimed, under the same name; of what others had with this address nothing happens, and nothing is told.
    """
    found = [one for one in left if one.state in ACTIVE]
    if not proved:
        return [one for one in found if _is_same_claim(one, name)]
    for one in found:
        service.get_way_out(one, moment)
    return found


def _is_same_claim(before: SignUp, name: str) -> bool:
    """Tell whether a sign-up is one that whoever sends this may have sent: a double click, or the form once more."""
    return before.proved_at is None and before.name == name


def _refuse_held(shifts: list[SimpleNamespace], mine: list[SignUp]) -> None:
    pairs = [
        (_slot(shift), queries.slot_of(one))
        for shift in shifts
        for one in mine
        if one.state in HOLDING and one.shift_id != shift.id and shift.taken < shift.places
        if overlap(_slot(shift), queries.slot_of(one))
    ]
    if pairs:
        raise ClashesWithHeld(pairs)


def _join(
    shift: SimpleNamespace,
    before: SignUp | None,
    person_id: int,
    name: str,
    proved: bool,
    moment: datetime,
) -> Outcome:
    if before is not None and before.state in ACTIVE:
        return _stay(shift, before, name, moment, may_know=proved or _is_same_claim(before, name))
    number, position = _taken_place.value(of=shift.id), None
    if number is None:
        number, position = _joined_line.run(of=shift.id).fetchone()
    until = prove_by(moment, shift.starts_at)
    if before is not None:
        service.join_again(before, number, name, until, moment, waits=position is not None)
        sign_up_id = before.id
    else:
        sign_up_id = _insert(shift.id, person_id, number, name, until, moment, waits=position is not None)
    state = SignUpState.PENDING if position is None else SignUpState.WAITING
    return Outcome(_slot(shift), state, position, until, sign_up_id)


def _insert(
    shift_id: int, person_id: int, number: int, name: str, until: datetime, moment: datetime, *, waits: bool
) -> int:
    facts: dict[str, Any] = dict.fromkeys(
        ("proved_at", "asked_again_at", "moved_up_at", "vetted_at", "vetted_by", "reminded_at", "thanked_at")
    )
    new_id = _new_sign_up.value(
        uid=secrets.token_hex(16),
        shift_id=shift_id,
        person_id=person_id,
        state=SignUpState.WAITING if waits else SignUpState.PENDING,
        number=number,
        version=1,
        name=name,
        prove_by=until,
        made_at=moment,
        changed_at=moment,
        **facts,
    )
    return int(new_id)


def _stay(shift: SimpleNamespace, before: SignUp, name: str, moment: datetime, *, may_know: bool) -> Outcome:
    """Leave a sign-up where it is; until the address is proved its name is the one typed last."""
    if before.proved_at is None:
        before.name = name
        db.session.flush()
    if may_know:
        position = queries.positions([before]).get(before.id)
        until = None if before.proved_at else before.prove_by
        return Outcome(_slot(shift), SignUpState(before.state), position, until, before.id)
    is_full = shift.taken >= shift.places
    state = SignUpState.WAITING if is_full else SignUpState.PENDING
    until = prove_by(moment, shift.starts_at)
    return Outcome(_slot(shift), state, shift.waiting + 1 if is_full else None, until, None)


def _to_prove(shift: SimpleNamespace, outcome: Outcome, before: SignUp | None) -> Told | None:
    """Give what the mail is to ask for, without reading back a row that was just written."""
    if outcome.sign_up_id is None or (before is not None and before.proved_at is not None):
        return None
    version = 1 if before is None else before.version
    return Told(outcome.sign_up_id, version + shift.sequence)
