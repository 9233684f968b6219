"""The rules of helping: what may be wished for, which shifts clash, how long a place is held, how a sign-up moves."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from portal.domain.people.errors import EmailMissing, EmailUnreadable, NameMissing, NameWithAddress
from portal.domain.volunteers.errors import (
    NotAdult,
    NothingTicked,
    NotPossible,
    ShiftsClash,
    Slot,
    WishRefused,
)
from portal.domain.volunteers.models import HOLDING, SignUpState
from portal.domain.volunteers.rules import (
    ACTIVE,
    TRANSITIONS,
    Action,
    Wish,
    WishEntries,
    ask_again_at,
    changes_close_at,
    is_settled,
    may_change,
    may_decline,
    next_state,
    overlap,
    prove_by,
    read_wish,
    refuse_clash,
)

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
# The table once more, by hand: each state with the actions that it knows and where they lead.
KNOWN = {
    "pending": {
        "prove": "pending",
        "confirm": "confirmed",
        "vet": "confirmed",
        "lapse": "cancelled",
        "cancel": "cancelled",
        "decline": "cancelled",
        "move back": "waiting",
        "call off": "cancelled",
    },
    "confirmed": {
        "cancel": "cancelled",
        "decline": "cancelled",
        "move back": "waiting",
        "call off": "cancelled",
        "check in": "attended",
        "miss": "no-show",
    },
    "attended": {"miss": "no-show", "undo": "confirmed"},
    "no-show": {"check in": "attended", "undo": "confirmed"},
    "waiting": {
        "prove": "waiting",
        "hold": "pending",
        "confirm": "confirmed",
        "lapse": "cancelled",
        "cancel": "cancelled",
        "call off": "cancelled",
    },
    "cancelled": {"hold": "pending", "confirm": "confirmed", "wait": "waiting"},
}


@pytest.mark.parametrize(("state", "action"), list(product(SignUpState, Action)))
def test_a_sign_up_moves_by_the_table_and_by_nothing_else(state: SignUpState, action: Action) -> None:
    leads_to = KNOWN[state].get(action)
    if leads_to is None:
        assert (state, action) not in TRANSITIONS
        with pytest.raises(NotPossible) as refused:
            next_state(state, action)
        assert (refused.value.state, refused.value.action) == (state, action)
    else:
        assert next_state(state, action) == leads_to


def test_who_is_expected_or_was_holds_a_place_and_who_may_still_change_is_active() -> None:
    assert {"pending", "confirmed", "attended", "no-show"} == HOLDING
    assert {"pending", "confirmed", "waiting"} == ACTIVE


@pytest.mark.parametrize(
    ("proved", "vetted_role", "vetted", "settled"),
    [
        (False, False, False, False),
        (False, False, True, False),
        (False, True, False, False),
        (False, True, True, False),
        (True, False, False, True),
        (True, False, True, True),
        (True, True, False, False),
        (True, True, True, True),
    ],
)
def test_a_place_is_settled_once_proved_and_where_asked_for_vetted(
    proved: bool, vetted_role: bool, vetted: bool, settled: bool
) -> None:
    assert is_settled(proved=proved, vetted_role=vetted_role, vetted=vetted) is settled


def test_a_wish_is_read_in_the_order_of_the_page_and_each_shift_once() -> None:
    wish = read_wish(_entries(shifts=["9", "3", "9", "007", "7"], email=" Mina@Example.org "))
    assert wish == Wish((9, 3, 7), "Mina", "mina@example.org")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-1",
        "+1",
        "1.0",
        "1e3",
        "1_0",
        " 1",
        "1\n",
        "0x1",
        "١",
        "²",
        "１",
        "1;drop",
        "1" * 10,
        "None",
    ],
)
def test_what_is_no_plain_number_is_no_shift(text: str) -> None:
    with pytest.raises(WishRefused) as refused:
        read_wish(_entries(shifts=[text]))
    assert isinstance(refused.value.by_field["shift"], NothingTicked)
    assert read_wish(_entries(shifts=[text, "4"])).shift_ids == (4,)


def test_the_longest_number_that_is_read_fits_a_column_of_the_database() -> None:
    assert read_wish(_entries(shifts=["9" * 9])).shift_ids == (999_999_999,)
    assert 999_999_999 < 2**31


@pytest.mark.parametrize(
    ("entries", "kinds"),
    [
        ({"shifts": []}, {"shift": NothingTicked}),
        ({"name": ""}, {"name": NameMissing}),
        ({"name": " \u200b"}, {"name": NameMissing}),
        ({"name": "www.buy.example"}, {"name": NameWithAddress}),
        ({"email": "  "}, {"email": EmailMissing}),
        ({"email": "mina"}, {"email": EmailUnreadable}),
        ({"email": "mina@example.org\nBcc: all@example.org"}, {"email": EmailUnreadable}),
        ({"adult": False}, {"adult": NotAdult}),
        (
            {"shifts": ["x"], "name": "", "email": "", "adult": False},
            {"shift": NothingTicked, "name": NameMissing, "email": EmailMissing, "adult": NotAdult},
        ),
    ],
)
def test_all_that_is_wrong_with_a_wish_is_told_at_once(
    entries: dict[str, Any], kinds: dict[str, type]
) -> None:
    with pytest.raises(WishRefused) as refused:
        read_wish(_entries(**entries))
    assert {field: type(refusal) for field, refusal in refused.value.by_field.items()} == kinds


@pytest.mark.parametrize("name", ["민아", "O", "Ní Bhraonáin", "Mina & <b>Co</b>", "X Æ A-12", "🌱"])
def test_a_name_is_kept_exactly_as_it_is_typed(name: str) -> None:
    assert read_wish(_entries(name=name)).name == name


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ((0, 2), (2, 4), False),
        ((2, 4), (0, 2), False),
        ((0, 2), (1, 3), True),
        ((1, 3), (0, 2), True),
        ((0, 4), (1, 2), True),
        ((1, 2), (0, 4), True),
        ((0, 2), (0, 2), True),
        ((0, 1), (3, 4), False),
        ((0, 2), (0, 1), True),
        ((0, 2), (1, 2), True),
    ],
)
def test_shifts_clash_when_they_share_a_moment_and_not_back_to_back(
    first: tuple[int, int], second: tuple[int, int], clash: bool
) -> None:
    assert overlap(_slot(1, *first), _slot(2, *second)) is clash
    if clash:
        with pytest.raises(ShiftsClash):
            refuse_clash([_slot(1, *first), _slot(2, *second)])
    else:
        refuse_clash([_slot(1, *first), _slot(2, *second)])


def test_one_second_of_both_is_a_clash() -> None:
    late = Slot(2, "Tea", "Café", NOON + 2 * HOUR - timedelta(seconds=1), NOON + 3 * HOUR, "Europe/Dublin")
    assert overlap(_slot(1, 0, 2), late)


def test_the_first_pair_by_their_start_is_named_whatever_the_order_of_the_page() -> None:
    slots = [_slot(1, 6, 8), _slot(2, 7, 9), _slot(3, 0, 5), _slot(4, 4, 6)]
    for order in (slots, slots[::-1]):
        with pytest.raises(ShiftsClash) as refused:
            refuse_clash(order)
        assert (refused.value.first.shift_id, refused.value.second.shift_id) == (3, 4)


def test_a_long_shift_clashes_with_one_that_is_not_its_neighbour() -> None:
    with pytest.raises(ShiftsClash) as refused:
        refuse_clash([_slot(1, 0, 9), _slot(2, 9, 10), _slot(3, 8, 9)])
    assert (refused.value.first.shift_id, refused.value.second.shift_id) == (1, 3)


@pytest.mark.parametrize(
    ("hours_until_start", "hours_held"),
    [(1000, 24), (48, 24), (47, 23.5), (10, 5), (1, 0.5), (0, 0), (-3, 0)],
)
def test_a_place_is_held_for_a_day_or_half_of_the_time_until_the_shift(
    hours_until_start: float, hours_held: float
) -> None:
    assert prove_by(NOON, NOON + hours_until_start * HOUR) == NOON + hours_held * HOUR


@pytest.mark.parametrize("hours", [24, 5, 0.5, 0])
def test_who_is_silent_is_asked_again_at_half_of_the_time(hours: float) -> None:
    assert ask_again_at(NOON, NOON + hours * HOUR) == NOON + hours / 2 * HOUR


@pytest.mark.parametrize(
    ("hours_before", "hours_left", "allowed"),
    [(24, 24.01, True), (24, 24, False), (24, 3, False), (0, 0.01, True), (0, 0, False), (0, -1, False)],
)
def test_a_place_can_be_given_back_until_the_deadline(
    hours_before: int, hours_left: float, allowed: bool
) -> None:
    starts_at = NOON + hours_left * HOUR
    assert may_change(NOON, starts_at, hours_before) is allowed
    assert changes_close_at(starts_at, hours_before) == starts_at - hours_before * HOUR


def test_a_deadline_is_counted_in_hours_that_pass_also_when_clocks_change() -> None:
    starts_at = datetime(2026, 3, 29, 9, tzinfo=UTC)  # clocks in Dublin went forward at 01:00
    assert changes_close_at(starts_at, 24) == datetime(2026, 3, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours_left", "was_moved_up", "allowed"),
    [(30, True, True), (0.01, True, True), (0, True, False), (-1, True, False), (30, False, False)],
)
def test_a_place_that_came_free_can_be_turned_down_until_the_shift_begins(
    hours_left: float, was_moved_up: bool, allowed: bool
) -> None:
    moved_up_at = NOON - HOUR if was_moved_up else None
    assert may_decline(NOON, NOON + hours_left * HOUR, moved_up_at) is allowed


def _entries(**facts: Any) -> WishEntries:
    return WishEntries(
        **({"shifts": ["1"], "name": "Mina", "email": "mina@example.org", "adult": True} | facts)
    )


def _slot(shift_id: int, begins: float, ends: float) -> Slot:
    return Slot(shift_id, "Tea", "Café", NOON + begins * HOUR, NOON + ends * HOUR, "Europe/Dublin")
