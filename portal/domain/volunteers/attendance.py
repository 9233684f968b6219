"""Who was there: marked at the door by a host, and closed with hours; and messages from hosts to those who come."""

from collections.abc import Mapping
from datetime import datetime

from portal.db import db
from portal.domain.audit.service import note
from portal.domain.events.models import EventStatus, Shift
from portal.domain.events.queries import get_shift
from portal.domain.events.rules import SENT_TWICE_WITHIN
from portal.domain.messages.service import queue_mail
from portal.domain.volunteers import queries
from portal.domain.volunteers.errors import CheckInNotOpen, HoursNotOpen, NotPossible
from portal.domain.volunteers.line import move, take_turn
from portal.domain.volunteers.models import HostMessage, SignUp, SignUpState
from portal.domain.volunteers.rules import HERE, MARKS, Action, Mark, check_in_opens_at

MESSAGE_KIND = "host_message"


def mark(by: int, sign_up_id: int, given: Mark, moment: datetime) -> SignUp:
    """Note at the door that somebody is here, here late, or not here, or take that back; gives the sign-up.

    The same mark again changes nothing. Raises NoSuchSignUp, NotPossible, and CheckInNotOpen before the door is.
    """
    take_turn()
    sign_up = queries.get_sign_up(sign_up_id)
    _refuse_closed_door(sign_up.shift, moment)
    if _stands(sign_up) == given:
        return sign_up
    before = _stands(sign_up)
    action = MARKS[given]
    if not (given in HERE and sign_up.state == SignUpState.ATTENDED):
        move(sign_up, action, moment)
    sign_up.late = given == Mark.LATE
    sign_up.arrived_at = (sign_up.arrived_at or moment) if given in HERE else None
    sign_up.minutes = sign_up.minutes if given in HERE else None
    db.session.flush()
    note(by, "sign_up.marked", f"sign_up:{sign_up.id}", moment, {"mark": before}, {"mark": given})
    return sign_up


def close_shift(by: int, shift_id: int, minutes: Mapping[int, int], moment: datetime) -> int:
    """Write down how many minutes each helped, by sign-up; whoever has 0 was not there. Gives how many helped.

    It can be done again. Sign-ups that are not named, as they may be newer than the form, or that are not expected
    at the shift, are left alone. Raises NoSuchShift, and
    HoursNotOpen before the shift has begun or where it was called off.
    """
    take_turn()
    shift = get_shift(shift_id)
    if moment < shift.starts_at or shift.event.status != EventStatus.PUBLISHED:
        raise HoursNotOpen(shift.starts_at, shift.event.timezone)
    expected = queries.list_expected(shift_id)
    before = {str(one.id): one.minutes for one in expected}
    for one in expected:
        if (helped := minutes.get(one.id)) is None:
            continue
        wanted = SignUpState.ATTENDED if helped else SignUpState.NO_SHOW
        if one.state != wanted:
            move(one, Action.CHECK_IN if helped else Action.MISS, moment)
        one.minutes, one.late, one.arrived_at = (
            (helped, one.late, one.arrived_at) if helped else (None, False, None)
        )
    db.session.flush()
    after = {str(one.id): one.minutes for one in expected}
    if before != after:
        note(by, "shift.hours_closed", f"shift:{shift_id}", moment, before, after)
    return sum(one.minutes is not None for one in expected)


def write_to_shift(by: int, shift_id: int, text: str, moment: datetime) -> int:
    """Mail a host's own words to those who hold a place in a shift; gives to how many.

    Only to addresses that are proved: anybody could have typed the others. The same words sent once more a moment
    later are mailed to nobody again. Raises NoSuchShift, and NotPossible for an event that does not take place.
    """
    take_turn()
    shift = get_shift(shift_id)
    if shift.event.status != EventStatus.PUBLISHED:
        raise NotPossible(shift.event.status, "write")
    reached = queries.list_reached(shift_id)
    if not reached or queries.was_written(by, shift_id, text, moment - SENT_TWICE_WITHIN):
        return len(reached)
    message = HostMessage(shift_id=shift_id, person_id=by, text=text, sent_at=moment)
    db.session.add(message)
    db.session.flush()
    for one in reached:
        if one.person_id is not None:
            about = {"sign_ups": [one.id], "message": message.id}
            queue_mail(MESSAGE_KIND, f"{MESSAGE_KIND}:{message.id}:{one.id}", one.person_id, about, moment)
    note(by, "shift.written_to", f"shift:{shift_id}", moment, None, {"reached": len(reached)})
    return len(reached)


def _refuse_closed_door(shift: Shift, moment: datetime) -> None:
    opens_at = check_in_opens_at(shift.starts_at)
    if moment < opens_at or shift.event.status != EventStatus.PUBLISHED:
        raise CheckInNotOpen(opens_at, shift.event.timezone)


def _stands(sign_up: SignUp) -> Mark:
    if sign_up.state == SignUpState.ATTENDED:
        return Mark.LATE if sign_up.late else Mark.HERE
    return Mark.MISSED if sign_up.state == SignUpState.NO_SHOW else Mark.EXPECTED
