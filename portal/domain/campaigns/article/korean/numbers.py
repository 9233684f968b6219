"""Numbers in Korean, in digits and in words: 1,050만, 1억 2천만, 열두, 스물세, 삼천."""

import re
from decimal import Decimal
from typing import NamedTuple

from portal.domain.campaigns.article.finders.numbers import LARGEST, MOST_DIGITS, Number, plain
from portal.domain.campaigns.scales import KOREAN_LARGE, KOREAN_SMALL

_DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_TENS = {
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5,
    "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE = {
    **_ONES,
    **_TENS,
    **{tens + ones: ten + one for tens, ten in _TENS.items() for ones, one in _ONES.items()},
}
_LONGEST_NATIVE = max(map(len, _NATIVE))
_MOST_PARTS = 6
_LEAST_APART = 100


class KoreanNumber(NamedTuple):
    """A number, its places in the text, its last scale (만 in 20만), and whether it stands in words."""

    value: Number
    start: int
    end: int
    scale: int = 1
    in_words: bool = False


def read_korean_number(text: str, place: int) -> KoreanNumber | None:
    """Give the number that begins at a place."""
    if place < len(text) and text[place] in "0123456789":
        return _in_digits(text, place)
    if place < len(text) and "가" <= text[place] <= "힣":
        return _native(text, place) or _sino(text, place)
    return None


def _in_digits(text: str, place: int) -> KoreanNumber | None:
    total, end, last_scale = Decimal(0), place, 10**16
    scale = 1
    for _ in range(_MOST_PARTS):
        start = end + 1 if end > place and text[end : end + 1] == " " else end
        match = _DIGITS.match(text, start)
        if match is None or len(match[0]) > MOST_DIGITS:
            break
        value, at = Decimal(match[0].replace(",", "")), match.end()
        value, at, small = _with_small(text, value, at)
        large = KOREAN_LARGE.get(text[at : at + 1], 1)
        stands_apart = end > place and large == 1 and small == 1 and start > end
        # 1만 8,400명 is one number, 1만 3 is two.
        if large >= last_scale or (stands_apart and not _LEAST_APART <= value < last_scale):
            break
        if large > 1:
            at += 1
        total, end, last_scale, scale = total + value * large, at, large, large if large > 1 else small
        if large == 1:
            break
    if end == place or total >= LARGEST:
        return None
    return KoreanNumber(plain(total), place, end, scale)


def _with_small(text: str, value: Decimal, at: int) -> tuple[Decimal, int, int]:
    """Read 5천2백 behind its first digits."""
    total, last = Decimal(0), 10_000
    scale = 1
    while (small := KOREAN_SMALL.get(text[at : at + 1], 0)) and small < last:
        total, at, last, scale = total + value * small, at + 1, small, small
        match = _DIGITS.match(text, at)
        value = Decimal(0)
        if match is None or len(match[0]) > 3:
            break
        value, at = Decimal(match[0]), match.end()
    return total + value, at, scale


def _native(text: str, place: int) -> KoreanNumber | None:
    for length in range(min(_LONGEST_NATIVE, len(text) - place), 0, -1):
        value = _NATIVE.get(text[place : place + length])
        if value is not None:
            return KoreanNumber(value, place, place + length, 1, True)
    return None


def _sino(text: str, place: int) -> KoreanNumber | None:
    """Read 삼천, 이백만: digits in words, of which at least one is a scale."""
    total, section, digit, at = 0, 0, 0, place
    scaled = False
    while at < len(text) and at - place < 12:
        sign = text[at]
        if sign in _SINO and not digit:
            digit = _SINO[sign]
        elif sign in KOREAN_SMALL:
            section, digit, scaled = section + (digit or 1) * KOREAN_SMALL[sign], 0, True
        elif sign in KOREAN_LARGE and (section or digit or at == place):
            total, section, digit, scaled = total + (section + digit or 1) * KOREAN_LARGE[sign], 0, 0, True
        else:
            break
        at += 1
    value = total + section + digit
    return KoreanNumber(value, place, at, 1, True) if scaled and value else None


def read_bare_number(word: str) -> int | None:
    """Give the value of a native number that counts by itself: 열 of 열에 아홉."""
    return _NATIVE.get(word)


def sino_digit(word: str) -> int | None:
    """Give the value of one Sino-Korean digit."""
    return 10 if word == "십" else _SINO.get(word)
