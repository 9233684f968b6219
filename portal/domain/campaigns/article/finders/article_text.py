"""The pieces of a document by what they are for a reader: paragraphs of the article, entries for reading, links."""

from dataclasses import dataclass, replace
from functools import cached_property

from portal.domain.campaigns.article.document import Document, Link, Piece, PieceKind
from portal.domain.campaigns.article.files.bylines import dispatch
from portal.domain.campaigns.article.finders.entries import ADDRESS, read_entry, without_trailing
from portal.domain.campaigns.article.finders.interviews import answers_of
from portal.domain.campaigns.article.finders.labels import turns_of
from portal.domain.campaigns.article.finders.sentences import Sentence, sentences_of
from portal.domain.campaigns.article.korean.interviews import answers_in
from portal.domain.campaigns.article.reading_lists import is_reading_heading
from portal.domain.campaigns.article.titles import is_same

# Some thirty thousand words: longer than any article.
LONGEST_SEARCHED = 200_000
TOO_LONG = f"behind the first {LONGEST_SEARCHED:,} letters nothing was looked for; the text itself is kept"
_SHOWN = 200
_LAST_HEAD = 6


def _behind_head(piece: Piece, place: int) -> int:
    """Give the place behind the head of a dispatch, which tells its day and no more."""
    found = dispatch(piece.text) if place <= _LAST_HEAD else None
    return found[1] if found else 0


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, an entry of a list or a quotation set apart, with its place among all and its heading.

    In an interview `speaker` is whose turn it is, and the words begin behind the name; those of a dispatch behind its
    day.
    """

    piece: Piece
    place: int
    section: str
    speaker: str | None = None
    words_from: int = 0

    @property
    def text(self) -> str:
        """Give the words."""
        return self.piece.text

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Give its sentences."""
        # The name becomes spaces, so that every place in the paragraph stays what it is.
        text = " " * self.words_from + self.piece.text[self.words_from :]
        return sentences_of(text, self.section, self.place)


class ArticleText:
    """A document's pieces, sorted; `about_author` are the places of those that are about the author alone."""

    def __init__(self, document: Document, about_author: frozenset[int]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.entries: list[Piece] = []
        self.sections: list[tuple[str, list[str]]] = []
        self.links: list[Link] = []
        self.about_author: list[Paragraph] = []
        self.searched: list[Paragraph] = []
        self.not_searched: list[tuple[str, str]] = []
        self._left = LONGEST_SEARCHED
        self._walk(document, about_author)

    def _walk(self, document: Document, about_author: frozenset[int]) -> None:
        heading, is_reading = "", False
        turns = (
            turns_of(document.pieces)
            or answers_in(document.pieces, document.title)
            or answers_of(document.pieces, document.author)
        )
        for place, piece in enumerate(document.pieces):
            if piece.kind is PieceKind.HEADING:
                if document.title and is_same(piece.text, document.title):
                    continue
                heading, is_reading = piece.text, is_reading_heading(piece.text)
                if not is_reading:
                    self.sections.append((heading, []))
                self._take_links(piece)
                continue
            paragraph = Paragraph(
                piece, place, heading, *turns.get(place, (None, _behind_head(piece, place)))
            )
            if place in about_author:
                self.about_author.append(paragraph)
                self._take_links(piece)
            elif is_reading and self._is_entry(piece) and read_entry(piece):
                self.entries.append(piece)
            else:
                self._keep(paragraph, heading)

    def _keep(self, paragraph: Paragraph, heading: str) -> None:
        if not self.sections or self.sections[-1][0] != heading:
            self.sections.append((heading, []))
        self.sections[-1][1].append(paragraph.text)
        self.paragraphs.append(paragraph)
        if self._left > 0:
            shown = paragraph.text[: self._left]
            self.searched.append(replace(paragraph, piece=replace(paragraph.piece, text=shown)))
        if self._left < len(paragraph.text) and not self.not_searched:
            self.not_searched.append((paragraph.text[max(0, self._left) :][:_SHOWN], TOO_LONG))
        self._left -= len(paragraph.text)
        self._take_links(paragraph.piece)

    def _is_entry(self, piece: Piece) -> bool:
        return piece.kind is PieceKind.ENTRY or piece.text[:1] in '“"‘「『«'

    def _take_links(self, piece: Piece) -> None:
        known = {link.url for link in self.links}
        addressed = [
            Link(without_trailing(match[0]), without_trailing(match[0]))
            for match in ADDRESS.finditer(piece.text)
        ]
        for link in (*piece.links, *addressed):
            if link.url not in known:
                known.add(link.url)
                self.links.append(link)

    @property
    def sentences(self) -> list[Sentence]:
        """Give all sentences in order, those about the author at the end."""
        return [sentence for one in (*self.searched, *self.about_author) for sentence in one.sentences]

    def sentence_with(self, words: str) -> str:
        """Give the first sentence with some words, or the entry for reading that has them; empty without."""
        for sentence in self.sentences:
            if words in sentence.text:
                return sentence.text
        return next((piece.text for piece in self.entries if words in piece.text), "")
