"""What a web page says of itself: title, author, day and licence in its head, its data for search engines, its"
" marks."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.domain.campaigns.article.files.addresses import safe_address
from portal.domain.campaigns.article.files.bylines import author_of, day_in, licence_in, name_in
from portal.domain.campaigns.article.files.decoding import cleaned
from portal.domain.campaigns.article.files.markup import Tree
from portal.domain.campaigns.article.files.settling import Said
from portal.domain.campaigns.article.titles import is_part, is_same, titled, without_site

_DATA = re.compile(r"<script[^>]{0,300}application/ld\+json[^>]{0,300}>([^<]{0,200000})", re.IGNORECASE)
_MOST_DATA = 20
_DATES = (
    "article:published_time datepublished date dc.date dc.date.issued dcterms.date dcterms.created"
    " citation_publication_date"
    " parsely-pub-date sailthru.date publish-date pubdate publication_date og:article:published_time"
).split()
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "byl",
)
_RIGHTS = ("dc.rights", "dcterms.rights", "dcterms.license", "copyright-license")
_NAMED = re.compile(r"(?<![a-z])(?:author|byline|writer|reporter)(?:-?name|-link)?(?![a-z])")
_DATED = re.compile(
    r"(?<![a-z])(?:entry-date|post-date|published|publish-?date|se_publishdate|pubdate|posted-on|article-date"
    r"|datestamp)(?![a-z])"
)
_TITLED = re.compile(r"(?<![a-z])(?:entry-title|post-title|article-title|headline)(?![a-z])")
_SITED = re.compile(r"(?<![a-z])(?:site-title|site-name|logo|brand)(?![a-z])")


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What a page says of itself, its own address, and all that is only its title or its site's name once more."""

    said: Said
    base: str | None
    names: tuple[str, ...]


def about_page(tree: Tree, source: str) -> AboutPage:
    """Read what the page of this source says of itself; the page's own words beat what it tells machines."""
    meta, data = _meta(tree), list(_data(source))
    sites = tuple(
        name for name in (*_sites(tree, data), meta.get("og:site_name"), meta.get("application-name")) if name
    )
    title, found_in = _title(tree, meta, data, sites)
    said = Said(
        title,
        found_in,
        _author(tree, meta, data, sites),
        _published(tree, meta, data),
        _licence(tree, meta, data),
    )
    heads = (_text(tree.find(".//title")), meta.get("og:title", ""))
    return AboutPage(said, _base(tree, meta), (*sites, *(head for head in heads if head)))


def _meta(tree: Tree) -> dict[str, str]:
    """Give the head's notes by name, the first of each name."""
    found: dict[str, str] = {}
    for element in list(tree.iter("meta"))[:500]:
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join(cleaned(element.get("content") or "")[:1_000].split())
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _data(source: str) -> Iterator[dict[str, Any]]:
    """Give the descriptions for search engines (JSON-LD) of an article or a page."""
    for count, match in enumerate(_DATA.finditer(source)):
        if count >= _MOST_DATA:
            return
        try:
            held = json.loads(match[1])
        except (ValueError, RecursionError):
            continue
        held = held.get("@graph", held) if isinstance(held, dict) else held
        yield from (one for one in (held if isinstance(held, list) else [held])[:50] if isinstance(one, dict))


