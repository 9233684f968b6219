"""A hall full of people who all press the button at one moment, and what the database must say afterwards.

Several server processes, one HTTP connection for each person; everybody has opened the page before anybody sends.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from threading import Barrier

import requests
from flask import Flask
from sqlalchemy import select

from bench.servers import serving
from portal import links
from portal.db import db
from portal.domain.events.models import Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers import queries
from portal.domain.volunteers.models import SignUp, SignUpState
from tests.factories.events import make_shift
from tests.factories.volunteers import make_sign_up

FOUR_PROCESSES = ("--worker-class", "gthread", "--workers", "4", "--threads", "4")
LIMITS = ("RATELIMIT_SIGN_UP", "RATELIMIT_SIGN_UP_OVERALL", "RATELIMIT_LINK")
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
WAIT_SECONDS = 60


class Guest:
    """One person in the hall, with a browser of their own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = requests.Session()
        self.http.trust_env = False
        # A server ends connections that nothing comes by while the others get ready.
        self.http.headers.update({"Connection": "close", "Sec-Fetch-Site": "same-origin"})

    def open(self, path: str) -> str:
        """Open a page; gives it."""
        answer = self.http.get(self.address + path, timeout=WAIT_SECONDS)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def send(self, path: str, **form: str | int) -> int:
        """Send a form; gives the status of the answer."""
        answer = self.http.post(self.address + path, form, timeout=WAIT_SECONDS, allow_redirects=False)
        return answer.status_code


@contextmanager
def four_processes(settings: dict[str, str]) -> Iterator[str]:
    """Serve the portal by four processes, with limits that hall after hall on one address does not reach."""
    raised = dict.fromkeys(LIMITS, "1000000 per hour")
    with serving("portal:create_app()", FOUR_PROCESSES, settings | raised) as server:
        yield f"http://127.0.0.1:{server.port}"


def race(ready: list[Callable[[Callable[[], object]], int]]) -> Counter[int]:
    """Let everybody get ready, and go when all are; gives how many answers of each status came."""
    barrier = Barrier(len(ready))
    with ThreadPoolExecutor(len(ready)) as pool:
        under_way = [pool.submit(one, lambda: barrier.wait(WAIT_SECONDS)) for one in ready]
        return Counter(one.result() for one in under_way)


def rush(app: Flask, address: str, people: int, places: int) -> int:
    """Let so many people race for the places of a new shift, and fail unless all is right; gives the shift's id."""
    with app.app_context():
        shift = make_shift(places=places)
        db.session.commit()
        event_id, shift_id = shift.event_id, shift.id
        db.session.remove()

    def signs_up(email: str) -> Callable[[Callable[[], object]], int]:
        def run(all_are_ready: Callable[[], object]) -> int:
            guest = Guest(address)
            assert f'value="{shift_id}"' in guest.open(f"/events/{event_id}")
            all_are_ready()
            entries = {"shift": shift_id, "name": email[:7], "email": email, "adult": "y"}
            return guest.send(f"/events/{event_id}/sign-up", **entries)

        return run

    emails = [f"guest-{number}-of-{shift_id}@example.org" for number in range(people)]
    assert race([signs_up(email) for email in emails]) == {303: people}
    with app.app_context():
        _assert_all_have_their_turn(shift_id, emails, places)
        db.session.remove()
    return shift_id


def leave_at_once(app: Flask, address: str, shift_id: int, leavers: int) -> None:
    """Let so many who hold a place give it back at one moment, and fail unless the first in line have them then."""
    with app.app_context():
        before = _rows(shift_id)
        held = [row for row in before if row.state == SignUpState.PENDING]
        line = [row.id for row in before if row.state == SignUpState.WAITING]
        # Every second one, so that those who stay are not just the first.
        leaving = held[::2][:leavers]
        tokens = {row.id: _link_of(app, row.person_id) for row in leaving}
        db.session.remove()

    assert race([_leaving(address, ident, token) for ident, token in tokens.items()]) == {303: leavers}
    with app.app_context():
        gone = {row.id for row in leaving}
        _assert_the_first_in_line_moved_up(shift_id, {row.id for row in held} - gone, gone, line)
        db.session.remove()


