"""A Markdown file as an article: its front matter says what it is, the rest is read as the page it makes."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import yaml
from markdown_it import MarkdownIt

from portal.domain.campaigns.article.document import Document
from portal.domain.campaigns.article.files.blocks import Block, blocks_of
from portal.domain.campaigns.article.files.bylines import day_in, licence_in
from portal.domain.campaigns.article.files.markup import tree_of
from portal.domain.campaigns.article.files.pages import read_blocks
from portal.domain.campaigns.article.files.settling import Said
from portal.domain.campaigns.article.titles import titled
from portal.domain.campaigns.errors import ArticleUnreadable

_MARKDOWN = MarkdownIt("commonmark", {"html": True, "typographer": False}).enable("table")
_FRONT = re.compile(r"\s{0,20}---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_ENTRY = re.compile(r"^[A-Za-z_]{1,40}\s{0,3}:", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(?:#{1,6} +\S|\S.{0,200}\n(?:={3,}|-{3,}) *$)", re.MULTILINE)
_OTHER_SIGNS = re.compile(r"^ {0,3}(?:> |[-*+] |\d{1,2}\. )|\]\(\S|\*\*\S", re.MULTILINE)
# A reader of Markdown looks ahead from each of its signs; nobody writes an article with so many.
_MOST_SIGNS = 20_000
# A table has as many cells in each row as in its first one, written or not.
_MOST_COLUMNS = 200


def is_markdown(text: str, name: str) -> bool:
    """Say whether a text is Markdown: by its front matter or its headings, and by its name where there are neither."""
    start = text[:100_000]
    front = _FRONT.match(start)
    if front and _ENTRY.search(front[1]):
        return True
    if _HEADING.search(start):
        return True
    return name.lower().endswith((".md", ".markdown", ".mdown")) and bool(_OTHER_SIGNS.search(start))


def read_markdown(text: str) -> Document:
    """Give the article of a Markdown text; raises ArticleUnreadable for one that is made to be hard to read."""
    front = _FRONT.match(text)
    notes = _notes(front[1]) if front else {}
    body = text[front.end() :] if front and notes else text
    wide = any(line.count("|") > _MOST_COLUMNS for line in body.splitlines())
    if wide or sum(body.count(sign) for sign in "[]*_`<&!|") > _MOST_SIGNS:
        raise ArticleUnreadable
    try:
        html = _MARKDOWN.render(body)
    except RecursionError as error:
        raise ArticleUnreadable from error
    blocks = blocks_of(tree_of(f"<body>{html}</body>"), None)
    return read_blocks(blocks, _with_heading(_said(notes), blocks), None)


def _notes(text: str) -> dict[str, Any]:
    """Give the front matter's entries by name; none when it is not YAML after all."""
    try:
        notes = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return {str(name).lower(): value for name, value in notes.items()} if isinstance(notes, dict) else {}


def _said(notes: dict[str, Any]) -> Said:
    title = titled(_words(notes.get("title")))
    authors = [_words(one) for one in _listed(notes.get("author") or notes.get("authors") or notes.get("by"))]
    days = [
        day_in(_words(notes.get(name)))
        for name in ("date", "published", "publishdate", "published_at", "pubdate")
    ]
    licence = _words(notes.get("license") or notes.get("licence") or notes.get("rights"))
    return Said(
        title=title,
        title_found_in="the notes at the top of the file" if title else None,
        author=titled(" and ".join(author for author in authors if author)),
        published=next((day for day in days if day), None),
        licence=titled(licence_in(licence) or licence[:200]),
    )


def _listed(value: object) -> list[object]:
    return list(value)[:5] if isinstance(value, list) else [value]


def _words(value: object) -> str:
    """Give a note as words: a day as it is written, the name of somebody who is described by several notes."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, date):
        return value.isoformat()
    return value[:1_000] if isinstance(value, str) else ""


def _with_heading(said: Said, blocks: list[Block]) -> Said:
    """Take the only first heading of the first rank for the title, where the notes have none."""
    first = [block.piece.text for block in blocks if block.rank == 1]
    title = titled(first[0]) if len(first) == 1 else None
    if said.title or not title:
        return said
    return replace(said, title=title, title_found_in="the first heading")
