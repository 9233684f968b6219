"""A browser of somebody who helps, without the browser: the links mailed to them, and what was stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from flask import Flask
from sqlalchemy import func, select

from portal import links
from portal.db import db
from portal.domain.events.models import Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.people.queries import find_person_by_email
from portal.domain.volunteers.models import SignUp
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up
from tests.foundation.pages import Page, PageClient

MINA = "mina@example.org"


class Helper:
    """A browser of one person, Mina unless another address is named."""

    def __init__(self, app: Flask, page: PageClient, email: str = MINA) -> None:
        self.app, self.page, self.email = app, page, email

    @contextmanager
    def database(self) -> Iterator[None]:
        """The database as it is now; what is changed within is committed."""
        with self.app.app_context():
            yield
            db.session.commit()

    def sign_up(
        self,
        *,
        event: dict[str, Any] | None = None,
        shift: dict[str, Any] | None = None,
        shift_id: int | None = None,
        **facts: Any,
    ) -> int:
        """Sign this person up, for a shift of its own unless one is named; gives the sign-up's id."""
        with self.database():
            made = db.session.get(Shift, shift_id) if shift_id else None
            made = made or make_shift(make_event(**(event or {})), **(shift or {}))
            return make_sign_up(made, **({"email": self.email} | facts)).id

    def person(self) -> Person:
        """The person, as a row that can only be read."""
        with self.app.app_context():
            found = find_person_by_email(self.email)
            assert found is not None, "there is no such person any more"
            return found

    def row(self, sign_up_id: int) -> SignUp:
        """A sign-up, as a row that can only be read."""
        with self.app.app_context():
            return db.session.get_one(SignUp, sign_up_id)

    def mails(self) -> list[str]:
        """The kinds of all queued mails, in their order."""
        with self.app.app_context():
            return list(db.session.scalars(select(OutboxMail.kind).order_by(OutboxMail.id)))

    def count(self, model: Any) -> int:
        """How many rows a table has."""
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(model)) or 0

    def token(
        self, purpose: str, *, sign_up: int | None = None, age: timedelta = timedelta(), nonce: str = ""
    ) -> str:
        """Give the token of a link as it was mailed some time ago."""
        person = self.person()
        own = person.calendar_nonce if purpose == links.CALENDAR else person.link_nonce
        subject = str(person.id) if sign_up is None else f"{person.id}:{sign_up}"
        then = int((datetime.now(UTC) - age).timestamp())
        with mock.patch("itsdangerous.timed.TimestampSigner.get_timestamp", return_value=then):
            return links.sign(links.Link(purpose, subject, nonce or own), self.app.config["SECRET_KEY"])

    def follow(self, purpose: str = links.HELP, *, sign_up: int | None = None) -> Page:
        """Follow a link of theirs; gives the page that it leads to."""
        answer = self.page.get(f"/s/{self.token(purpose, sign_up=sign_up)}")
        assert answer.status == 303, answer.text
        return self.page.get(answer.location or "")

    def press(self, seen: Page, path: str, **entries: str) -> Page:
        """Send a form of a page that was seen, with its token."""
        token = seen.field("csrf_token").get("value") or ""
        return self.page.post(path, {"csrf_token": token, **entries})
