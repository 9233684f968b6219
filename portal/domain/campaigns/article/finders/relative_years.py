"""Years that are told by another: last year, two years ago, by the day of the article; that year, by the one before."""

from collections.abc import Iterator, Sequence

from portal.domain.campaigns.article.finders.numbers import small_number
from portal.domain.campaigns.article.finders.tokens import Token, lower_at
from portal.domain.campaigns.article.finders.years import YearSaid, said_of, start_of_phrase

_FROM_TODAY = {"last": -1, "this": 0, "next": 1}
_FROM_TOLD = {"that": 0, "same": 0, "previous": -1, "preceding": -1, "following": 1}
_BESIDE_THE_YEAR = {"before": -1, "after": 1}
_WAYS = {"ago": -1, "earlier": -1, "later": 1}
# Nobody knows which year was more than two years ago.
_VAGUE = frozenset("than over about around nearly almost some least or roughly up most to".split())
_MOST_YEARS = 100


def years_meant(
    tokens: Sequence[Token], told: Sequence[YearSaid], published: int | None, before: int | None
) -> tuple[YearSaid, ...]:
    """Give the years of a sentence, those told in digits and those meant by other words, in order.

    `published` is the year of the article and `before` the year told last; what hangs on one that is not known has
    no year.
    """
    found = list(told)
    for place, token in enumerate(tokens):
        if token.bare.lower() not in ("year", "years"):
            continue
        for starts, ends, step, by_article in _meant(tokens, place):
            base = published if by_article else _told_last(told, starts, before)
            begins = start_of_phrase(tokens, starts)
            year = None if base is None else base + step
            found.append(YearSaid(ends, begins, year, said_of(tokens, ends, begins)))
    return tuple(sorted(found, key=lambda said: said.place))


def _told_last(told: Sequence[YearSaid], place: int, before: int | None) -> int | None:
    return next((said.year for said in reversed(told) if said.place < place), before)


def _meant(tokens: Sequence[Token], place: int) -> Iterator[tuple[int, int, int, bool]]:
    """Give the first and the last token of a phrase, the steps, and whether they are from the article's own year."""
    front, following = lower_at(tokens, place - 1), lower_at(tokens, place + 1)
    if tokens[place].lower == "years":
        count = _count(tokens, place - 1)
        if count and following in _WAYS and lower_at(tokens, place - 2) not in _VAGUE:
            yield place - 1, place + 1, count * _WAYS[following], following == "ago"
    elif front in _FROM_TODAY:
        if lower_at(tokens, place - 2) != "the":  # over the last year
            yield place - 1, place, _FROM_TODAY[front], True
    elif front in _FROM_TOLD:
        yield place - 1, place, _FROM_TOLD[front], False
    elif front == "the" and following in _BESIDE_THE_YEAR:
        yield place - 1, place + 1, _BESIDE_THE_YEAR[following], False
    elif front == "a" and following in _WAYS and lower_at(tokens, place - 2) not in _VAGUE:
        yield place - 1, place + 1, _WAYS[following], following == "ago"


def _count(tokens: Sequence[Token], place: int) -> int | None:
    if place < 0:
        return None
    text = tokens[place].text
    count = int(text) if text.isdigit() and len(text) <= 3 else small_number(text.lower())
    return count if count and count <= _MOST_YEARS else None
