"""An article as its file has it: pieces in reading order, each of one kind, before anything is looked for in them."""

from dataclasses import dataclass
from enum import StrEnum


class PieceKind(StrEnum):
    """What a piece of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ENTRY = "entry"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the article has it; `url` is an absolute address of http or https, the text may be the address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph, an entry of a list or a quotation set apart: one line of text, and its links.

    A row of a table is an entry that has what stands above its `columns`. `emphasized` are the words in italics.
    """

    kind: PieceKind
    text: str
    links: tuple[Link, ...] = ()
    columns: tuple[str, ...] = ()
    emphasized: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of the file that is no part of the article, and the plain words for why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds of an article, and what it says about itself; None where it says nothing.

    `title_found_in` says in plain words where the title stood. `published` is a day or a month, 2018-06-05 or
    2018-06. `language` is "en" or "ko".
    """

    pieces: tuple[Piece, ...]
    language: str
    title: str | None = None
    title_found_in: str | None = None
    author: str | None = None
    published: str | None = None
    licence: str | None = None
    left_out: tuple[LeftOut, ...] = ()