def _of_kind(data: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    return [one for one in data if re.search(words, str(one.get("@type", ""))[:100])]


def _sites(tree: Tree, data: list[dict[str, Any]]) -> Iterator[str | None]:
    for one in _of_kind(data, "WebSite|Organization"):
        yield titled(_said(one.get("name")))
    for element in list(tree.iter("h1", "p", "div", "a", "span"))[:3_000]:
        if _SITED.search(_names(element)) and len(element) <= 3:
            yield titled(_text(element)[:80])


def _title(
    tree: Tree, meta: dict[str, str], data: list[dict[str, Any]], sites: tuple[str, ...]
) -> tuple[str | None, str | None]:
    told = [
        (_said(one.get("headline")), "the page’s description for search engines")
        for one in _of_kind(data, "Article|Posting|Report")
    ]
    told += [
        (meta.get("og:title"), "the page’s title for sharing (og:title)"),
        (meta.get("twitter:title"), "the same"),
    ]
    told += [(_text(tree.find(".//title")), "the title in the page’s head")]
    heads = [
        (title, place) for words, place in told if (title := titled(words)) and not _is_site(title, sites)
    ]
    marked = [element for element in tree.iter("h1", "h2") if _TITLED.search(_names(element))][:1]
    headings = [
        title for element in (*marked, *list(tree.iter("h1"))[:20]) if (title := titled(_text(element)))
    ]
    headings = [heading for heading in headings if not _is_site(heading, sites)]
    for heading in headings:
        if (
            len(headings) == 1
            or not heads
            or any(is_same(heading, head) or is_part(heading, head) for head, _ in heads)
        ):
            return heading, "the page’s main heading"
    if headings:
        return headings[0], "the page’s main heading"
    return (without_site(heads[0][0], sites), heads[0][1]) if heads else (None, None)


def _is_site(title: str, sites: tuple[str, ...]) -> bool:
    return any(is_same(title, site) for site in sites)


def _author(
    tree: Tree, meta: dict[str, str], data: list[dict[str, Any]], sites: tuple[str, ...]
) -> str | None:
    told = []
    for one in _of_kind(data, "Article|Posting|Report|WebPage"):
        held = one.get("author")
        for author in (held if isinstance(held, list) else [held])[:5]:
            if not (isinstance(author, dict) and author.get("@type") == "Organization"):
                told.append(_said(author.get("name") if isinstance(author, dict) else author))
    told += [meta.get(name) for name in _AUTHORS]
    for element in list(tree.iter("a", "span", "p", "div", "address", "strong"))[:5_000]:
        if "author" in (element.get("rel"), element.get("itemprop")) or _NAMED.search(_names(element)):
            told.append(_text(element)[:200])
    for words in told:
        name = (author_of(words) or name_in(words)) if words and "://" not in words else None
        if name and not _is_site(name, sites):
            return name
    return None


def _published(tree: Tree, meta: dict[str, str], data: list[dict[str, Any]]) -> str | None:
    told = [_said(one.get("datePublished")) for one in _of_kind(data, "Article|Posting|Report|WebPage")]
    told += [meta.get(name) for name in _DATES]
    times = list(tree.iter("time"))[:50]
    dated = [
        element
        for element in times
        if _DATED.search(_names(element)) or element.get("itemprop") == "datePublished"
    ]
    for element in (*dated, *(time for time in times if "updated" not in _names(time))):
        told += [element.get("datetime"), _text(element)]
    for element in list(tree.iter("span", "p", "div"))[:3_000]:
        if _DATED.search(_names(element)):
            told.append(_text(element)[:100])
    return next((day for words in told if words and (day := day_in(words))), None)


def _licence(tree: Tree, meta: dict[str, str], data: list[dict[str, Any]]) -> str | None:
    told = [_said(one.get("license")) for one in data]
    told += [meta.get(name) for name in _RIGHTS]
    for element in list(tree.iter("a", "link"))[:5_000]:
        if "license" in (element.get("rel") or "").split() or "creativecommons.org/" in (
            element.get("href") or ""
        ):
            told += [element.get("href"), _text(element)]
    return next((found for words in told if words and (found := licence_in(words[:1_000]))), None)


def _base(tree: Tree, meta: dict[str, str]) -> str | None:
    told = [element.get("href") for element in tree.iter("link") if element.get("rel") == "canonical"]
    told += [meta.get("og:url")]
    return next((address for words in told if words and (address := safe_address(words))), None)


def _names(element: Tree) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:400].lower()


def _said(value: object) -> str | None:
    return cleaned(value[:1_000]) if isinstance(value, str) else None


def _text(element: Tree) -> str:
    """Give an element's text in one line, no more of it than could be a name or a title."""
    if element is None:
        return ""
    words, length = [], 0
    for part in element.itertext():
        words.append(part)
        length += len(part)
        if length > 1_000:
            break
    return " ".join(cleaned("".join(words)).split())
