"""Shares in English words: nearly half, two-thirds, one in three, more than two out of five."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.domain.campaigns.article.finders.numbers import Number, read_number
from portal.domain.campaigns.article.finders.spent_time import TIME_WORDS
from portal.domain.campaigns.article.finders.tokens import Token, is_joined, lower_at

_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "ninths": 9,
    "tenth": 10, "tenths": 10, "hundredth": 100, "twentieth": 20,
}  # fmt: skip
# How far such words may stand alone: half were children, by a third, nearly a quarter.
_VERBS = frozenset(
    "are were is was have had has do did live lived say said come came go went work earn lack need own"
    " never cannot can".split()
)
_ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1_000, 10_000, 100_000))
_MOST_ABOVE = 9
_MOST_OF_WHOSE = 4
_BEHIND_SHARE = frozenset("is in on at among by across and or but who from with still now".split())
_CLAUSE_STARTS = frozenset(("", ",", ";", ":", "and", "but"))
_OBJECTS = frozenset("the a an their his her its no that".split())
_SPOILT = frozenset("second first other last next my".split())
LESS_OR_MORE = frozenset(
    "nearly almost about around roughly approximately over than least most to close some just by barely".split()
)


class Share(NamedTuple):
    """A fraction, the place after its last token, and whether it is a part of some (6 of 41) and no share."""

    value: Number
    end: int
    is_count: bool = False


def read_share(tokens: Sequence[Token], place: int) -> Share | None:
    """Give the fraction that begins at a place."""
    return (
        _named(tokens, place)
        or _slashed(tokens, place)
        or _out_of(tokens, place)
        or _with_noun(tokens, place)
    )


def _named(tokens: Sequence[Token], place: int) -> Share | None:
    """Read half, a third, two-thirds, three quarters."""
    word = tokens[place].lower
    if word == "half":
        return _half(tokens, place)
    above, hyphen, below = word.partition("-")
    if hyphen and below in _PARTS and (read := _above(above)):
        return _share(read, _PARTS[below], tokens, place + 1)
    following = lower_at(tokens, place + 1)
    if following not in _PARTS or following == "half":
        return None
    if word in ("a", "an"):
        return (
            _share(1, _PARTS[following], tokens, place + 2)
            if _stands_alone(tokens, place, place + 2)
            else None
        )
    read_above = _above(word)
    if read_above is None or (read_above > 1) != following.endswith("s"):
        return None
    return _share(read_above, _PARTS[following], tokens, place + 2)


def _above(word: str) -> int | None:
    words = "one two three four five six seven eight nine".split()
    return words.index(word) + 1 if word in words else None


def _share(above: int, below: int, tokens: Sequence[Token], end: int) -> Share | None:
    if above >= below or _of_a_time(tokens, end):
        return None
    return Share(round(above / below, 4), end)


def _of_a_time(tokens: Sequence[Token], end: int) -> bool:
    """Say whether hours are shared: three quarters of an hour, half a day, a quarter century."""
    ahead = [lower_at(tokens, end + step) for step in range(3)]
    if ahead[:2] == ["of", "the"]:
        return False
    skipped = [word for word in ahead if word not in ("of", "a", "an", "the")][:1]
    return bool(skipped) and skipped[0] in TIME_WORDS | {"century", "past", "mile", "final"}


def _half(tokens: Sequence[Token], place: int) -> Share | None:
    before = lower_at(tokens, place - 1)
    if read_number(tokens, place) is not None:
        return None  # half a million
    if before in _SPOILT or _of_a_time(tokens, place + 1) or lower_at(tokens, place - 2) == "and":
        return None
    if before in ("a", "in", "one") or (before == "the" and lower_at(tokens, place + 1) != "of"):
        return None
    following = lower_at(tokens, place + 1)
    if (
        following in ("of", "the", "their", "its", "our", "his", "her", "all", "these", "those")
        or following in _VERBS
    ):
        return Share(0.5, place + 1)
    return Share(0.5, place + 1) if before in LESS_OR_MORE else None


def _stands_alone(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Tell a third of them, by a third, nearly a third from a third country."""
    following = lower_at(tokens, end)
    if following == "of" or following in _VERBS:
        return True
    front = [lower_at(tokens, place - 2), lower_at(tokens, place - 1)]
    if front in (["of", "which"], ["of", "whom"]):
        return True
    if front[1] in _CLAUSE_STARTS and following.isalpha() and lower_at(tokens, end + 1) in _OBJECTS:
        return True  # a third mention the same bridge
    if following in ("more", "less", "fewer", "higher", "lower") and lower_at(tokens, end + 1) == "than":
        return True
    return lower_at(tokens, place - 1) in LESS_OR_MORE and (
        end >= len(tokens)
        or not tokens[end].is_word
        or following in ("in", "since", "from", "to", "and", "over", "more")
    )


