"""Somebody else's words among ours: a marked fragment may be quoted, a longer row may not stand as our own."""

import re
import sys
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from hashlib import blake2b

LONGEST_FRAGMENT = 11
# Of the number that stands for a row of words, in bytes.
SIZE = 8
# Signs that no reader sees: soft hyphens, joiners and the like, which would part a word for whoever compares it.
_UNSEEN = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[’'-]\w+)*")


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
    """Give how many words a text has."""
    return len(_WORD.findall(text))


def _rows(text: str) -> Iterable[tuple[bytes, str]]:
    """Give every row of words that is just too long, as a number to compare and as it is written."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    found = list(_WORD.finditer(plain))
    folded = [one.group().casefold() for one in found]
    length = LONGEST_FRAGMENT + 1
    for start in range(len(found) - length + 1):
        row = " ".join(folded[start : start + length])
        number = blake2b(row.encode(), digest_size=SIZE).digest()
        yield number, plain[found[start].start() : found[start + length - 1].end()]
