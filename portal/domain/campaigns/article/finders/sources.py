"""The source in brackets behind a figure, as reports give it: (Harbour Office, 2019), (2020)."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.domain.campaigns.article.finders.names import names_in
from portal.domain.campaigns.article.finders.tokens import Token, lower_at
from portal.domain.campaigns.article.finders.years import is_year

_FARTHEST, _LONGEST = 24, 12


class Source(NamedTuple):
    """Who says a figure, and the year it is said for; None for what the brackets do not have."""

    name: str | None = None
    year: int | None = None


def source_behind(tokens: Sequence[Token], end: int, ceiling: int) -> Source:
    """Give the source in the first brackets behind a figure, in front of the next figure at `ceiling`."""
    last = min(ceiling, len(tokens), end + _FARTHEST)
    opening = next((at for at in range(end, last) if tokens[at].text == "("), None)
    if opening is None:
        return Source()
    closing = opening + 1
    while closing < len(tokens) and closing - opening <= _LONGEST and tokens[closing].text != ")":
        closing += 1
    if lower_at(tokens, closing) != ")" or closing == opening + 1 or not is_year(tokens[closing - 1]):
        return Source()
    year = int(tokens[closing - 1].text)
    if closing == opening + 2:
        return Source(None, year)
    inside = tokens[opening + 1 : closing - 1]
    name = next(iter(names_in(inside)), None)
    if name is None or name.start > 1 or lower_at(inside, len(inside) - 1) != ",":
        return Source()
    return Source(name.text, year)
