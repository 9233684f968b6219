"""The paths of drawings: as many things as the number that they draw, none on top of another, all inside their box."""

import re

import pytest

from portal.web.drawings import bowls, clippings, day_sheets, grain_unit, grains

ANY_YEAR, LEAP_YEAR = 2017, 2020


@pytest.mark.parametrize("articles", [1, 2, 51, 180, 300, 364, 365])
def test_a_year_has_a_sheet_for_each_day_and_a_clipping_for_each_article(articles: int) -> None:
    paper = starts(clippings(ANY_YEAR, articles, "paper"))

    assert (len(paper), len(set(paper)), days_of(ANY_YEAR)) == (articles, articles, 365)
    assert clippings(ANY_YEAR, articles, "print").count("M") == 3 * articles


def test_a_leap_year_has_one_more() -> None:
    assert days_of(LEAP_YEAR) == 366


def test_bowls_fill_the_table_once_in_rows_of_ten() -> None:
    places = starts(bowls(0, 58, "bowl") + bowls(58, 100, "bowl"))

    assert (len(places), len(set(places))) == (100, 100)
    assert len({y for _, y in places}) == len({x for x, _ in places}) == 10
    assert len(starts(bowls(0, 58, "rice"))) == 58


@pytest.mark.parametrize(
    ("whole", "unit"), [(24_900_000, 100_000), (100, 1), (999, 1), (1_000, 10), (7, 1), (99_999, 100)]
)
def test_a_grain_stands_for_so_many_that_a_few_hundred_draw_the_whole(whole: int, unit: int) -> None:
    assert grain_unit(whole) == unit
    assert whole // unit <= 999


def test_no_grain_lies_on_another() -> None:
    places = starts(grains(0, 249))

    assert (len(places), len(set(places))) == (249, 249)


def days_of(year: int) -> int:
    """Count the sheets that a year's lines are dashed into: 13 of paper, 7 of nothing."""
    return sum((int(length) + 7) // 20 for length in re.findall(r"h(\d+)", day_sheets(year)))


def starts(path: str) -> list[tuple[int, int]]:
    """Give where each piece of a path begins."""
    return [(int(x), int(y)) for x, y in re.findall(r"M(-?\d+) (-?\d+)", path)]
