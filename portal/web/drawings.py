"""The paths of drawings that count: a clipping for each article, a bowl for each of a hundred, a grain for many.

Each gives the `d` of an SVG path, computed once for its numbers; the templates of drawings say how it is painted.
"""

import math
from calendar import monthrange
from functools import lru_cache

from flask import Flask

from portal.domain.campaigns.story import hundredths

# Its multiples lie evenly and yet without a pattern between two whole numbers.
GOLDEN = (math.sqrt(5) - 1) / 2


def init_drawings(app: Flask) -> None:
    """Give the app's templates the paths of their drawings."""
    app.jinja_env.globals.update(
        day_sheets=day_sheets,
        clippings=clippings,
        bowls=bowls,
        grain_unit=grain_unit,
        grains=grains,
        hundredths=hundredths,
    )


@lru_cache(maxsize=16)
def _days(year: int) -> list[tuple[int, int]]:
    """Give the days of a year as places of a sheet: a column for each day of the month, a row for each month."""
    return [(day * 20, month * 31) for month in range(12) for day in range(monthrange(year, month + 1)[1])]


@lru_cache(maxsize=16)
def day_sheets(year: int) -> str:
    """Give a line for each month of a year, to be dashed into as many empty sheets as it has days."""
    return "".join(
        f"M4 {month * 31 + 15.5:g}h{monthrange(year, month + 1)[1] * 20 - 7}" for month in range(12)
    )


@lru_cache(maxsize=16)
def clippings(year: int, articles: int, part: str) -> str:
    """Give the articles, spread over a year's days: as sheets of `paper`, or as the lines of `print` on them."""
    return "".join(_clipping(x, y, part) for x, y in sorted(_printed(year, articles)))


def _printed(year: int, articles: int) -> set[tuple[int, int]]:
    """Choose days a little off an even spread, so that no pattern is seen where none is told."""
    days = _days(year)
    step = len(days) / articles
    # So far that two of them never fall on one day.
    off = 1 - 1 / step
    return {days[int((place + 0.5 + off * (place * GOLDEN % 1 - 0.5)) * step)] for place in range(articles)}


def _clipping(x: int, y: int, part: str) -> str:
    # Each lies a little askew, as clippings do.
    lean = round(2.2 * math.sin(x * 1.7 + y))
    if part == "paper":
        return f"M{x + 2} {y + 3 + lean}l17 {-lean}l{lean} 25l-17 {lean}z"
    return "".join(f"M{x + 6} {y + 10 + 5 * line}h{9 if line < 2 else 5}" for line in range(3))


@lru_cache(maxsize=32)
def bowls(first: int, last: int, part: str) -> str:
    """Give bowls `first` to `last` (not included) of a table of a hundred: the `bowl`, or the `rice` in it."""
    places = [(place % 10 * 62, place // 10 * 37) for place in range(first, last)]
    if part == "rice":
        return "".join(f"M{x + 12} {y + 16}q19 -22 38 0z" for x, y in places)
    return "".join(f"M{x + 8} {y + 16}h46q-2 17 -23 17t-23 -17z" for x, y in places)


def grain_unit(whole: int) -> int:
    """Give how many one grain stands for, so that a whole is drawn with a hundred to a thousand of them."""
    return int(10 ** max(len(str(whole)) - 3, 0))


@lru_cache(maxsize=32)
def grains(first: int, last: int, rows: int = 8) -> str:
    """Give grains `first` to `last` (not included), column after column from the left, each lying its own way."""
    return "".join(_grain(place // rows, place % rows, place) for place in range(first, last))


def _grain(column: int, row: int, place: int) -> str:
    x = 12 + column * 19 + 3 * math.sin(place * 7.7)
    y = 14 + row * 19 + 3 * math.sin(place * 3.1)
    turn = 0.9 + 1.1 * math.sin(place * 12.9)
    return f"M{x:.0f} {y:.0f}l{6 * math.cos(turn):.0f} {6 * math.sin(turn):.0f}"
