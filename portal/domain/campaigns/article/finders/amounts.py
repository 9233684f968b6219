"""What an English sentence gives as an amount: a number, a range, a share, money, a percentage, with its qualifier."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from portal.domain.campaigns.article.finders.fractions import read_share
from portal.domain.campaigns.article.finders.money_words import currency_before, currency_behind
from portal.domain.campaigns.article.finders.numbers import Number, read_number, scaled
from portal.domain.campaigns.article.finders.tokens import Token, is_joined, lower_at

_CHANGES = frozenset(
    "rise rises rising rose risen fall falls falling fell fallen grow grows growing grew grown increase"
    " increases increased increasing decrease decreased decreasing drop drops dropped decline declined"
    " declining jump jumped climb climbed cut cuts reduce reduced went gone go goes shrink shrank"
    " shrunk raised raise up down doubled tripled changed moved slashed lowered surged plunged soared".split()
)
# From the longest to the shortest; each in front of a number belongs to it.
_QUALIFIERS = tuple(
    tuple(words.split())
    for words in (
        "no more than|no fewer than|no less than|not more than|as many as|as few as|as much as|"
        "as little as|well over|just over|just under|just below|more than|fewer than|less than|"
        "at least|at most|up to|close to|an estimated|upwards of|nearly|almost|about|around|"
        "approximately|roughly|some|over|under|below|above|circa|ca|~|approx|barely"
    ).split("|")
)
_LAST_OF_QUALIFIERS = frozenset(words[-1] for words in _QUALIFIERS)
# No sentence that somebody reads has more.
MOST_IN_A_SENTENCE = 40
_TO = frozenset(("to", "-", "–", "—", "‑", "‐", "or"))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount from token `start` to before `end`; what is counted stands behind `end` unless the unit is known."""

    start: int
    end: int
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    in_words: bool = False
    scale: int = 1
    is_part: bool = False
    qualified: bool = False


def read_amounts(tokens: Sequence[Token], barred: Set[int]) -> list[Amount]:
    """Give the amounts of a sentence in order; `barred` are the places of numbers that are none."""
    found: list[Amount] = []
    place = 0
    while place < len(tokens) and len(found) < MOST_IN_A_SENTENCE:
        amount = None if place in barred else _amount_at(tokens, place, barred)
        if amount is None:
            place += 1
            continue
        floor = found[-1].end if found else 0
        found.append(_with_qualifier(tokens, amount, floor))
        place = max(amount.end, place + 1)
    return found


def _amount_at(tokens: Sequence[Token], place: int, barred: Set[int]) -> Amount | None:
    token = tokens[place]
    if token.lower in ("between", "from"):
        return _between(tokens, place, barred)
    share = read_share(tokens, place)
    if share is not None and not set(range(place, share.end)) & barred:
        unit = None if share.is_count else "share"
        return Amount(
            place, share.end, share.value, unit=unit, in_words=not token.is_number, is_part=share.is_count
        )
    first = _one(tokens, place)
    if first is None:
        return None
    return _joined_range(tokens, first, barred) or first


def _between(tokens: Sequence[Token], place: int, barred: Set[int]) -> Amount | None:
    """Read between 5 and 10 million, from 5 to 10; where something changes from one to the other, these are two."""
    word = tokens[place].lower
    first = _one(tokens, place + 1)
    if first is None or lower_at(tokens, first.end) != ("and" if word == "between" else "to"):
        return None
    if word == "from" and any(lower_at(tokens, place - step) in _CHANGES for step in range(1, 8)):
        return None
    second = _one(tokens, first.end + 1)
    if second is None or {place + 1, first.end + 1} & barred:
        return None
    told = _range(first, second)
    return replace(told, start=place) if told else None


def _joined_range(tokens: Sequence[Token], first: Amount, barred: Set[int]) -> Amount | None:
    """Read 10-15 %, 5 to 6 million, three or four."""
    joint = lower_at(tokens, first.end)
    if joint not in _TO or first.end + 1 in barred:
        return None
    if joint == "to" and any(
        lower_at(tokens, first.start - step) in _CHANGES | {"from"} for step in range(1, 3)
    ):
        return None
    if joint == "—" and not is_joined(tokens, first.end):
        return None
    second = _one(tokens, first.end + 1)
    return _range(first, second) if second else None


def _range(first: Amount, second: Amount) -> Amount | None:
    if first.unit != second.unit and first.unit and second.unit:
        return None
    low, high = first.value, second.value
    if low is None or high is None:
        return None
    if first.scale == 1 and second.scale > 1 and low * second.scale < high:
        low = scaled(low, second.scale)
    if not low < high:
        return None
    return Amount(first.start, second.end, None, low, high, second.unit or first.unit,
                  first.in_words and second.in_words, max(first.scale, second.scale))  # fmt: skip


def _one(tokens: Sequence[Token], place: int) -> Amount | None:
    """Read one number with its currency or percent sign."""
    if place >= len(tokens):
        return None
    sign = currency_before(tokens, place)
    read = read_number(tokens, sign.end if sign else place)
    if read is None or (read.in_words and read.value == 1 and lower_at(tokens, read.end) not in _PERCENT):
        return None
    unit, end = (sign.code, read.end) if sign else (None, read.end)
    if unit is None and (percent := _percent_behind(tokens, end)):
        unit, end = percent
    if unit is None and (behind := currency_behind(tokens, end)):
        unit, end = behind.code, behind.end
    return Amount(place, end, read.value, unit=unit, in_words=read.in_words, scale=read.scale)


_PERCENT = frozenset(("%", "percent", "per", "pct", "percentage", "-percent"))


def _percent_behind(tokens: Sequence[Token], place: int) -> tuple[str, int] | None:
    if lower_at(tokens, place) in ("-", "‑") and is_joined(tokens, place):
        place += 1
    word, following = lower_at(tokens, place), lower_at(tokens, place + 1)
    if word in ("%", "％", "percent", "pct"):
        return "%", place + 1
    if word == "per" and following == "cent":
        return "%", place + 2
    if word == "percentage" and following in ("point", "points"):
        return "percentage points", place + 2
    return None


def _with_qualifier(tokens: Sequence[Token], amount: Amount, floor: int) -> Amount:
    """Take nearly, more than, between, at least and the like in front of an amount into it."""
    start = amount.start
    for _ in range(2):
        if lower_at(tokens, start - 1) not in _LAST_OF_QUALIFIERS:
            break
        for words in _QUALIFIERS:
            first = start - len(words)
            if first >= floor and tuple(tokens[at].lower for at in range(first, start)) == words:
                start = first
                break
    # An open qualifier: up to between 20 and 30 would be odd, so no more than two are taken.
    return replace(amount, start=start, qualified=start < amount.start)
