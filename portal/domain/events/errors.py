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


@dataclass
class EventNotPossible(EventRefused):
    """Something that an event in this status does not know: somebody else was faster, or it is an old page."""

    status: str
    action: str


@dataclass
class EventChanged(EventRefused):
    """The event is not as it was when the page of whoever decides was made."""

    event_id: int


@dataclass
class LastHost(EventRefused):
    """The only host of an event can't be taken off it."""

    event_id: int


@dataclass
class OnlyHost(EventRefused):
    """Whoever wants to go is the only one who manages an event that is still to come, or under way."""

    title: str


class NotAsked(EventRefused):
    """Nobody asked this person to be a host of this event."""


class TooManyHosts(EventRefused):
    """More hosts than an event may have."""


class PromiseMissing(EventRefused):
    """A box of the promises is not ticked, and without it no event can be proposed."""


class NoteMissing(EventRefused):
    """A proposal can't be declined without a word on why."""


class TextMissing(EventRefused):
    """An entry that an event can't be without."""


@dataclass
class TextTooLong(EventRefused):
    """An entry of more characters than are kept."""

    limit: int


class TextUnreadable(EventRefused):
    """An entry with characters that can't be kept or shown."""


class CampaignUnknown(EventRefused):
    """No published campaign was chosen."""


class ZoneUnknown(EventRefused):
    """No time zone has the name that was chosen."""


class NamesPromised(EventRefused):
    """Those who signed up were told that only hosts see their names, and that is kept."""


class LanguageUnknown(EventRefused):
    """No language was chosen, or one that is not on the list."""


class ExactPlaceMissing(EventRefused):
    """A place that is told after sign-up only, and that nobody could tell then."""


class ChoiceUnknown(EventRefused):
    """A choice that its list does not have."""


class DayUnreadable(EventRefused):
    """What was typed is no day of a calendar."""


@dataclass
class DaysImpossible(EventRefused):
    """The last day is before the first, or too far from it; the most days in between."""

    most: int


class ClockUnreadable(EventRefused):
    """What was typed is no time of day."""


@dataclass
class MinutesOutOfRange(EventRefused):
    """A number of minutes that a shift can't last, or be apart from the next."""

    least: int
    most: int


class RoleMissing(EventRefused):
    """Not one role, or a number of places without a role."""


class RoleTwice(EventRefused):
    """A role that is named twice."""


@dataclass
class PlacesOutOfRange(EventRefused):
    """A number of places that a shift can't have."""

    most: int


class NoShiftFits(EventRefused):
    """A pattern without a single shift: too long for the hours of the day, or on none of the days."""


@dataclass
class TooManyShifts(EventRefused):
    """A pattern of more shifts than an event may have."""

    most: int


@dataclass
class ShiftInThePast(EventRefused):
    """A shift that would begin in the past; its start, in its zone."""

    starts_at: datetime
    timezone: str


@dataclass
class EntriesRefused(EventRefused):
    """All that is wrong with what was sent, by the name of the field."""

    by_field: dict[str, Exception]
