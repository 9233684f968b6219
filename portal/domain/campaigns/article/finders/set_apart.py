"""Quotations that a file sets apart instead of putting them in marks, with the signature under them."""

from portal.domain.campaigns.article.finders.quotations import Spoken, signed
from portal.domain.campaigns.article.finders.quoted import LONGEST_QUOTATION, Quoted, quoted_in
from portal.domain.campaigns.article.korean.words import HANGUL

_DASHES = (" — ", " – ", " ― ", " - ", " -- ")
_LONGEST_SIGNATURE, _FEWEST_WORDS = 120, 4


def set_apart(text: str) -> Spoken | None:
    """Give a paragraph that is set apart as a quotation; None for one with marks of its own, or of a word or two."""
    if len(text) > LONGEST_QUOTATION or quoted_in(text):
        return None
    cut = max(text.rfind(dash) for dash in _DASHES)
    speaker, office = _signature(text[cut:].strip()) if cut > 0 else (None, None)
    words = text[:cut].strip() if speaker else text
    if len(words.split()) < _FEWEST_WORDS and not HANGUL.search(words):
        return None
    return Spoken(Quoted(0, len(words), words, ""), speaker, office)


def _signature(words: str) -> tuple[str | None, str | None]:
    if len(words) > _LONGEST_SIGNATURE:
        return None, None
    if HANGUL.search(words):
        name, _, office = words.lstrip("-–—― ").partition(",")
        return name.strip() or None, office.strip() or None
    return signed(words) or (None, None)
