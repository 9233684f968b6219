"""How much an article may have: more is refused before time and memory are spent on it."""

from portal.domain.campaigns.errors import ArticleTooLong

MOST_MEGABYTES = 5
# Eighty thousand words: a short book.
LONGEST_ARTICLE = 500_000
MOST_LINES = 20_000
MOST_PIECES = 10_000


def refuse_long_text(text: str) -> None:
    """Raise ArticleTooLong for a text that no article is as long as."""
    if len(text) > LONGEST_ARTICLE or text.count("\n") > MOST_LINES:
        raise ArticleTooLong(LONGEST_ARTICLE)


def refuse_long_list(pieces: int, length: int) -> None:
    """Raise ArticleTooLong for so many pieces, or so many characters in all of them."""
    if pieces > MOST_PIECES or length > LONGEST_ARTICLE:
        raise ArticleTooLong(LONGEST_ARTICLE)
