"""Shifts from one pattern: on which days, between which hours, how long, how far apart, for which roles.

All of it is in the time that clocks at the place show. A shift keeps its hour when clocks change over the weeks; one
that would begin or end at a time that clocks skip is refused, of times that come twice the first is meant.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.clock import find_clock, find_day
from portal.domain.events.details import LONGEST, Reading, read_line, read_number
from portal.domain.events.errors import (
    ClockUnreadable,
    DaysImpossible,
    DayUnreadable,
    MinutesOutOfRange,
    NoShiftFits,
    PlacesOutOfRange,
    RoleMissing,
    RoleTwice,
    ShiftInThePast,
    TooManyShifts,
)
from portal.domain.events.rules import moment_of

MOST_SHIFTS, MOST_DAYS, MOST_ROLES, MOST_PLACES = 200, 366, 5, 500
SHORTEST_MINUTES, LONGEST_MINUTES = 15, 24 * 60
LONGEST_CHANGEOVER = 12 * 60


@dataclass(frozen=True)
class RoleNeeded:
    """A role with its number of places in each shift; a vetted one asks for an organizer's look at each person."""

    role: str
    places: int
    vetted: bool = False


@dataclass(frozen=True)
class Pattern:
    """Which shifts there are. No weekdays mean every day; hours that end before they start end on the next day."""

    first_day: date
    last_day: date
    weekdays: frozenset[int]
    starts: time
    ends: time
    minutes: int
    changeover: int
    roles: tuple[RoleNeeded, ...]


@dataclass(frozen=True)
class PlannedShift:
    """A shift that is not stored yet; moments are in UTC."""

    role: str
    places: int
    vetted: bool
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class PatternEntries:
    """What was typed and ticked, as text; `roles` are (role, places, vetted) in the order of the form."""

    first_day: str
    last_day: str
    weekdays: Sequence[str]
    starts: str
    ends: str
    minutes: str
    changeover: str
    roles: Sequence[tuple[str, str, bool]]


def shifts_of(pattern: Pattern, zone: ZoneInfo) -> list[PlannedShift]:
    """Give the shifts of a pattern, soonest first and the roles of one time in their order.

    Raises NoShiftFits, TooManyShifts, and TimesImpossible for the first time that clocks skip.
    """
    planned: list[PlannedShift] = []
    for starts, ends in _local_times(pattern):
        starts_at, ends_at = (moment_of(at.date(), at.time(), zone) for at in (starts, ends))
        planned += [
            PlannedShift(needed.role, needed.places, needed.vetted, starts_at, ends_at)
            for needed in pattern.roles
        ]
        if len(planned) > MOST_SHIFTS:
            raise TooManyShifts(MOST_SHIFTS)
    if not planned:
        raise NoShiftFits
    return planned


def _local_times(pattern: Pattern) -> Iterator[tuple[datetime, datetime]]:
    """Give from when to when, as clocks at the place show it."""
    length, step = (timedelta(minutes=m) for m in (pattern.minutes, pattern.minutes + pattern.changeover))
    over_night = timedelta(days=0 if pattern.ends > pattern.starts else 1)
    for ahead in range((pattern.last_day - pattern.first_day).days + 1):
        day = pattern.first_day + timedelta(days=ahead)
        if pattern.weekdays and day.weekday() not in pattern.weekdays:
            continue
        starts = datetime.combine(day, pattern.starts)
        closes = datetime.combine(day, pattern.ends) + over_night
        while starts + length <= closes:
            yield starts, starts + length
            starts += step


def moved_to(first_day: date, shifts: Iterable[PlannedShift], zone: ZoneInfo) -> list[PlannedShift]:
    """Give the same shifts by so many days later or earlier that the first is on this day, each at its hour.

    Raises NoShiftFits where there are none, and TimesImpossible.
    """
    ordered = sorted(shifts, key=lambda one: one.starts_at)
    if not ordered:
        raise NoShiftFits
    by = first_day - ordered[0].starts_at.astimezone(zone).date()
    return [
        PlannedShift(
            one.role, one.places, one.vetted, _moved(one.starts_at, by, zone), _moved(one.ends_at, by, zone)
        )
        for one in ordered
    ]


