"""Mailed links on the web: followed once into a short-lived cookie, so that they leave the address bar at once."""

from typing import Any

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import links
from portal.domain.donations import queries
from portal.domain.donations.models import Donation
from portal.domain.people.models import Person
from portal.web import account_links, known
from portal.web.cookies import set_for_visit

COOKIE = "lantern-receipt"
# Where a link about somebody's help leads.
HELP_PAGES = {
    links.HELP: "volunteers.me",
    links.PROVE: "volunteers.confirm",
    links.SIGN_UP: "volunteers.sign_up",
}


def follow(token: str) -> Response:
    """Give the redirect to a mailed link's page, with the cookie that opens it; raises links.LinkRefused."""
    link = links.read(token, current_app.config["SECRET_KEY"])
    if link.purpose in account_links.PAGES:
        return account_links.follow(link)
    return _follow_to_help(link) if link.purpose in HELP_PAGES else _follow_to_receipt(link)


def _follow_to_help(link: links.Link) -> Response:
    person = known.get_linked_person(link)
    sign_up_id = link.subject.partition(":")[2]
    place: dict[str, Any] = {"sign_up_id": int(sign_up_id)} if link.purpose == links.SIGN_UP else {}
    response = redirect(url_for(HELP_PAGES[link.purpose], **place), 303)
    known.remember_visit(response, person)
    return response


def _follow_to_receipt(link: links.Link) -> Response:
    donation = get_linked_donation(link)
    target = url_for("donations.receipt", public_id=donation.public_id)
    response = redirect(target, 303)
    set_for_visit(response, COOKIE, links.sign_visit(link, current_app.config["SECRET_KEY"]), path=target)
    return response


def get_visited_donation(public_id: str) -> Donation:
    """Give the donation whose receipt link this browser followed a little while ago; raises links.LinkRefused."""
    value = request.cookies.get(COOKIE)
    if value is None:
        raise links.LinkNotFollowed
    return get_linked_donation(
        links.read_visit(value, current_app.config["SECRET_KEY"], links.RECEIPT, public_id)
    )


def get_expired(token: str) -> links.Link:
    """Give the mailed link of a token that ran out; raises links.LinkRefused for any other."""
    try:
        links.read(token, current_app.config["SECRET_KEY"])
    except links.LinkExpired as expired:
        return expired.link
    raise links.LinkForOtherPurpose


def get_linked_donation(link: links.Link) -> Donation:
    """Give the donation that a receipt link is about; raises LinkForOtherPurpose or LinkWithdrawn."""
    if link.purpose != links.RECEIPT:
        raise links.LinkForOtherPurpose
    donation = queries.find_donation(link.subject)
    if donation is None or donation.link_nonce != link.nonce:
        raise links.LinkWithdrawn
    return donation


def get_person_of(token: str, purpose: str) -> Person:
    """Give the person of an address that is not followed but used as it is; raises links.LinkRefused."""
    link = links.read(token, current_app.config["SECRET_KEY"])
    if link.purpose != purpose:
        raise links.LinkForOtherPurpose
    return known.get_linked_person(link)
