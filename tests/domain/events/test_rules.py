"""Rules of events: when local times are in the world over clock changes, and where a place is told."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from portal.domain.events.errors import TimesImpossible
from portal.domain.events.rules import moment_of, place_shown, shift_times

DUBLIN, NEW_YORK, SEOUL = "Europe/Dublin", "America/New_York", "Asia/Seoul"


@pytest.mark.parametrize(
    ("zone", "local", "in_utc"),
    [
        (DUBLIN, "2027-03-27 10:00", "2027-03-27 10:00"),  # the day before clocks go forward
        (DUBLIN, "2027-03-28 00:59", "2027-03-28 00:59"),
        (DUBLIN, "2027-03-28 02:00", "2027-03-28 01:00"),
        (DUBLIN, "2027-03-28 10:00", "2027-03-28 09:00"),
        (DUBLIN, "2027-10-31 00:59", "2027-10-30 23:59"),
        (DUBLIN, "2027-10-31 01:30", "2027-10-31 00:30"),  # comes twice; the first one
        (DUBLIN, "2027-10-31 02:00", "2027-10-31 02:00"),
        (NEW_YORK, "2027-03-14 01:59", "2027-03-14 06:59"),
        (NEW_YORK, "2027-03-14 03:00", "2027-03-14 07:00"),
        (NEW_YORK, "2027-11-07 01:30", "2027-11-07 05:30"),
        (NEW_YORK, "2027-11-07 02:00", "2027-11-07 07:00"),
        (SEOUL, "2027-03-28 02:30", "2027-03-27 17:30"),
        (SEOUL, "2027-10-31 01:30", "2027-10-30 16:30"),
    ],
)
def test_a_local_time_is_the_moment_at_which_clocks_there_show_it(zone: str, local: str, in_utc: str) -> None:
    wanted = datetime.fromisoformat(local)
    assert moment_of(wanted.date(), wanted.time(), ZoneInfo(zone)) == datetime.fromisoformat(in_utc).replace(
        tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("zone", "day", "clock"),
    [
        (DUBLIN, date(2027, 3, 28), time(1, 0)),
        (DUBLIN, date(2027, 3, 28), time(1, 59)),
        (NEW_YORK, date(2027, 3, 14), time(2, 30)),
    ],
)
def test_a_time_that_clocks_skip_is_refused(zone: str, day: date, clock: time) -> None:
    with pytest.raises(TimesImpossible):
        moment_of(day, clock, ZoneInfo(zone))


@pytest.mark.parametrize(
    ("day", "start", "end", "hours"),
    [
        (date(2027, 12, 12), time(10), time(12), 2),
        (date(2027, 12, 12), time(22), time(2), 4),
        (date(2027, 12, 12), time(10), time(10), 24),
        (date(2027, 3, 28), time(0), time(3), 2),  # an hour is missing
        (date(2027, 10, 31), time(0), time(3), 4),  # an hour comes twice
        (date(2027, 3, 27), time(22), time(2), 3),
        (date(2027, 10, 30), time(22), time(2), 5),
        (date(2027, 12, 31), time(23), time(1), 2),
    ],
)
def test_a_shift_lasts_as_long_as_its_clocks_say(day: date, start: time, end: time, hours: int) -> None:
    starts_at, ends_at = shift_times(day, start, end, ZoneInfo(DUBLIN))
    assert (ends_at - starts_at).total_seconds() == hours * 3600


@pytest.mark.parametrize(
    ("exact", "hidden", "signed_up", "told"),
    [
        ("Library", False, False, "Library, Town"),
        ("Library", False, True, "Library, Town"),
        ("Library", True, True, "Library, Town"),
        ("Library", True, False, "Town"),
        ("", False, False, "Town"),
    ],
)
def test_a_hidden_place_is_told_only_to_who_signed_up(
    exact: str, hidden: bool, signed_up: bool, told: str
) -> None:
    assert place_shown("Town", exact, hidden=hidden, signed_up=signed_up) == told