def leave_two_shifts_at_once(app: Flask, address: str, leavers: int) -> None:
    """Let all leave two shifts of two events that are at the same time, with the same people in line for both.

    Fails unless each of the first in line has a place in one of the two, and nobody in both.
    """
    with app.app_context():
        # Of two campaigns, whose rows would make the changes wait for each other if it were one.
        first, second = (make_shift(places=leavers) for _ in range(2))
        # Nobody of an earlier round, who has a place at this time.
        line = [f"waits-{number}-for-{first.id}@example.org" for number in range(leavers * 3)]
        holders = [make_sign_up(shift, proved=True) for shift in (first, second) for _ in range(leavers)]
        for email in line:
            for shift in (first, second):
                make_sign_up(shift, email=email, proved=True)
        db.session.commit()
        ids = first.id, second.id
        tokens = {row.id: _link_of(app, row.person_id) for row in holders}
        db.session.remove()
    assert race([_leaving(address, ident, token) for ident, token in tokens.items()]) == {303: leavers * 2}
    with app.app_context():
        have = [row.person.email for ident in ids for row in _rows(ident) if row.person and row.holds_place]
        assert sorted(have) == sorted(line[: leavers * 2])
        assert [_counts(ident) for ident in ids] == [(leavers, leavers * 2)] * 2
        db.session.remove()


def _leaving(address: str, sign_up_id: int, token: str) -> Callable[[Callable[[], object]], int]:
    def run(all_are_ready: Callable[[], object]) -> int:
        guest = Guest(address)
        assert guest.http.get(f"{address}/s/{token}", timeout=WAIT_SECONDS).status_code == 200
        found = TOKEN.search(guest.open(f"/me/sign-ups/{sign_up_id}"))
        assert found is not None
        all_are_ready()
        return guest.send(f"/me/sign-ups/{sign_up_id}/cancel", csrf_token=unescape(found[1]))

    return run


def _link_of(app: Flask, person_id: int | None) -> str:
    person = db.session.get_one(Person, person_id)
    link = links.Link(links.HELP, str(person.id), person.link_nonce)
    return links.sign(link, app.config["SECRET_KEY"])


def _assert_all_have_their_turn(shift_id: int, emails: list[str], places: int) -> None:
    rows = _rows(shift_id)
    waiting = len(emails) - places
    # Ids are given in the order of commit, as all changes of sign-ups take turns.
    assert [row.number for row in rows] == list(range(1, len(emails) + 1))
    assert [row.state for row in rows] == [SignUpState.PENDING] * places + [SignUpState.WAITING] * waiting
    assert sorted(row.person.email for row in rows if row.person) == sorted(emails)
    positions = queries.positions(rows)
    assert [positions[row.id] for row in rows[places:]] == list(range(1, waiting + 1))
    assert len(positions) == waiting
    assert _counts(shift_id) == (places, waiting)
    assert _mails(rows) == {("sign_up_confirm", row.id): 1 for row in rows}


def _assert_the_first_in_line_moved_up(
    shift_id: int, stayed: set[int], gone: set[int], line: list[int]
) -> None:
    rows = _rows(shift_id)
    moved_up, still = line[: len(gone)], line[len(gone) :]
    holders = {row.id for row in rows if row.holds_place}
    assert holders == stayed | set(moved_up)
    assert {row.id for row in rows if row.state == SignUpState.CANCELLED} == gone
    positions = queries.positions(rows)
    assert [positions[ident] for ident in still] == list(range(1, len(still) + 1))
    assert len(positions) == len(still)
    assert _counts(shift_id) == (len(holders), len(still))
    expected = Counter({("sign_up_confirm", row.id): 1 for row in rows})
    expected.update(("sign_up_moved_up", ident) for ident in moved_up)
    expected.update(("sign_up_given_back", ident) for ident in gone)
    assert _mails(rows) == expected


def _rows(shift_id: int) -> list[SignUp]:
    own = select(SignUp).where(SignUp.shift_id == shift_id).order_by(SignUp.id)
    return list(db.session.scalars(own))


def _counts(shift_id: int) -> tuple[int, int]:
    shift = db.session.get_one(Shift, shift_id)
    return shift.taken, shift.waiting


def _mails(rows: list[SignUp]) -> Counter[tuple[str, int]]:
    """Give how many mails of each kind there are about each sign-up; every mail goes to whose it is."""
    whose = {row.id: row.person_id for row in rows}
    found: Counter[tuple[str, int]] = Counter()
    for mail in db.session.scalars(select(OutboxMail)):
        for ident in mail.about.get("sign_ups", ()):
            if ident in whose:
                assert mail.person_id == whose[ident]
                found[mail.kind, ident] += 1
    return found
