"""Refusals of events."""

from dataclasses import dataclass
from datetime import datetime


class EventRefused(Exception):
    """Something about an event that can't be done."""


@dataclass
class NoSuchEvent(EventRefused):
    """No event here has this id."""

    event_id: int


@dataclass
class NoSuchShift(EventRefused):
    """No shift of the event has this id."""

    shift_id: int


@dataclass
class EventCancelled(EventRefused):
    """The event was called off."""

    event_id: int


@dataclass
class ShiftBegun(EventRefused):
    """The shift has begun or is over."""

    shift_id: int
    role: str
    starts_at: datetime
    timezone: str


@dataclass
class TimesImpossible(EventRefused):
    """A shift that would end before it starts, or at a time that its zone skips."""

    text: str