def _moved(moment: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    return moment_of(local.date() + by, local.time(), zone)


def refuse_past(shifts: Iterable[PlannedShift], zone: ZoneInfo, now: datetime) -> None:
    """Raise ShiftInThePast for the first shift that would have begun already."""
    for shift in shifts:
        if shift.starts_at <= now:
            raise ShiftInThePast(shift.starts_at, zone.key)


def read_pattern(entries: PatternEntries) -> Pattern:
    """Turn entries into a pattern; raises EntriesRefused with all that is wrong.

    No last day means the first one, and no length one shift from the start to the end of each day.
    """
    reading, last = Reading(), entries.last_day.strip()
    first_day = reading.take("first_day", lambda: read_day(entries.first_day), date.min)
    starts = reading.take("starts", lambda: read_clock(entries.starts), time.min)
    ends = reading.take("ends", lambda: read_clock(entries.ends), time.min)
    pattern = Pattern(
        first_day=first_day,
        last_day=reading.take(
            "last_day", lambda: _last_day(last, first_day) if last else first_day, date.min
        ),
        weekdays=frozenset(int(one) for one in entries.weekdays if one in tuple("0123456")),
        starts=starts,
        ends=ends,
        minutes=reading.take("minutes", lambda: _length(entries.minutes.strip(), starts, ends), 0),
        changeover=reading.take(
            "changeover", lambda: _minutes(entries.changeover.strip() or "0", 0, LONGEST_CHANGEOVER), 0
        ),
        roles=reading.take("roles", lambda: _roles(entries.roles), ()),
    )
    reading.refuse_wrong()
    return pattern


def _last_day(typed: str, first_day: date) -> date:
    last_day = read_day(typed)
    if first_day > date.min and not 0 <= (last_day - first_day).days <= MOST_DAYS:
        raise DaysImpossible(MOST_DAYS)
    return last_day


def read_day(typed: str) -> date:
    """Give a day typed as calendars of forms send it, 2027-03-28; raises DayUnreadable."""
    day = find_day(typed)
    if day is None:
        raise DayUnreadable
    return day


def read_clock(typed: str) -> time:
    """Give a time of day typed as 09:30, with or without seconds of zero; raises ClockUnreadable."""
    clock = find_clock(typed)
    if clock is None:
        raise ClockUnreadable
    return clock


def _length(typed: str, starts: time, ends: time) -> int:
    if typed:
        return _minutes(typed, SHORTEST_MINUTES, LONGEST_MINUTES)
    whole = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    return _within(whole if whole > 0 else whole + LONGEST_MINUTES, SHORTEST_MINUTES, LONGEST_MINUTES)


def _minutes(typed: str, least: int, most: int) -> int:
    return _within(read_number(typed), least, most)


def _within(minutes: int | None, least: int, most: int) -> int:
    if minutes is None or not least <= minutes <= most:
        raise MinutesOutOfRange(least, most)
    return minutes


def _roles(typed: Sequence[tuple[str, str, bool]]) -> tuple[RoleNeeded, ...]:
    """Read the roles that were typed; rows without any entry are left out. Raises what is wrong with the first one."""
    needed = [_role(*row) for row in typed[:MOST_ROLES] if row[0].strip() or row[1].strip()]
    if not needed:
        raise RoleMissing
    if len({one.role.casefold() for one in needed}) < len(needed):
        raise RoleTwice
    return tuple(needed)


def _role(role: str, places: str, vetted: bool) -> RoleNeeded:
    if not role.strip():
        raise RoleMissing
    number = read_number(places)
    if number is None or not 1 <= number <= MOST_PLACES:
        raise PlacesOutOfRange(MOST_PLACES)
    return RoleNeeded(read_line(role, LONGEST["role"]), number, vetted)
