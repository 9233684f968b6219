"""Interviews: questions as headings or paragraphs of their own, each with its answer behind it."""

import re
from collections.abc import Sequence

from portal.domain.campaigns.article.document import Piece, PieceKind
from portal.domain.campaigns.article.finders.names import may_be_person, names_in
from portal.domain.campaigns.article.finders.sentences import LONGEST_SENTENCE
from portal.domain.campaigns.article.finders.tokens import tokens_of

_FEWEST_QUESTIONS = 2
_FEWEST_ANSWERS = 3
_MOST_IN_FRONT = 8
_TOLD = re.compile(
    r"\b(?:interview(?:ed)?|conversation with|spoke (?:to|with)|talked (?:to|with)|told us|we asked|answers? (?:our )?"
    r"questions|met (?:him|her|us))\b",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(r"(?<![“\"‘'\w])(?:I|I['’](?:m|ve|d|ll)|my|My)\b")
_LONGEST_QUESTION = 300


def is_interview(pieces: Sequence[Piece]) -> bool:
    """Say whether some questions stand by themselves, each before words in quotation marks."""
    answered = [
        place for place in range(1, len(pieces))
        if follows_question(pieces, place) and any(mark in pieces[place].text[:200] for mark in "“\"„«")
    ]  # fmt: skip
    return len(answered) >= _FEWEST_QUESTIONS


def follows_question(pieces: Sequence[Piece], place: int) -> bool:
    """Say whether the piece at a place stands behind a question."""
    before = pieces[place - 1].text if place else ""
    return len(before) <= _LONGEST_QUESTION and before.endswith(("?", "？"))


def answers_of(pieces: Sequence[Piece], author: str | None) -> dict[int, tuple[str, int]]:
    """Give who says the paragraphs between questions that stand by themselves: whom the interview is with.

    It is one where the lines in front of the first question say so and name somebody, and who answers says I.
    """
    questions = [
        place
        for place, piece in enumerate(pieces)
        if len(piece.text) <= _LONGEST_QUESTION and piece.text.endswith(("?", "？"))
    ]
    first = questions[0] if len(questions) >= _FEWEST_ANSWERS else 0
    if not 0 < first <= _MOST_IN_FRONT or not any(
        _TOLD.search(piece.text[:1_000]) for piece in pieces[:first]
    ):
        return {}
    answers = [
        place
        for place in range(first + 1, len(pieces))
        if pieces[place].kind is PieceKind.PARAGRAPH and place not in questions
    ]
    own = sum(bool(_OWN_WORDS.search(pieces[place].text)) for place in answers)
    who = _asked(pieces[:first], author)
    return dict.fromkeys(answers, (who, 0)) if who and own >= _FEWEST_QUESTIONS else {}


def _asked(pieces: Sequence[Piece], author: str | None) -> str | None:
    """Give the first person that the lines in front of an interview name, who is not the one who asks."""
    for piece in pieces:
        tokens = tokens_of(piece.text[:LONGEST_SENTENCE])
        for name in names_in(tokens):
            asks = tokens[name.start - 1].lower == "by" if name.start else False
            if may_be_person(name) and not asks and name.text != author:
                return name.text
    return None
