"""Calendar files (RFC 5545) of somebody's shifts: day, time and a link, and nothing that tells what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext
from icalendar import Calendar, Event, vCalAddress

from portal.clock import now
from portal.domain.events.models import EventStatus
from portal.domain.events.rules import place_shown
from portal.domain.volunteers.models import SignUp, SignUpState

PRODID = "-//Lantern//Shifts//EN"
FILE_NAME = "shift.ics"
_STATUS = {
    SignUpState.PENDING: "TENTATIVE",
    SignUpState.WAITING: "TENTATIVE",
    SignUpState.CONFIRMED: "CONFIRMED",
    SignUpState.CANCELLED: "CANCELLED",
    SignUpState.ATTENDED: "CONFIRMED",
    SignUpState.NO_SHOW: "CONFIRMED",
}


@dataclass(frozen=True)
class Entry:
    """One shift of a person as their calendar keeps it; moments are in UTC.

    The same `uid` with a higher `sequence` takes the place of what the calendar had. `location` is empty where the
    place is told after sign-up only: a calendar may be seen by others.
    """

    uid: str
    sequence: int
    summary: str
    starts_at: datetime
    ends_at: datetime
    status: str
    location: str
    url: str
    made_at: datetime
    changed_at: datetime


def entry_of(sign_up: SignUp, public_url: str, host: str) -> Entry:
    """Give a sign-up's entry, in the language of the context; `host` makes its uid unique in the world."""
    shift, event = sign_up.shift, sign_up.shift.event
    off = event.status == EventStatus.CANCELLED
    return Entry(
        uid=f"{sign_up.uid}@{host}",
        sequence=sign_up.sequence,
        summary=gettext("Your shift"),
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        status="CANCELLED" if off else _STATUS[SignUpState(sign_up.state)],
        location=""
        if event.place_hidden
        else place_shown(event.place, event.exact_place, hidden=False, signed_up=True),
        url=f"{public_url}/me",
        made_at=now(),
        changed_at=sign_up.changed_at,
    )


def calendar_file(entries: Iterable[Entry], *, method: str = "PUBLISH", organizer: str = "") -> bytes:
    """Give a file with these entries, folded at 75 octets.

    `method` is iTIP's (RFC 5546): PUBLISH, or CANCEL to take entries away. `organizer` is the address that mailed
    files are from, which iTIP asks for.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(_component(entry, method, organizer))
    return calendar.to_ical()


def _component(entry: Entry, method: str, organizer: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _second(entry.made_at))
    event.add("last-modified", _second(entry.changed_at))
    event.add("dtstart", _second(entry.starts_at))
    event.add("dtend", _second(entry.ends_at))
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if method == "CANCEL" else entry.status)
    event.add("url", entry.url)
    if entry.location:
        event.add("location", entry.location)
    if organizer:
        event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    return event


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
