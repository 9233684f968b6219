"""Somebody signed in before a browser of their own, and what is in the database behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role, User
from portal.domain.events.models import Event, Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from tests.factories.accounts import make_user
from tests.factories.campaigns import make_campaign
from tests.factories.events import make_event, make_host, make_shift
from tests.factories.volunteers import make_sign_up
from tests.foundation.members import sign_in
from tests.foundation.pages import Page, PageClient


class Member:
    """A browser of one account, Ann's unless another address is named."""

    def __init__(self, app: Flask, email: str = "ann@example.org", *roles: Role, **facts: Any) -> None:
        self.app, self.email = app, email
        self.page = PageClient(app.test_client())
        with self.database():
            user = make_user(*roles, **({"email": email, "name": email.partition("@")[0].title()} | facts))
            self.person_id, self.user_id = user.person_id, user.id
        sign_in(self.page.client, app, self.user_id)

    @contextmanager
    def database(self) -> Iterator[None]:
        """The database as it is now; what is changed within is committed."""
        with self.app.app_context():
            yield
            db.session.commit()

    def event(self, *, host: bool = True, **facts: Any) -> int:
        """Add an event that this member hosts; gives its id."""
        with self.database():
            event = make_event(**facts)
            if host:
                make_host(event, db.session.get_one(Person, self.person_id))
            return event.id

    def shift(self, event_id: int, **facts: Any) -> int:
        """Add a shift; gives its id."""
        with self.database():
            return make_shift(db.session.get_one(Event, event_id), **facts).id

    def taken_by(self, shift_id: int, *emails: str, **facts: Any) -> list[int]:
        """Sign people up; gives the sign-ups' ids."""
        with self.database():
            shift = db.session.get_one(Shift, shift_id)
            return [
                make_sign_up(shift, email=email, name=email.partition("@")[0], **facts).id for email in emails
            ]

    def campaign(self) -> int:
        """Add a campaign; gives its id."""
        with self.database():
            return make_campaign().id

    def send(self, page: Page, path: str, **entries: Any) -> Page:
        """Send a form of a page that was seen, with its token."""
        token = page.field("csrf_token").get("value") or ""
        return self.page.post(path, {"csrf_token": token, **entries})

    def press(self, path: str, **entries: Any) -> Page:
        """Send a form with a token of this browser, whichever page it is from."""
        return self.send(self.page.get("/hosting/new"), path, **entries)

    def proposal(self, **entries: Any) -> dict[str, Any]:
        """Give the entries of a good proposal, for a campaign of its own unless one is named."""
        first = (now() + timedelta(days=20)).date()
        good: dict[str, Any] = {
            "title": "Reading group",
            "summary": "We read and talk.",
            "timezone": "Europe/Dublin",
            "place": "Rivermouth",
            "exact_place": "Quay Street 7",
            "what_to_bring": "",
            "languages": ["en", "ko"],
            "names_seen_by": "hosts",
            "first_day": f"{first}",
            "last_day": "",
            "starts": "10:00",
            "ends": "14:00",
            "minutes": "120",
            "changeover": "0",
            "role": ["Reader", "", ""],
            "places": ["3", "", ""],
            "no_crossing": "y",
            "no_payment_inside": "y",
        }
        if "campaign" not in entries:
            good["campaign"] = str(self.campaign())
        return good | entries

    def row(self, model: Any, ident: int) -> Any:
        """A row that can only be read."""
        with self.app.app_context():
            return db.session.get_one(model, ident)

    def only(self, model: Any) -> Any:
        """The only row of a table, that can only be read."""
        with self.app.app_context():
            return db.session.scalars(select(model)).one()

    def count(self, model: Any) -> int:
        """How many rows a table has."""
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(model)) or 0

    def mails(self, kind: str) -> list[str]:
        """Who is mailed something of a kind."""
        with self.app.app_context():
            found = select(Person.email).join(OutboxMail, OutboxMail.person_id == Person.id)
            return list(db.session.scalars(found.where(OutboxMail.kind == kind).order_by(Person.email)))

    def trust(self) -> None:
        """Let this member publish alone."""
        with self.database():
            db.session.get_one(User, self.user_id).trusted_host = True
