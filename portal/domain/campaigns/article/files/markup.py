"""HTML and XML as trees that are safe to walk: written anew or refused before, nothing loaded, nothing run."""

import re
from typing import Any

from lxml import etree, html

from portal.domain.campaigns.article.files.tags import MOST_TAGS, rewritten
from portal.domain.campaigns.errors import ArticleUnreadable

# Before the first tag: a document type, which could declare entities; in UTF-16 its letters stand apart.
_DECLARES = re.compile(rb"<\x00?!\x00?[Dd]\x00?[Oo]\x00?[Cc]")
_FIRST_TAG = re.compile(rb"<\x00?[A-Za-z]")
Tree = Any  # lxml publishes no types


def tree_of(text: str) -> Tree:
    """Parse a page. Raises ArticleUnreadable for one with more tags, or more within each other, than an article has."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        # A page that begins with a text would lose it to the head.
        return html.document_fromstring(f"<!doctype html>{rewritten(text)} ".encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArticleUnreadable from error


def xml_of(data: bytes) -> Tree:
    """Parse XML without entities of its own and without loading anything; raises ArticleUnreadable."""
    first = _FIRST_TAG.search(data)
    if data.count(b"<") > MOST_TAGS or _DECLARES.search(data, 0, first.start() if first else len(data)):
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
