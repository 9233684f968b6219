"""Shifts as pages list them: by day, as a reader chose, and with what is at the same time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from portal.domain.events.models import Event, Shift
from portal.domain.events.queries import ShiftFilter
from portal.domain.volunteers.errors import Slot
from portal.domain.volunteers.rules import overlap
from portal.web.filters import language, weekday


@dataclass(frozen=True)
class Offer:
    """A shift on its event's page: whether it has begun, and the other shifts that are at the same time."""

    shift: Shift
    begun: bool
    beside: tuple[Shift, ...]


def read_choices(sent: Mapping[str, str]) -> ShiftFilter:
    """Give what a reader looks for, from the address of the page."""
    return ShiftFilter(
        day=sent.get("date", ""),
        place=sent.get("place", ""),
        role=sent.get("need", ""),
        language=sent.get("language", ""),
        with_places="left" in sent,
    )


@dataclass(frozen=True)
class Choices:
    """What there is to choose among: values with their texts, each once, in the order of the list."""

    days: list[tuple[str, str]]
    places: list[tuple[str, str]]
    roles: list[tuple[str, str]]
    languages: list[tuple[str, str]]


def choices_among(shifts: Sequence[Shift]) -> Choices:
    """Give what a reader can choose among these shifts."""
    days = {
        f"{local_day(shift)}": weekday(shift.starts_at, shift.event.timezone)
        for shift in sorted(shifts, key=local_day)
    }
    codes = sorted({code for shift in shifts for code in shift.event.languages})
    return Choices(
        days=list(days.items()),
        places=[(place, place) for place in sorted({shift.event.place for shift in shifts})],
        roles=[(role, role) for role in sorted({shift.role for shift in shifts})],
        languages=[(code, language(code)) for code in codes],
    )


def local_day(shift: Shift) -> date:
    """Give the day on which a shift starts, as calendars at its place show it."""
    return shift.starts_at.astimezone(shift.event.zone).date()


def days_of(shifts: Iterable[Shift]) -> list[list[Shift]]:
    """Give shifts by the day on which they start, soonest first."""
    ordered = sorted(shifts, key=lambda shift: (local_day(shift), shift.starts_at, shift.id))
    return [list(of_day) for _, of_day in groupby(ordered, local_day)]


def offers_of(event: Event, moment: datetime) -> list[Offer]:
    """Give the shifts of an event that are not over."""
    coming = [shift for shift in event.shifts if shift.ends_at > moment]
    return [
        Offer(
            shift,
            begun=shift.starts_at <= moment,
            beside=tuple(
                other for other in coming if other is not shift and overlap(_slot(shift), _slot(other))
            ),
        )
        for shift in coming
    ]


def _slot(shift: Shift) -> Slot:
    event = shift.event
    return Slot(shift.id, shift.role, event.title, shift.starts_at, shift.ends_at, event.timezone)
