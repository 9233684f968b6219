"""Who answers in a Korean interview whose questions stand by themselves, where no name stands before an answer."""

import re
from collections.abc import Sequence

from portal.domain.campaigns.article.document import Piece, PieceKind
from portal.domain.campaigns.article.korean.speakers import Speaker, person_at
from portal.domain.campaigns.article.korean.words import HANGUL, words_of

_MEETING = re.compile(r"인터뷰|대담|만났|만나 |이야기를 (?:나눴|나누|들었|들어)|물었다")
_ASKS = re.compile(r"[?？]$|(?:다면요|주세요|주십시오|주시죠|지요)[.]?$")
_POLITE = re.compile(r"(?:요|죠|니다|니까)[.!?…”\"]*$")
_WRITERS = ("기자", "작가", "특파원")
_FEWEST_QUESTIONS = 3
_LONGEST_QUESTION = 200
_MOST_BEFORE = 12


def answers_in(pieces: Sequence[Piece], title: str | None) -> dict[int, tuple[str, int]]:
    """Give who answers in each piece that is an answer; none where nobody was met and asked."""
    questions = [place for place, piece in enumerate(pieces) if _is_question(piece)]
    if len(questions) < _FEWEST_QUESTIONS or questions[0] > _MOST_BEFORE:
        return {}
    before = [title or "", *(piece.text for piece in pieces[: questions[0]])]
    met = _met_in(before) if any(_MEETING.search(text) for text in before) else None
    if met is None:
        return {}
    return {place: (met.name, 0) for first in questions for place in _answer(pieces, first + 1)}


def _is_question(piece: Piece) -> bool:
    text = piece.text
    return len(text) <= _LONGEST_QUESTION and bool(HANGUL.search(text)) and bool(_ASKS.search(text))


def _answer(pieces: Sequence[Piece], first: int) -> list[int]:
    """Give the places of an answer: the paragraph behind a question, and those that go on to speak as politely."""
    told: list[int] = []
    for place in range(first, len(pieces)):
        piece = pieces[place]
        if piece.kind is PieceKind.HEADING or _is_question(piece):
            break
        if told and not _POLITE.search(piece.text):
            break
        told.append(place)
    return told


def _met_in(texts: Sequence[str]) -> Speaker | None:
    """Give the first person with an office who is no writer."""
    for text in texts:
        words = words_of(text[:1_000])
        for place in range(1, len(words)):
            found = person_at(words, place)
            if found and found.office and not found.office.endswith(_WRITERS):
                return found
    return None
