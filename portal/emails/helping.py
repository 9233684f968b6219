"""Mails about helping: what each kind still has to say when it is sent, which links it carries, which calendar file.

A mail may be sent long after it was queued. It tells how things are then; what is no longer so is left out, as
whatever changed it has queued a mail of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from portal import links
from portal.clock import now
from portal.domain.campaigns.queries import find_group
from portal.domain.events.models import EventStatus
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.people.queries import get_person
from portal.domain.volunteers import queries
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.rules import ACTIVE
from portal.emails.calendar import calendar_file, entry_of
from portal.emails.told import tell_of


class NothingToSay(Exception):
    """What a mail was to tell is no longer so, or not wished for; it is not sent."""


@dataclass(frozen=True)
class CalendarFile:
    """A calendar file as a mail carries it; `method` is iTIP's."""

    content: bytes
    method: str


@dataclass(frozen=True)
class About:
    """How mails of one kind are made.

    `is_so` tells whether the news still holds of a sign-up, `purpose` is that of the link (several shifts get one to
    all of the person's help), `method` the calendar file's, empty for none. A mail `by_wish` can be ended by a click.
    """

    is_so: Callable[[SignUp], bool]
    purpose: str
    method: str = ""
    by_wish: bool = False


def is_unproved(one: SignUp) -> bool:
    """Tell whether somebody has yet to prove the address of a sign-up."""
    return one.state in ACTIVE and one.proved_at is None and one.shift.starts_at > now()


def is_taken_up(one: SignUp) -> bool:
    """Tell whether a proved sign-up holds a place or waits for one."""
    return one.state in ACTIVE and one.proved_at is not None


def is_active(one: SignUp) -> bool:
    """Tell whether a sign-up holds a place or waits for one."""
    return one.state in ACTIVE


def is_off(one: SignUp) -> bool:
    """Tell whether a sign-up was cancelled, by whomever."""
    return one.state == SignUpState.CANCELLED


def is_moved_up(one: SignUp) -> bool:
    """Tell whether a sign-up holds a place that came free."""
    return one.holds_place and one.moved_up_at is not None


def is_waiting(one: SignUp) -> bool:
    """Tell whether a sign-up waits for a place."""
    return one.state == SignUpState.WAITING


def is_reached(one: SignUp) -> bool:
    """Tell whether a proved sign-up holds a place in a shift."""
    return one.holds_place and one.proved_at is not None


def is_coming(one: SignUp) -> bool:
    """Tell whether a confirmed shift is still to begin."""
    return one.state == SignUpState.CONFIRMED and one.shift.starts_at > now()


def is_done(one: SignUp) -> bool:
    """Tell whether a shift took place, and nobody said that this person was not there."""
    took_place = one.shift.event.status == EventStatus.PUBLISHED
    return (
        one.state in (SignUpState.CONFIRMED, SignUpState.ATTENDED)
        and one.shift.ends_at <= now()
        and took_place
    )


ABOUT: dict[str, About] = {
    "sign_up_confirm": About(is_unproved, links.PROVE),
    "sign_up_confirm_again": About(is_unproved, links.PROVE),
    "sign_up_confirmed": About(is_taken_up, links.SIGN_UP, "PUBLISH"),
    "sign_up_cancelled": About(is_off, links.HELP, "CANCEL"),
    "sign_up_given_back": About(is_off, links.HELP, "CANCEL"),
    "sign_up_changed": About(is_active, links.SIGN_UP, "PUBLISH"),
    "event_changed": About(is_active, links.SIGN_UP, "PUBLISH"),
    "host_message": About(is_reached, links.SIGN_UP),
    "sign_up_moved_up": About(is_moved_up, links.SIGN_UP, "PUBLISH"),
    "sign_up_moved_back": About(is_waiting, links.SIGN_UP, "CANCEL"),
    "shift_reminder": About(is_coming, links.SIGN_UP, by_wish=True),
    "shift_thanks": About(is_done, links.HELP, by_wish=True),
}


def facts_of(mail: OutboxMail) -> dict[str, Any]:
    """Give what the templates of a mail about sign-ups need; raises NothingToSay."""
    person, about = get_person(mail.person_id), ABOUT[mail.kind]
    told = [
        one
        for one in queries.list_by_ids(mail.about["sign_ups"])
        if one.person_id == mail.person_id and about.is_so(one)
    ]
    if not told or (about.by_wish and not person.wants_reminders):
        raise NothingToSay
    shifts = tell_of(told)
    return {
        "shifts": shifts,
        "one": shifts[0] if len(shifts) == 1 else None,
        "link_url": _link_to(_purpose(about, told), person, told),
        "sign_up_url": _link_to(links.SIGN_UP, person, told),
        "events_url": f"{current_app.config['PUBLIC_URL']}/events",
        "unsubscribe_url": _link_to(links.REMINDERS, person, told) if about.by_wish else "",
        "calendar": _calendar(about.method, told),
    }


def facts_of_message(mail: OutboxMail) -> dict[str, Any]:
    """Give what a mail with a host's own words needs; raises NothingToSay."""
    message = queries.find_message(mail.about["message"])
    if message is None:
        raise NothingToSay
    return facts_of(mail) | {"message": message.text}


def facts_of_link(mail: OutboxMail) -> dict[str, Any]:
    """Give what the mail with the link to all of a person's help needs."""
    return {"link_url": _link_to(links.HELP, get_person(mail.person_id), []), "unsubscribe_url": ""}


def facts_of_hosting(mail: OutboxMail) -> dict[str, Any]:
    """Give what a mail to somebody who hosts needs: where to look, and nothing of what it is about."""
    return {"hosting_url": f"{current_app.config['PUBLIC_URL']}/hosting", "unsubscribe_url": ""}


def _purpose(about: About, told: list[SignUp]) -> str:
    """Who has not proved the address does it by the link of a place that came free."""
    if about.is_so is is_moved_up and told[0].proved_at is None:
        return links.PROVE
    return about.purpose if len(told) == 1 or about.purpose != links.SIGN_UP else links.HELP


def _link_to(purpose: str, person: Person, told: list[SignUp]) -> str:
    subject = f"{person.id}:{told[0].id}" if purpose == links.SIGN_UP else str(person.id)
    token = links.sign(links.Link(purpose, subject, person.link_nonce), current_app.config["SECRET_KEY"])
    where = "reminders" if purpose == links.REMINDERS else "s"
    return f"{current_app.config['PUBLIC_URL']}/{where}/{token}"


def _calendar(method: str, told: list[SignUp]) -> CalendarFile | None:
    """Only confirmed shifts get into a calendar; whatever is not so any more is taken out, if it ever was in it."""
    listed = [one for one in told if method == "CANCEL" or one.state == SignUpState.CONFIRMED]
    if not method or not listed:
        return None
    public_url = current_app.config["PUBLIC_URL"]
    entries = [entry_of(one, public_url, urlsplit(public_url).hostname or "localhost") for one in listed]
    group = find_group()
    organizer = group.contact_email if group else ""
    return CalendarFile(calendar_file(entries, method=method, organizer=organizer), method)
