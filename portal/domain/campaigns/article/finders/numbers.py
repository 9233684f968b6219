"""Numbers in English, in digits and in words, with their scales: 10.5 million, twenty-five, half a dozen."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from portal.domain.campaigns.article.finders.tokens import Token, is_joined, lower_at
from portal.domain.campaigns.scales import ENGLISH

Number = int | float
MOST_DIGITS = 15
LARGEST = 10**18
ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 20 + 10 * place
    for place, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
# Written right behind the digits: 3m, 2.5bn, 40k.
_SHORT_SCALES = {"m": 10**6, "mn": 10**6, "mio": 10**6, "bn": 10**9, "k": 1_000, "tn": 10**12}
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_GROUPED_BY_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")


class Read(NamedTuple):
    """A number, the place after its last token, its scale (1 without one), and whether it stands in words."""

    value: Number
    end: int
    scale: int = 1
    in_words: bool = False


def numeral(text: str) -> Number | None:
    """Give the value of digits as English writes them; None for a version, a day, or more digits than count."""
    if sum(sign.isdigit() for sign in text) > MOST_DIGITS:
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif _GROUPED_BY_POINTS.fullmatch(text):
        text = text.replace(".", "")
    elif text.count(",") == 1 and "." not in text and len(text.partition(",")[2]) <= 2:
        text = text.replace(",", ".")
    if "," in text or text.count(".") > 1:
        return None
    return plain(Decimal(text))


def plain(value: Decimal) -> Number:
    """Give a whole number as int and any other as float."""
    return int(value) if value == value.to_integral_value() else float(value)


def scaled(value: Number, scale: int) -> Number:
    """Multiply without the small errors of binary fractions."""
    return plain(Decimal(str(value)) * scale)


def read_number(tokens: Sequence[Token], place: int) -> Read | None:
    """Give the number that begins at a place, with the scale behind it."""
    if place >= len(tokens):
        return None
    token = tokens[place]
    if token.is_number:
        value = numeral(token.text)
        return None if value is None else _with_scales(tokens, value, place + 1)
    if not token.is_word:
        return None
    return _half_of(tokens, place) or _article_and_scale(tokens, place) or _in_words(tokens, place)


def _with_scales(tokens: Sequence[Token], value: Number, place: int) -> Read | None:
    scale = 1
    word = lower_at(tokens, place)
    if word in _SHORT_SCALES and is_joined(tokens, place):
        return Read(scaled(value, _SHORT_SCALES[word]), place + 1, _SHORT_SCALES[word])
    while (word := lower_at(tokens, place)) in ENGLISH and scale * ENGLISH[word] < LARGEST:
        scale *= ENGLISH[word]
        place += 1
    value = scaled(value, scale)
    return Read(value, place, scale) if value < LARGEST else None


def _article_and_scale(tokens: Sequence[Token], place: int) -> Read | None:
    """Read a million, a hundred, a dozen."""
    if lower_at(tokens, place) in ("a", "an") and lower_at(tokens, place + 1) in ENGLISH:
        read = _with_scales(tokens, 1, place + 1)
        return read._replace(in_words=True) if read else None
    return None


def _half_of(tokens: Sequence[Token], place: int) -> Read | None:
    """Read half a million, half a dozen, a quarter of a million."""
    words = [lower_at(tokens, place + step) for step in range(4)]
    if words[0] == "half" and words[1] in ("a", "of") and words[2] in ENGLISH:
        share, start = Decimal("0.5"), place + 2
    elif words[:4] == ["a", "quarter", "of", "a"] and lower_at(tokens, place + 4) in ENGLISH:
        share, start = Decimal("0.25"), place + 4
    else:
        return None
    read = _with_scales(tokens, 1, start)
    return Read(plain(share * Decimal(str(read.value))), read.end, read.scale, True) if read else None


def _in_words(tokens: Sequence[Token], place: int) -> Read | None:
    total = current = 0
    scale, end = 1, place
    while end < len(tokens) and end < place + 12:
        word = tokens[end].lower
        small = small_number(word)
        if small is not None and (current % 10 == 0 or end == place) and (current % 100 == 0 or small < 10):
            current += small
            scale = 1
        elif word == "hundred" and 0 < current < 100:
            current *= 100
            scale = 100
        elif word in ENGLISH and word != "hundred" and current:
            total, current, scale = total + current * ENGLISH[word], 0, ENGLISH[word]
        elif word == "and" and end > place and lower_at(tokens, end - 1) == "hundred":
            following = small_number(lower_at(tokens, end + 1))
            if following is None:
                break
        elif word == "and" and (read := _and_a_half(tokens, end, total + current)):
            return read
        else:
            break
        end += 1
    value = total + current
    return Read(value, end, scale, True) if end > place and 0 < value < LARGEST else None


def _and_a_half(tokens: Sequence[Token], place: int, value: int) -> Read | None:
    """Read the rest of two and a half million."""
    if value and lower_at(tokens, place + 1) == "a" and lower_at(tokens, place + 2) == "half":
        read = _with_scales(tokens, plain(value + Decimal("0.5")), place + 3)
        return read._replace(in_words=True) if read else None
    return None


def small_number(word: str) -> int | None:
    """Give the value of a word below a hundred: twelve, twenty-five."""
    if word in ONES:
        return ONES[word]
    if word in TENS:
        return TENS[word]
    tens, hyphen, ones = word.partition("-")
    if hyphen and tens in TENS and 0 < ONES.get(ones, 0) < 10:
        return TENS[tens] + ONES[ones]
    return None
