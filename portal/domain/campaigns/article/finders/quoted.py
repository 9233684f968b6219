"""Words in quotation marks: where they stand in a paragraph, and whether they are speech, a title or a doubt."""

import re
from typing import NamedTuple

_MARKS = re.compile('[“”„"«»「」『』‘’]')
_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "‘": "’"}
_SMALL = frozenset("a an the of in on at to from by for and or but with as via is".split())
_WORD = re.compile(r"[^\W\d_]+")
_HANGUL = re.compile("[가-힣]")
LONGEST_QUOTATION = 4_000


class Quoted(NamedTuple):
    """Words in quotation marks: the place of the opening mark, that behind the closing one, and the words."""

    start: int
    end: int
    text: str
    mark: str


def quoted_in(text: str) -> list[Quoted]:
    """Give what stands in quotation marks, the outermost where they are nested, in order."""
    found: list[Quoted] = []
    opened: tuple[int, str] | None = None
    depth = 0
    for match in _MARKS.finditer(text):
        place, mark = match.start(), match[0]
        if opened is None:
            if _opens(text, place, mark):
                opened, depth = (place, mark), 1
            continue
        start, opening = opened
        if place - start > LONGEST_QUOTATION:
            opened = (place, mark) if _opens(text, place, mark) else None
        elif mark == opening and opening != '"':
            depth += 1
        elif _closes(text, place, mark, opening):
            depth -= 1
            if depth == 0:
                found.append(Quoted(start, place + 1, text[start + 1 : place].strip(), opening))
                opened = None
    if opened and opened[0] == 0 and len(text) - 1 <= LONGEST_QUOTATION:
        # The quotation goes on in the next paragraph.
        found.append(Quoted(0, len(text), text[1:].strip(), opened[1]))
    return found


def _opens(text: str, place: int, mark: str) -> bool:
    before = text[place - 1] if place else " "
    if mark in "”»」』’":
        return False
    if mark in '"‘':
        following = text[place + 1 : place + 2]
        return not before.isalnum() and before not in ".,!?…" and bool(following.strip())
    return True


def _closes(text: str, place: int, mark: str, opening: str) -> bool:
    if opening == '"':
        return mark == '"' and not text[place - 1].isspace()
    if mark not in _CLOSING[opening]:
        return False
    return mark != "’" or not text[place + 1 : place + 2].isalnum()


def is_title(quoted: Quoted) -> bool:
    """Say whether the words in the marks are a work's title: with capitals, or in the marks of books."""
    if quoted.mark in "「『" and not re.search("[다요까]\\W*$", quoted.text):
        return True
    words = [word for word in _WORD.findall(quoted.text) if word.lower() not in _SMALL]
    if len(words) < 2 or _HANGUL.search(quoted.text):
        return False
    return sum(word[0].isupper() for word in words) >= len(words) * 0.8 and len(words) <= 16


def is_speech(quoted: Quoted) -> bool:
    """Say whether the words in the marks are somebody's own: more than one word, and no title."""
    if is_title(quoted):
        return False
    return len(quoted.text.split()) > 1 and any(sign.isalpha() for sign in quoted.text)
