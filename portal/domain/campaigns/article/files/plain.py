"""Plain text as an article: lines become headings, paragraphs and entries by their length, place and"
" punctuation."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from portal.domain.campaigns.article.document import Document, Piece, PieceKind
from portal.domain.campaigns.article.files.addresses import links_in
from portal.domain.campaigns.article.files.chrome import without_chrome
from portal.domain.campaigns.article.files.chrome_words import Why
from portal.domain.campaigns.article.files.headings import LONGEST_HEADING, NUMBERED, with_headings
from portal.domain.campaigns.article.files.leaving_out import why_left_out
from portal.domain.campaigns.article.files.limits import refuse_long_list
from portal.domain.campaigns.article.files.settling import Said, settle

# Longer lines are paragraphs of one line each; up to this width, text may be broken by hand.
_WIDEST_BROKEN = 110
_BULLET = re.compile(r"(?:[-*•‣▪◦–]|\(?\d{1,2}[.)])\s+(?=\S)")
_RULE = re.compile(r"[\s=_*~#\-–—•·]+")
_QUOTED = re.compile(r"[“\"「『‘].*[”\"」』’]\W*", re.DOTALL)
_ABOVE = (Why.MENU, Why.LOGIN, Why.BUTTON)


def read_plain(text: str) -> Document:
    """Give plain text as a document; nothing in it is markup, but a Markdown link is understood."""
    pieces = list(_pieces(text))
    refuse_long_list(len(pieces), 0)
    start = _below_menu(pieces)
    sifted = without_chrome(pieces[start:], headings_are_marked=False)
    sifted.left_out[:0] = [(piece.text, Why.MENU) for piece in pieces[:start]]
    sifted.pieces = [_as_quote(piece) for piece in with_headings(sifted.pieces)]
    return settle(sifted, Said())


def _pieces(text: str) -> Iterator[Piece]:
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line for line in (" ".join(raw.split()) for raw in block.split("\n")) if line]
        for line in _unbroken(lines):
            bullet = _BULLET.match(line)
            words, links = links_in(line[bullet.end() :] if bullet else line)
            if not words.strip() or _RULE.fullmatch(words):
                continue
            numbered = NUMBERED.match(line)
            # A number may be that of a heading (2. The border); that is settled when its neighbours are known.
            text_ = line if numbered and not links else words.strip()
            yield Piece(PieceKind.ENTRY if bullet else PieceKind.PARAGRAPH, text_, links)


def _below_menu(pieces: list[Piece]) -> int:
    """Give the place of the first piece below a pasted page's menu, above which only the site's name stands."""
    tops = takewhile(lambda piece: len(piece.text) <= LONGEST_HEADING, pieces)
    return max(
        (place for place, piece in enumerate(tops, 1) if why_left_out(piece.text) in _ABOVE), default=0
    )


def _unbroken(lines: list[str]) -> Iterator[str]:
    """Join what was broken by hand: a line goes on in the next when the next one's first word did not fit into it."""
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
    if "://" in line.rsplit(" ", 1)[-1]:
        return False  # an entry of a reading list ends in its address
    first_word = following.split(" ", 1)[0]
    return len(line) + 1 + len(first_word) > width or (following[0].islower() and not line.endswith("."))


def _as_quote(piece: Piece) -> Piece:
    """A paragraph that is nothing but words in quotation marks is a quotation set apart."""
    whole = len(piece.text) > 60 and len(piece.text) < 5_000 and _QUOTED.fullmatch(piece.text)
    inner = piece.text[1:].rstrip(' .”"」』’')
    if piece.kind is PieceKind.PARAGRAPH and whole and not piece.links and not re.search(r"[”\"」』]", inner):
        return replace(piece, kind=PieceKind.QUOTE)
    return piece
