"""Somebody else's words among ours: a marked fragment may be quoted, a longer row may not stand as our own."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_FRAGMENT = 11
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[’'-]\w+)*")


class ArticleWords:
    """The words of an article, to look rows of them up in a text."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._rows = {row for text in texts for row, _ in _rows(text)}

    def taken_in(self, text: str) -> str:
        """Give the first row in a text that is the article's and longer than a fragment; empty where there is none."""
        return next((shown for row, shown in _rows(text) if row in self._rows), "")


def count_words(text: str) -> int:
    """Give how many words a text has."""
    return len(_WORD.findall(text))


def _rows(text: str) -> Iterable[tuple[int, str]]:
    """Give every row of words that is just too long, as a number to compare and as it is written."""
    plain = unicodedata.normalize("NFKC", text)
    found = list(_WORD.finditer(plain))
    folded = [one.group().casefold() for one in found]
    length = LONGEST_FRAGMENT + 1
    for start in range(len(found) - length + 1):
        row = " ".join(folded[start : start + length])
        yield hash(row), plain[found[start].start() : found[start + length - 1].end()]
