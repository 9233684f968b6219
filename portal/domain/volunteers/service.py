"""Changes to sign-ups: proved, given back, vetted, called off, taken out; each flushes, none commits."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import InvalidRequestError

from portal.db import db
from portal.domain.accounts.service import leave_nothing
from portal.domain.campaigns.service import touch_help
from portal.domain.events.models import Event, EventStatus, Shift
from portal.domain.events.proposals import HOST_MAIL_KINDS, forget_host
from portal.domain.events.rules import EventAction, next_status
from portal.domain.messages.service import forget_mails
from portal.domain.people.models import Person
from portal.domain.people.service import forget_person
from portal.domain.volunteers import queries
from portal.domain.volunteers.errors import (
    ClashesWithHeld,
    NoSuchSignUp,
    Slot,
    TooLateToChange,
    TooManyPlaces,
)
from portal.domain.volunteers.line import end, let_others_up, move, move_up, take_turn, tell
from portal.domain.volunteers.models import HOLDING, NameLook, SignUp, SignUpState
from portal.domain.volunteers.queries import slot_of
from portal.domain.volunteers.rules import (
    MOST_PLACES,
    Action,
    changes_close_at,
    is_settled,
    may_change,
    may_decline,
    next_state,
    overlap,
    prove_by,
)

MAIL_KINDS = (
    "sign_up_confirm",
    "sign_up_confirm_again",
    "sign_up_confirmed",
    "sign_up_cancelled",
    "sign_up_given_back",
    "sign_up_changed",
    "sign_up_moved_up",
    "sign_up_moved_back",
    "help_link",
    "shift_reminder",
    "shift_thanks",
    "event_changed",
    "host_message",
)


def prove(
    person_id: int, moment: datetime, give_up: Iterable[int] = (), only: Iterable[int] | None = None
) -> list[SignUp]:
    """Take the address of what this person signed up for as theirs, all of it or `only` some; gives what changed.

    `give_up` names sign-ups to cancel, where two are at the same time. Raises ClashesWithHeld for any such pair that
    is left, and TooLateToChange for a proved place that can't be given back any more, with nothing changed.
    """
    take_turn()
    wanted = None if only is None else set(only)
    active = [
        one
        for one in queries.list_active(person_id, moment)
        if wanted is None or one.proved_at is not None or one.id in wanted
    ]
    given_up = set(give_up)
    kept = [one for one in active if one.id not in given_up]
    for one in active:
        if one.id in given_up and one.proved_at is not None:
            get_way_out(one, moment)
    if pairs := find_clashes(kept):
        raise ClashesWithHeld(pairs)
    fresh = [one for one in kept if one.proved_at is None]
    for one in fresh:
        one.proved_at = moment
        _settle(one, moment)
    # Only now, so that nobody is moved up into a shift at the time of one that is just being proved.
    for one in active:
        if one.id in given_up:
            cancel(one, moment)
    if fresh:
        _take_as_proved(person_id, fresh, moment, renames=only is not None)
    return fresh


def _take_as_proved(person_id: int, fresh: list[SignUp], moment: datetime, *, renames: bool) -> None:
    """Note that the address is this person's, tell them, and serve them where only claims stood in their way."""
    person = db.session.get_one(Person, person_id)
    # A claim that a stranger made with a known address does not rename who it belongs to.
    if person.proved_at is None or renames:
        person.name = max(fresh, key=lambda one: one.made_at).name
    person.proved_at = moment
    tell("sign_up_confirmed", person_id, fresh, moment)
    for one in fresh:
        if one.state == SignUpState.WAITING:
            move_up(one.shift, moment)
    db.session.flush()


def find_clashes(sign_ups: Iterable[SignUp]) -> list[tuple[Slot, Slot]]:
    """Give the pairs of held places at one time of which the first, at least, is not proved yet."""
    held = [one for one in sign_ups if one.holds_place]
    return [
        (slot_of(fresh), slot_of(other))
        for fresh in held
        if fresh.proved_at is None
        for other in held
        if (other.proved_at is not None or other.id < fresh.id) and overlap(slot_of(fresh), slot_of(other))
    ]


