"""What a browser has shown of who sits before it: a mailed link that it followed, shifts that it asked for."""

from flask import current_app, request
from werkzeug.wrappers import Response

from portal import links
from portal.domain.people.models import Person
from portal.domain.people.queries import find_person
from portal.domain.volunteers.claims import Known
from portal.web import asked, signed_in
from portal.web.cookies import forget, set_for_visit

VISIT_COOKIE = "lantern-help"
OF_A_PERSON = frozenset({links.HELP, links.PROVE, links.SIGN_UP, links.REMINDERS, links.CALENDAR})


def known_here(email: str) -> Known:
    """Give what is known of who types this address, as the domain takes it."""
    person = find_visiting_person()
    is_theirs = person is not None and person.email == email
    return Known(person.id if person and is_theirs else None, asked.claims_of(email))


def find_visiting_person() -> Person | None:
    """Give the person whose mailed link this browser followed a little while ago."""
    try:
        return get_visiting_person()
    except links.LinkRefused:
        return None


def get_visiting_person() -> Person:
    """Give whose mailed link this browser followed of late, or who is signed in; raises links.LinkRefused."""
    if VISIT_COOKIE not in request.cookies:
        user = signed_in.find_user()
        if user is not None:
            return user.person
    return get_followed_person()


def is_signed_in(person: Person) -> bool:
    """Tell whether this browser is signed in as a person, and not only known by a link of theirs."""
    user = signed_in.find_user()
    return user is not None and user.person_id == person.id


def get_followed_person() -> Person:
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
    set_for_visit(response, VISIT_COOKIE, links.sign_visit(link, secret))


def forget_visit(response: Response) -> Response:
    """Take away that a link was followed: from here on the account says who sits here."""
    forget(response, VISIT_COOKIE)
    return response


def forget_browser(response: Response) -> Response:
    """Take away what a browser has shown."""
    for name in (VISIT_COOKIE, asked.COOKIE):
        forget(response, name)
    return response
