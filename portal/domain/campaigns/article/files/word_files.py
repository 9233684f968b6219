"""A .docx as an article: a library turns it into a page, which is read as one."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from io import BytesIO

from portal.domain.campaigns.article.document import Document, PieceKind
from portal.domain.campaigns.article.files.blocks import Block, blocks_of
from portal.domain.campaigns.article.files.bylines import name_in
from portal.domain.campaigns.article.files.decoding import cleaned
from portal.domain.campaigns.article.files.headings import with_headings
from portal.domain.campaigns.article.files.markup import tree_of, xml_of
from portal.domain.campaigns.article.files.pages import read_blocks
from portal.domain.campaigns.article.files.settling import Said
from portal.domain.campaigns.article.files.unpacking import slimmed, unpacked
from portal.domain.campaigns.article.titles import titled
from portal.domain.campaigns.errors import ArticleUnreadable

_STYLES = """
p[style-name='Title'] => h1.docx-title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
"""


def is_word_file(data: bytes) -> bool:
    """Say whether these bytes are a packed file, which of all kinds only .docx is."""
    return data.startswith(b"PK\x03\x04")


def read_word_file(data: bytes) -> Document:
    """Give the article of a .docx; raises ArticleTooLarge, ArticleUnreadable and ArticleEmpty."""
    parts = unpacked(data)
    tree = tree_of(f"<body>{_as_page(parts)}</body>")
    blocks = blocks_of(tree, None)
    titles = [element for element in tree.iter("h1") if element.get("class") == "docx-title"]
    core_title, core_author = _core(parts.get("docProps/core.xml"))
    said = _said(["".join(title.itertext()) for title in titles], core_title, blocks)
    document = read_blocks(_with_headings(blocks), said, None)
    return document if document.author else replace(document, author=core_author)


def _as_page(parts: dict[str, bytes]) -> str:
    """Let the library turn the parts into HTML; it sees no pictures, and nothing outside the file."""
    again = BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as packed:
        for name, part in slimmed(parts).items():
            packed.writestr(name, part)
    library = import_module("mammoth")
    try:
        result = library.convert_to_html(again, style_map=_STYLES, convert_image=lambda _: [])
    except Exception as error:  # a broken file breaks it in as many ways as there are
        raise ArticleUnreadable from error
    return _with_plain_cells(cleaned(str(result.value)))


def _with_plain_cells(page: str) -> str:
    """Take the paragraph out of cells that are one, as every cell of a table is; cells of several part the page."""
    for cell in ("td", "th"):
        page = page.replace(f"<{cell}><p>", f"<{cell}>").replace(f"</p></{cell}>", f"</{cell}>")
    return page


def _core(part: bytes | None) -> tuple[str | None, str | None]:
    """Give the title and the author that the file notes about itself."""
    if part is None:
        return None, None
    tree = xml_of(part)
    title, author = (cleaned(tree.findtext(f"{{*}}{name}") or "") for name in ("title", "creator"))
    return (None if "." in title[-6:-3] else titled(title)), name_in(author)


def _said(titles: list[str], core_title: str | None, blocks: list[Block]) -> Said:
    first = [block.piece.text for block in blocks if block.rank == 1]
    for title, place in (
        (titled(titles[0]) if titles else None, "the title in the text"),
        (core_title, "the file’s properties"),
        (titled(first[0]) if len(first) == 1 else None, "the first heading"),
    ):
        if title:
            return Said(title=title, title_found_in=place)
    return Said()


def _with_headings(blocks: list[Block]) -> list[Block]:
    """Tell headings by their look where the author used no style for them, as most do not."""
    if any(block.piece.kind is PieceKind.HEADING and block.rank != 1 for block in blocks):
        return blocks
    return list(_marked(blocks))


def _marked(blocks: list[Block]) -> Iterator[Block]:
    for block, piece in zip(blocks, with_headings([block.piece for block in blocks]), strict=True):
        yield replace(block, piece=piece)
