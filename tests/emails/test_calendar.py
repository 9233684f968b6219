"""Calendar files: read by a parser that is not ours, followed by a store that does what iTIP asks for (RFC 5546)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from portal.clock import now
from portal.db import db
from portal.domain.events.rules import shift_times
from portal.domain.volunteers import queries, service
from portal.domain.volunteers.claims import Known
from portal.domain.volunteers.models import SignUp
from portal.domain.volunteers.sign_up import sign_up
from portal.emails.calendar import Entry, calendar_file, entry_of
from portal.emails.outbox import send_due_mails
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up, wish
from tests.foundation.servers import Mailbox

pytestmark = pytest.mark.usefixtures("db_session")
URL, HOST = "https://lantern.example.org", "lantern.example.org"
MOMENT = datetime(2030, 12, 14, 10, 0, tzinfo=UTC)
PLAIN = Entry("1@h", 1, "Your shift", MOMENT, MOMENT, "CONFIRMED", "", URL, MOMENT, MOMENT)


@pytest.mark.both_databases
def test_made_moved_and_cancelled_leave_one_entry_then_the_moved_one_then_none(post: "Post") -> None:
    store, shift = Store(), make_shift(starts_at=MOMENT)
    made = make_sign_up(shift)
    with post.delivers_to(store):
        assert store.times() == [(MOMENT, MOMENT + timedelta(hours=2))]
    later = MOMENT + timedelta(days=1, minutes=30)
    service.change_times(shift, later, later + timedelta(hours=3), now())
    with post.delivers_to(store):
        assert store.times() == [(later, later + timedelta(hours=3))]
    service.cancel(queries.get_sign_up(made.id), now())
    with post.delivers_to(store):
        assert store.times() == []
    assert store.methods == ["PUBLISH", "PUBLISH", "CANCEL"]


def test_a_place_that_is_lost_leaves_the_calendar_and_comes_back_with_the_place(post: "Post") -> None:
    store, shift = Store(), make_shift(starts_at=MOMENT)
    first = make_sign_up(shift)
    make_sign_up(shift, email="last@example.org")
    with post.delivers_to(store, "last@example.org"):
        assert len(store.times()) == 1
    service.change_places(shift, 1, now())
    with post.delivers_to(store, "last@example.org"):
        assert store.times() == []
    service.cancel(queries.get_sign_up(first.id), now())
    with post.delivers_to(store, "last@example.org"):
        assert len(store.times()) == 1


def test_signing_up_again_after_a_cancellation_is_the_same_entry_once_more(post: "Post") -> None:
    store, shift = Store(), make_shift(starts_at=MOMENT)
    made = make_sign_up(shift, email="mina@example.org")
    with post.delivers_to(store):
        uids = set(store.entries)
    service.cancel(queries.get_sign_up(made.id), now())
    with post.delivers_to(store):
        assert store.times() == []
    known = Known(made.person_id)
    sign_up(shift.event_id, wish(shift, email="mina@example.org"), known, now())
    with post.delivers_to(store):
        assert set(store.entries) == uids


def test_an_event_that_is_called_off_leaves_every_calendar(post: "Post") -> None:
    store, event = Store(), make_event()
    for hours in (0, 4):
        make_sign_up(make_shift(event, MOMENT + timedelta(hours=hours)))
    with post.delivers_to(store):
        assert len(store.times()) == 2
    service.call_off(event, now())
    with post.delivers_to(store):
        assert store.times() == []


def test_a_file_that_arrives_late_changes_nothing(post: "Post") -> None:
    shift = make_shift(starts_at=MOMENT)
    made = make_sign_up(shift)
    first = file_of(made)
    service.cancel(made, now())
    last = file_of(made, "CANCEL")
    store = Store()
    for file in (first, last, first):
        store.take(file)
    assert store.times() == []


@pytest.mark.parametrize("method", ["PUBLISH", "CANCEL"])
def test_a_mailed_file_has_all_that_itip_asks_for_and_nothing_that_it_forbids(method: str) -> None:
    file = parsed(calendar_file([PLAIN], method=method, organizer="circle@example.org"))
    (event,) = file.events
    assert (file.method, file.version) == (method, "2.0")
    assert event.organizer is not None and str(event.organizer.uri) == "mailto:circle@example.org"
    assert event.uid and event.dtstamp and event.dtstart and event.sequence == 1
    assert event.attendees == [] and event.alarm == []


@pytest.mark.parametrize(
    ("zone", "day", "start", "end", "starts_at", "ends_at"),
    [
        # Clocks go forward in the shift, back in it, and between the evening and the morning of it.
        ("Europe/Dublin", "2027-03-28", "00:30", "03:30", "2027-03-28T00:30", "2027-03-28T02:30"),
        ("Europe/Dublin", "2027-10-31", "00:30", "03:30", "2027-10-30T23:30", "2027-10-31T03:30"),
        ("Europe/Dublin", "2027-03-27", "22:00", "04:15", "2027-03-27T22:00", "2027-03-28T03:15"),
        ("Europe/Dublin", "2027-10-30", "22:00", "04:15", "2027-10-30T21:00", "2027-10-31T04:15"),
        ("Europe/Dublin", "2027-03-29", "10:00", "12:00", "2027-03-29T09:00", "2027-03-29T11:00"),
        ("America/New_York", "2027-03-14", "01:00", "04:00", "2027-03-14T06:00", "2027-03-14T08:00"),
        ("America/New_York", "2027-11-07", "00:30", "02:30", "2027-11-07T04:30", "2027-11-07T07:30"),
        ("America/New_York", "2027-11-08", "10:00", "12:00", "2027-11-08T15:00", "2027-11-08T17:00"),
        # Seoul's clocks stay as they are, and changed for the last time in 1988.
        ("Asia/Seoul", "2027-03-28", "10:00", "12:00", "2027-03-28T01:00", "2027-03-28T03:00"),
        ("Asia/Seoul", "2027-10-31", "23:00", "01:45", "2027-10-31T14:00", "2027-10-31T16:45"),
        ("Asia/Seoul", "1988-05-08", "01:00", "04:00", "1988-05-07T16:00", "1988-05-07T18:00"),
        ("Asia/Seoul", "1988-10-09", "01:00", "04:00", "1988-10-08T15:00", "1988-10-08T19:00"),
    ],
)
def test_local_times_are_right_to_the_minute_over_every_change_of_the_clocks(
    zone: str, day: str, start: str, end: str, starts_at: str, ends_at: str
) -> None:
    made = make_sign_up(make_shift(make_event(timezone=zone)))
    made.shift.starts_at, made.shift.ends_at = shift_times(
        date.fromisoformat(day), time.fromisoformat(start), time.fromisoformat(end), ZoneInfo(zone)
    )
    (event,) = parsed(file_of(made)).events
    expected = [datetime.fromisoformat(f"{text}:00+00:00") for text in (starts_at, ends_at)]
    assert [event.dtstart, event.dtend] == expected
    shown = [f"{moment.astimezone(ZoneInfo(zone)):%H:%M}" for moment in expected]
    assert shown == [start, end]


def test_long_lines_are_folded_at_75_octets_and_never_within_a_letter() -> None:
    for before in range(80):
        location = "a" * before + "서울특별시 종로구, 도서관; 2층 \\ " * 12
        file = calendar_file([replace(PLAIN, location=location.strip())])
        lines = file.split(b"\r\n")
        assert max(len(line) for line in lines) <= 75
        assert all(line.decode() or line == b"" for line in lines)
        assert b"\n" not in file.replace(b"\r\n", b"")
        assert parsed(file).events[0].location == location.strip()


def test_a_place_that_is_told_after_sign_up_is_not_in_the_calendar_and_a_public_one_is() -> None:
    hidden = make_sign_up(make_shift(make_event(place_hidden=True)))
    shown = make_sign_up(make_shift(make_event(place="서울", exact_place="도서관 2층")))
    assert parsed(file_of(hidden)).events[0].location in (None, "")
    assert parsed(file_of(shown)).events[0].location == "도서관 2층, 서울"


def test_a_file_tells_nothing_of_what_it_is_about_and_holds_no_key() -> None:
    made = make_sign_up(make_shift(make_event(title="Talk about refugees"), role="Interpreter"), name="Mina")
    file = file_of(made).decode()
    assert not [word for word in ("refugees", "Interpreter", "Mina", "/s/", "example.org") if word in file]
    assert f"URL:{URL.replace('example.org', 'test')}/me" in file
    assert "SUMMARY:Your shift" in file


def test_where_a_sign_up_stands_is_the_status() -> None:
    shift = make_shift(places=1)
    held = make_sign_up(shift, proved=False)
    waiting = make_sign_up(shift)
    assert [entry(one).status for one in (held, waiting)] == ["TENTATIVE", "TENTATIVE"]
    confirmed = make_sign_up(make_shift())
    assert entry(confirmed).status == "CONFIRMED"
    service.call_off(confirmed.shift.event, now())
    assert entry(confirmed).status == "CANCELLED"


def test_several_shifts_are_one_file_and_none_a_valid_one() -> None:
    assert len(parsed(calendar_file([PLAIN, replace(PLAIN, uid="2@h")])).events) == 2
    assert parsed(calendar_file([])).events == []


class Store:
    """A calendar that takes files as iTIP says: by UID, and never back to an older SEQUENCE."""

    def __init__(self) -> None:
        self.entries: dict[str, Event] = {}
        self.methods: list[str] = []
        self._newest: dict[str, int] = {}

    def take(self, content: bytes) -> None:
        """Take one file."""
        file = parsed(content)
        self.methods.append(str(file.method))
        for event in file.events:
            sequence = event.sequence or 0
            if sequence < self._newest.get(event.uid, -1):
                continue
            self._newest[event.uid] = sequence
            if file.method == "CANCEL" or event.status == "CANCELLED":
                self.entries.pop(event.uid, None)
            else:
                self.entries[event.uid] = event

    def times(self) -> list[tuple[Any, Any]]:
        """When each entry is."""
        return sorted((one.dtstart, one.dtend) for one in self.entries.values())


class Post:
    """Sends what is queued over a real mail server."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    @contextmanager
    def delivers_to(self, store: Store, address: str | None = None) -> Iterator[None]:
        """Send everything, and let a store take the files that came; only those to an address, if one is named."""
        db.session.commit()
        send_due_mails(everything=True)
        for mail in self._mailbox.received:
            if address in (None, str(mail["To"])):
                for file in files_of(mail):
                    store.take(file)
        self._mailbox.received.clear()
        yield


def files_of(mail: EmailMessage) -> list[bytes]:
    """The calendar files of a mail."""
    files = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return [bytes(part.get_payload(decode=True)) for part in files]  # type: ignore[arg-type]


def entry(made: SignUp) -> Entry:
    """The entry of a sign-up, at an address of its own."""
    return entry_of(made, URL.replace("example.org", "test"), HOST.replace("example.org", "test"))


def file_of(made: SignUp, method: str = "PUBLISH") -> bytes:
    """The file of a sign-up."""
    return calendar_file([entry(made)], method=method)


def parsed(content: bytes) -> Calendar:
    """A file as a parser of somebody else reads it, which refuses what is not valid."""
    return IcsCalendarStream.calendar_from_ics(content.decode())


@pytest.fixture
def post(app: Flask, mailbox: Mailbox) -> Post:
    """The portal's mails, delivered."""
    app.config["SMTP_URL"] = mailbox.url
    return Post(mailbox)
