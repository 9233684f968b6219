"""What a browser has shown of who sits before it: a mailed link that it followed, sign-ups that it made."""

from collections.abc import Iterable

from flask import Response, current_app, request

from portal import links
from portal.domain.people.models import Person
from portal.domain.people.queries import find_person
from portal.domain.volunteers.sign_up import Known

VISIT_COOKIE = "lantern-help"
MADE_COOKIE = "lantern-made"


def known_here() -> Known:
    """Give what is known of who sends this request, as the domain takes it."""
    person = find_visiting_person()
    made = links.read_made(request.cookies.get(MADE_COOKIE, ""), current_app.config["SECRET_KEY"])
    return Known(person.id if person else None, made)


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
    """Give the person whose link this is, whatever it is for; raises links.LinkWithdrawn."""
    person = find_person(int(link.subject.partition(":")[0]))
    if person is None or link.nonce != person.link_nonce:
        raise links.LinkWithdrawn
    return person


def remember_visit(response: Response, person: Person) -> None:
    """Let this browser be known as a person's for a little while."""
    secret = current_app.config["SECRET_KEY"]
    link = links.Link(links.HELP, str(person.id), person.link_nonce)
    _set(response, VISIT_COOKIE, links.sign_visit(link, secret))


def remember_made(response: Response, sign_up_ids: Iterable[int]) -> None:
    """Let this browser be known to have made sign-ups, beside those that it made before."""
    secret = current_app.config["SECRET_KEY"]
    before = links.read_made(request.cookies.get(MADE_COOKIE, ""), secret)
    _set(response, MADE_COOKIE, links.sign_made(before | set(sign_up_ids), secret))


def forget_browser(response: Response) -> None:
    """Take away what a browser has shown."""
    for name in (VISIT_COOKIE, MADE_COOKIE):
        response.delete_cookie(name, path="/")


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