def join_again(
    sign_up: SignUp, number: int, name: str, until: datetime, moment: datetime, *, waits: bool
) -> None:
    """Take up a sign-up that was cancelled, at the end of the line; its place is counted already."""
    sign_up.state = next_state(SignUpState(sign_up.state), Action.WAIT if waits else Action.HOLD)
    sign_up.number, sign_up.name, sign_up.prove_by = number, name, until
    sign_up.proved_at = sign_up.asked_again_at = sign_up.moved_up_at = sign_up.reminded_at = None
    sign_up.shift_moved_at = None
    sign_up.made_at = sign_up.changed_at = moment
    sign_up.version += 1
    db.session.flush()


def _settle(sign_up: SignUp, moment: datetime) -> None:
    """Confirm a proved sign-up that holds a place, unless its role is still to be vetted."""
    settled = sign_up.holds_place and is_settled(
        proved=True, vetted_role=sign_up.shift.vetted, vetted=sign_up.vetted_at is not None
    )
    move(sign_up, Action.CONFIRM if settled else Action.PROVE, moment)


def cancel_by_person(sign_up: SignUp, moment: datetime) -> None:
    """Give a place back at the wish of the person; raises TooLateToChange, NotPossible, NoSuchSignUp."""
    take_turn()
    _refresh(sign_up)
    end(sign_up, get_way_out(sign_up, moment), moment)


def get_way_out(sign_up: SignUp, moment: datetime) -> Action:
    """Give how a person may give this place back by themselves; raises TooLateToChange."""
    shift, event = sign_up.shift, sign_up.shift.event
    if may_decline(moment, shift.starts_at, sign_up.moved_up_at) and sign_up.holds_place:
        return Action.DECLINE
    # Nobody is held to a time that they did not sign up for.
    free = sign_up.state == SignUpState.WAITING or sign_up.shift_moved_at is not None
    if (
        (free and moment < shift.starts_at)
        or sign_up.proved_at is None
        or may_change(moment, shift.starts_at, event.changes_close_hours)
    ):
        return Action.CANCEL
    closed_at = changes_close_at(shift.starts_at, event.changes_close_hours)
    raise TooLateToChange(closed_at, event.timezone)


def cancel(sign_up: SignUp, moment: datetime) -> None:
    """Give a place back, or leave the line; told by mail, and the place moves on."""
    take_turn()
    _refresh(sign_up)
    end(sign_up, Action.CANCEL, moment)


def drop_claim(sign_up: SignUp, moment: datetime) -> None:
    """Give back what is only claimed; nobody is told by mail, as nobody has shown that the address is theirs."""
    move(sign_up, Action.CANCEL, moment)
    let_others_up(sign_up, moment)


def _refresh(sign_up: SignUp) -> None:
    """Look at a sign-up again, now that nobody else can change it; raises NoSuchSignUp."""
    try:
        db.session.refresh(sign_up)
    except InvalidRequestError as gone:
        raise NoSuchSignUp(sign_up.id) from gone


def vet(sign_up: SignUp, by: str, moment: datetime) -> None:
    """Note that an organizer has seen what the role asks for; the document itself is kept nowhere."""
    take_turn()
    _refresh(sign_up)
    sign_up.vetted_at, sign_up.vetted_by = moment, by
    if sign_up.state == SignUpState.PENDING and sign_up.proved_at is not None:
        move(sign_up, Action.VET, moment)
        if sign_up.person_id is not None:
            tell("sign_up_confirmed", sign_up.person_id, [sign_up], moment)
    db.session.flush()


