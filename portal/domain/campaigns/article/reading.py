"""Reads a file as an article: of which kind it is, by its content, and the reader for that kind."""

import re

from portal.domain.campaigns.article.document import Document
from portal.domain.campaigns.article.files.decoding import decoded, is_text
from portal.domain.campaigns.article.files.limits import MOST_MEGABYTES, refuse_long_text
from portal.domain.campaigns.article.files.markdown_files import is_markdown, read_markdown
from portal.domain.campaigns.article.files.pages import read_page
from portal.domain.campaigns.article.files.plain import read_plain
from portal.domain.campaigns.article.files.word_files import is_word_file, read_word_file
from portal.domain.campaigns.article.files.wordpress import is_export, read_export
from portal.domain.campaigns.errors import ArticleEmpty, ArticleTooLarge, ArticleUnreadable

_PAGE = re.compile(
    r"(?:<\?xml[^>]{0,200}>\s{0,20})?(?:<!--[^>]{0,2000}-->\s{0,20}){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.I,
)
_ENDS = re.compile(r"</(?:p|div|h[1-6]|article|section|li|a|blockquote|table)>", re.IGNORECASE)


def read_document(data: bytes, name: str) -> Document:
    """Give what a file of plain text, Markdown, HTML, a WordPress export or .docx holds of an article.

    The kind is told by the content; `name`, the file's, settles only what the content leaves open. Raises
    ArticleTooLarge, ArticleTooLong, ArticleUnreadable and ArticleEmpty.
    """
    if len(data) > MOST_MEGABYTES * 1_000_000:
        raise ArticleTooLarge(MOST_MEGABYTES)
    if not data.strip():
        raise ArticleEmpty
    if is_word_file(data):
        return read_word_file(data)
    if not is_text(data):
        raise ArticleUnreadable
    text = decoded(data).strip()
    if is_export(text):
        return read_export(text)
    if _is_page(text):
        return read_page(text)
    refuse_long_text(text)
    return read_markdown(text) if is_markdown(text, name) else read_plain(text)


def _is_page(text: str) -> bool:
    start = text[:5_000].lstrip()
    return bool(_PAGE.match(start)) or (start.startswith("<") and len(_ENDS.findall(text[:50_000])) > 1)
