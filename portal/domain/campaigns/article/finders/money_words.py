"""Currencies as articles write them: in signs, codes and words, in English and Korean."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.domain.campaigns.article.finders.tokens import Token, lower_at

_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₩": "KRW",
    "￦": "KRW",
    "₹": "INR",
    "₽": "RUB",
    "₴": "UAH",
}
_DOLLARS = {
    "us": "USD", "u.s.": "USD", "c": "CAD", "ca": "CAD", "a": "AUD", "au": "AUD", "nz": "NZD", "hk": "HKD",
    "s": "SGD",
}  # fmt: skip
CODES = frozenset(
    "USD EUR GBP KRW JPY CNY CHF CAD AUD NZD SEK NOK DKK PLN CZK INR RUB UAH TRY THB HKD SGD".split()
)
_WORDS = {
    "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "won": "KRW", "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY", "rupee": "INR", "rupees": "INR", "baht": "THB", "rouble": "RUB", "roubles": "RUB",
    "hryvnia": "UAH",
    "francs": "CHF", "zloty": "PLN",
}  # fmt: skip
# Several countries have them, so the word itself is all that can be said.
_AMBIGUOUS = frozenset("pounds crowns kroner kronor krona krone pesos peso dinars shillings".split())
_COUNTRIES = {
    "us": "USD", "u.s.": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "swiss": "CHF",
    "norwegian": "NOK",
    "danish": "DKK", "swedish": "SEK", "korean": "KRW", "british": "GBP", "zealand": "NZD",
}  # fmt: skip


class Currency(NamedTuple):
    """The code of a currency (or its word, where several have it), and the place after its last token."""

    code: str
    end: int


def sign_or_code(word: str) -> str | None:
    """Give the code of a currency whose sign or code a word is."""
    return _SIGNS.get(word) or (word if word in CODES else None)


def currency_before(tokens: Sequence[Token], place: int) -> Currency | None:
    """Read a currency in front of a number that begins behind it: $, US$, EUR."""
    token = tokens[place]
    if token.lower in _SIGNS and _number_follows(tokens, place + 1):
        return Currency(_SIGNS[token.lower], place + 1)
    if token.lower in _DOLLARS and lower_at(tokens, place + 1) == "$" and _number_follows(tokens, place + 2):
        return Currency(_DOLLARS[token.lower], place + 2)
    if token.text in CODES and _number_follows(tokens, place + 1):
        return Currency(token.text, place + 1)
    return None


def currency_behind(tokens: Sequence[Token], place: int) -> Currency | None:
    """Read a currency behind a number: 500 EUR, 12,000 euros, 3 US dollars, 20 €."""
    if place >= len(tokens):
        return None
    token = tokens[place]
    if token.lower in _SIGNS and not _number_follows(tokens, place + 1):
        return Currency(_SIGNS[token.lower], place + 1)
    if token.text in CODES:
        return Currency(token.text, place + 1)
    if token.lower in _COUNTRIES and (
        lower_at(tokens, place + 1) in _WORDS or lower_at(tokens, place + 1) in _AMBIGUOUS
    ):
        return Currency(_COUNTRIES[token.lower], place + 2)
    if token.lower in _WORDS:
        return Currency(_WORDS[token.lower], place + 1)
    return Currency(token.lower, place + 1) if token.lower in _AMBIGUOUS else None


def _number_follows(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].is_number
