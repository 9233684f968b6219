"""Entries for further reading: each one's title, publisher, date as it is written, and address."""

import re
from collections.abc import Sequence

from portal.domain.campaigns.article.document import Link, Piece
from portal.domain.campaigns.article.finders.names import is_organization, names_in, without_article
from portal.domain.campaigns.article.finders.quoted import quoted_in
from portal.domain.campaigns.article.finders.tokens import tokens_of
from portal.domain.campaigns.article.finders.years import MONTHS
from portal.domain.campaigns.article.found import FoundReading

ADDRESS = re.compile(r"https?://[^\s<>\"”“]+")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)? )?\b(?:{_MONTH})\b\.? (?:[0-9]{{1,2}}, )?[0-9]{{4}}\b"
    r"|[0-9]{4}년(?: ?[0-9]{1,2}월(?: ?[0-9]{1,2}일)?)?|\b[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\b"
    r"|[0-9]{4}\. ?[0-9]{1,2}\.(?: ?[0-9]{1,2}\.?)?"
    r"|\b(?:spring|summer|autumn|fall|winter) [0-9]{4}\b|\b(?:19|20)[0-9]{2}\b",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"(?:an? |the )?(?:(?:annual|briefing|policy|research|working|special|news|short|full|new"
    r"|long) )*(?:report|paper|article|book"
    r"|novel|memoir|documentary|film|video|podcast|pdf|essay|study|interview|talk|blog post|brochure"
    r"|leaflet|press release|in english"
    r"|online|web|보고서|기사|책|논문|다큐멘터리|영상)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[,;|·()]\s*|\s+[–—-]\s+|\s(?=(?:via|published by)\s)", re.IGNORECASE)
# A book as lists of literature have it: its author, and then its title in marks of emphasis.
_AUTHOR_AND_BOOK = re.compile(
    r"(?P<who>[^*_“\"]{2,60})[,:]\s+(?P<mark>[*_]{1,2})(?P<title>[^*_]+)(?P=mark)(?!\w)(?P<after>.*)",
    re.DOTALL,
)
# What a link says that says nothing.
_ANYTHING = re.compile(
    r"\W{0,2}(?:(?:read|view|see|open|download|get|full|available|online|link|here|pdf|text|it|more|the|now|article|report"
    r"|book|source|website|web|page|buy)\W{0,2}){1,5}",
    re.IGNORECASE,
)
_ANYTHING_LINKED = re.compile(
    r"(?<=[.)\]])\s{0,3}(?:read|link|here|pdf|online|download|full text|available here)\W{0,3}$",
    re.IGNORECASE,
)
_SHORTEST_TITLE, _LONGEST_AUTHORS = 4, 60
_TRAILING = ".,;:!?)]}>’'"
_EDGES = " \t,;:.|·–—-()[]*_"


def read_entry(piece: Piece) -> FoundReading | None:
    """Give what an entry tells of a text; None when it is no entry: neither title in marks, nor address, nor list."""
    text = piece.text
    url = next((link.url for link in piece.links), None)
    title, rest = _title(text, piece.links, piece.emphasized)
    rest = ADDRESS.sub(" ", rest)
    if not title:
        return None
    date = _DATE.search(rest)
    if date:
        rest = rest[: date.start()] + " , " + rest[date.end() :]
    publisher = _publisher([part for part in _parts(rest) if not _KINDS.fullmatch(part)])
    return FoundReading(title=title, publisher=publisher, date=date[0].strip() if date else None, url=url)


def without_trailing(address: str) -> str:
    """Give an address without the sign that ends the sentence; a bracket opened in it stays."""
    while address and address[-1] in _TRAILING and not (address[-1] == ")" and "(" in address):
        address = address[:-1]
    return address


def _title(text: str, links: Sequence[Link], emphasized: Sequence[str]) -> tuple[str, str]:
    """Give an entry's title, and the rest of its text: in marks, a link's words, or up to the first comma."""
    bare = text.strip()
    quoted = next((one for one in quoted_in(bare) if len(one.text.split()) > 1 or one.start < 3), None)
    if quoted and quoted.start <= 60:
        before, after = bare[: quoted.start], bare[quoted.end :]
        if _is_written_by(before):
            return quoted.text.strip(" ,"), f"{after} , by {before.strip(_EDGES)}"
        return quoted.text.strip(" ,"), before + " , " + after
    if book := _AUTHOR_AND_BOOK.fullmatch(bare):
        return book["title"].strip(_EDGES), f"{book['after']} , by {book['who'].strip(_EDGES)}"
    shown_links = [link.text.strip() for link in links if not _ANYTHING.fullmatch(link.text.strip())]
    if told := _emphasized(bare, shown_links, emphasized):
        return told
    for shown in shown_links:
        if shown and shown in bare and not shown.startswith(("http", "www.")):
            before, _, after = bare.partition(shown)
            return shown.strip('“”"*_ '), f"{after} , {before}"
    bare = ADDRESS.sub(" ", bare).strip(_EDGES)
    match = re.search(r"\s*[,;|(]\s*|\s+[–—-]\s+|\s+(?:via|by)\s+", bare)
    if match is None:
        return bare, ""
    first, rest = bare[: match.start()].strip(_EDGES), bare[match.start() :]
    behind = re.match(r"\s*,\s*(?P<title>[^,;|(]{8,120}?)\s*\((?P<after>[^()]{4,40})", rest)
    if behind and _is_house(first) and not _is_house(behind["title"]):
        return behind["title"].strip(_EDGES), f"{behind['after']} , {first}"
    return first, rest


def _emphasized(bare: str, links: Sequence[str], emphasized: Sequence[str]) -> tuple[str, str] | None:
    """Give the words in italics as the title, where no link's words are it, and the rest of the entry."""
    title = next((words for words in emphasized if len(words) >= _SHORTEST_TITLE), None)
    if title is None or any(shown in bare and bare.find(shown) <= bare.find(title) for shown in links):
        return None
    if any(title in shown for shown in links):
        return None
    before, _, after = bare.partition(title)
    after = _ANYTHING_LINKED.sub(" ", after)
    if _is_written_by(before):
        return title.strip(_EDGES), f"{after} , by {before.strip(_EDGES)}"
    return title.strip(_EDGES), f"{before} , {after}"


def _is_written_by(before: str) -> bool:
    """Say whether in front of a title stands who wrote it, and no house: Ana Example, A. Example and Ben Sample:."""
    words = before.strip(_EDGES)
    names = names_in(tokens_of(words))
    return bool(words) and len(words) <= _LONGEST_AUTHORS and not any(is_organization(name) for name in names)


def _is_house(words: str) -> bool:
    """Say whether words are the name of an organization and nothing else."""
    tokens = tokens_of(words)
    name = next(iter(names_in(tokens)), None)
    return name is not None and (name.start, name.end) == (0, len(tokens)) and is_organization(name)


def _publisher(parts: list[str]) -> str | None:
    """Give who published a text; somebody who wrote it is told by 'by' and stands before a publisher."""
    written = [part for part in parts if part.startswith("by ")]
    others = [part for part in parts if part not in written]
    chosen = others[0] if others else written[0] if written else None
    if chosen is None:
        return None
    for word in ("via ", "published by ", "by ", "in ", "from "):
        chosen = chosen.removeprefix(word)
    return without_article(chosen)


def _parts(rest: str) -> list[str]:
    parts = [without_article(part.strip(_EDGES)) for part in _SPLIT.split(rest)]
    return [part for part in parts if len(part) > 1 and any(sign.isalpha() for sign in part)]