def _with_noun(tokens: Sequence[Token], place: int) -> Share | None:
    """Read one guest in six, two young guests in every five; not: three men in five boats."""
    above = read_number(tokens, place)
    if above is None or not above.in_words or above.value > _MOST_ABOVE:
        return None
    at = above.end
    while (
        at < above.end + 2 and at < len(tokens) and tokens[at].text.islower() and lower_at(tokens, at) != "in"
    ):
        at += 1
    if at == above.end or lower_at(tokens, at) != "in":
        return None
    at += 2 if lower_at(tokens, at + 1) == "every" else 1
    below = read_number(tokens, at)
    if below is None or below.value not in _ROUND or not above.value < below.value:
        return None
    beside = tokens[below.end] if below.end < len(tokens) else None
    if beside and beside.is_word and beside.text.islower() and beside.lower not in _VERBS | _BEHIND_SHARE:
        return None
    return Share(round(above.value / below.value, 4), below.end)


def _slashed(tokens: Sequence[Token], place: int) -> Share | None:
    """Read 2/3 of."""
    if not (
        tokens[place].is_number and lower_at(tokens, place + 1) == "/" and lower_at(tokens, place + 3) == "of"
    ):
        return None
    above, below = read_number(tokens, place), read_number(tokens, place + 2)
    if above is None or below is None or not 0 < above.value < below.value <= 20:
        return None
    return Share(round(above.value / below.value, 4), place + 3)


def _out_of(tokens: Sequence[Token], place: int) -> Share | None:
    """Read one in three, two out of every five, 6 of 41, seven of the 52."""
    above = read_number(tokens, place)
    if above is None or above.value == 0:
        return None
    at, between = above.end, ""
    if lower_at(tokens, at) == "in":
        at, between = at + 1, "in"
    elif lower_at(tokens, at) == "out" and lower_at(tokens, at + 1) == "of":
        at, between = at + 2, "out of"
    elif lower_at(tokens, at) == "of":
        at, between = at + 1, "of"
    if not between or (between == "of" and above.in_words and above.value == 1):
        return None  # one of 4,870 people: these are counted, not the one
    if lower_at(tokens, at) in ("every", "each", "the", "all", "our", "their", "its", "his", "her", "my"):
        if between == "in" and lower_at(tokens, at) != "every":
            return None
        at += 1
    if between == "of" and (whose := _whose(tokens, at)):
        at = whose
    below = read_number(tokens, at)
    if below is None or not above.value < below.value or _is_year_or_time(tokens, at, below.end):
        return None
    return _proportion(tokens, between, above.value, below.value, below.end)


def _whose(tokens: Sequence[Token], place: int) -> int | None:
    """Give the place behind whose all of them are: 46 of the province's 83 schools."""
    for at in range(place, min(place + _MOST_OF_WHOSE, len(tokens))):
        if not tokens[at].is_word:
            return None
        if tokens[at].is_possessive:
            return at + 1
    return None


def _proportion(
    tokens: Sequence[Token], between: str, above: Number, below: Number, end: int
) -> Share | None:
    if lower_at(tokens, end) in ("%", "percent", "per"):
        return None
    if between == "in" or (between == "out of" and below in _ROUND):
        if between == "in" and above > 100 and below < 1_000:
            return None
        return Share(round(above / below, 6 if below > 1_000 else 4), end)
    return Share(above, end, is_count=True)


def _is_year_or_time(tokens: Sequence[Token], place: int, end: int) -> bool:
    token = tokens[place]
    year = (
        token.is_number and len(token.text) == 4 and token.text[:2] in ("18", "19", "20") and end == place + 1
    )
    return (
        year
        or lower_at(tokens, end) in TIME_WORDS
        or (is_joined(tokens, end) and lower_at(tokens, end) == "-")
    )
