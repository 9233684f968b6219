"""Parts of a whole, told apart from parts of an hour, from days of a week and from what they are held against."""

import pytest

from tests.factories.documents import find_in_text

SHARES = [
    ("Some 2/3 of the families left.", 0.6667),
    ("About 3/4 of them had no food.", 0.75),
    ("Half of the day's bread is gone.", 0.5),
]
NONE = [
    "After half of a century they left.",
    "Two thirds of a year went by.",
    "It is two thirds of a mile away.",
    "They come one in 12 months.",
    "They open half a day.",
]


@pytest.mark.parametrize(("text", "value"), SHARES)
def test_a_share_is_read_as_it_is_written(text: str, value: float) -> None:
    assert [(figure.value, figure.unit) for figure in find_in_text(text).figures] == [(value, "share")]


@pytest.mark.parametrize("text", NONE)
def test_a_part_of_an_hour_a_year_or_a_mile_is_no_share(text: str) -> None:
    assert "share" not in [figure.unit for figure in find_in_text(text).figures]
