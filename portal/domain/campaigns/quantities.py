"""Numbers of a text and of its translation, each as its language writes them: 10.5 million and 1,050만 are one."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from portal.domain.campaigns.article.finders.numbers import small_number
from portal.domain.campaigns.numbers import SCALES
from portal.domain.campaigns.scales import ENGLISH

_LINK = re.compile(r"\]\([^)]*\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Spaces between thousands, as they are typed and as they should be.
_SPACES = " \u00a0\u202f"


def differing(original: str, from_: str, translation: str, into: str) -> tuple[list[str], list[str]]:
    """Give the numbers in digits that a translation leaves out, and those that it adds, as they are written.

    What one of the two tells in words, such as "two" or "March", may stand in digits in the other.
    """
    here, there = dict(_in_digits(original, from_)), dict(_in_digits(translation, into))
    words_here, words_there = _in_words(original, from_), _in_words(translation, into)
    return (
        [written for value, written in here.items() if value not in there and value not in words_there],
        [written for value, written in there.items() if value not in here and value not in words_here],
    )


def _in_digits(text: str, language: str) -> Iterator[tuple[Decimal, str]]:
    group, point, scales = _writing(language)
    for found in _pattern(language).finditer(_LINK.sub("]", text)):
        digits = re.sub(f"[{group}]", "", found[1]).replace(point, ".")
        yield Decimal(digits) * scales.get((found[2] or "").lower(), 1), found[0].strip()


def _in_words(text: str, language: str) -> set[Decimal]:
    words = [word.lower() for word in _WORD.findall(text)]
    months = Locale.parse(language).months["format"]
    named = {
        name.lower(): number for width in ("wide", "abbreviated") for number, name in months[width].items()
    }
    told = {Decimal(named[word]) for word in words if word in named}
    if language == "en":
        told |= {Decimal(value) for word in words if (value := small_number(word)) is not None}
    return told


@cache
def _pattern(language: str) -> re.Pattern[str]:
    group, point, scales = _writing(language)
    words = "|".join(sorted(map(re.escape, scales), key=len, reverse=True))
    number = rf"\d+(?:[{group}]\d{{3}})*(?:{re.escape(point)}\d+)?"
    return re.compile(rf"({number})(?:\s*({words})(?![a-zа-я]))?", re.IGNORECASE)


@cache
def _writing(language: str) -> tuple[str, str, dict[str, int]]:
    """Give what stands between thousands, the decimal point, and the words for scales, as a language has them."""
    group = get_group_symbol(language)
    scales = {word: scale for word, scale in ENGLISH.items() if scale >= 100} if language == "en" else {}
    scales |= SCALES if language == "ko" else {}
    formats = Locale.parse(language).compact_decimal_formats
    # Languages that count in myriads have only the short ones, which are words all the same.
    for counted in formats["long" if "long" in formats else "short"].values():
        for scale, pattern in counted.items():
            word = pattern.pattern.strip(_SPACES + "0").lower()
            if word:
                scales[word] = int(scale) // 10 ** (pattern.pattern.count("0") - 1)
    return (_SPACES if group in _SPACES else re.escape(group)), get_decimal_symbol(language), scales
