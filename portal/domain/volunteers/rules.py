"""Rules of helping as pure functions of plain values: what may be wished for, and how a sign-up moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.domain.events.rules import SENT_TWICE_WITHIN
from portal.domain.people.errors import DetailsRefused
from portal.domain.people.rules import read_email, read_name
from portal.domain.volunteers.errors import (
    NotAdult,
    NothingTicked,
    NotPossible,
    ShiftsClash,
    Slot,
    WishRefused,
)
from portal.domain.volunteers.models import SignUpState

# How long a place is held for an address that nobody has proved yet.
HELD_FOR = timedelta(hours=24)
# A day before, as people expect of a reminder.
REMIND_BEFORE = timedelta(hours=24)
# Long enough after a shift that nobody is thanked while still washing up.
THANK_AFTER = timedelta(hours=2)
# Long enough to set up the room, short enough that nobody is marked on the wrong day.
DOOR_OPENS_BEFORE = timedelta(hours=1)
MOST_PLACES = 10_000


class Action(StrEnum):
    """What can happen to a sign-up."""

    HOLD = "hold"  # it gets a place, while the address is not proved or the vetting not done
    WAIT = "wait"  # it joins the waiting list
    PROVE = "prove"  # the address is proved, and nothing else changes
    CONFIRM = "confirm"  # it gets or has a place, and nothing is missing any more
    VET = "vet"  # an organizer has seen what a vetted role asks for
    LAPSE = "lapse"  # nobody proved the address in time
    CANCEL = "cancel"  # the person gives it back
    DECLINE = "decline"  # the person does not want the place that came free
    MOVE_BACK = "move back"  # there are fewer places than before
    CALL_OFF = "call off"  # the event or shift does not take place
    CHECK_IN = "check in"  # a host saw them come
    MISS = "miss"  # a host saw that they did not come
    UNDO = "undo"  # a host pressed the wrong button


_S, _A = SignUpState, Action

# The one table by which a sign-up moves: (state, action) -> state. What is not in it can't happen.
TRANSITIONS: dict[tuple[SignUpState, Action], SignUpState] = {
    (_S.PENDING, _A.PROVE): _S.PENDING,
    (_S.PENDING, _A.CONFIRM): _S.CONFIRMED,
    (_S.PENDING, _A.VET): _S.CONFIRMED,
    (_S.PENDING, _A.LAPSE): _S.CANCELLED,
    (_S.PENDING, _A.CANCEL): _S.CANCELLED,
    (_S.PENDING, _A.DECLINE): _S.CANCELLED,
    (_S.PENDING, _A.MOVE_BACK): _S.WAITING,
    (_S.PENDING, _A.CALL_OFF): _S.CANCELLED,
    (_S.CONFIRMED, _A.CANCEL): _S.CANCELLED,
    (_S.CONFIRMED, _A.DECLINE): _S.CANCELLED,
    (_S.CONFIRMED, _A.MOVE_BACK): _S.WAITING,
    (_S.CONFIRMED, _A.CALL_OFF): _S.CANCELLED,
    (_S.CONFIRMED, _A.CHECK_IN): _S.ATTENDED,
    (_S.CONFIRMED, _A.MISS): _S.NO_SHOW,
    (_S.ATTENDED, _A.MISS): _S.NO_SHOW,
    (_S.ATTENDED, _A.UNDO): _S.CONFIRMED,
    (_S.NO_SHOW, _A.CHECK_IN): _S.ATTENDED,
    (_S.NO_SHOW, _A.UNDO): _S.CONFIRMED,
    (_S.WAITING, _A.PROVE): _S.WAITING,
    (_S.WAITING, _A.HOLD): _S.PENDING,
    (_S.WAITING, _A.CONFIRM): _S.CONFIRMED,
    (_S.WAITING, _A.LAPSE): _S.CANCELLED,
    (_S.WAITING, _A.CANCEL): _S.CANCELLED,
    (_S.WAITING, _A.CALL_OFF): _S.CANCELLED,
    (_S.CANCELLED, _A.HOLD): _S.PENDING,
    (_S.CANCELLED, _A.CONFIRM): _S.CONFIRMED,
    (_S.CANCELLED, _A.WAIT): _S.WAITING,
}

# Those that may still change: a place or a turn in the line.
ACTIVE = frozenset({_S.PENDING, _S.CONFIRMED, _S.WAITING})


class Mark(StrEnum):
    """What a host says at the door of somebody who is expected."""

    EXPECTED = "expected"
    HERE = "here"
    LATE = "late"
    MISSED = "missed"


HERE = frozenset({Mark.HERE, Mark.LATE})
MARKS = {
    Mark.EXPECTED: _A.UNDO,
    Mark.HERE: _A.CHECK_IN,
    Mark.LATE: _A.CHECK_IN,
    Mark.MISSED: _A.MISS,
}


def next_state(state: SignUpState, action: Action) -> SignUpState:
    """Give where a sign-up stands after an action; raises NotPossible for one that its state does not know."""
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise NotPossible(state, action) from None


def is_settled(*, proved: bool, vetted_role: bool, vetted: bool) -> bool:
    """Tell whether a place is confirmed at once: the address proved, and the vetting done where one is asked for."""
    return proved and (vetted or not vetted_role)


@dataclass(frozen=True)
class Wish:
    """What a reader asked for, checked: shifts by id, in the order of the page, and who they are."""

    shift_ids: tuple[int, ...]
    name: str
    email: str


@dataclass(frozen=True)
class WishEntries:
    """What a reader sent from the sign-up form, as text."""

    shifts: Sequence[str]
    name: str
    email: str
    adult: bool


def read_wish(entries: WishEntries) -> Wish:
    """Turn the entries of a sign-up form into a wish; raises WishRefused, which tells all that is wrong at once."""
    wrong: dict[str, Exception] = {}
    name, email = "", ""
    # Only plain digits: int() would take other scripts' digits, underscores and numbers beyond any id.
    shift_ids = [int(text) for text in entries.shifts if text.isascii() and text.isdigit() and len(text) < 10]
    if not shift_ids:
        wrong["shift"] = NothingTicked()
    try:
        name = read_name(entries.name)
    except DetailsRefused as refusal:
        wrong["name"] = refusal
    try:
        email = read_email(entries.email)
    except DetailsRefused as refusal:
        wrong["email"] = refusal
    if not entries.adult:
        wrong["adult"] = NotAdult()
    if wrong:
        raise WishRefused(wrong)
    return Wish(tuple(dict.fromkeys(shift_ids)), name, email)


def overlap(first: Slot, second: Slot) -> bool:
    """Tell whether two shifts are at the same time; back to back is fine."""
    return first.starts_at < second.ends_at and second.starts_at < first.ends_at


def refuse_clash(slots: Iterable[Slot]) -> None:
    """Raise ShiftsClash for the first two shifts, by their start, that are at the same time."""
    ordered = sorted(slots, key=lambda slot: (slot.starts_at, slot.shift_id))
    for number, first in enumerate(ordered):
        for second in ordered[number + 1 :]:
            if overlap(first, second):
                raise ShiftsClash(first, second)


def prove_by(now: datetime, starts_at: datetime) -> datetime:
    """Give until when a place is held for an address that is not proved yet.

    A day, or, for a shift that starts sooner, half of the time until then, so that the place can still move on.
    """
    return now + min(HELD_FOR, max(starts_at - now, timedelta()) / 2)


def is_sent_twice(proved_at: datetime | None, same_name: bool, made_at: datetime, now: datetime) -> bool:
    """Tell whether a claim is, as far as one can tell, the same form sent once more: a double click, a slow phone."""
    return proved_at is None and same_name and now - made_at < SENT_TWICE_WITHIN


def ask_again_at(made_at: datetime, prove_by: datetime) -> datetime:
    """Give when somebody who has not proved the address is asked once more: at half of the time."""
    return made_at + (prove_by - made_at) / 2


def changes_close_at(starts_at: datetime, hours: int) -> datetime:
    """Give the moment until which a person may change their sign-up by themselves."""
    return starts_at - timedelta(hours=hours)


def may_change(now: datetime, starts_at: datetime, hours: int) -> bool:
    """Tell whether a person may still give a place back by themselves."""
    return now < changes_close_at(starts_at, hours)


def may_decline(now: datetime, starts_at: datetime, moved_up_at: datetime | None) -> bool:
    """Tell whether a place that came free may be turned down: until the shift, whatever the deadline was."""
    return moved_up_at is not None and now < starts_at


def check_in_opens_at(starts_at: datetime) -> datetime:
    """Give from when on hosts can mark who is here."""
    return starts_at - DOOR_OPENS_BEFORE
