"""Takes out of an article's pieces what is the site's and not the article's: single lines, and what follows"
" some."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.domain.campaigns.article.document import Piece, PieceKind
from portal.domain.campaigns.article.files.bylines import author_of
from portal.domain.campaigns.article.files.chrome_words import Why
from portal.domain.campaigns.article.files.contacts import opens_contact, tells_contact
from portal.domain.campaigns.article.files.leaving_out import opens_comments, opens_related, why_left_out

# What stands under "Related posts" is short; a longer text is the article again.
_LONGEST_POINTER = 120
# A line about comments before this much text stands above the article, not below it.
_LEAST_BEFORE_COMMENTS = 300
# Nobody tells an address in a paragraph that is longer.
_LONGEST_JUDGED = 20_000
_CERTAIN_COMMENTS = re.compile(
    r"\W{0,3}(?:leave a reply|.{1,12} (?:thoughts?|responses?|replies) (?:on|to) |댓글 ?남기기)", re.I
)
_PART_OF_SENTENCES = re.compile(r"(?<=[.!?。])\s+|(?<=[.!?。][”’\"'])\s+")
_NO_TARGET = re.compile(
    r"(?:please )?(?:click|tap) (?:here|below|on the \w+)\b.{0,120}|.{0,60}여기를 ?(?:클릭|누르|눌러).{0,40}",
    re.I,
)


@dataclass
class Sifted:
    """The pieces that may be the article's, and every text that is not, with the reason."""

    pieces: list[Piece] = field(default_factory=list)
    left_out: list[tuple[str, Why]] = field(default_factory=list)


def without_chrome(pieces: Sequence[Piece], headings_are_marked: bool) -> Sifted:
    """Take out lines that are the site's; a heading that the file marks as one is the article's own."""
    sifted = Sifted()
    related = reaching = False
    total, before = sum(len(piece.text) for piece in pieces), 0
    for place, piece in enumerate(pieces):
        if opens_comments(piece.text) and _is_below_article(piece.text, before, total):
            sifted.left_out += [(rest.text, Why.COMMENTS) for rest in pieces[place:]]
            break
        reaching = before >= _LEAST_BEFORE_COMMENTS and _is_contact(piece, reaching)
        if reaching:
            sifted.left_out.append((piece.text, Why.CONTACT))
            continue
        why = _why(piece, headings_are_marked)
        # Under "Related posts" stand titles; a longer text or a marked heading is the article again.
        related = (why is Why.RELATED and opens_related(piece.text)) or (
            related and _is_pointer(piece, headings_are_marked)
        )
        if why or related:
            sifted.left_out.append((piece.text, why or Why.RELATED))
            continue
        before += len(piece.text)
        _keep(piece, sifted)
    return sifted


def _is_below_article(line: str, before: int, total: int) -> bool:
    return before >= _LEAST_BEFORE_COMMENTS and (bool(_CERTAIN_COMMENTS.match(line)) or before * 4 > total)


def _why(piece: Piece, headings_are_marked: bool) -> Why | None:
    why = why_left_out(piece.text)
    if (
        piece.kind is PieceKind.HEADING
        and headings_are_marked
        and why not in (Why.COMMENTS, Why.RELATED, Why.NEWSLETTER)
    ):
        return None
    return why


def _is_pointer(piece: Piece, headings_are_marked: bool) -> bool:
    if piece.kind is PieceKind.HEADING and headings_are_marked:
        return False
    return len(piece.text) <= _LONGEST_POINTER and not piece.text.endswith((".", "。"))


def _is_contact(piece: Piece, reaching: bool) -> bool:
    """Say whether a piece opens the lines that tell whom to ask, or is one of them: no sentence of the article."""
    if opens_contact(piece.text):
        return True
    if not reaching or piece.kind is PieceKind.HEADING:
        return False
    return tells_contact(piece.text) or not piece.text.endswith((".", "。", "!", "?"))


def _keep(piece: Piece, sifted: Sifted) -> None:
    """Keep a piece without the sentences that lead nowhere (Click here …) or tell how to reach or pay the house."""
    if len(piece.text) > _LONGEST_JUDGED or piece.kind is PieceKind.HEADING or author_of(piece.text):
        sifted.pieces.append(piece)
        return
    kept: list[str] = []
    links_it = any(_NO_TARGET.search(link.text) for link in piece.links)
    for sentence in _PART_OF_SENTENCES.split(piece.text):
        if not links_it and _NO_TARGET.match(sentence):
            sifted.left_out.append((sentence, Why.NO_TARGET))
        elif tells_contact(sentence):
            asked = kept.pop() + " " if kept and kept[-1].endswith(("?", "？")) else ""
            sifted.left_out.append((asked + sentence, Why.CONTACT))
        else:
            kept.append(sentence)
    if " ".join(kept) == piece.text:
        sifted.pieces.append(piece)
    elif kept:
        sifted.pieces.append(Piece(piece.kind, " ".join(kept), piece.links))
