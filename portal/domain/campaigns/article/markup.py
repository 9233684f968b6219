"""HTML as a tree that is safe to walk: bounded in tags and depth before it is parsed, nothing loaded, nothing"
" run."""

import re
from typing import Any

from lxml import etree, html

from portal.domain.campaigns.errors import ArticleUnreadable

MOST_TAGS = 200_000
DEEPEST = 200
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])")
# Before the first tag: a document type, which could declare entities; in UTF-16 its letters stand apart.
_DECLARES = re.compile(
    rb"\A[^<]{0,20}(?:<(?:\x00?[?]|\x00?!\x00?-)[^>]{0,3000}>\s{0,99}\x00?){0,20}\s{0,99}\x00?<\x00?!\x00?[Dd]"
)
# Their end may be left out, or they have none: they do not tell how deep a page is.
_LOOSE = frozenset(
    "p li dt dd tr td th thead tbody tfoot colgroup option optgroup rp rt area base br col embed hr img input"
    " link meta"
    " param source track wbr html head body".split()
)
# Nothing in them is text for a reader. Their content is dropped before parsing, so that no page is large by it.
_PROGRAMS = ("script", "style", "svg", "template", "noscript", "iframe", "object", "canvas")
Tree = Any  # lxml publishes no types


def tree_of(text: str) -> Tree:
    """Parse a page. Raises ArticleUnreadable for one with more tags, or more within each other, than an"
    " article has."""
    text = _without_programs(text)
    if text.count("<") > MOST_TAGS or _depth(text) > DEEPEST:
        raise ArticleUnreadable
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArticleUnreadable from error
    return tree


def xml_of(data: bytes) -> Tree:
    """Parse XML without entities of its own and without loading anything; raises ArticleUnreadable."""
    if _DECLARES.search(data[:100_000]) or data.count(b"<") > MOST_TAGS:
        raise ArticleUnreadable
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
    )
    try:
        tree = etree.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArticleUnreadable from error
    if tree is None:
        raise ArticleUnreadable
    return tree


def _without_programs(text: str) -> str:
    for name in _PROGRAMS:
        text = _without_elements(text, name)
    return text


def _without_elements(text: str, name: str) -> str:
    """Cut out elements of this name with all they hold; an unclosed one reaches to the end, as in a browser."""
    kept, done = [], 0
    opening = re.compile(rf"<{name}(?=[\s/>])", re.IGNORECASE)
    closing = re.compile(rf"</{name}\s{{0,20}}>", re.IGNORECASE)
    while match := opening.search(text, done):
        kept.append(text[done : match.start()])
        end = closing.search(text, match.end())
        if end is None:
            # A program that never ends takes the rest; a drawing or a frame is only an unclosed tag.
            done = len(text) if name in ("script", "style") else match.end()
            if done < len(text):
                kept.append("<")
            break
        done = end.end()
    kept.append(text[done:])
    return "".join(kept)


def _depth(text: str) -> int:
    deepest = depth = 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in _LOOSE:
            depth = max(depth - 1, 0) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest
