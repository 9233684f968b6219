"""The first sentences of the article that carry it: not the motto above it, not a question, not a line of a list."""

from collections.abc import Sequence

from portal.domain.campaigns.article.document import PieceKind
from portal.domain.campaigns.article.finders.article_text import Paragraph
from portal.domain.campaigns.article.finders.quoted import quoted_in

_ENOUGH = 160
_LONGEST = 500
_SHORTEST = 40


def summarize(paragraphs: Sequence[Paragraph]) -> str:
    """Give the first sentence of the article proper, with the next one where the first is short; empty without any."""
    for paragraph in paragraphs:
        if (
            paragraph.piece.kind is not PieceKind.PARAGRAPH
            or len(paragraph.text) < _SHORTEST
            or _is_motto(paragraph.text)
        ):
            continue
        if not paragraph.sentences:
            continue
        first, *following = paragraph.sentences
        told = first.text
        if following and len(told) < _ENOUGH and len(told) + len(following[0].text) < _LONGEST:
            told = paragraph.text[first.start : following[0].end]
        return told
    return next((paragraph.sentences[0].text for paragraph in paragraphs if paragraph.sentences), "")


def _is_motto(text: str) -> bool:
    """Say whether a paragraph is a quotation with who said it, and little else."""
    quoted = quoted_in(text)
    if not quoted or quoted[0].start > 0:
        return False
    rest = text[quoted[0].end :].lstrip(" ,")
    return rest[:1] in ("-", "–", "—") or (not rest and quoted[0].end > _SHORTEST)
