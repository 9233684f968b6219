"""Paragraphs as sentences, each exactly as it is written and none longer than can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portal.domain.campaigns.article.finders.tokens import Token, tokens_of

LONGEST_SENTENCE = 1_000
_ENDING = re.compile(r"[.!?。！？…]+[\"”’'»」』)\]]*")
_WORD = re.compile(r"\w")
_SHORTENED = frozenset(
    "mr mrs ms dr prof st no nos vs etc e.g i.e cf al gen col lt sgt sen rep gov rev hon jr sr inc ltd"
    " co corp dept est fig pp p vol ed eds approx ca jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# After these a sentence may well end, so the next letter decides alone.
_MAY_END = frozenset("no co inc ltd jr sr etc al ed".split())
_DASHES = "-–—"


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph, where in it it begins, and the heading that it stands under."""

    text: str
    start: int
    section: str
    paragraph: int

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Give its words, numbers and signs."""
        return tokens_of(self.text)

    @property
    def end(self) -> int:
        """Give the place in the paragraph after its last letter."""
        return self.start + len(self.text)


def sentences_of(text: str, section: str = "", paragraph: int = 0) -> list[Sentence]:
    """Give the sentences of a paragraph; one of more than LONGEST_SENTENCE letters is cut between words."""
    return [
        Sentence(text[start:end], start, section, paragraph)
        for first, last in _spans(text)
        for start, end in _cut(text, first, last)
    ]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = looked_at = 0
    has_words = False
    for match in _ENDING.finditer(text):
        has_words = has_words or bool(_WORD.search(text, looked_at, match.start()))
        looked_at = match.end()
        if has_words and _ends(text, start, match):
            yield start, match.end()
            start, has_words = match.end(), False
    if start < len(text):
        yield start, len(text)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 3]
    if not following:
        return True
    if not following[0].isspace():
        return match[0][0] in "。！？"
    sign = following.strip()[:1]
    if sign.islower() or (sign in _DASHES and match[0][-1] not in ".!?…"):
        return False
    if match[0] != ".":
        return True
    return not _is_shortened(text[max(start, match.start() - 12) : match.start()], sign)


def _is_shortened(before: str, following: str) -> bool:
    words = before.split()
    word = words[-1].lstrip("(“\"'‘[") if words else ""
    if len(word) == 1 and word.isupper() and word != "I":
        return True
    if word.lower() in _SHORTENED:
        return word.lower() not in _MAY_END or following.isdigit()
    # U.N. and U.S.: a sentence may end there, yet hardly ever does before a small word, which was looked at already.
    return "." in word and len(word) <= 5 and word.replace(".", "").isupper() and not following.isupper()


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while True:
        while start < end and text[start].isspace():
            start += 1
        if start >= end:
            return
        if end - start <= LONGEST_SENTENCE:
            yield start, start + len(text[start:end].rstrip())
            return
        space = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = space if space > 0 else start + LONGEST_SENTENCE
        yield start, start + len(text[start:cut].rstrip())
        start = cut
