"""What a browser has shown of who sits before it: a mailed link that it followed, shifts that it asked for."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, request

from portal import links
from portal.domain.people.models import Person
from portal.domain.people.queries import find_person
from portal.domain.volunteers.claims import Claim, Known

VISIT_COOKIE = "lantern-help"
CLAIMS_COOKIE = "lantern-claims"
# A cookie holds 4 kB.
MOST_CLAIMS = 30
OF_A_PERSON = frozenset({links.HELP, links.PROVE, links.SIGN_UP, links.REMINDERS, links.CALENDAR})


def known_here(email: str) -> Known:
    """Give what is known of who types this address, as the domain takes it."""
    person = find_visiting_person()
    mark = links.mark_address(email, current_app.config["SECRET_KEY"])
    claims = tuple(_claim(*row[1:]) for row in _rows() if row[0] == mark)
    return Known(person.id if person else None, claims)


def _rows() -> list[list[Any]]:
    return links.read_claims(request.cookies.get(CLAIMS_COOKIE, ""), current_app.config["SECRET_KEY"])


def _claim(shift_id: int, uid: str, waits: int, position: int | None, until: int) -> Claim:
    return Claim(shift_id, uid, bool(waits), position, datetime.fromtimestamp(until, UTC))


def find_visiting_person() -> Person | None:
    """Give the person whose mailed link this browser followed a little while ago."""
    try:
        return get_visiting_person()
    except links.LinkRefused:
        return None


def get_visiting_person() -> Person:
    """Give the person whose mailed link this browser followed a little while ago; raises links.LinkRefused."""
    value = request.cookies.get(VISIT_COOKIE)
    if value is None:
        raise links.LinkNotFollowed
    return get_linked_person(links.read_visit_of(value, current_app.config["SECRET_KEY"], links.HELP))


def get_linked_person(link: links.Link) -> Person:
    """Give the person whose link this is, whichever of theirs; raises LinkForOtherPurpose or LinkWithdrawn."""
    if link.purpose not in OF_A_PERSON:
        raise links.LinkForOtherPurpose
    person = find_person(int(link.subject.partition(":")[0]))
    if person is None:
        raise links.LinkWithdrawn
    nonce = person.calendar_nonce if link.purpose == links.CALENDAR else person.link_nonce
    if link.nonce != nonce:
        raise links.LinkWithdrawn
    return person


def remember_visit(response: Response, person: Person) -> None:
    """Let this browser be known as a person's for a little while."""
    secret = current_app.config["SECRET_KEY"]
    link = links.Link(links.HELP, str(person.id), person.link_nonce)
    _set(response, VISIT_COOKIE, links.sign_visit(link, secret))


def remember_claims(response: Response, email: str, claims: Iterable[Claim]) -> None:
    """Keep what this browser was told of what it asked for with this address; of very many the latest."""
    secret = current_app.config["SECRET_KEY"]
    mark = links.mark_address(email, secret)
    new = [
        [mark, one.shift_id, one.uid, int(one.waits), one.position, int(one.until.timestamp())]
        for one in claims
    ]
    told = {(row[0], row[1]) for row in new}
    rows = [row for row in _rows() if (row[0], row[1]) not in told] + new
    _set(response, CLAIMS_COOKIE, links.sign_claims(rows[-MOST_CLAIMS:], secret))


def forget_browser(response: Response) -> None:
    """Take away what a browser has shown."""
    for name in (VISIT_COOKIE, CLAIMS_COOKIE):
        response.delete_cookie(
            name,
            path="/",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(links.VISIT.total_seconds()),
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
