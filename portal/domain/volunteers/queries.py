"""Reads of sign-ups."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from portal.db import db
from portal.domain.events.models import Event, EventStatus, Shift
from portal.domain.volunteers.errors import NoSuchSignUp, Slot
from portal.domain.volunteers.models import HOLDING, HostMessage, NameLook, SignUp, SignUpState
from portal.domain.volunteers.rules import ACTIVE, REMIND_BEFORE, THANK_AFTER, ask_again_at

# Who was not thanked in a week, because the worker did not run, is not thanked any more.
THANK_WITHIN = timedelta(days=7)


def slot_of(sign_up: SignUp) -> Slot:
    """Give a sign-up's shift as refusals name it."""
    shift = sign_up.shift
    return Slot(
        shift.id,
        shift.role,
        shift.event.title,
        shift.starts_at,
        shift.ends_at,
        shift.event.timezone,
        sign_up.id,
    )


def _with_shift() -> Select[Any]:
    """Sign-ups with shift and event, as they are in the database now: what changes them runs beside the session."""
    return (
        select(SignUp)
        .join(SignUp.shift)
        .join(Shift.event)
        .options(contains_eager(SignUp.shift).contains_eager(Shift.event))
        .execution_options(populate_existing=True)
    )


def get_sign_up_of(person_id: int, sign_up_id: int) -> SignUp:
    """Give a person's sign-up by id; raises NoSuchSignUp, for another person's too."""
    found = db.session.scalar(_with_shift().where(SignUp.id == sign_up_id, SignUp.person_id == person_id))
    if found is None:
        raise NoSuchSignUp(sign_up_id)
    return found


def get_sign_up(sign_up_id: int) -> SignUp:
    """Give a sign-up by id; raises NoSuchSignUp."""
    found = db.session.scalar(_with_shift().where(SignUp.id == sign_up_id))
    if found is None:
        raise NoSuchSignUp(sign_up_id)
    return found


def list_by_ids(sign_up_ids: Iterable[int]) -> list[SignUp]:
    """Give those of these sign-ups that are still there, by the start of their shifts."""
    wanted = _with_shift().where(SignUp.id.in_(list(sign_up_ids)))
    return list(db.session.scalars(wanted.order_by(Shift.starts_at, SignUp.id)))


def list_active(person_id: int | None, moment: datetime) -> list[SignUp]:
    """Give a person's places and waiting ones in shifts that are not over, soonest first."""
    active = _with_shift().where(
        SignUp.person_id == person_id, SignUp.state.in_(ACTIVE), Shift.ends_at > moment
    )
    return list(db.session.scalars(active.order_by(Shift.starts_at, SignUp.id)))


def list_of_coming(person_id: int, moment: datetime) -> list[SignUp]:
    """Give all of a person's sign-ups in shifts that have not begun, those that were cancelled too."""
    coming = _with_shift().where(SignUp.person_id == person_id, Shift.ends_at > moment)
    return list(db.session.scalars(coming.order_by(SignUp.id)))


def list_slots(shift_ids: list[int]) -> list[Slot]:
    """Give shifts as refusals name them."""
    if not shift_ids:
        return []
    wanted = (
        select(Shift).join(Shift.event).options(contains_eager(Shift.event)).where(Shift.id.in_(shift_ids))
    )
    return [
        Slot(one.id, one.role, one.event.title, one.starts_at, one.ends_at, one.event.timezone)
        for one in db.session.scalars(wanted.order_by(Shift.starts_at, Shift.id))
    ]


def list_waiting_of(person_id: int | None, moment: datetime) -> list[SignUp]:
    """Give where a person waits for a place."""
    return [one for one in list_active(person_id, moment) if one.state == SignUpState.WAITING]


def list_to_vet(moment: datetime, most: int = 50) -> list[SignUp]:
    """Give the sign-ups for coming shifts that an organizer is to see, those that start first before."""
    waiting = (
        select(SignUp)
        .join(SignUp.shift)
        .where(
            SignUp.state == SignUpState.PENDING,
            SignUp.proved_at.is_not(None),
            SignUp.vetted_at.is_(None),
            Shift.vetted,
            Shift.starts_at > moment,
        )
        .order_by(Shift.starts_at, SignUp.id)
        .options(contains_eager(SignUp.shift).joinedload(Shift.event))
        .limit(most)
    )
    return list(db.session.scalars(waiting))


def list_all_of(person_id: int) -> list[SignUp]:
    """Give all of a person's sign-ups, the newest shift first."""
    own = _with_shift().where(SignUp.person_id == person_id)
    return list(db.session.scalars(own.order_by(Shift.starts_at.desc(), SignUp.id)))


def list_line(shift_id: int) -> list[SignUp]:
    """Give who waits for a place in a shift, first come first."""
    line = _with_shift().where(SignUp.shift_id == shift_id, SignUp.state == SignUpState.WAITING)
    return list(db.session.scalars(line.order_by(SignUp.number)))


def list_last_holders(shift_id: int, count: int) -> list[SignUp]:
    """Give the holders of places in a shift who joined last, the last one first."""
    holders = _with_shift().where(SignUp.shift_id == shift_id, SignUp.state.in_(HOLDING))
    return list(db.session.scalars(holders.order_by(SignUp.number.desc()).limit(count)))


def list_active_of_shift(shift_id: int) -> list[SignUp]:
    """Give who holds a place in a shift or waits for one, in the order in which they joined."""
    active = _with_shift().where(SignUp.shift_id == shift_id, SignUp.state.in_(ACTIVE))
    return list(db.session.scalars(active.order_by(SignUp.number)))