def change_places(shift: Shift, places: int, moment: datetime) -> None:
    """Give a shift more or fewer places.

    With fewer, those who joined last go back to the head of the line, and are told. Raises TooManyPlaces for a number
    that can't be.
    """
    if not 0 <= places <= MOST_PLACES:
        raise TooManyPlaces(MOST_PLACES)
    take_turn()
    db.session.refresh(shift)
    moved_back = queries.list_last_holders(shift.id, max(shift.taken - places, 0))
    for sign_up in moved_back:
        move(sign_up, Action.MOVE_BACK, moment)
        if sign_up.person_id is not None:
            tell("sign_up_moved_back", sign_up.person_id, [sign_up], moment)
    shift.places = places
    db.session.flush()
    move_up(shift, moment)
    # Only now: whoever waits elsewhere is served there in order, whoever of them was moved back first.
    for sign_up in moved_back:
        let_others_up(sign_up, moment)
    touch_help(shift.event.campaign_id)


def change_times(shift: Shift, starts_at: datetime, ends_at: datetime, moment: datetime) -> None:
    """Move a shift to another time, in UTC; all who hold a place or wait are told, calendars follow."""
    take_turn()
    db.session.refresh(shift)
    shift.starts_at, shift.ends_at = starts_at, ends_at
    shift.sequence += 1
    db.session.flush()
    told = queries.list_active_of_shift(shift.id)
    for sign_up in told:
        sign_up.reminded_at, sign_up.shift_moved_at = None, moment
        if sign_up.proved_at is None:
            sign_up.prove_by = min(sign_up.prove_by, prove_by(moment, starts_at))
        if sign_up.person_id is not None:
            tell("sign_up_changed", sign_up.person_id, [sign_up], moment)
    db.session.flush()
    # At another time others fit into it, and its people elsewhere.
    move_up(shift, moment)
    for sign_up in told:
        let_others_up(sign_up, moment)
    touch_help(shift.event.campaign_id)


def call_off(event: Event, moment: datetime) -> None:
    """Cancel an event: everybody who holds a place or waits is told; doing it again changes nothing.

    Raises EventNotPossible for one that was never published: it is not there for anybody.
    """
    take_turn()
    db.session.refresh(event)
    if event.status == EventStatus.CANCELLED:
        return
    event.status = next_status(EventStatus(event.status), EventAction.CALL_OFF)
    db.session.flush()
    ended = [
        sign_up
        for shift in event.shifts
        if shift.ends_at > moment
        for sign_up in queries.list_active_of_shift(shift.id)
    ]
    for sign_up in ended:
        move(sign_up, Action.CALL_OFF, moment)
        if sign_up.person_id is not None:
            tell("sign_up_cancelled", sign_up.person_id, [sign_up], moment)
    for sign_up in ended:
        let_others_up(sign_up, moment)
    touch_help(event.campaign_id)


def take_out(person_id: int, moment: datetime) -> None:
    """Take a person out altogether: their places move on, and nothing but counts of the past is left of their help.

    Gifts stay in the books, with the address that they came from. Raises LastAdmin.
    """
    take_turn()
    leave_nothing(person_id, moment)
    forget_mails(person_id, (*MAIL_KINDS, *HOST_MAIL_KINDS))
    forget_host(person_id)
    coming = queries.list_active(person_id, moment)
    for sign_up in coming:
        move(sign_up, Action.CANCEL, moment)
    shifts = [sign_up.shift for sign_up in coming]
    for sign_up in queries.list_all_of(person_id):
        if sign_up.state == SignUpState.WAITING:
            move(sign_up, Action.CANCEL, moment)
        if sign_up.state in HOLDING:
            db.session.execute(delete(NameLook).where(NameLook.sign_up_id == sign_up.id))
            sign_up.person_id, sign_up.name = None, ""
        else:
            db.session.delete(sign_up)
    db.session.flush()
    forget_person(person_id)
    for shift in shifts:
        move_up(shift, moment)


def note_looks(sign_ups: Iterable[SignUp], by: str, moment: datetime) -> None:
    """Note that somebody saw the names of these volunteers, for each of them to see."""
    if looks := [{"sign_up_id": one.id, "looked_by": by, "looked_at": moment} for one in sign_ups]:
        db.session.execute(insert(NameLook), looks)
