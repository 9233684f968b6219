"""Lists for machines: the feed of campaigns (Atom, RFC 4287) and the sitemap for search engines."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flask import current_app, url_for
from flask_babel import get_locale, gettext

from portal.domain.campaigns.models import Group
from portal.domain.campaigns.news import Published
from portal.web.marks import marked
from portal.web.reach import campaign_address, public_url

ATOM, SITEMAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"
ATOM_TYPE, XML_TYPE = "application/atom+xml; charset=utf-8", "application/xml; charset=utf-8"
MOST_ENTRIES = 50
# Part of every entry's id: it names the day from which on the site's name is taken for ours, and never changes.
SINCE = "2026-01-01"


def write_feed(group: Group | None, news: list[Published]) -> str:
    """Give the feed: an entry for each campaign, by an id that stays, with when its words last changed."""
    name = group.name if group else "Lantern"
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": str(get_locale())})
    _add(feed, "id", f"{_tag()}:campaigns")
    _add(feed, "title", name)
    _add(feed, "subtitle", marked(group, gettext("Campaigns, and what changes in them")))
    SubElement(
        feed, "link", rel="self", type="application/atom+xml", href=public_url(url_for("campaigns.feed"))
    )
    SubElement(feed, "link", rel="alternate", type="text/html", href=public_url(url_for("campaigns.index")))
    _add(feed, "updated", _moment(max((one.changed_at for one in news), default=None)))
    _add(SubElement(feed, "author"), "name", name)
    for one in news[:MOST_ENTRIES]:
        _add_entry(feed, group, one)
    return _written(feed)


def write_sitemap(addresses: Iterable[tuple[str, datetime | None]]) -> str:
    """Give the sitemap of whole addresses, each with when it last changed where that is known."""
    urls = Element("urlset", xmlns=SITEMAP)
    for address, changed_at in addresses:
        url = SubElement(urls, "url")
        _add(url, "loc", address)
        if changed_at is not None:
            _add(url, "lastmod", _moment(changed_at))
    return _written(urls)


def _add_entry(feed: Element, group: Group | None, one: Published) -> None:
    entry = SubElement(feed, "entry")
    _add(entry, "id", f"{_tag()}:campaign/{one.id}")
    _add(entry, "title", one.title)
    SubElement(entry, "link", rel="alternate", type="text/html", href=campaign_address(one.slug))
    _add(entry, "updated", _moment(one.changed_at))
    _add(entry, "summary", marked(group, one.summary))


def _tag() -> str:
    """Give the start of every id, a tag of RFC 4151."""
    return f"tag:{urlsplit(current_app.config['PUBLIC_URL']).hostname},{SINCE}"


def _moment(moment: datetime | None) -> str:
    # A feed must say when; before there is anything to tell it is the day that its ids begin with.
    return moment.isoformat(timespec="seconds") if moment else f"{SINCE}T00:00:00+00:00"


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _written(root: Element) -> str:
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'
