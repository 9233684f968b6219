"""The year that a figure is said for: looked for in its own sentence, and only where the sentence ties the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portal.domain.campaigns.article.finders.tokens import Token, lower_at

MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar"
    " apr jun jul aug sep sept oct nov dec".split()
)
STUDIES = frozenset(
    "study studies survey surveys report reports inquiry census poll research review analysis"
    " assessment estimate estimates figures data statistics paper briefing investigation count audit"
    " questionnaire index yearbook evaluation".split()
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_TIES = frozenset("in during for by on of throughout at for".split())
_SINCE = frozenset("since from after before until till to between than with".split())
_BEGINNINGS = frozenset(
    "founded established born launched started opened signed adopted created built formed began begun"
    " arrived died joined set".split()
)
_BETWEEN_TIE_AND_YEAR = frozenset(
    "the end start beginning early late mid mid- middle as of year years month spring summer autumn"
    " fall winter financial fiscal school calendar whole all half first second quarter , . ‘ ’ ' -".split()
)
_CLAUSE_STARTS = frozenset(', ; : – — - “ " ( and but while whereas that'.split())
_CONTRASTS = frozenset(
    "now today currently compared up down rising rose falling fell dropped grew growing but while"
    " whereas since to than this".split()
)


@dataclass(frozen=True, slots=True)
class YearSaid:
    """A year, where it stands, where its phrase begins, and what it is said of: what follows, what precedes, or all.

    It is None where words tell a year that nobody can know: last year, in an article without a day.
    """

    place: int
    starts: int
    year: int | None
    of: Literal["all", "following", "preceding", "nothing"]


def is_year(token: Token) -> bool:
    """Say whether digits may be a year: four of them, from 1800 to 2100."""
    return (
        token.is_number
        and len(token.text) == 4
        and token.text.isdigit()
        and (_FIRST_YEAR <= int(token.text) <= _LAST_YEAR)
    )


def is_said_as_year(tokens: Sequence[Token], place: int) -> bool:
    """Tell the year of 'in 2018 people left' from the number of 'more than 2018 people'."""
    if not is_year(tokens[place]):
        return False
    before, following = lower_at(tokens, place - 1), lower_at(tokens, place + 1)
    if before in (
        "$",
        "€",
        "£",
        "¥",
        "₩",
        "over",
        "nearly",
        "almost",
        "about",
        "around",
        "approximately",
        "some",
    ):
        return False
    if following in ("%", "percent", "million", "billion", "thousand", "people", "euros", "dollars", "won"):
        return before in ("in", "since", "during") and following == "people"
    if before == "than" and lower_at(tokens, place - 2) in ("more", "fewer", "less"):
        return False
    if before in _TIES | _SINCE | MONTHS | _BETWEEN_TIE_AND_YEAR | {"a", "and"}:
        return True
    return not (
        following.endswith("s")
        and following not in STUDIES
        and place + 1 < len(tokens)
        and tokens[place + 1].text.islower()
    )


def years_said(tokens: Sequence[Token]) -> tuple[YearSaid, ...]:
    """Give the years of a sentence with what each is said of."""
    found = []
    for place in range(len(tokens)):
        if is_said_as_year(tokens, place):
            starts = start_of_phrase(tokens, place)
            found.append(YearSaid(place, starts, int(tokens[place].text), said_of(tokens, place, starts)))
    return tuple(found)


def start_of_phrase(tokens: Sequence[Token], place: int) -> int:
    """Give where the phrase of a year begins: by the end of 2019."""
    start = place
    while start > 0 and place - start < 8:
        before = tokens[start - 1]
        if before.lower in MONTHS or before.lower in _TIES or before.lower in _BETWEEN_TIE_AND_YEAR:
            comma = before.lower == "," and not (start >= 2 and tokens[start - 2].is_number)
            if comma:
                break
            start -= 1
        elif before.is_number and len(before.text) <= 2 and _beside_month(tokens, start - 1):
            start -= 1
        else:
            break
    since = lower_at(tokens, start - 1) == "since" and any(one.lower in MONTHS for one in tokens[start:place])
    return start - 1 if since else start


def _beside_month(tokens: Sequence[Token], place: int) -> bool:
    return lower_at(tokens, place - 1) in MONTHS or lower_at(tokens, place + 1) in MONTHS


def said_of(
    tokens: Sequence[Token], place: int, starts: int
) -> Literal["all", "following", "preceding", "nothing"]:
    """Say of what in its sentence the year of a phrase is said."""
    before = lower_at(tokens, starts - 1)
    ahead = [lower_at(tokens, place + step) for step in (1, 2, 3)]
    ahead = ahead[: ahead.index(",")] if "," in ahead else ahead
    if _is_span(tokens, place) or before in _SINCE or before in _BEGINNINGS:
        return "nothing"
    if lower_at(tokens, starts) == "as" and lower_at(tokens, starts + 1) != "of":
        return "nothing"  # twice as many as in 2021
    if any(word in STUDIES for word in ahead):
        return "all"
    behind = [lower_at(tokens, starts - step) for step in (1, 2, 3)]
    if "published" in behind[:2] or any(word in STUDIES for word in behind):
        return "all"
    if starts == 0 or before in _CLAUSE_STARTS:
        return "following"
    return "preceding"


def _is_span(tokens: Sequence[Token], place: int) -> bool:
    """Say whether the year is one end of a span: 2015-2018, 2017/18, between 2014 and 2018."""
    beside = lower_at(tokens, place + 1)
    if beside in ("-", "–", "/") and place + 2 < len(tokens) and tokens[place + 2].is_number:
        return True
    if lower_at(tokens, place - 1) in ("-", "–", "/") and place > 1 and tokens[place - 2].is_number:
        return True
    if lower_at(tokens, place - 1) in ("between", "from"):
        return beside in ("and", "to")
    return lower_at(tokens, place - 3) in ("between", "from") and lower_at(tokens, place - 1) in ("and", "to")


def year_of(
    tokens: Sequence[Token],
    years: Sequence[YearSaid],
    others: Sequence[tuple[int, int]],
    start: int,
    end: int,
) -> int | None:
    """Give the year of the figure from `start` to `end`; `others` are the places of all figures of the sentence."""
    for said in years:
        between = [other for other in others if end <= other[0] < said.place]
        behind = said.place >= end and said.of == "preceding" and not between
        if behind and not _contrasted(tokens, end, said.starts):
            return said.year
    before = [said for said in reversed(years) if said.place < start]
    opening = next((said for said in before if said.of == "following"), None)
    if opening:
        return None if _is_of_now(tokens, opening.place + 1, start) else opening.year
    of_all = next((said for said in years if said.of == "all"), None)
    if of_all:
        return of_all.year
    earlier = (said for said in before if said.of == "preceding")
    return next((said.year for said in earlier if not _contrasted(tokens, said.place + 1, start)), None)


def _contrasted(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(
        tokens[place].lower in _CONTRASTS
        # Enough to eat: only in front of a number does it tell how something changed.
        and (tokens[place].lower != "to" or place + 1 == end or tokens[place + 1].is_number)
        for place in range(start, end)
    )


def _is_of_now(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(
        tokens[place].lower in ("now", "today", "currently")
        or (tokens[place].lower in ("last", "this") and lower_at(tokens, place + 1) == "year")
        for place in range(start, end)
    )
