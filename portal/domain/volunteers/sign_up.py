"""Signing up: a place held at once, or one in the line, for whoever can read the mail that follows.

What a rush runs; its statements are prepared like those behind the webhook (ADR 12).
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update

from portal.db import Prepared, db, table_of
from portal.domain.campaigns.errors import CampaignEnded
from portal.domain.campaigns.models import Campaign, CampaignStatus
from portal.domain.campaigns.service import touch_help
from portal.domain.events.errors import EventCancelled, NoSuchEvent, NoSuchShift, ShiftBegun
from portal.domain.events.models import PUBLIC, Event, EventStatus, Shift
from portal.domain.people.service import Met, meet_person
from portal.domain.volunteers import mailed_links, queries, service
from portal.domain.volunteers.claims import Known, Outcome
from portal.domain.volunteers.errors import ClashesWithHeld, Slot
from portal.domain.volunteers.line import Told, take_turn
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.rules import ACTIVE, Wish, is_sent_twice, overlap, prove_by, refuse_clash

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
            _campaign.c.ended_at,
        )
        .join(_event, _shift.c.event_id == _event.c.id)
        .join(_campaign, _event.c.campaign_id == _campaign.c.id)
        .where(
            _event.c.id == bindparam("event_id"),
            or_(*(_event.c.status == status for status in sorted(PUBLIC))),
            or_(_campaign.c.status == CampaignStatus.PUBLISHED, _campaign.c.ended_at.is_not(None)),
        )
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
NOT_YET: dict[str, Any] = dict.fromkeys(
    (
        "proved_at",
        "asked_again_at",
        "moved_up_at",
        "shift_moved_at",
        "vetted_at",
        "vetted_by",
        "reminded_at",
        "thanked_at",
        "arrived_at",
        "minutes",
    )
)


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
    ShiftBegun, ShiftsClash, ClashesWithHeld, TooLateToChange, and CampaignEnded.
    """
    take_turn()
    shifts = _wanted_shifts(event_id, wish.shift_ids, moment)
    refuse_clash(_slot(shift) for shift in shifts if shift.taken < shift.places)
    met = meet_person(wish.email, language)
    proved = known.person_id == met.id
    before = [] if met.is_new else queries.list_of_coming(met.id, moment)
    by_shift = {one.shift_id: one for one in before}
    left = set(instead) - set(wish.shift_ids)
    _refuse_clashes(shifts, _held(before, known, proved, left, moment))
    given_back = _given_back([one for one in before if one.shift_id in left], known, proved, moment)
    outcomes = [
        _join(shift, by_shift.get(shift.id), met.id, wish.name, known, proved, moment) for shift in shifts
    ]
    touch_help(shifts[0].campaign_id)
    # What is given back comes last, so that nobody is moved up into a third shift at the time of these.
    if proved:
        _prove(met.id, outcomes, given_back, moment)
    else:
        for one in given_back:
            service.drop_claim(one, moment)
        _ask_to_prove(met, shifts, outcomes, by_shift, moment)
    return outcomes


def _prove(person_id: int, outcomes: list[Outcome], given_back: list[SignUp], moment: datetime) -> None:
    old = [one.id for one in given_back]
    fresh = [outcome.sign_up_id for outcome in outcomes if outcome.sign_up_id is not None]
    service.prove(person_id, moment, give_up=old, only=[*old, *fresh])


def _ask_to_prove(
    met: Met,
    shifts: list[SimpleNamespace],
    outcomes: list[Outcome],
    before: dict[int, SignUp],
    moment: datetime,
) -> None:
    asked = zip(shifts, outcomes, strict=True)
    unproved = [_to_prove(shift, outcome, before.get(shift.id)) for shift, outcome in asked]
    told = [one for one in unproved if one is not None]
    mailed_links.tell_to_prove(met.id, told, moment, is_new=met.is_new)


def _wanted_shifts(event_id: int, shift_ids: tuple[int, ...], moment: datetime) -> list[SimpleNamespace]:
    shifts = {shift.id: shift for shift in _shifts_of_event.all(event_id=event_id)}
    if not shifts:
        raise NoSuchEvent(event_id)
    of_event = next(iter(shifts.values()))
    if of_event.ended_at is not None:
        raise CampaignEnded
    if of_event.status == EventStatus.CANCELLED:
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


