"""Rules of events as pure functions: when local times are in the world, and where a place is told."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.domain.events.errors import TimesImpossible


def moment_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Give the moment at which clocks of a zone show a time on a day, in UTC.

    Of a time that comes twice when clocks go back it is the first. Raises TimesImpossible for one that they skip.
    """
    local = datetime.combine(day, clock, zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise TimesImpossible(f"{day} {clock:%H:%M} {zone.key}")
    return moment


def shift_times(day: date, start: time, end: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give when a shift of these local times begins and ends, in UTC; one that ends earlier ends on the next day.

    Raises TimesImpossible.
    """
    ends_on = day if end > start else day + timedelta(days=1)
    starts_at, ends_at = moment_of(day, start, zone), moment_of(ends_on, end, zone)
    if ends_at <= starts_at:
        raise TimesImpossible(f"{day} {start:%H:%M} {zone.key}")
    return starts_at, ends_at


def place_shown(place: str, exact_place: str, *, hidden: bool, signed_up: bool) -> str:
    """Give the place as this reader may know it: all of it, unless it is told after sign-up only."""
    if hidden and not signed_up:
        return place
    return ", ".join(part for part in (exact_place, place) if part)
