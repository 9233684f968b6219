"""How a campaign is told beyond its page: whole addresses, what other sites show of it, and links to pass it on.

All of it is the same for everyone. Nothing is asked of other sites: their links are plain ones.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

import segno
from flask import Flask, abort, current_app, url_for
from flask_babel import gettext
from markupsafe import Markup

from portal.db import db
from portal.domain.campaigns.models import Group
from portal.domain.campaigns.queries import CampaignPage, PageVersion, find_page_version
from portal.web.card import HEIGHT, WIDTH, CardWords
from portal.web.marks import mark_of, marked_title
from portal.web.structured import campaign_data, event_data

# The height at which nothing of the embedded page has to be scrolled on most sites.
EMBED_HEIGHT = 520


@dataclass(frozen=True, slots=True)
class Way:
    """A way to pass an address on: an outgoing link, and whose site it opens."""

    name: str
    url: str


def init_reach(app: Flask) -> None:
    """Give the app's templates what they tell other sites with."""
    app.jinja_env.globals.update(
        public_url=public_url,
        card_url=card_url,
        card_alt=card_alt,
        card_size=(WIDTH, HEIGHT),
        campaign_address=campaign_address,
        address_in_words=address_in_words,
        ways_to_pass_on=ways_to_pass_on,
        embed_code=embed_code,
        qr_drawing=qr_drawing,
        campaign_data=campaign_data,
        event_data=event_data,
    )


def public_url(path: str = "/") -> str:
    """Give the whole address of a page as readers reach it, however this request came in."""
    return f"{current_app.config['PUBLIC_URL']}{path}"


def campaign_address(slug: str) -> str:
    """Give the whole address of a campaign's page."""
    return public_url(url_for("campaigns.show", slug=slug))


def address_in_words(url: str) -> str:
    """Give an address as a person types it: give.example.org/campaigns/the-way-out."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def find_version(slug: str) -> PageVersion | None:
    """Give what everything about an open campaign depends on, in one statement; None where there is none."""
    version = find_page_version(db.session.connection(), slug, livemode=current_app.config["LIVEMODE"])
    # One that has ended is not carried any further.
    return None if version is None or version.has_ended else version


def version_or_404(slug: str) -> PageVersion:
    """Give what everything about a published campaign depends on; aborts with 404 where there is none."""
    return find_version(slug) or abort(404)


def card_url(page: CampaignPage) -> str:
    """Give the whole address of a campaign's picture; another one after each change, as other sites keep theirs."""
    path = url_for("campaigns.card", slug=page.campaign.slug, v=page.campaign.page_version)
    return public_url(path)


def card_words(page: CampaignPage) -> CardWords:
    """Give what the campaign's picture says: the figure at the top of its page, or else its summary."""
    story, opening = page.story, page.story.opening
    return CardWords(
        group=page.group.name,
        title=story.title,
        figure=opening.shown if opening else "",
        text=opening.counts if opening else story.summary,
        address=address_in_words(campaign_address(page.campaign.slug)),
        mark=mark_of(page.group),
    )


def card_alt(page: CampaignPage) -> str:
    """Say in words what the campaign's picture shows."""
    words = card_words(page)
    told = f"{words.figure} {words.text}".strip()
    shown = gettext(
        "%(title)s. %(told)s. %(group)s.", title=words.title, told=told.rstrip("."), group=words.group
    )
    return marked_title(page.group, shown)


def ways_to_pass_on(page: CampaignPage) -> list[Way]:
    """Give the ways to send a campaign's address to others; each opens only when it is tapped.

    What they hand on is shown without the page: it says itself where nothing is real.
    """
    title, url = marked_title(page.group, page.story.title), campaign_address(page.campaign.slug)
    both = f"{title}\n{url}"
    return [
        # A mail program takes no plus sign for a space.
        Way(gettext("E-mail"), f"mailto:?subject={quote(title)}&body={quote(url)}"),
        Way("WhatsApp", f"https://wa.me/?{urlencode({'text': both})}"),
        Way("Telegram", f"https://t.me/share/url?{urlencode({'url': url, 'text': title})}"),
        Way("LINE", f"https://line.me/R/share?{urlencode({'text': both})}"),
        Way("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}"),
        Way("X", f"https://x.com/intent/post?{urlencode({'url': url, 'text': title})}"),
    ]


def embed_code(slug: str, title: str, group: Group) -> str:
    """Give the HTML that shows a campaign on another site: a frame, and a plain link for where frames are not shown."""
    shown = marked_title(group, title)
    named = gettext("%(title)s, a campaign of %(group)s", title=shown, group=group.name)
    frame = Markup(
        '<iframe src="{src}" title="{named}" width="100%" height="{height}" loading="lazy" frameborder="0"></iframe>\n'
        '<p><a href="{link}">{named}</a></p>'
    )
    src = public_url(url_for("campaigns.embed", slug=slug))
    return str(frame.format(src=src, named=named, height=EMBED_HEIGHT, link=campaign_address(slug)))


def qr_of(slug: str) -> segno.QRCode:
    """Give the QR code of a campaign's address; it can still be read with a seventh of it covered."""
    return segno.make(campaign_address(slug), error="m", micro=False)


def qr_drawing(slug: str) -> Markup:
    """Give the QR code as SVG to stand within a page, without a style of its own; what is around it must stay light."""
    drawn = qr_of(slug).svg_inline(svgclass="qr", lineclass=None, omitsize=True, border=1)
    return Markup(drawn)  # noqa: S704  (paths and numbers only)
