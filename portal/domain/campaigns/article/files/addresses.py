"""Addresses in a line of text: bare ones, and those of Markdown's links; only whole ones of http and https."""

import re
from urllib.parse import urlsplit

from portal.domain.campaigns.article.document import Link

LONGEST_ADDRESS = 2_000
_BARE = re.compile(r"https?://[^\s<>\"“”「」『』|\\^`{}]{1,2000}", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"!?\[([^\[\]\n]{0,400})\]\(\s{0,3}<?([^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,500})?)>?(?:\s\"[^\"\n]{0,200}\")?\s{0,3}\)"
)
_CLOSING = ".,;:!?…'’”\"*_。、，"
_PAIRS = {")": "(", "]": "["}


def safe_address(text: str) -> str | None:
    """Give this address when it is a whole one of http or https that a browser would open; otherwise None."""
    address = text.strip()
    if (
        not address
        or len(address) > LONGEST_ADDRESS
        or re.search(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u202a-\u202e\\]", address)
    ):
        return None
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and named else None


def links_in(line: str) -> tuple[str, tuple[Link, ...]]:
    """Give a line with its Markdown links as their words, and all its links; bare addresses stay in it."""
    links: list[Link] = []
    told: list[str] = []
    done = 0
    for match in _MARKDOWN.finditer(line) if "](" in line else ():
        before = line[done : match.start()]
        links += bare_links(before)
        words = "" if match[0].startswith("!") else match[1].strip()
        told += [before, words]
        address = safe_address(match[2])
        if address and words:
            links.append(Link(words, address))
        done = match.end()
    links += bare_links(line[done:])
    return "".join(told) + line[done:], tuple(links)


def bare_links(text: str) -> list[Link]:
    """Give the bare addresses in a text, without the sentence's own punctuation after them."""
    found = (_without_punctuation(match[0]) for match in _BARE.finditer(text)) if "://" in text else ()
    return [Link(address, address) for address in found if safe_address(address)]


def _without_punctuation(address: str) -> str:
    unopened = {
        closing: address.count(closing) - address.count(opening) for closing, opening in _PAIRS.items()
    }
    end = len(address)
    while end and (address[end - 1] in _CLOSING or unopened.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in unopened:
            unopened[address[end]] -= 1
    return address[:end]
