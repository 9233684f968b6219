"""A saved web page as an article: which of its blocks are the main text, and why each of the others is not."""

import copy
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module

from portal.domain.campaigns.article.document import Document, PieceKind
from portal.domain.campaigns.article.files.about_page import about_page
from portal.domain.campaigns.article.files.blocks import SPEAKER, Block, blocks_of
from portal.domain.campaigns.article.files.chrome import Sifted, without_chrome
from portal.domain.campaigns.article.files.chrome_words import Why
from portal.domain.campaigns.article.files.leaving_out import opens_related, why_left_out
from portal.domain.campaigns.article.files.markup import Tree, tree_of
from portal.domain.campaigns.article.files.settling import (
    Said,
    is_about_itself,
    settle,
    tells_author_and_day,
)
from portal.domain.campaigns.article.titles import is_same, plain

# The library's time grows faster than a page does; beyond this, our own rules alone judge it.
_MOST_ELEMENTS = 8_000
_RUN = 4
_LEAST_SHARE = 0.6
# A name of a class may mislead about a text as long as this, when the library takes it for the article's.
_LONG = 80
_LONGEST_SIGNATURE = 120
_SENTENCE_ENDS = (".", "。", "?", "!", "”", '"')
_INLINE = frozenset("a b i em strong span br img sup sub cite q u small time font".split())
_INNER = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote table tbody thead tr td th figure footer".split()
    + "span a em strong b i cite q".split()
)


def read_page(text: str) -> Document:
    """Give the article of a saved page; raises ArticleUnreadable and ArticleEmpty."""
    tree = tree_of(text)
    about = about_page(tree, text)
    main = _main_text(tree)
    return read_blocks(blocks_of(tree, about.base), about.said, main, about.names)


@dataclass(frozen=True, slots=True)
class MainText:
    """What a library takes for a page's main text: its runs of words, and its short texts whole."""

    runs: frozenset[tuple[str, ...]]
    whole: frozenset[str]

    def holds(self, text: str) -> bool:
        """Say whether this text is in the main text, for the greater part."""
        words = _words(text)
        if len(words) < _RUN:
            return plain(text) in self.whole
        runs = list(_runs(words))
        return sum(run in self.runs for run in runs) >= _LEAST_SHARE * len(runs)


def read_blocks(
    blocks: list[Block], said: Said, main: MainText | None, names: tuple[str, ...] = ()
) -> Document:
    """Give the article in these blocks; without a main text, whatever has no reason to be left out is the article's."""
    blocks = list(_with_speakers(blocks))
    reasons = _with_bylines(blocks, _reasons(blocks, main), said.title)
    sifted = Sifted()
    for block, why in zip(blocks, reasons, strict=True):
        title_again = block.rank != 1 and any(is_same(block.piece.text, name) for name in names)
        if why or (title_again and not is_same(said.title or "", block.piece.text)):
            sifted.left_out.append((block.piece.text, why_left_out(block.piece.text) or why or Why.TITLE))
        else:
            sifted.pieces.append(block.piece)
    cleared = without_chrome(sifted.pieces, headings_are_marked=True)
    cleared.left_out = sifted.left_out + cleared.left_out
    return settle(cleared, said)


def _with_speakers(blocks: list[Block]) -> Iterator[Block]:
    """Put who said it beside a quotation that is set apart, as in a line of text: “…” — Ana Example, nurse."""
    quote: Block | None = None
    for block in blocks:
        if quote and (block.rank == SPEAKER or _is_signature(block)):
            speaker = block.piece.text.lstrip("–—―- ")
            quote.piece = replace(quote.piece, text=f"{quote.piece.text} — {speaker}")
            continue
        quote = block if block.piece.kind is PieceKind.QUOTE else None
        yield block


def _is_signature(block: Block) -> bool:
    """Say whether a line of a quotation is only who said it: — Ana Example, nurse."""
    text = block.piece.text
    quoted = block.piece.kind is PieceKind.QUOTE and len(text) <= _LONGEST_SIGNATURE
    return quoted and text.startswith(("—", "–", "―", "- ", "-- "))


def _with_bylines(blocks: list[Block], reasons: list[Why | None], title: str | None) -> list[Why | None]:
    """Keep the title, the byline and the date above an article, for the step that reads them."""
    start = next((place for place, why in enumerate(reasons) if why is None), 0)
    for place in range(start):
        text = blocks[place].piece.text
        told = is_same(text, title or "") or is_about_itself(text) or tells_author_and_day(text)
        if told and reasons[place] is Why.NOT_MAIN:
            reasons[place] = None
    return reasons


