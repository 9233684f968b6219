"""Lists of prices, which are no figures: two or more short lines beside each other that end in a price."""

import re
from collections.abc import Sequence

from portal.domain.campaigns.article.finders.article_text import Paragraph

_PRICE = re.compile(
    r"(?:[€$£₩¥] ?[0-9][0-9.,]*|[0-9][0-9.,]* ?(?:[€$£₩]|EUR|USD|KRW|euros?|dollars?|won|천? ?원))[.]?\s*$"
    r"|(?:^|\s)[0-9]{1,3}[.,][0-9]{2}\s*$"
)
_LIST_NAMES = re.compile(
    r"\b(?:menu|price list|prices|tickets|admission|drinks)\b|메뉴|차림표|가격표|입장료", re.IGNORECASE
)
# Up to three words and what they cost: soup 4, a bed 12 euros, 국밥 8,000원.
_ITEM = re.compile(
    r" ?(?:[^\W\d]\S* ){1,3}(?:[€$£₩¥] ?)?[0-9][0-9.,]* ?(?:[€$£₩]|EUR|USD|KRW|euros?|dollars?|pounds|won|천? ?원)?",
    re.IGNORECASE,
)
_MOST_WORDS, _LONGEST, _SHORT = 8, 100, 20


def price_lists(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Give the places of the paragraphs that are lines of a price list."""
    priced = [len(one.text) <= _LONGEST and _is_priced(one.text) for one in paragraphs]
    found = set()
    for at, one in enumerate(paragraphs):
        beside = (at and priced[at - 1]) or (at + 1 < len(priced) and priced[at + 1])
        if _is_whole_menu(one.text) or (priced[at] and (beside or _LIST_NAMES.search(one.section))):
            found.add(one.place)
    return frozenset(found)


def _is_whole_menu(text: str) -> bool:
    """Menu: soup 4, stew 7; not: Prices rose; nor: Prices: a loaf costs 4 euros, up from 3."""
    name, colon, items = text.partition(":")
    listed = bool(colon) and len(text) <= _LONGEST and bool(_LIST_NAMES.search(name)) and len(name) < _SHORT
    return listed and all(_ITEM.fullmatch(item) for item in items.rstrip(" .").split(", "))


def _is_priced(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS and bool(_PRICE.search(text)) and text[:1] not in "€$£₩0123456789"
