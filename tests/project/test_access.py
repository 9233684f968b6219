"""Who may what: every route as everybody there is, against product words and not against the table that it tests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.audit.models import AuditEntry
from portal.domain.events.models import EventHost
from portal.web.access import ACCESS, EXTENSION, OPEN
from tests.factories.accounts import make_user
from tests.factories.campaigns import make_group
from tests.factories.events import make_event
from tests.foundation.members import sign_in
from tests.foundation.pages import PageClient

EVERYBODY = ("nobody", "volunteer", "another host", "host", "organizer", "treasurer", "admin")
MEMBERS = frozenset(EVERYBODY) - {"nobody"}
CAMPAIGNS_AND_PEOPLE = frozenset({"organizer", "admin"})
MONEY = frozenset({"treasurer", "admin"})
DESK = frozenset({"organizer", "treasurer", "admin"})
# By the first part of an endpoint, and where one differs by all of it: who may, in the words of the product.
WHO_MAY: dict[str, frozenset[str]] = {
    "accounts": MEMBERS,
    "hosting": frozenset({"host", "organizer", "admin"}),
    "hosting.index": MEMBERS,
    "hosting.new": MEMBERS,
    "hosting.preview": MEMBERS,
    "hosting.propose": MEMBERS,
    # Whoever was asked to be a host; the page itself looks whether they were.
    "hosting.accept_host": MEMBERS,
    "hosting.decline_host": MEMBERS,
    "desk": DESK,
    "desk_campaigns": CAMPAIGNS_AND_PEOPLE,
    "desk_events": CAMPAIGNS_AND_PEOPLE,
    "people": CAMPAIGNS_AND_PEOPLE,
    "gifts": MONEY,
    "gifts.totals": DESK,
    # Mails about gifts are the treasurer's, all others the organizer's; the page itself tells them apart.
    "outbox": DESK,
    "roles": frozenset({"admin"}),
    "roles.who_may": DESK,
    "desk_audit": frozenset({"admin"}),
}
GUARDED = sorted(endpoint for endpoint, rule in ACCESS.items() if not rule.audiences & OPEN)
INSIDE = "somebody got in"


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_into_what_is_theirs_and_finds_nothing_else(doors: "Doors", who: str) -> None:
    wrong = []
    for endpoint in GUARDED:
        expected = INSIDE if who in who_may(endpoint) else "sign in" if who == "nobody" else "not found"
        for method, path in doors.of(endpoint):
            found = doors.try_door(who, method, path)
            if found != expected:
                wrong.append((method, path, found, expected))
    assert wrong == []


def test_every_guarded_endpoint_is_spoken_for() -> None:
    assert [one for one in GUARDED if one not in WHO_MAY and one.partition(".")[0] not in WHO_MAY] == []


def test_an_undeclared_route_opens_to_nobody(doors: "Doors") -> None:
    del doors.app.extensions[EXTENSION]["hosting.index"]
    assert {doors.try_door(who, "GET", "/hosting") for who in EVERYBODY} == {"not found"}


def test_who_was_asked_to_host_and_has_not_said_yes_is_no_host(doors: "Doors") -> None:
    with doors.app.app_context():
        db.session.execute(db.update(EventHost).values(accepted_at=None))
        db.session.commit()
    ((method, path),) = doors.of("hosting.event")
    assert doors.try_door("host", method, path) == "not found"


def test_refused_access_is_noted_with_who_and_which_page(doors: "Doors") -> None:
    doors.try_door("volunteer", "GET", "/desk/gifts")
    with doors.app.app_context():
        (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "access.refused"))
        assert (entry.person_id, entry.subject) == (doors.person_ids["volunteer"], "page:gifts.index")


def who_may(endpoint: str) -> frozenset[str]:
    """Give who may enter an endpoint."""
    return WHO_MAY.get(endpoint) or WHO_MAY[endpoint.partition(".")[0]]


@dataclass
class Door:
    """Somebody's browser, with the token of their session."""

    page: PageClient
    token: str


class Doors:
    """A portal behind whose guard nothing happens, and everybody there is, each before a browser of their own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.doors: dict[str, Door] = {}
        self.person_ids: dict[str, int] = {}
        with app.app_context():
            self.event_id, other_id = make_event().id, make_event().id
            users = {who: self._make(who, self.event_id, other_id) for who in EVERYBODY[1:]}
            db.session.commit()
        for who in EVERYBODY:
            page = PageClient(app.test_client())
            if who in users:
                sign_in(page.client, app, users[who])
            path = "/me/account" if who in users else "/sign-in"
            self.doors[who] = Door(page, page.get(path).field("csrf_token").get("value") or "")
        for endpoint in app.view_functions:
            app.view_functions[endpoint] = lambda **_values: INSIDE

    def _make(self, who: str, event_id: int, other_id: int) -> int:
        roles = [Role(who)] if who in set(Role) else []
        user = make_user(*roles, email=f"{who.replace(' ', '.')}@example.org")
        self.person_ids[who] = user.person_id
        for name, ident in (("host", event_id), ("another host", other_id)):
            if who == name:
                db.session.add(EventHost(event_id=ident, person_id=user.person_id, accepted_at=now()))
        return user.id

    def of(self, endpoint: str) -> Iterator[tuple[str, str]]:
        """Give the ways to ask for an endpoint, of the event that has the host."""
        for rule in self.app.url_map.iter_rules(endpoint):
            path = re.sub(r"<[^>]*event_id>", str(self.event_id), rule.rule)
            path = re.sub(r"<[^>]*>", "1", path)
            yield "POST" if "POST" in (rule.methods or ()) else "GET", path

    def try_door(self, who: str, method: str, path: str) -> str:
        """Give what somebody finds behind an address."""
        door = self.doors[who]
        answer = door.page.post(path, {"csrf_token": door.token}) if method == "POST" else door.page.get(path)
        if answer.location is not None and answer.location.partition("?")[0] == "/sign-in":
            return "sign in"
        return "not found" if answer.status == 404 else answer.text


@pytest.fixture
def doors(app: Flask) -> Doors:
    """Everybody there is."""
    with app.app_context():
        make_group()
        db.session.commit()
    return Doors(app)
