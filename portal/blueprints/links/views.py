"""Mailed links, whatever they are about: followed, refused in words, mailed anew."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal import links
from portal.blueprints.links.forms import NewLinkForm
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.queries import find_group
from portal.domain.donations import service as donations
from portal.domain.volunteers import mailed_links
from portal.web import known, signed_links
from portal.web.limits import Limit, limited
from portal.web.refusals import sentence

bp = Blueprint("links", __name__)


@bp.get("/s/<token>")
def follow(token: str) -> ResponseReturnValue:
    """Follow a mailed link; looking at it changes nothing."""
    return signed_links.follow(token)


@bp.post("/s/new")
@limited(Limit("RATELIMIT_LINK"))
def mail_new() -> ResponseReturnValue:
    """Mail a new link in place of one that ran out, to the address that we know."""
    link = signed_links.get_expired(request.form.get("link", ""))
    return _renew_receipt(link) if link.purpose == links.RECEIPT else _mail_help(link)


def _renew_receipt(link: links.Link) -> ResponseReturnValue:
    donation = signed_links.get_linked_donation(link)
    target = url_for("donations.show", public_id=donation.public_id)
    donations.renew_link(donation, now())
    db.session.commit()
    flash(gettext("A new link is on its way by mail. Links from earlier mails no longer work."))
    return redirect(target, 303)


def _mail_help(link: links.Link) -> ResponseReturnValue:
    mailed_links.mail_link(known.get_linked_person(link).id, now())
    db.session.commit()
    flash(gettext("A new link is on its way by mail."))
    return redirect(url_for("volunteers.me"), 303)


@bp.app_errorhandler(links.LinkRefused)
def refused(refusal: links.LinkRefused) -> ResponseReturnValue:
    """Say why a link, or a page that needs one, does not open, and how to get one that does."""
    expired = isinstance(refusal, links.LinkExpired) and request.endpoint == "links.follow"
    form = NewLinkForm(link=request.view_args["token"]) if expired and request.view_args else None
    status = 410 if isinstance(refusal, links.LinkExpired | links.LinkWithdrawn) else 404
    page = render_template(
        "links/refused.html",
        why=sentence(refusal),
        form=form,
        about_help=request.blueprint != "donations",
        group=find_group(),
    )
    return page, status