def _main_text(tree: Tree) -> MainText | None:
    """Ask the library for the main text; None when it finds none, or the page is too large to ask."""
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return None
    # It takes a second to import, which only those who read a page should wait.
    library = import_module("trafilatura")
    try:
        found = library.bare_extraction(
            copy.deepcopy(tree),
            include_comments=False,
            include_links=True,
            include_tables=True,
            with_metadata=False,
        )
    except Exception:  # whatever it stumbles over in a broken page, our own rules remain
        return None
    if found is None or found.body is None:
        return None
    texts = [" ".join(element.itertext()) for element in found.body]
    words = _words(" ".join(texts))
    return MainText(frozenset(_runs(words)), frozenset(plain(text) for text in _short_texts(found.body)))


def _short_texts(body: Tree) -> Iterable[str]:
    for element in body.iter():
        text = "".join(element.itertext()) if len(element) < 5 else element.text or ""
        if text and len(text) < 200:
            yield text


def _reasons(blocks: list[Block], main: MainText | None) -> list[Why | None]:
    """Judge each block: by its place, by the main text, and by what stands beside it in the same part of the page."""
    is_main = [main is None or main.holds(block.piece.text) for block in blocks]
    reasons: list[Why | None] = []
    pointed: Tree = None
    for block, inside in zip(blocks, is_main, strict=True):
        if opens_related(block.piece.text):
            pointed = _container(block.parent)
        if pointed is not None and (block.parent is pointed or pointed in block.parent.iterancestors()):
            reasons.append(Why.RELATED)
            continue
        misled = not block.certain and main is not None and inside and len(block.piece.text) >= _LONG
        reasons.append(None if misled else block.why)
    if main is None:
        return reasons
    known = {parent: _column(parent) for parent in {block.parent for block in blocks}}
    parts = [known[block.parent] for block in blocks]
    columns = _columns(blocks, parts, is_main, reasons)
    for place in range(len(blocks)):
        if reasons[place] is None and not is_main[place] and parts[place] not in columns:
            reasons[place] = Why.NOT_MAIN
    return _with_headings(blocks, reasons)


def _container(element: Tree) -> Tree | None:
    """Give the part of a page that a heading is of, unless that is the article itself or the page."""
    around = element.getparent()
    return (
        around if around is not None and around.tag in ("div", "section", "aside", "nav", "footer") else None
    )


def _columns(
    blocks: list[Block], parts: list[Tree], is_main: list[bool], reasons: list[Why | None]
) -> set[Tree]:
    """Give the parts of the page that are mostly main text: what the library dropped in them is the article's too."""
    inside: Counter[Tree] = Counter()
    outside: Counter[Tree] = Counter()
    for block, part, main, why in zip(blocks, parts, is_main, reasons, strict=True):
        text = block.piece.text
        # A long sentence beside the main text is no menu that would speak against a part of the page.
        if why is None and (main or len(text) < _LONG or not text.endswith(_SENTENCE_ENDS)):
            (inside if main else outside)[part] += len(text)
    # A page without columns is one as a whole, and then menus may stand in it beside the text.
    return {
        column
        for column, length in inside.items()
        if length > outside[column] * (2 if column.tag == "body" else 1)
    }


def _column(element: Tree) -> Tree:
    while element.getparent() is not None and (element.tag in _INNER or _is_paragraph(element)):
        element = element.getparent()
    return element


def _is_paragraph(element: Tree) -> bool:
    """Say whether this is a part of a page that an author, or their editor, uses as a paragraph."""
    return element.tag == "div" and all(child.tag in _INLINE for child in element)


def _with_headings(blocks: list[Block], reasons: list[Why | None]) -> list[Why | None]:
    """Keep headings that the library dropped, when what stands right under them is the article's."""
    following_kept = False
    for place in range(len(blocks) - 1, -1, -1):
        heading = blocks[place].piece.kind is PieceKind.HEADING
        if heading and reasons[place] is Why.NOT_MAIN and following_kept:
            reasons[place] = None
        following_kept = reasons[place] is None and not (heading and not following_kept)
    return reasons


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(words: list[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))
