"""Why a text of a file is no part of its article, and the list of what was left out."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from portal.domain.campaigns.article.document import LeftOut
from portal.domain.campaigns.article.files.bylines import author_of, is_dateline
from portal.domain.campaigns.article.files.chrome_words import (
    COMMENTS_OPEN,
    LINES,
    PRICE,
    RELATED_OPEN,
    SAYINGS,
    SOLD,
    Why,
)

MOST_LEFT_OUT = 80
LONGEST_LEFT_OUT = 240
_SEPARATORS = re.compile(r"\s*[|·•›»/]\s*|\s{3,}|\s+>\s+")
# With these a line is a sentence about money: a night in a shelter costs so much.
_TELLS = re.compile(
    r"\b(?:night|year|day|week)\b.{0,40}\bcosts?\b|\b(?:raised|gave|spent|needs?)\b", re.IGNORECASE
)
_LONGEST_SAYING = 400
_LONGEST_NAME = 260


def why_left_out(line: str) -> Why | None:
    """Say why this line, which stands by itself, is no part of an article; None for one that may be."""
    if len(line) > _LONGEST_SAYING:
        return None
    if opens_comments(line):
        return Why.COMMENTS
    if opens_related(line):
        return Why.RELATED
    for why, pattern in LINES:
        if len(line) <= _LONGEST_NAME and pattern.fullmatch(line):
            return why
    for why, pattern in SAYINGS:
        if pattern.search(line):
            return why
    return _why_of_parts(line)


def opens_comments(line: str) -> bool:
    """Say whether readers' comments or the form for them begin with this line."""
    return len(line) <= _LONGEST_NAME and bool(COMMENTS_OPEN.fullmatch(line))


def opens_related(line: str) -> bool:
    """Say whether a list of other posts begins with this line."""
    return len(line) <= 80 and bool(RELATED_OPEN.fullmatch(line))


def _why_of_parts(line: str) -> Why | None:
    """Judge a row of short words (Home | About | Give), and a short line with a price in it."""
    if line.endswith((".", "。", "?", "!", "”", '"')):
        return None
    short = len(line.split()) <= 12 and len(line) <= 90 and not _TELLS.search(line)
    if short and PRICE.search(line) and SOLD.search(line):
        return Why.PRICES
    parts = [part for part in _SEPARATORS.split(line) if part]
    if len(parts) < 3 or any(len(part.split()) > 3 or len(part) > 30 for part in parts):
        return None
    if any(is_dateline(part) or author_of(part) for part in parts):
        return None
    known = [reason for part in parts if (reason := why_left_out(part))]
    if len(known) * 2 >= len(parts):
        return known[0]
    return Why.MENU if re.search(r"[|›]", line) and not re.search(r"\d", line) else None


def left_out_of(parts: Iterable[tuple[str, Why]]) -> tuple[LeftOut, ...]:
    """List what was left out, each text once, neighbours of one reason together, in bounds."""
    grouped = list(_in_groups(parts))
    if len(grouped) <= MOST_LEFT_OUT:
        return tuple(grouped)
    rest = len(grouped) - MOST_LEFT_OUT + 1
    return (*grouped[: MOST_LEFT_OUT - 1], LeftOut(f"+{rest}", Why.MORE))


def _in_groups(parts: Iterable[tuple[str, Why]]) -> Iterator[LeftOut]:
    each_once = dict.fromkeys(part for part in parts if part[0])
    for why, neighbours in groupby(each_once, key=lambda part: part[1]):
        told = ""
        for text, _ in neighbours:
            short = text if len(text) <= LONGEST_LEFT_OUT else text[: LONGEST_LEFT_OUT - 1] + "…"
            if told and len(told) + len(short) + 3 > LONGEST_LEFT_OUT:
                yield LeftOut(told, why)
                told = ""
            told = f"{told} / {short}" if told else short
        if told:
            yield LeftOut(told, why)