def _held(before: list[SignUp], known: Known, proved: bool, left: set[int], moment: datetime) -> list[Slot]:
    """Give the places that a wish may clash with, but for those that are given back for it.

    Of somebody known those that are proved. Of anybody else those that this browser was told it holds, whatever there
    is in truth: an answer must not depend on what others did with the address.
    """
    if proved:
        own = [one for one in before if one.holds_place and one.proved_at is not None]
        return [queries.slot_of(one) for one in own if one.shift_id not in left]
    told = [one for one in known.claims if not one.waits and one.until > moment]
    return queries.list_slots([one.shift_id for one in told if one.shift_id not in left])


def _given_back(left: list[SignUp], known: Known, proved: bool, moment: datetime) -> list[SignUp]:
    """Give what is to be given back for the wish; raises TooLateToChange where somebody known can't any more.

    Without a followed link only what this very browser claimed, and nobody has proved since.
    """
    found = [one for one in left if one.state in ACTIVE]
    if not proved:
        uids = {one.uid for one in known.claims}
        return [one for one in found if one.proved_at is None and one.uid in uids]
    for one in found:
        service.get_way_out(one, moment)
    return found


def _refuse_clashes(shifts: list[SimpleNamespace], held: list[Slot]) -> None:
    pairs = [
        (_slot(shift), slot)
        for shift in shifts
        for slot in held
        if slot.shift_id != shift.id and shift.taken < shift.places and overlap(_slot(shift), slot)
    ]
    if pairs:
        raise ClashesWithHeld(pairs)


def _join(
    shift: SimpleNamespace,
    before: SignUp | None,
    person_id: int,
    name: str,
    known: Known,
    proved: bool,
    moment: datetime,
) -> Outcome:
    if before is not None and before.state != SignUpState.CANCELLED:
        return _stay(shift, before, name, known, proved, moment)
    number, position = _taken_place.value(of=shift.id), None
    if number is None:
        number, position = _joined_line.run(of=shift.id).fetchone()
    until = prove_by(moment, shift.starts_at)
    if before is not None:
        service.join_again(before, number, name, until, moment, waits=position is not None)
        sign_up_id, uid = before.id, before.uid
    else:
        uid = secrets.token_hex(16)
        sign_up_id = _insert(
            uid, shift.id, person_id, number, name, until, moment, waits=position is not None
        )
    state = SignUpState.PENDING if position is None else SignUpState.WAITING
    return Outcome(_slot(shift), state, position, until, sign_up_id, uid)


def _insert(
    uid: str,
    shift_id: int,
    person_id: int,
    number: int,
    name: str,
    until: datetime,
    moment: datetime,
    *,
    waits: bool,
) -> int:
    new_id = _new_sign_up.value(
        uid=uid,
        shift_id=shift_id,
        person_id=person_id,
        state=SignUpState.WAITING if waits else SignUpState.PENDING,
        number=number,
        version=1,
        name=name,
        late=False,
        prove_by=until,
        made_at=moment,
        changed_at=moment,
        **NOT_YET,
    )
    return int(new_id)


def _stay(
    shift: SimpleNamespace, before: SignUp, name: str, known: Known, proved: bool, moment: datetime
) -> Outcome:
    """Leave a sign-up where it is, and tell of it what this browser may know."""
    told = known.claim(shift.id, moment)
    is_its_own = told is not None and told.uid == before.uid and before.proved_at is None
    if is_its_own:
        before.name = name
        db.session.flush()
    if proved or is_its_own or is_sent_twice(before.proved_at, before.name == name, before.made_at, moment):
        position = queries.positions([before]).get(before.id)
        until = None if before.proved_at else before.prove_by
        return Outcome(_slot(shift), SignUpState(before.state), position, until, before.id, before.uid)
    if told is not None:
        state = SignUpState.WAITING if told.waits else SignUpState.PENDING
        return Outcome(_slot(shift), state, told.position, told.until, None, told.uid)
    return _as_if_new(shift, moment)


def _as_if_new(shift: SimpleNamespace, moment: datetime) -> Outcome:
    """Give what an address would be told that nobody has used here."""
    is_full = shift.taken >= shift.places
    state = SignUpState.WAITING if is_full else SignUpState.PENDING
    position, until = shift.waiting + 1 if is_full else None, prove_by(moment, shift.starts_at)
    return Outcome(_slot(shift), state, position, until, None, secrets.token_hex(16))


def _to_prove(shift: SimpleNamespace, outcome: Outcome, before: SignUp | None) -> Told | None:
    """Give what the mail is to ask for, without reading back a row that was just written."""
    if outcome.sign_up_id is None or (before is not None and before.proved_at is not None):
        return None
    version = 1 if before is None else before.version
    return Told(outcome.sign_up_id, version + shift.sequence)