def list_roster(shift_id: int) -> list[SignUp]:
    """Give who comes to a shift, came or waits, with their persons, in one statement, in the order of joining."""
    listed = _with_shift().where(SignUp.shift_id == shift_id, SignUp.state != SignUpState.CANCELLED)
    listed = listed.outerjoin(SignUp.person).options(contains_eager(SignUp.person))
    return list(db.session.scalars(listed.order_by(SignUp.number)))


def list_expected(shift_id: int) -> list[SignUp]:
    """Give who was to be there: confirmed ones, and those who were marked at the door."""
    states = (SignUpState.CONFIRMED, SignUpState.ATTENDED, SignUpState.NO_SHOW)
    expected = _with_shift().where(SignUp.shift_id == shift_id, SignUp.state.in_(states))
    return list(db.session.scalars(expected.order_by(SignUp.number)))


def list_reached(shift_id: int) -> list[SignUp]:
    """Give who holds a place in a shift with a proved address: those whom a host's message reaches."""
    reached = _with_shift().where(
        SignUp.shift_id == shift_id, SignUp.state.in_(HOLDING), SignUp.proved_at.is_not(None)
    )
    return list(db.session.scalars(reached.order_by(SignUp.number)))


def was_written(by: int, shift_id: int, text: str, since: datetime) -> bool:
    """Tell whether somebody has written these very words to a shift since a moment."""
    same = HostMessage.person_id == by, HostMessage.shift_id == shift_id, HostMessage.text == text
    return (
        db.session.scalar(select(HostMessage.id).where(*same, HostMessage.sent_at > since).limit(1))
        is not None
    )


def find_message(message_id: int) -> HostMessage | None:
    """Give what a host wrote."""
    return db.session.get(HostMessage, message_id)


def positions(sign_ups: Iterable[SignUp]) -> dict[int, int]:
    """Give the position in line, from 1, of those of these sign-ups that wait, by their id."""
    waiting = [one for one in sign_ups if one.state == SignUpState.WAITING]
    if not waiting:
        return {}
    ahead = SignUp.__table__.alias("ahead")
    own = SignUp.__table__.alias("own")
    rows = db.session.execute(
        select(own.c.id, func.count())
        .join(ahead, ahead.c.shift_id == own.c.shift_id)
        .where(
            own.c.id.in_([one.id for one in waiting]),
            ahead.c.state == SignUpState.WAITING,
            ahead.c.number <= own.c.number,
        )
        .group_by(own.c.id)
    )
    return dict(rows.tuples().all())


def list_looks(person_id: int) -> list[NameLook]:
    """Give who saw a person's name on a list, the latest look first."""
    looks = select(NameLook).join(SignUp, NameLook.sign_up_id == SignUp.id)
    return list(
        db.session.scalars(looks.where(SignUp.person_id == person_id).order_by(NameLook.looked_at.desc()))
    )


def list_to_lapse(moment: datetime, limit: int) -> list[SignUp]:
    """Give the sign-ups whose address was not proved in time."""
    unproved = _with_shift().where(
        SignUp.proved_at.is_(None), SignUp.state.in_(ACTIVE), SignUp.prove_by <= moment
    )
    return list(db.session.scalars(unproved.order_by(SignUp.prove_by, SignUp.id).limit(limit)))


def list_to_ask_again(moment: datetime, limit: int) -> list[SignUp]:
    """Give the sign-ups whose address is not proved at half of its time, and that nobody was asked about again."""
    unproved = _with_shift().where(
        SignUp.proved_at.is_(None),
        SignUp.state.in_(ACTIVE),
        SignUp.asked_again_at.is_(None),
        SignUp.prove_by > moment,
    )
    found = db.session.scalars(unproved.order_by(SignUp.prove_by, SignUp.id).limit(limit * 4))
    return [one for one in found if ask_again_at(one.changed_at, one.prove_by) <= moment][:limit]


def list_to_remind(moment: datetime, limit: int) -> list[SignUp]:
    """Give the confirmed places of shifts that begin within a day, and that were not reminded of."""
    soon = _with_shift().where(
        SignUp.state == SignUpState.CONFIRMED,
        SignUp.reminded_at.is_(None),
        Shift.starts_at > moment,
        Shift.starts_at <= moment + REMIND_BEFORE,
    )
    return list(db.session.scalars(soon.order_by(Shift.starts_at, SignUp.id).limit(limit)))


def wants_reminder(sign_up: SignUp) -> bool:
    """Tell whether a reminder is news: wished for, and the sign-up was settled more than a day before its shift."""
    person = sign_up.person
    settled_early = sign_up.changed_at <= sign_up.shift.starts_at - REMIND_BEFORE
    return person is not None and person.wants_reminders and settled_early


def list_to_thank(moment: datetime, limit: int) -> list[SignUp]:
    """Give the places of shifts that ended a while ago and that nobody was thanked for, but for who did not come."""
    over = _with_shift().where(
        SignUp.state.in_((SignUpState.CONFIRMED, SignUpState.ATTENDED)),
        SignUp.thanked_at.is_(None),
        SignUp.person_id.is_not(None),
        Shift.ends_at <= moment - THANK_AFTER,
        Shift.ends_at > moment - THANK_WITHIN,
        Event.status == EventStatus.PUBLISHED,
    )
    return list(db.session.scalars(over.order_by(Shift.ends_at, SignUp.id).limit(limit)))
