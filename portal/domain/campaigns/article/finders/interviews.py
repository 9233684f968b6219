"""Interviews: questions as headings or paragraphs of their own, each with its answer behind it."""

from collections.abc import Sequence

from portal.domain.campaigns.article.document import Piece

_FEWEST_QUESTIONS = 2
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
