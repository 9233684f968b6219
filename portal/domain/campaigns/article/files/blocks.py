"""A page's text in blocks, in reading order: each heading, paragraph, entry and quotation, its links, and"
" where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import etree

from portal.domain.campaigns.article.document import Link, Piece, PieceKind
from portal.domain.campaigns.article.files.addresses import bare_links, safe_address
from portal.domain.campaigns.article.files.chrome_words import Why
from portal.domain.campaigns.article.files.headings import may_be_heading
from portal.domain.campaigns.article.files.limits import refuse_long_list
from portal.domain.campaigns.article.files.markup import Tree
from portal.domain.campaigns.article.files.places import around_article, reason_of_place

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_ENTRIES = frozenset("li dt dd tr".split())
_BLOCKS = (
    _HEADINGS
    | _ENTRIES
    | frozenset(
        "p div section article main aside header footer nav form fieldset blockquote ul ol dl table tbody thead"
        " tfoot figure"
        " figcaption address pre hr body center details summary dialog caption legend label button".split()
    )
)
_IN_LAYOUTS = ("p", "div", "table", "ul", "h1", "h2", "h3", "br", "nav", "blockquote")
_ITALICS = ("em", "i")
_SILENT = frozenset(
    "script style template noscript head iframe object canvas svg math select textarea audio video map".split()
)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_MOST_LINKS = 200
_MOST_COLUMNS, _LONGEST_HEAD = 60, 80
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}년?")
# The rank of a line that says whose the words of a quotation are.
SPEAKER = -1
_NOTE = re.compile(r"\W{0,2}\w{1,3}\W{0,2}")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """A piece with the element it stands in, the reason of its place when it has one, and its rank as a heading."""

    piece: Piece
    parent: Tree
    why: Why | None
    certain: bool
    rank: int = 0


@dataclass(slots=True)
class _Open:
    """The text that is being gathered, and the links in it."""

    text: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    address: str | None = None
    link_from: int = 0
    bold: set[str] = field(default_factory=set)
    emphasized: list[str] = field(default_factory=list)


def blocks_of(tree: Tree, base: str | None) -> list[Block]:
    """Give the blocks of a page; `base` is the page's own address when it is known, for links within its site.

    Raises ArticleTooLong.
    """
    blocks: list[Block] = []
    length = 0
    for block in _walk(tree, _Walk(base, around_article(tree))):
        blocks.append(block)
        length += len(block.piece.text)
        refuse_long_list(len(blocks), length)
    return blocks


def _walk(tree: Tree, walk: "_Walk") -> Iterator[Block]:
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        yield from walk.enter(element) if event == "start" else walk.leave(element)
    yield from walk.close()


class _Walk:
    """One pass over a tree, without recursion: a block ends where the next begins or its element does."""

    def __init__(self, base: str | None, around: set[Tree]) -> None:
        self.base, self.around = base, around
        self.open = _Open()
        self.path: list[Tree] = []
        self.reasons: list[tuple[Why, bool] | None] = [None]
        # For each table around: whether it only puts things side by side, as old pages do.
        self.layouts: list[bool] = []
        self.columns: list[tuple[str, ...]] = []
        self.silent = self.bold_from = self.emphasized_from = 0

    def enter(self, element: Tree) -> Iterator[Block]:
        """Begin an element: what was gathered before a block is a block of its own."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if self.silent or tag in _SILENT or not tag or (tag == "sup" and _is_note(element)):
            self.silent += 1
            return
        if self._parts_blocks(tag):
            yield from self.close()
        if tag == "table":
            self.layouts.append(next(element.iterdescendants(*_IN_LAYOUTS), None) is not None)
            self.columns.append(() if self.layouts[-1] else _columns(element))
        if tag == "br":
            self.open.text.append("\n")
        if tag in ("td", "th") and any(part.strip() for part in self.open.text):
            self.open.text.append(", ")
        self.path.append(element)
        hidden = _is_hidden(element)
        self.reasons.append(
            self.reasons[-1] or ((Why.HIDDEN, True) if hidden else reason_of_place(element, self.around))
        )
        if tag == "a":
            self._begin_link(element.get("href"))
        if tag in ("b", "strong"):
            self.bold_from = len(self.open.text)
        if tag in _ITALICS:
            self.emphasized_from = len(self.open.text)
        if tag in ("a", "time") and _follows_at_once(element):
            self.open.text.append(" ")
        self.open.text.append(element.text or "")

    def leave(self, element: Tree) -> Iterator[Block]:
        """End an element; text that follows it belongs to the one around it."""
        if self.silent:
            self.silent -= 1
        else:
            if element.tag == "a":
                self._end_link()
                self.open.address = None
            if self._parts_blocks(element.tag):
                yield from self.close()
            if element.tag == "table":
                self.layouts.pop()
                self.columns.pop()
            if element.tag in ("b", "strong"):
                self.open.bold.add(_joined(self.open.text[self.bold_from :]))
            if element.tag in _ITALICS:
                self.open.emphasized.append(_joined(self.open.text[self.emphasized_from :]))
            self.path.pop()
            self.reasons.pop()
        if not self.silent:
            self.open.text.append(element.tail or "")

    def close(self) -> Iterator[Block]:
        """Give what was gathered as blocks: text with an empty line in it is two paragraphs."""
        address = self.open.address
        self._end_link()
        text, gathered = "".join(self.open.text), self.open
        self.open = _Open(address=address)
        if not text.strip() or not self.path:
            return
        kind, rank = self._kind()
        columns = self.columns[-1] if self.columns and kind is PieceKind.ENTRY else ()
        found = self.reasons[-1]
        parts = [line for part in _PARAGRAPHS.split(text) if (line := " ".join(part.split()))]
        for line in parts:
            is_heading = kind is PieceKind.PARAGRAPH and line in gathered.bold and may_be_heading(line)
            piece = Piece(
                PieceKind.HEADING if is_heading else kind,
                line,
                _links_of(line, gathered.links, len(parts) == 1),
                () if tuple(cell.strip() for cell in line.split(", ")) == columns else columns,
                tuple(words for words in gathered.emphasized[:_MOST_LINKS] if words and words in line),
            )
            yield Block(
                piece,
                self.path[-1],
                found[0] if found else None,
                bool(found and found[1]),
                6 if is_heading else rank,
            )

    def _kind(self) -> tuple[PieceKind, int]:
        """Tell a block's kind by the nearest element around it that has a say."""
        for element in reversed(self.path):
            if element.tag == "cite" or (element.tag == "footer" and _is_quote(element.getparent())):
                return PieceKind.PARAGRAPH, SPEAKER
            if element.tag in _HEADINGS:
                return PieceKind.HEADING, int(element.tag[1])
            if element.tag in _ENTRIES and not (element.tag == "tr" and self.layouts and self.layouts[-1]):
                return PieceKind.ENTRY, 0
            if _is_quote(element):
                return PieceKind.QUOTE, 0
        return PieceKind.PARAGRAPH, 0

    def _parts_blocks(self, tag: str) -> bool:
        """Say whether text before and after this tag belongs to different blocks."""
        if tag in ("td", "th"):
            return bool(self.layouts) and self.layouts[-1]
        return tag in _BLOCKS or (tag == "cite" and self._is_in_quote())

    def _is_in_quote(self) -> bool:
        return any(element.tag in ("blockquote", "figure") for element in self.path)

    def _begin_link(self, href: str | None) -> None:
        self._end_link()
        whole = (href or "").strip()
        if self.base and whole and not whole.startswith("#"):
            try:
                whole = urljoin(self.base, whole)
            except ValueError:
                whole = ""
        self.open.address = safe_address(whole)
        self.open.link_from = len(self.open.text)

    def _end_link(self) -> None:
        if self.open.address:
            words = _joined(self.open.text[self.open.link_from :])
            if words:
                self.open.links.append(Link(words, self.open.address))


