"""Mailed links on the web: followed once into a short-lived cookie, so that they leave the address bar at once."""

from flask import Response, current_app, redirect, request, url_for

from portal import links
from portal.domain.donations import queries
from portal.domain.donations.models import Donation

COOKIE = "lantern-receipt"


def follow(token: str) -> Response:
    """Give the redirect to a mailed link's page, with the cookie that opens it; raises links.LinkRefused."""
    link = links.read(token, current_app.config["SECRET_KEY"])
    donation = get_linked_donation(link)
    target = url_for("donations.receipt", public_id=donation.public_id)
    response = redirect(target, 303)
    response.set_cookie(
        COOKIE,
        links.sign_visit(link, current_app.config["SECRET_KEY"]),
        max_age=int(links.VISIT.total_seconds()),
        path=target,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response  # type: ignore[return-value]


def get_visited_donation(public_id: str) -> Donation:
    """Give the donation whose receipt link this browser followed a little while ago; raises links.LinkRefused."""
    value = request.cookies.get(COOKIE)
    if value is None:
        raise links.LinkNotFollowed
    return get_linked_donation(
        links.read_visit(value, current_app.config["SECRET_KEY"], links.RECEIPT, public_id)
    )


def get_donation_of_expired(token: str) -> Donation:
    """Give the donation of a mailed link that ran out; raises links.LinkRefused for any other."""
    try:
        links.read(token, current_app.config["SECRET_KEY"])
    except links.LinkExpired as expired:
        return get_linked_donation(expired.link)
    raise links.LinkForOtherPurpose


def get_linked_donation(link: links.Link) -> Donation:
    """Give the donation that a receipt link is about; raises LinkForOtherPurpose or LinkWithdrawn."""
    if link.purpose != links.RECEIPT:
        raise links.LinkForOtherPurpose
    donation = queries.find_donation(link.subject)
    if donation is None or donation.link_nonce != link.nonce:
        raise links.LinkWithdrawn
    return donation
