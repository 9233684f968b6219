"""What a first visit to the campaign page asks for and receives, as a browser would."""

import urllib.parse
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser

MOST_REQUESTS, MOST_BYTES = 4, 40_000
# Links in the head that say where something else is, and load nothing.
NAMED_ONLY = ("canonical", "alternate")


@dataclass(frozen=True)
class Weight:
    """The requests of a first visit, and their answers' bodies in bytes as sent, by path."""

    bytes_of: dict[str, int]

    @property
    def total(self) -> int:
        """All bytes together."""
        return sum(self.bytes_of.values())

    @property
    def met(self) -> bool:
        """Whether it is as light as it should be."""
        return len(self.bytes_of) <= MOST_REQUESTS and self.total < MOST_BYTES


class _Loaded(HTMLParser):
    """Collects what a browser loads by itself with a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("href") and given.get("rel") not in NAMED_ONLY:
            self.found.append(str(given["href"]))
        elif tag in ("script", "img", "iframe", "source", "embed", "video", "audio") and given.get("src"):
            self.found.append(str(given["src"]))


def loaded_with(html: str) -> list[str]:
    """Give the addresses that a browser loads by itself with a page, each once."""
    parser = _Loaded()
    parser.feed(html)
    return list(dict.fromkeys(parser.found))


def weigh(address: str) -> Weight:
    """Ask for a page and for all that it loads."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        html = answer.read().decode()
    addresses = [address, *(urllib.parse.urljoin(address, found) for found in loaded_with(html))]
    return Weight({urllib.parse.urlsplit(one).path: _bytes_of(one) for one in dict.fromkeys(addresses)})


def _bytes_of(address: str) -> int:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return len(answer.read())
