"""Which short lines are headings, where a file does not mark them."""

import re
from dataclasses import replace

from portal.domain.campaigns.article.document import Piece, PieceKind
from portal.domain.campaigns.article.files.bylines import author_of, is_dateline
from portal.domain.campaigns.article.reading_lists import is_reading_heading
from portal.domain.campaigns.article.titles import titled

LONGEST_HEADING = 90
_MOST_WORDS = 14
# In a reading list, titles stand under each other; what comes before a longer text is a heading again.
_LONGEST_ENTRY = 160
NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s+")
# Korean headlines often begin with somebody's words: “…” and what it is about.
_KOREAN_HEADLINE = re.compile(
    r"\[[가-힣· ]{2,10}\] ?[가-힣0-9“‘\"'].{2,80}[^.。]$|"
    r"[“\"‘][^”\"’]{2,60}[”\"’] [가-힣][^“”.]{2,60}$|[가-힣][^“”\".]{2,60} [“\"‘][^“”\"’.]{2,40}[”\"’]$"
)
_ENDS = (".", ",", ";", ":", "…", "。", "”", '"', "!", "」", "』", ")")


def with_headings(pieces: list[Piece]) -> list[Piece]:
    """Tell headings from short paragraphs: a heading stands before something, and does not end as a sentence does."""
    numbers = sum(bool(NUMBERED.match(piece.text)) for piece in pieces)
    told: list[Piece] = []
    listing = False
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        kind = piece.kind
        if following and not piece.links and may_be_heading(piece.text):
            if kind is PieceKind.ENTRY:
                # One of a list stands between others; a numbered heading between paragraphs.
                before = told[-1].kind if told else PieceKind.PARAGRAPH
                alone = PieceKind.ENTRY not in (before, following.kind)
                is_heading = numbers > 1 and alone and bool(NUMBERED.match(piece.text))
            else:
                is_heading = (
                    not listing or len(following.text) > _LONGEST_ENTRY or is_reading_heading(piece.text)
                )
            kind = PieceKind.HEADING if is_heading else kind
        if kind is PieceKind.HEADING:
            listing = is_reading_heading(piece.text)
        text = NUMBERED.sub("", piece.text, count=1) if piece.kind is PieceKind.ENTRY else piece.text
        told.append(replace(piece, kind=kind, text=text))
    return told


def may_be_heading(text: str) -> bool:
    """Say whether a line that stands by itself may be a heading: short, and not ending as a sentence does."""
    if is_reading_heading(text):
        return True
    if len(text) > LONGEST_HEADING or len(text.split()) > _MOST_WORDS or not titled(text):
        return False
    set_apart = text[0] in '“"‘「『-–—*•[(' or text.endswith(_ENDS)
    if (set_apart and not _KOREAN_HEADLINE.match(text)) or "://" in text:
        return False
    if text.endswith(("?", "？")) and len(text.split()) > 10:
        return False
    return not (author_of(text) or is_dateline(text))
