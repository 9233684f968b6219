"""What a browser has shown of who sits before it: a mailed link that it followed, shifts that it asked for."""

from flask import Response, current_app, request

from portal import links
from portal.clock import now
from portal.domain.people.models import Person
from portal.domain.people.queries import find_person
from portal.domain.volunteers.claims import Known
from portal.web.asked import claims_of, forget_asked

VISIT_COOKIE = "lantern-help"
OF_A_PERSON = frozenset({links.HELP, links.PROVE, links.SIGN_UP, links.REMINDERS, links.CALENDAR})


def known_here(email: str) -> Known:
    """Give what is known of who types this address, as the domain takes it."""
    person = find_visiting_person()
    is_theirs = person is not None and person.email == email
    return Known(person.id if person and is_theirs else None, claims_of(email, now()))


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


def forget_browser(response: Response) -> None:
    """Take away what a browser has shown."""
    forget_asked()
    response.delete_cookie(
        VISIT_COOKIE,
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
