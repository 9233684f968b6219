"""Who speaks in an interview, where each turn begins with a name and a colon: Ana Example: …, and then Example: …."""

import re
from collections.abc import Sequence

from portal.domain.campaigns.article.document import Piece
from portal.domain.campaigns.article.finders.name_words import HONORIFICS
from portal.domain.campaigns.article.finders.names import names_in
from portal.domain.campaigns.article.finders.tokens import tokens_of
from portal.domain.campaigns.article.korean.words import HANGUL, is_person_name

_LABEL = re.compile(r"(?P<name>(?:[^\W\d_][\w’'.-]* ){0,3}[^\W\d_][\w’'.-]*): +(?=\S)")
_QUESTIONS = ("?", "？")
_FEWEST_TURNS = 2


def turns_of(pieces: Sequence[Piece]) -> dict[int, tuple[str, int]]:
    """Give whose turn it is in a paragraph that begins so, and the place behind the colon; none without questions."""
    labelled = {
        place: (match["name"], match.end())
        for place, piece in enumerate(pieces)
        if (match := _LABEL.match(piece.text[:100])) and _is_name(match["name"])
    }
    answers = any(_asks(pieces, place) or _asks(pieces, place - 1) for place in labelled)
    if not answers or len(labelled) < _FEWEST_TURNS:
        return {}
    full = {_last(name): name for name, _ in labelled.values() if " " in name or HANGUL.match(name)}
    return {place: (full[_last(name)], end) for place, (name, end) in labelled.items() if _last(name) in full}


def _asks(pieces: Sequence[Piece], place: int) -> bool:
    return place >= 0 and pieces[place].text.endswith(_QUESTIONS)


def _is_name(label: str) -> bool:
    if HANGUL.match(label):
        return is_person_name(label)
    tokens = tokens_of(label)
    name = next(iter(names_in(tokens)), None)
    alone = name is not None and (name.start, name.end) == (0, len(tokens))
    return alone and tokens[0].lower not in HONORIFICS


def _last(name: str) -> str:
    return name.split()[-1]
