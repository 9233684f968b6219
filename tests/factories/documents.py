"""Articles found in texts that a test writes out."""

from portal.domain.campaigns.article.document import Document, Piece, PieceKind
from portal.domain.campaigns.article.finding import find_in
from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.article.reading import read_document


def find_in_text(text: str, name: str = "text.txt") -> Article:
    """Give what is found in a text; one line of plain text is one paragraph."""
    if name.endswith(".txt") and "\n" not in text:
        return find_in(make_document(text))
    return find_in(read_document(text.encode(), name))


def make_document(*paragraphs: str, language: str = "en") -> Document:
    """Make a document of paragraphs."""
    return Document(tuple(Piece(PieceKind.PARAGRAPH, text) for text in paragraphs), language)
