"""Shifts from one pattern: which there are, over changes of clocks too, and which patterns are refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from portal.domain.events.errors import (
    ClockUnreadable,
    DaysImpossible,
    DayUnreadable,
    EntriesRefused,
    MinutesOutOfRange,
    NoShiftFits,
    PlacesOutOfRange,
    RoleMissing,
    RoleTwice,
    ShiftInThePast,
    TextTooLong,
    TimesImpossible,
    TooManyShifts,
)
from portal.domain.events.pattern import (
    MOST_SHIFTS,
    Pattern,
    PatternEntries,
    RoleNeeded,
    moved_to,
    read_pattern,
    refuse_past,
    shifts_of,
)

DUBLIN, NEW_YORK, SEOUL = "Europe/Dublin", "America/New_York", "Asia/Seoul"
SATURDAY = date(2027, 6, 12)
DESK = RoleNeeded("Welcome desk", 2)
PLAIN = Pattern(SATURDAY, SATURDAY, frozenset(), time(10), time(16), 120, 0, (DESK,))


@pytest.mark.parametrize(
    ("facts", "starts"),
    [
        ({}, ["10:00", "12:00", "14:00"]),
        ({"changeover": 15}, ["10:00", "12:15"]),
        ({"minutes": 360}, ["10:00"]),
        ({"minutes": 240}, ["10:00"]),
        ({"ends": time(12)}, ["10:00"]),
        ({"starts": time(22), "ends": time(2)}, ["22:00", "00:00"]),
        ({"starts": time(0), "ends": time(0), "minutes": 720}, ["00:00", "12:00"]),
        ({"starts": time(22), "ends": time(1), "changeover": 0}, ["22:00"]),
    ],
)
def test_shifts_follow_each_other_as_long_as_they_fit(facts: dict[str, Any], starts: list[str]) -> None:
    made = shifts_of(replace(PLAIN, **facts), ZoneInfo(DUBLIN))
    assert [f"{one.starts_at.astimezone(ZoneInfo(DUBLIN)):%H:%M}" for one in made] == starts
    assert all(first.ends_at <= second.starts_at for first, second in zip(made, made[1:], strict=False))


def test_each_time_has_each_role_with_its_places() -> None:
    roles = (DESK, RoleNeeded("Tutor", 1, vetted=True))
    made = shifts_of(replace(PLAIN, minutes=360, roles=roles), ZoneInfo(DUBLIN))
    assert [(one.role, one.places, one.vetted) for one in made] == [
        ("Welcome desk", 2, False),
        ("Tutor", 1, True),
    ]
    assert len({one.starts_at for one in made}) == 1


@pytest.mark.parametrize(
    ("weekdays", "days"),
    [(frozenset(), [12, 13, 14, 15, 16, 17, 18, 19, 20]), ({5}, [12, 19]), ({0, 6}, [13, 14, 20])],
)
def test_days_are_those_between_or_the_weekdays_among_them(weekdays: frozenset[int], days: list[int]) -> None:
    pattern = replace(PLAIN, last_day=date(2027, 6, 20), weekdays=frozenset(weekdays), minutes=360)
    assert [one.starts_at.day for one in shifts_of(pattern, ZoneInfo(DUBLIN))] == days


# A day on which clocks change, hours, length: start and end of each shift in UTC.
CHANGES = [
    (DUBLIN, "2027-03-28", "00:00", "03:00", 60, None),  # 01:00 to 01:59 are not there
    (DUBLIN, "2027-03-28", "00:30", "02:30", 120, ["00:30 01:30"]),  # over the gap: as long as clocks say
    (DUBLIN, "2027-03-28", "02:00", "04:00", 60, ["01:00 02:00", "02:00 03:00"]),
    (DUBLIN, "2027-03-28", "09:00", "11:00", 60, ["08:00 09:00", "09:00 10:00"]),
    (DUBLIN, "2027-03-27", "09:00", "10:00", 60, ["09:00 10:00"]),
    (DUBLIN, "2027-03-27", "23:30", "01:30", 120, None),  # would end at a time that is not there
    (DUBLIN, "2027-10-31", "00:00", "02:00", 60, ["23:00 00:00", "00:00 02:00"]),  # the first 01:00
    (DUBLIN, "2027-10-31", "01:30", "02:30", 60, ["00:30 02:30"]),
    (DUBLIN, "2027-10-31", "09:00", "10:00", 60, ["09:00 10:00"]),
    (DUBLIN, "2027-10-30", "09:00", "10:00", 60, ["08:00 09:00"]),
    (DUBLIN, "2027-10-30", "22:00", "02:00", 240, ["21:00 02:00"]),
    (NEW_YORK, "2027-03-14", "01:30", "03:30", 120, ["06:30 07:30"]),
    (NEW_YORK, "2027-03-14", "02:30", "03:30", 60, None),
    (NEW_YORK, "2027-11-07", "00:30", "02:30", 60, ["04:30 05:30", "05:30 07:30"]),
    (SEOUL, "2027-03-28", "01:00", "03:00", 60, ["16:00 17:00", "17:00 18:00"]),
]


@pytest.mark.parametrize(("zone", "day", "starts", "ends", "minutes", "in_utc"), CHANGES)
def test_shifts_are_right_across_changes_of_clocks(
    zone: str, day: str, starts: str, ends: str, minutes: int, in_utc: list[str] | None
) -> None:
    on = date.fromisoformat(day)
    pattern = replace(
        PLAIN,
        first_day=on,
        last_day=on,
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        minutes=minutes,
    )
    if in_utc is None:
        with pytest.raises(TimesImpossible):
            shifts_of(pattern, ZoneInfo(zone))
    else:
        made = shifts_of(pattern, ZoneInfo(zone))
        assert [f"{one.starts_at:%H:%M} {one.ends_at:%H:%M}" for one in made] == in_utc
        assert {one.starts_at.tzinfo for one in made} == {UTC}


def test_a_weekly_shift_keeps_its_hour_over_a_year() -> None:
    pattern = replace(PLAIN, last_day=SATURDAY + timedelta(days=364), weekdays=frozenset({5}), minutes=360)
    made = shifts_of(pattern, ZoneInfo(DUBLIN))
    assert len(made) == 53
    assert {f"{one.starts_at.astimezone(ZoneInfo(DUBLIN)):%a %H:%M}" for one in made} == {"Sat 10:00"}
    assert {one.starts_at.hour for one in made} == {9, 10}


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"minutes": 361}, NoShiftFits),
        ({"weekdays": frozenset({0})}, NoShiftFits),
        ({"last_day": SATURDAY + timedelta(days=66)}, TooManyShifts),
        ({"minutes": 15, "last_day": SATURDAY + timedelta(days=8)}, TooManyShifts),
        ({"starts": time(0), "ends": time(0), "minutes": 15, "last_day": date(2028, 6, 12)}, TooManyShifts),
    ],
)
def test_patterns_without_shifts_or_with_too_many_are_refused(
    facts: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        shifts_of(replace(PLAIN, **facts), ZoneInfo(DUBLIN))


def test_the_most_shifts_there_can_be_are_made() -> None:
    pattern = replace(PLAIN, minutes=360, last_day=SATURDAY + timedelta(days=MOST_SHIFTS - 1))
    assert len(shifts_of(pattern, ZoneInfo(DUBLIN))) == MOST_SHIFTS


@pytest.mark.parametrize(("minutes", "refused"), [(-1, True), (0, True), (1, False)])
def test_a_shift_begins_in_the_future(minutes: int, refused: bool) -> None:
    made = shifts_of(PLAIN, ZoneInfo(DUBLIN))
    moment = made[0].starts_at - timedelta(minutes=minutes)
    if not refused:
        refuse_past(made, ZoneInfo(DUBLIN), moment)
        return
    with pytest.raises(ShiftInThePast) as told:
        refuse_past(made, ZoneInfo(DUBLIN), moment)
    assert told.value == ShiftInThePast(made[0].starts_at, DUBLIN)


def test_moved_shifts_keep_their_hours_and_the_days_between_them() -> None:
    pattern = replace(PLAIN, last_day=SATURDAY + timedelta(days=2), minutes=180)
    made = moved_to(date(2027, 10, 30), shifts_of(pattern, ZoneInfo(DUBLIN)), ZoneInfo(DUBLIN))
    local = [one.starts_at.astimezone(ZoneInfo(DUBLIN)) for one in made]
    assert [f"{at:%m-%d %H}" for at in local] == [
        "10-30 10", "10-30 13", "10-31 10", "10-31 13", "11-01 10", "11-01 13",
    ]  # fmt: skip
    assert [one.starts_at.hour for one in made] == [9, 12, 10, 13, 10, 13]


def test_shifts_moved_to_a_time_that_clocks_skip_are_refused() -> None:
    made = shifts_of(replace(PLAIN, starts=time(1, 30), ends=time(3, 30)), ZoneInfo(DUBLIN))
    with pytest.raises(TimesImpossible):
        moved_to(date(2027, 3, 28), made, ZoneInfo(DUBLIN))
    with pytest.raises(NoShiftFits):
        moved_to(SATURDAY, [], ZoneInfo(DUBLIN))


GOOD = PatternEntries(
    "2027-06-12",
    "2027-06-19",
    ["5", "6"],
    "09:30",
    "16:00",
    "90",
    "10",
    [("Desk", "2", True), ("", "", False)],
)


def test_entries_become_a_pattern() -> None:
    assert read_pattern(GOOD) == Pattern(
        date(2027, 6, 12), date(2027, 6, 19), frozenset({5, 6}), time(9, 30), time(16), 90, 10,
        (RoleNeeded("Desk", 2, vetted=True),),
    )  # fmt: skip


def test_without_a_last_day_or_a_changeover_it_is_one_day_and_no_pause() -> None:
    read = read_pattern(replace(GOOD, last_day=" ", changeover=""))
    assert (read.last_day, read.changeover) == (date(2027, 6, 12), 0)


@pytest.mark.parametrize(
    ("starts", "ends", "minutes"),
    [("18:00", "21:00", 180), ("22:00", "01:30", 210), ("00:00", "00:00", 1440)],
)
def test_without_a_length_a_shift_is_from_start_to_end(starts: str, ends: str, minutes: int) -> None:
    read = read_pattern(replace(GOOD, starts=starts, ends=ends, minutes=" ", changeover=""))
    assert read.minutes == minutes
    assert len(shifts_of(read, ZoneInfo(DUBLIN))) == len(["Saturday", "Sunday", "Saturday"])


@pytest.mark.parametrize(
    ("facts", "field", "refusal"),
    [
        ({"first_day": ""}, "first_day", DayUnreadable()),
        ({"first_day": "12.6.2027"}, "first_day", DayUnreadable()),
        ({"first_day": "2027-02-30"}, "first_day", DayUnreadable()),
        ({"first_day": "20270612"}, "first_day", DayUnreadable()),
        ({"first_day": "9999-12-31"}, "first_day", DayUnreadable()),
        ({"last_day": "2027-06-11"}, "last_day", DaysImpossible(366)),
        ({"last_day": "2029-06-11"}, "last_day", DaysImpossible(366)),
        ({"last_day": "soon"}, "last_day", DayUnreadable()),
        ({"starts": ""}, "starts", ClockUnreadable()),
        ({"starts": "24:00"}, "starts", ClockUnreadable()),
        ({"ends": "9.30"}, "ends", ClockUnreadable()),
        ({"ends": "٠٩:٣٠"}, "ends", ClockUnreadable()),
        ({"minutes": "", "ends": "09:40"}, "minutes", MinutesOutOfRange(15, 1440)),
        ({"minutes": "14"}, "minutes", MinutesOutOfRange(15, 1440)),
        ({"minutes": "1441"}, "minutes", MinutesOutOfRange(15, 1440)),
        ({"minutes": "9" * 5000}, "minutes", MinutesOutOfRange(15, 1440)),
        ({"changeover": "-1"}, "changeover", MinutesOutOfRange(0, 720)),
        ({"roles": []}, "roles", RoleMissing()),
        ({"roles": [("", "2", False)]}, "roles", RoleMissing()),
        ({"roles": [("Desk", "0", False)]}, "roles", PlacesOutOfRange(500)),
        ({"roles": [("Desk", "501", False)]}, "roles", PlacesOutOfRange(500)),
        ({"roles": [("Desk", "two", False)]}, "roles", PlacesOutOfRange(500)),
        ({"roles": [("Desk", "1", False), ("desk", "1", False)]}, "roles", RoleTwice()),
        ({"roles": [("D" * 121, "1", False)]}, "roles", TextTooLong(120)),
    ],
)
def test_entries_that_are_no_pattern_are_told_by_their_field(
    facts: dict[str, Any], field: str, refusal: Exception
) -> None:
    with pytest.raises(EntriesRefused) as refused:
        read_pattern(replace(GOOD, **facts))
    told = refused.value.by_field[field]
    assert (type(told), vars(told)) == (type(refusal), vars(refusal))


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(EntriesRefused) as refused:
        read_pattern(PatternEntries("", "", [], "", "", "0", "x", []))
    assert set(refused.value.by_field) == {
        "first_day", "starts", "ends", "minutes", "changeover", "roles",
    }  # fmt: skip


def test_a_year_of_saturdays_in_every_zone_is_in_the_right_order() -> None:
    pattern = replace(PLAIN, last_day=SATURDAY + timedelta(days=364), weekdays=frozenset({5}), minutes=180)
    for zone in (DUBLIN, NEW_YORK, SEOUL, "Australia/Lord_Howe", "Africa/Casablanca"):
        made = shifts_of(pattern, ZoneInfo(zone))
        assert [one.starts_at for one in made] == sorted(one.starts_at for one in made)
        assert made[0].starts_at == datetime.combine(SATURDAY, time(10), ZoneInfo(zone)).astimezone(UTC)
