"""Somebody else's words among ours: a marked fragment may be quoted, a longer row may not stand as our own."""

import re
import sys
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

LONGEST_FRAGMENT = 11
# Of the number that stands for a row of words, in bytes.
SIZE = 8
# What stands for no sign at all, though Unicode calls it a letter: the fillers of Hangul.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
# Marks within a word, which a program that writes may set in another way than the article has them.
_WITHIN = "’'‘ʼ`´‐‑‒–-"
# Written without spaces: Thai, Lao, Burmese, Khmer, Japanese and Chinese.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"\d+(?:[.,]\d+)*|[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:[{re.escape(_WITHIN)}][^\W{_UNSPACED}]+)*"
)
_SIGN = re.compile(rf"[{_UNSPACED}]")


class ArticleWords:
    """The words of an article, to look rows of them up in a text.

    `rows` is all that is known of them: a number for each row, sorted, from which nobody can tell the words.
    """

    def __init__(self, rows: bytes) -> None:
        self.rows = rows
        self._numbers = array("Q", rows)
        if sys.byteorder == "little":
            self._numbers.byteswap()

    @classmethod
    def read(cls, texts: Iterable[str]) -> "ArticleWords":
        """Give the words of these texts."""
        return cls(b"".join(sorted({row for text in texts for row, _ in _rows(text)})))

    def taken_in(self, text: str) -> str:
        """Give the first row in a text that is the article's and longer than a fragment; empty where there is none."""
        return next((shown for row, shown in _rows(text) if self._has(row)), "")

    def _has(self, row: bytes) -> bool:
        number = int.from_bytes(row, "big")
        place = bisect_left(self._numbers, number)
        return place < len(self._numbers) and self._numbers[place] == number


def count_words(text: str) -> int:
    """Give how many words a text has; where none are parted, two signs count as one."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text))
    signs = sum(bool(_SIGN.match(one)) for one in found)
    return len(found) - signs + (signs + 1) // 2


def start_of(text: str) -> str:
    """Give the beginning of a text, as much of it as a fragment may be, with the signs that end its last word."""
    end = weight = 0
    for found in _WORD.finditer(text):
        weight += 1 if _SIGN.match(found[0]) else 2
        if weight > 2 * LONGEST_FRAGMENT:
            break
        end = found.end()
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return text[:end]


def _rows(text: str) -> Iterable[tuple[bytes, str]]:
    """Give every row of words that is just too long, as a number to compare and as it is written."""
    plain = unicodedata.normalize("NFKC", text)
    bare, places = _without_marks(plain)
    found = list(_WORD.finditer(bare))
    folded = [one.group().casefold().translate(_NO_MARKS) for one in found]
    # Twice the words, as a sign of a script without spaces is half of one.
    weights = [1 if _SIGN.match(word) else 2 for word in folded]
    end = weight = 0
    for start in range(len(found)):
        while end < len(found) and weight < 2 * LONGEST_FRAGMENT + 1:
            weight += weights[end]
            end += 1
        if weight < 2 * LONGEST_FRAGMENT + 1:
            return
        number = blake2b(" ".join(folded[start:end]).encode(), digest_size=SIZE).digest()
        yield number, plain[places[found[start].start()] : places[found[end - 1].end() - 1] + 1]
        weight -= weights[start]


_NO_MARKS = str.maketrans("", "", _WITHIN)


def _without_marks(plain: str) -> tuple[str, Sequence[int]]:
    """Give a text without accents and signs that no reader sees, and where in it each of its signs stood."""
    if plain.isascii():
        return plain, range(len(plain))
    bare = [(sign, place) for place, one in enumerate(plain) for sign in _seen_of(one)]
    return "".join(sign for sign, _ in bare), [place for _, place in bare]


@lru_cache(maxsize=10_000)
def _seen_of(sign: str) -> str:
    parts = unicodedata.normalize("NFKD", sign)
    return "".join(
        one for one in parts if unicodedata.category(one) not in ("Mn", "Me", "Cf") and one not in _FILLERS
    )
