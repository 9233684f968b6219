"""Refusals of helping; values only, the words are in web/refusals.py."""

from dataclasses import dataclass
from datetime import datetime


class HelpRefused(Exception):
    """Something about a sign-up that can't be done."""


class NothingTicked(HelpRefused):
    """A sign-up without a shift."""


class NotAdult(HelpRefused):
    """The box for the age is not ticked."""


@dataclass(frozen=True)
class Slot:
    """A shift as a refusal names it: role, when, and the zone that its times are told in."""

    shift_id: int
    role: str
    event_title: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    sign_up_id: int | None = None


@dataclass
class ShiftsClash(HelpRefused):
    """Two shifts of one wish are at the same time."""

    first: Slot
    second: Slot


@dataclass
class ClashesWithHeld(HelpRefused):
    """Shifts at the same time as places that the person holds; pairs of (wanted, held), which one is to be asked."""

    pairs: list[tuple[Slot, Slot]]


@dataclass
class TooLateToChange(HelpRefused):
    """The event's deadline for changes has passed."""

    closed_at: datetime
    timezone: str


@dataclass
class NotPossible(HelpRefused):
    """An action that a sign-up in this state does not know: somebody else was faster, or it is an old page."""

    state: str
    action: str


@dataclass
class CheckInNotOpen(HelpRefused):
    """Nobody can be marked as here yet, or at all; from when on it can be done, in the event's zone."""

    opens_at: datetime
    timezone: str


@dataclass
class HoursNotOpen(HelpRefused):
    """No hours can be written down yet, or at all; from when on it can be done, in the event's zone."""

    opens_at: datetime
    timezone: str


class HoursUnreadable(HelpRefused):
    """What was typed is no number of hours up to a day."""


@dataclass
class NoSuchSignUp(HelpRefused):
    """No sign-up of this person has this id."""

    sign_up_id: int


@dataclass
class TooManyPlaces(HelpRefused):
    """A number of places that no shift can have."""

    most: int


@dataclass
class WishRefused(HelpRefused):
    """All that is wrong with what was sent, by the name of the field."""

    by_field: dict[str, Exception]
