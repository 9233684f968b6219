"""The figures in a row of a table: what each counts stands above its column, of whom at the row's beginning."""

import re
from collections.abc import Sequence

from portal.domain.campaigns.article.document import Piece
from portal.domain.campaigns.article.finders.amounts import Amount, read_amounts
from portal.domain.campaigns.article.finders.counted import is_plural
from portal.domain.campaigns.article.finders.money_words import sign_or_code
from portal.domain.campaigns.article.finders.numbers import Number, scaled
from portal.domain.campaigns.article.finders.tokens import Token, tokens_of
from portal.domain.campaigns.article.finders.years import is_year
from portal.domain.campaigns.article.found import FoundFigure
from portal.domain.campaigns.article.korean.amounts import KoreanAmount, read_korean_amounts
from portal.domain.campaigns.article.korean.counters import unit_of_column
from portal.domain.campaigns.article.korean.words import HANGUL

# Between the cells of a row, as the reader of pages puts them.
CELLS = ", "
_BRACKETED = re.compile(r"\(([^()]{1,20})\)")
_MOST_CELLS, _LONGEST_CELL = 60, 60


def row_figures(piece: Piece, section: str) -> list[FoundFigure] | None:
    """Give the figures of a row; None for what is no row, or one with other cells than its table has columns."""
    cells = [cell.strip() for cell in piece.text.split(CELLS)]
    if not piece.columns or len(cells) != len(piece.columns):
        return None
    found = []
    for cell, column in list(zip(cells, piece.columns, strict=True))[1:_MOST_CELLS]:
        amount = _amount(cell) if len(cell) <= _LONGEST_CELL else None
        times, told = unit_of_column(_unit(column) or "")
        unit, year = (amount.unit if amount else None) or told or None, _year(column)
        times = 1 if amount and amount.unit else times
        if amount and (unit or year):
            found.append(
                FoundFigure(
                    text=cell,
                    value=_scaled(amount.value, times),
                    low=_scaled(amount.low, times),
                    high=_scaled(amount.high, times),
                    unit=unit,
                    counts=f"{cells[0]}: {column}",
                    year=year,
                    said_by=None,
                    sentence=piece.text,
                    section=section,
                )
            )
    return found


def _amount(cell: str) -> Amount | KoreanAmount | None:
    """Give the amount that a cell is, and nothing else."""
    if HANGUL.search(cell):
        korean = read_korean_amounts(cell)
        return korean[0] if korean and (korean[0].start, korean[0].end) == (0, len(cell)) else None
    tokens = tokens_of(cell)
    amounts = read_amounts(tokens, frozenset()) if not (len(tokens) == 1 and is_year(tokens[0])) else []
    return amounts[0] if amounts and (amounts[0].start, amounts[0].end) == (0, len(tokens)) else None


def _scaled(value: Number | None, times: int) -> Number | None:
    return value if value is None or times == 1 else scaled(value, times)


def _unit(column: str) -> str | None:
    """Give what a column counts: % of Share (%), children of Children out of school, 명 of 학생 수(명)."""
    bracketed = _BRACKETED.search(column)
    told = bracketed[1].strip() if bracketed else ""
    if told == "%" or HANGUL.search(told):
        return told
    return sign_or_code(told) or _plural(tokens_of(column))


def _plural(tokens: Sequence[Token]) -> str | None:
    return next((token.lower for token in tokens if token.is_word and is_plural(token)), None)


def _year(column: str) -> int | None:
    return next((int(token.text) for token in tokens_of(column) if is_year(token)), None)
