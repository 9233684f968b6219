"""A story's Markdown as blocks: safe HTML, and the places of figures, drawings, pictures and more.

A block's place is a paragraph of its own such as `:: figure in-hiding`, `:: claim the-convention`,
`:: drawing tightening-border`, `:: drawing grains on-rations` (a drawing of that figure), `:: picture market` or
`:: content-note`.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.domain.campaigns.story import Block

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False})
_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PLACE = re.compile(
    rf"::\s*(?P<kind>figure|claim|drawing|picture|content-note)(?:\s+(?P<name>{_NAME}))?(?:\s+(?P<of>{_NAME}))?"
)
_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "a", "em", "strong", "blockquote", "cite", "br", "hr"}
# A top-level part can be in another language than the page; no Markdown can say that by itself.
_SPOKEN = {"p", "h2", "h3", "ul", "ol", "blockquote"}
_ATTRIBUTES = {
    "a": {"href"},
    **{tag: {"lang"} for tag in _SPOKEN},
    "h2": {"id", "lang"},
    "h3": {"id", "lang"},
}


class MarkdownRefused(Exception):
    """A place or a heading in a story that cannot be shown, with its line counted from the text's first."""

    def __init__(self, line: int, sentence: str, kind: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence, self.kind = line, sentence, kind


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, list or quotation of a story: its lines, the last one not included, and its text."""

    start: int
    end: int
    tag: str
    text: str


def pieces_of(text: str) -> list[Piece]:
    """Give what stands in a story for itself, without the places of figures and the like."""
    tokens, lines = _MARKDOWN.parse(text), text.split("\n")
    return [
        Piece(token.map[0], token.map[1], token.tag, "\n".join(lines[slice(*token.map)]).strip())
        for token, inner in itertools.zip_longest(tokens, tokens[1:])
        if token.level == 0 and token.map and token.tag in _SPOKEN
        if inner is None or not inner.content.startswith("::")
    ]


def addresses_in(text: str) -> list[str]:
    """Give where the links of a text lead, in order of the alphabet."""
    inner = [one for token in _MARKDOWN.parse(text) for one in token.children or ()]
    return sorted(str(one.attrGet("href")) for one in inner if one.type == "link_open")


def story_blocks(
    text: str, spoken: Mapping[int, str] = MappingProxyType({})
) -> Iterator[tuple[int, Block | MarkdownRefused]]:
    """Give a story's blocks in reading order with their lines (from 0), a refusal in place of a wrong one.

    `spoken` names the language of pieces that are in another one than the page, by the lines that they start on.
    """
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.level == 0 and token.nesting == 1 and _line(token) in spoken:
            token.attrSet("lang", spoken[_line(token)])
    yield from _heading_faults(tokens)
    _name_headings(tokens)
    start = 0
    for index, token in enumerate(tokens):
        if token.type != "inline" or not token.content.startswith("::"):
            continue
        yield from _html(tokens[start : index - 1])
        yield _line(token), _place(token)
        start = index + 2
    yield from _html(tokens[start:])


def _html(tokens: Sequence[Token]) -> Iterator[tuple[int, Block | MarkdownRefused]]:
    if not tokens:
        return
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    safe = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    yield _line(tokens[0]), Block(kind="html", html=safe.strip())


def _place(token: Token) -> Block | MarkdownRefused:
    match = _PLACE.fullmatch(token.content.strip())
    if (
        match is None
        or (match["name"] is None) != (match["kind"] == "content-note")
        or (match["of"] is not None and match["kind"] != "drawing")
    ):
        return MarkdownRefused(
            _line(token),
            f"{token.content.splitlines()[0]} is no place for a block; write :: figure NAME, :: claim NAME, "
            ":: drawing NAME, :: picture NAME or :: content-note in a paragraph of its own.",
            "place",
        )
    if match["kind"] == "content-note":
        return Block(kind="note")
    return Block.model_validate({"kind": match["kind"], "name": match["name"], "of": match["of"] or ""})


def _heading_faults(tokens: Sequence[Token]) -> Iterator[tuple[int, MarkdownRefused]]:
    """Refuse headings of other ranks: the page's title is its only h1, and a story needs only two more."""
    for token in tokens:
        if token.type == "heading_open" and token.tag not in ("h2", "h3"):
            yield (
                _line(token),
                MarkdownRefused(_line(token), "headings of a story start with ## or ###.", "heading"),
            )


def _name_headings(tokens: Sequence[Token]) -> None:
    taken: set[str] = set()
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", _free_id(inline.content, taken))


def _free_id(heading: str, taken: set[str]) -> str:
    """Give an id made of the heading's words, numbered when taken: letters of any script, digits, hyphens."""
    # No other part of the page has an id that starts like this.
    words = "h-" + (
        re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", heading).casefold()).strip("-") or "part"
    )
    name, number = words, 1
    while name in taken:
        number += 1
        name = f"{words}-{number}"
    taken.add(name)
    return name


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0
