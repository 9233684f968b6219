"""Plain text as an article: lines become headings, paragraphs and entries by their length, place and"
" punctuation."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from portal.domain.campaigns.article.addresses import links_in
from portal.domain.campaigns.article.bylines import author_of, is_dateline
from portal.domain.campaigns.article.chrome import without_chrome
from portal.domain.campaigns.article.chrome_words import Why
from portal.domain.campaigns.article.document import Document, Piece, PieceKind
from portal.domain.campaigns.article.leaving_out import why_left_out
from portal.domain.campaigns.article.settling import Said, is_reading_heading, settle
from portal.domain.campaigns.article.titles import titled

_LONGEST_HEADING = 90
_MOST_WORDS = 14
# Longer lines are paragraphs of one line each; up to this width, text may be broken by hand.
_WIDEST_BROKEN = 110
# In a reading list, titles stand under each other; what comes before a longer text is a heading again.
_LONGEST_ENTRY = 160
_BULLET = re.compile(r"(?:[-*•‣▪◦–]|\(?\d{1,2}[.)])\s+(?=\S)")
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s+")
_RULE = re.compile(r"[\s=_*~#\-–—•·]+")
_QUOTED = re.compile(r"[“\"「『‘].*[”\"」』’]\W*", re.DOTALL)
_ABOVE = (Why.MENU, Why.LOGIN, Why.BUTTON)
_ENDS = (".", ",", ";", ":", "…", "。", "”", '"', "!", "」", "』", ")")


def read_plain(text: str) -> Document:
    """Give plain text as a document; nothing in it is markup, but a Markdown link is understood."""
    pieces = list(_pieces(text))
    start = _below_menu(pieces)
    sifted = without_chrome(pieces[start:], headings_are_marked=False)
    sifted.left_out[:0] = [(piece.text, Why.MENU) for piece in pieces[:start]]
    sifted.pieces = _with_headings(sifted.pieces)
    return settle(sifted, Said())


def _pieces(text: str) -> Iterator[Piece]:
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line for line in (" ".join(raw.split()) for raw in block.split("\n")) if line]
        for line in _unbroken(lines):
            bullet = _BULLET.match(line)
            words, links = links_in(line[bullet.end() :] if bullet else line)
            if not words.strip() or _RULE.fullmatch(words):
                continue
            numbered = _NUMBERED.match(line)
            # A number may be that of a heading (2. The border); that is settled when its neighbours are known.
            text_ = line if numbered and not links else words.strip()
            yield Piece(PieceKind.ENTRY if bullet else PieceKind.PARAGRAPH, text_, links)


def _below_menu(pieces: list[Piece]) -> int:
    """Give the place of the first piece below a pasted page's menu, above which only the site's name stands."""
    tops = takewhile(lambda piece: len(piece.text) <= _LONGEST_HEADING, pieces)
    return max(
        (place for place, piece in enumerate(tops, 1) if why_left_out(piece.text) in _ABOVE), default=0
    )


def _unbroken(lines: list[str]) -> Iterator[str]:
    """Join what was broken by hand: a line goes on in the next when the next one's first word did not fit into"
    " it."""
    width = max((len(line) for line in lines), default=0)
    if width > _WIDEST_BROKEN or width < 50:
        yield from lines
        return
    told = lines[:1]
    for line, following in pairwise(lines):
        if _goes_on(line, following, width) and not _BULLET.match(following):
            told.append(following)
        else:
            yield " ".join(told)
            told = [following]
    yield " ".join(told)


def _goes_on(line: str, following: str, width: int) -> bool:
    first_word = following.split(" ", 1)[0]
    return len(line) + 1 + len(first_word) > width or (following[0].islower() and not line.endswith("."))


def _with_headings(pieces: list[Piece]) -> list[Piece]:
    """Tell headings from short paragraphs: a heading stands before something, and does not end as a sentence"
    " does."""
    numbers = sum(bool(_NUMBERED.match(piece.text)) for piece in pieces)
    told: list[Piece] = []
    listing = False
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        kind = piece.kind
        if following and _may_be_heading(piece):
            if kind is PieceKind.ENTRY:
                # One of a list stands between others; a numbered heading between paragraphs.
                before = told[-1].kind if told else PieceKind.PARAGRAPH
                alone = PieceKind.ENTRY not in (before, following.kind)
                is_heading = numbers > 1 and alone and bool(_NUMBERED.match(piece.text))
            else:
                is_heading = (
                    not listing or len(following.text) > _LONGEST_ENTRY or is_reading_heading(piece.text)
                )
            kind = PieceKind.HEADING if is_heading else kind
        if kind is PieceKind.HEADING:
            listing = is_reading_heading(piece.text)
        text = _NUMBERED.sub("", piece.text, count=1) if piece.kind is PieceKind.ENTRY else piece.text
        told.append(replace(piece, kind=kind, text=text))
    return [_as_quote(piece) for piece in told]


def _may_be_heading(piece: Piece) -> bool:
    text = piece.text
    if is_reading_heading(text):
        return True
    if piece.links or len(text) > _LONGEST_HEADING or len(text.split()) > _MOST_WORDS or not titled(text):
        return False
    if text[0] in '“"‘「『-–—*•[(' or text.endswith(_ENDS) or "://" in text:
        return False
    if text.endswith(("?", "？")) and len(text.split()) > 10:
        return False
    return not (author_of(text) or is_dateline(text))


def _as_quote(piece: Piece) -> Piece:
    """A paragraph that is nothing but words in quotation marks is a quotation set apart."""
    whole = len(piece.text) > 60 and len(piece.text) < 5_000 and _QUOTED.fullmatch(piece.text)
    inner = piece.text[1:].rstrip(' .”"」』’')
    if piece.kind is PieceKind.PARAGRAPH and whole and not piece.links and not re.search(r"[”\"」』]", inner):
        return replace(piece, kind=PieceKind.QUOTE)
    return piece
