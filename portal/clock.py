"""The one clock: whoever asks what time it is asks here, and what people type of days and hours is read here."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Give the current time as an aware datetime in UTC."""
    return datetime.now(UTC)


def find_moment(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """Give the moment at which clocks of a zone show a time on a day, in UTC; None for one that they skip.

    Of a time that comes twice when clocks go back it is the first.
    """
    local = datetime.combine(day, clock, zone)
    moment = local.astimezone(UTC)
    is_shown = moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)
    return moment if is_shown else None


def comes_twice(moment: datetime, zone: ZoneInfo) -> bool:
    """Tell whether clocks of a zone show the time of this moment a second time, as they go back."""
    local = moment.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def find_day(typed: str) -> date | None:
    """Give a day typed as calendars of forms send it, 2027-03-28; None for anything else."""
    try:
        day = date.fromisoformat(typed.strip()) if len(typed.strip()) == len("2027-03-28") else None
    except ValueError:
        return None
    # What lies further away is a slip of the finger, and at the ends of the calendar days can't be counted on.
    return day if day is not None and 2000 <= day.year <= 2200 else None


def find_clock(typed: str) -> time | None:
    """Give a time of day typed as 09:30, with or without seconds of zero; None for anything else."""
    text = typed.strip().removesuffix(":00") if typed.count(":") == 2 else typed.strip()
    hours, colon, minutes = text.partition(":")
    if not colon or not (hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        return None
    if len(hours) > 2 or len(minutes) != 2 or int(hours) > 23 or int(minutes) > 59:
        return None
    return time(int(hours), int(minutes))
