"""A sentence as words, numbers and signs with their places: what every finder looks at instead of letters."""

import re
from collections.abc import Sequence
from typing import NamedTuple

# Each alternative takes what it can and never gives any back: linear, whatever the text.
_TOKEN = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s<>\"”]+)"
    r"|(?P<short>(?:[A-Z]\.){2,})"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*)"
    r"|(?P<sign>\S)"
)
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_NOT_A_NAME_S_START = frozenset("i i'm i'd i've i'll".split())


class Token(NamedTuple):
    """One word, number, address or sign; `lower` is for comparing, `start` and `end` are places in the text."""

    kind: str
    text: str
    lower: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Say whether it is written in digits."""
        return self.kind == "number"

    @property
    def is_word(self) -> bool:
        """Say whether it is a word, or letters with full stops."""
        return self.kind in ("word", "short")

    @property
    def is_capital(self) -> bool:
        """Say whether it is a word that begins with a capital letter."""
        return self.is_word and self.text[0].isupper() and self.lower not in _NOT_A_NAME_S_START

    @property
    def bare(self) -> str:
        """Give the word without the mark of the possessive."""
        if self.text.endswith(_POSSESSIVE[:2]):
            return self.text[:-2]
        return self.text

    @property
    def is_possessive(self) -> bool:
        """Say whether it ends in the mark of the possessive."""
        return self.text.endswith(_POSSESSIVE[:2])


def tokens_of(text: str) -> tuple[Token, ...]:
    """Give the tokens of a text in order."""
    return tuple(
        Token(
            match.lastgroup or "sign",
            match[0],
            match[0].lower().replace("’", "'"),
            match.start(),
            match.end(),
        )
        for match in _TOKEN.finditer(text)
    )


def lower_at(tokens: Sequence[Token], place: int) -> str:
    """Give the word at a place in small letters, empty beside the ends."""
    return tokens[place].lower if 0 <= place < len(tokens) else ""


def is_joined(tokens: Sequence[Token], place: int) -> bool:
    """Say whether no space stands between the token at a place and the one before it."""
    return 0 < place < len(tokens) and tokens[place - 1].end == tokens[place].start


def span_text(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    """Give the text from the token at `start` to the one before `end`, as it is written."""
    return text[tokens[start].start : tokens[end - 1].end] if start < end else ""
