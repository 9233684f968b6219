"""The export file of a WordPress blog: the longest of its posts is the article, the others are told as left out."""

import re
from collections.abc import Iterator

from portal.domain.campaigns.article.document import Document, Piece, PieceKind
from portal.domain.campaigns.article.files.addresses import safe_address
from portal.domain.campaigns.article.files.blocks import Block, blocks_of
from portal.domain.campaigns.article.files.bylines import day_in, name_in
from portal.domain.campaigns.article.files.chrome_words import Why
from portal.domain.campaigns.article.files.decoding import cleaned
from portal.domain.campaigns.article.files.markup import Tree, tree_of, xml_of
from portal.domain.campaigns.article.files.pages import read_blocks
from portal.domain.campaigns.article.files.settling import Said
from portal.domain.campaigns.article.titles import titled
from portal.domain.campaigns.errors import ArticleEmpty

_EXPORT = re.compile(
    r"\s{0,20}(?:<\?xml[^>]{0,200}>\s{0,20})?(?:<!--(?:(?!-->).){0,3000}-->\s{0,20}){0,60}(?:<!doctype.{0,9000}?>\s{0,20})?<rss\b",
    re.DOTALL | re.I,
)
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9_-]{1,30}(?:\s[^\[\]]{0,500})?\]")


def is_export(text: str) -> bool:
    """Say whether a text is such a file, or a blog's feed with whole posts in it."""
    return bool(_EXPORT.match(text[:40_000]))


def read_export(text: str) -> Document:
    """Give the longest post of an export; raises ArticleUnreadable and ArticleEmpty."""
    tree = xml_of(re.sub(r"^\s*<\?xml[^>]{0,200}>", "", text).strip().encode("utf-8"))
    posts = [item for item in tree.iter("{*}item") if _is_post(item) and _child(item, "encoded").strip()]
    if not posts:
        raise ArticleEmpty
    post = max(posts, key=lambda item: len(_child(item, "encoded")))
    content = _SHORTCODE.sub(" ", _child(post, "encoded"))
    blocks = blocks_of(tree_of(f"<body>{content}</body>"), safe_address(_child(post, "link")))
    body = blocks[0].parent if blocks else tree
    others = [
        Block(Piece(PieceKind.PARAGRAPH, words, ()), body, why, certain=True)
        for words, why in _others(tree, post)
    ]
    title = titled(_child(post, "title"))
    said = Said(
        title=title,
        title_found_in="the post’s title in the export" if title else None,
        author=_author(tree, _child(post, "creator")),
        published=day_in(_child(post, "post_date")) or day_in(_child(post, "pubDate")),
    )
    return read_blocks(blocks + others, said, None)


def _is_post(item: Tree) -> bool:
    return _child(item, "post_type") in ("", "post", "page") and _child(item, "status") in (
        "",
        "publish",
        "draft",
        "future",
    )


def _author(tree: Tree, creator: str) -> str | None:
    """Give the name that a blog shows for whoever wrote a post; the export names them by their sign-in only."""
    for author in tree.iter("{*}author"):
        if creator and _child(author, "author_login") == creator:
            return name_in(_child(author, "author_display_name"))
    return name_in(creator)


def _others(tree: Tree, post: Tree) -> Iterator[tuple[str, Why]]:
    for comment in post.iter("{*}comment"):
        yield " ".join(_child(comment, "comment_content").split()), Why.COMMENTS
    for item in tree.iter("{*}item"):
        if item is not post and _is_post(item):
            yield " ".join(_child(item, "title").split()), Why.OTHER_POST


def _child(element: Tree, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return cleaned("".join(child.itertext())) if child is not None else ""
