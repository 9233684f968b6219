"""What is told of a subject between commas, in front of its verb: Ana Example, head of Tide Watch, a charity, said."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.domain.campaigns.article.finders.name_words import HONORIFICS, OFFICES
from portal.domain.campaigns.article.finders.names import Name, may_be_person
from portal.domain.campaigns.article.finders.tokens import Token, lower_at

_DETERMINERS = frozenset("the a an its their his her our this one".split())
_RELATIVES = frozenset("who whose which whom where".split())
_REMARKS = frozenset(
    "published released conducted carried commissioned issued based founded established run also now then"
    " formerly himself herself itself".split()
)
_ENDS = frozenset('; : “ ” " — –'.split())
# What may stand in front of a subject: nothing, an article, a title, the end of another clause.
_FRONTS = frozenset(", and but that as while because if “ ) when".split()) | {""} | HONORIFICS | OFFICES
_FARTHEST, _LONGEST_FRONT = 45, 9


class Inserted(NamedTuple):
    """A subject with what is told of it: where it begins, where the insert opens, and the name that it is."""

    start: int
    comma: int
    name: Name


def before_inserts(tokens: Sequence[Token], names: Sequence[Name], closing: int) -> Inserted | None:
    """Give the subject whose inserts end with the comma at `closing`; of several commas the first that fits."""
    floor = closing
    while floor > 0 and closing - floor < _FARTHEST and tokens[floor - 1].lower not in _ENDS:
        floor -= 1
    commas = [place for place in range(floor, closing) if tokens[place].lower == ","]
    for comma in commas:
        name = next((one for one in names if _ends_at(tokens, one, comma)), None)
        if name and name.start >= floor and _opens(tokens, names, comma, closing) and _leads(tokens, name):
            return Inserted(name.start, comma, name)
    return _named_between(tokens, names, commas[-1], closing) if commas else None


def _ends_at(tokens: Sequence[Token], name: Name, comma: int) -> bool:
    """Say whether a name ends in front of a comma, with its first letters in brackets or without."""
    if name.end == comma:
        return True
    return lower_at(tokens, name.end) == "(" and lower_at(tokens, comma - 1) == ")" and comma - name.end == 3


def _leads(tokens: Sequence[Token], name: Name) -> bool:
    """Say whether a name is what its clause is about, and not only a place or a house within it."""
    before = name.start - 1
    if lower_at(tokens, before) == "the":
        before -= 1
    return lower_at(tokens, before) in _FRONTS


def _opens(tokens: Sequence[Token], names: Sequence[Name], comma: int, closing: int) -> bool:
    """Say whether words behind a comma tell of the name before it: an office, an age, a clause, a kind of house."""
    first = lower_at(tokens, comma + 1)
    if first in _DETERMINERS | _RELATIVES | _REMARKS:
        return not _holds_subject(tokens, names, comma, closing)
    if comma + 2 == closing and tokens[comma + 1].is_number:
        return True
    return any(token.lower in OFFICES for token in tokens[comma + 1 : min(comma + 7, closing)])


def _holds_subject(tokens: Sequence[Token], names: Sequence[Name], comma: int, closing: int) -> bool:
    """Say whether behind the comma stands the subject itself with a name: In Laos, the mayor, Ana Example, said."""
    second = next((at for at in range(comma + 1, closing) if tokens[at].lower == ","), None)
    if second is None:
        return False
    between = _named_between(tokens, names, second, closing)
    return between is not None and between.start == comma + 1


def _is_told(token: Token) -> bool:
    return token.is_word or token.text in "'’"


def _named_between(
    tokens: Sequence[Token], names: Sequence[Name], comma: int, closing: int
) -> Inserted | None:
    """Read the Ombudsman, Ana Example, said; the pilots' union, the Bay Pilots' League (BPL), said."""
    begins = comma + 1 + (lower_at(tokens, comma + 1) == "the")
    name = next((one for one in names if one.start == begins and _ends_at(tokens, one, closing)), None)
    start = comma
    while start > 0 and comma - start <= _LONGEST_FRONT and _is_told(tokens[start - 1]):
        start -= 1
    determined = next((at for at in range(start, comma) if tokens[at].lower in _DETERMINERS), None)
    if name is None or determined is None or len(name.words) < 2:
        return None
    # In the north, Ana Example, said: what stands in front is no noun for her.
    alone = determined == start or lower_at(tokens, determined - 1) in _FRONTS | {"that"}
    return (
        Inserted(determined, comma, name) if alone and (may_be_person(name) or begins > comma + 1) else None
    )
