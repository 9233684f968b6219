"""What carries a campaign further: its picture, poster and QR code, its page within other sites, and the feed.

All of it is the same for everyone: no session, no cookie, and kept as bytes until the campaign changes.
"""

from io import BytesIO

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.campaigns.views import bp
from portal.domain.campaigns.news import list_published
from portal.domain.campaigns.queries import find_group
from portal.web.card import draw_card
from portal.web.feeds import ATOM_TYPE, write_feed
from portal.web.headers import let_be_framed
from portal.web.kept import Body, answer, answer_kept, body_of_bytes, body_of_text
from portal.web.pages import campaign_page_or_404
from portal.web.reach import card_words, find_version, qr_of, version_or_404

PNG, SVG = "image/png", "image/svg+xml"
# A campaign that is taken down must not be shown for long by caches that nobody asks.
AN_HOUR = "public, max-age=3600"


@bp.get("/campaigns/<slug>/card.png")
def card(slug: str) -> ResponseReturnValue:
    """Give the picture that other sites show beside a campaign's address."""
    version = version_or_404(slug).page_version
    return answer_kept(("card", slug), version, lambda: _picture(_card(slug), PNG))


@bp.get("/campaigns/<slug>/qr.svg")
def qr_svg(slug: str) -> ResponseReturnValue:
    """Give the QR code of a campaign's address, for print in any size."""
    version = version_or_404(slug).campaign_id
    return answer_kept(("qr.svg", slug), version, lambda: _picture(_qr(slug, "svg", scale=8), SVG))


@bp.get("/campaigns/<slug>/qr.png")
def qr_png(slug: str) -> ResponseReturnValue:
    """Give the QR code of a campaign's address, for what takes no SVG."""
    version = version_or_404(slug).campaign_id
    return answer_kept(("qr.png", slug), version, lambda: _picture(_qr(slug, "png", scale=16), PNG))


@bp.get("/campaigns/<slug>/poster")
def poster(slug: str) -> ResponseReturnValue:
    """Show a sheet to print and hang up."""
    version = version_or_404(slug).page_version
    return answer_kept(("poster", slug), version, lambda: _page("campaigns/poster.html", slug))


@bp.get("/embed/campaigns/<slug>")
def embed(slug: str) -> ResponseReturnValue:
    """Show a campaign within a page of another site; nothing in it runs, and it keeps nothing of who looks."""
    version = find_version(slug)
    if version is None:
        return let_be_framed(Response(render_template("campaigns/embed_gone.html", group=find_group()), 404))
    return let_be_framed(answer_kept(("embed", slug), version, lambda: _page("campaigns/embed.html", slug)))


@bp.get("/feed.xml")
def feed() -> ResponseReturnValue:
    """Tell feed readers which campaigns there are, and when one of them changed."""
    return answer(body_of_text(write_feed(find_group(), list_published()), ATOM_TYPE))


def _page(template: str, slug: str) -> Body:
    page = campaign_page_or_404(slug)
    return body_of_text(render_template(template, group=page.group, page=page))


def _card(slug: str) -> bytes:
    return draw_card(card_words(campaign_page_or_404(slug)))


def _qr(slug: str, kind: str, scale: int) -> bytes:
    file = BytesIO()
    qr_of(slug).save(file, kind=kind, scale=scale, border=4, light="#fff")
    return file.getvalue()


def _picture(plain: bytes, content_type: str) -> Body:
    return body_of_bytes(plain, content_type, AN_HOUR)
