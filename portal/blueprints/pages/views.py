"""The pages around the campaigns: home, privacy, accessibility, concerns, and the look at our own health."""

from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, Response, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.news import list_published
from portal.domain.campaigns.queries import find_group, list_campaigns
from portal.domain.events.queries import list_coming_event_ids
from portal.web.feeds import XML_TYPE, write_sitemap
from portal.web.kept import answer, body_of_text
from portal.web.reach import campaign_address, public_url

bp = Blueprint("pages", __name__)

ABOUT_US = (
    "pages.home", "campaigns.index", "events.index", "pages.privacy", "pages.accessibility", "pages.concern",
)  # fmt: skip
# What is one reader's, or for those who work here. That nothing of it is listed is said on each page too.
NOT_FOR_ROBOTS = (
    "/account", "/calendar/", "/desk", "/donations/", "/forgot", "/hosting", "/me", "/register", "/reminders/",
    "/s/", "/sign-", "/verify",
)  # fmt: skip


@bp.get("/")
def home() -> ResponseReturnValue:
    """Show who the group is and what it stands for now."""
    campaigns = list_campaigns(livemode=current_app.config["LIVEMODE"])
    return render_template("pages/home.html", group=find_group(), campaigns=campaigns)


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Say what this site keeps of whom, and what it does not."""
    return render_template("pages/privacy.html", group=find_group())


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """Say how the site can be used, and where that was tried."""
    return render_template("pages/accessibility.html", group=find_group())


@bp.get("/concern")
def concern() -> ResponseReturnValue:
    """Say whom to write to when something is wrong."""
    return render_template("pages/concern.html", group=find_group())


@bp.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """Tell search engines what may be listed: campaigns, coming events at a place that is told, and pages about us."""
    return answer(body_of_text(write_sitemap(_listed()), XML_TYPE))


@bp.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Tell search engines where there is nothing for them, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {public_url(url_for('.sitemap'))}", ""]
    return Response(
        "\n".join(lines), mimetype="text/plain", headers={"Cache-Control": "public, max-age=3600"}
    )


def _listed() -> Iterator[tuple[str, datetime | None]]:
    yield from ((public_url(url_for(page)), None) for page in ABOUT_US)
    yield from ((campaign_address(one.slug), one.changed_at) for one in list_published())
    events = list_coming_event_ids(now())
    yield from ((public_url(url_for("events.show", event_id=one)), None) for one in events)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Tell a monitor whether the portal and its database answer; nothing else is anybody's business."""
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return jsonify(status="failing", database="failing"), 503
    return jsonify(status="ok", database="ok")