def _joined(text: list[str]) -> str:
    return " ".join("".join(text).split())


def _links_of(line: str, links: list[Link], all_of_them: bool) -> tuple[Link, ...]:
    """Give the links of one line among those of its block, and the bare addresses in it."""
    own = [link for link in links[:_MOST_LINKS] if all_of_them or link.text in line]
    known = {link.url for link in own}
    return (*own, *(link for link in bare_links(line)[:_MOST_LINKS] if link.url not in known))


def _columns(table: Tree) -> tuple[str, ...]:
    """Give what stands above a table's columns: the cells of its first row, where they are heads and no numbers."""
    row = next(table.iterdescendants("tr"), None)
    cells = [cell for cell in row if cell.tag in ("th", "td")] if row is not None else []
    heads = [" ".join("".join(cell.itertext()).split())[:_LONGEST_HEAD] for cell in cells[:_MOST_COLUMNS]]
    told = [_YEAR.sub("", head) or "-" for head in heads]
    marked = all(cell.tag == "th" for cell in cells) or (row is not None and row.getparent().tag == "thead")
    return (
        tuple(heads)
        if len(heads) > 1 and (marked or not re.search(r"[0-9]|^$", "\n".join(told), re.M))
        else ()
    )


def _is_quote(element: Tree) -> bool:
    return element.tag == "blockquote" or (element.tag == "figure" and "quote" in element.get("class", ""))


def _is_note(element: Tree) -> bool:
    """Say whether this is the raised number of a footnote, and not a power or a unit's."""
    return element.find(".//a") is not None and bool(_NOTE.fullmatch("".join(element.itertext())[:20]))


def _follows_at_once(element: Tree) -> bool:
    """Say whether only the style sheet keeps this element apart from the one before, as in a menu."""
    before = element.getprevious()
    return before is not None and before.tag in ("a", "time", "span") and not before.tail


def _is_hidden(element: Tree) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")[:500]))
    )
