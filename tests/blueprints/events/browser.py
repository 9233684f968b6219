"""Somebody who helps, before a browser of their own, and what is in the database behind it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from portal import links
from portal.clock import now
from portal.db import Base, db
from portal.domain.events.models import Event, Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers.due import lapse_due
from portal.domain.volunteers.models import SignUp
from portal.web.asked import COOKIE
from portal.web.known import VISIT_COOKIE
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up
from tests.foundation.pages import Page, PageClient

EMAIL = "mina@example.org"


@dataclass
class Helper:
    """A browser that signs up, with `email` for an address."""

    app: Flask
    email: str = EMAIL
    page: PageClient = field(init=False)

    def __post_init__(self) -> None:
        self.page = PageClient(self.app.test_client())

    def event(self, **facts: Any) -> int:
        """Add an event without shifts; gives its id."""
        with self.app.app_context():
            event = make_event(**facts)
            db.session.commit()
            return event.id

    def shift(self, event_id: int | None = None, **facts: Any) -> int:
        """Add a shift; gives its id."""
        with self.app.app_context():
            shift = make_shift(db.session.get(Event, event_id) if event_id else None, **facts)
            db.session.commit()
            return shift.id

    def taken_by(self, shift_id: int, email: str, *, proved: bool = True) -> int:
        """Sign somebody else up; gives the sign-up's id."""
        with self.app.app_context():
            made = make_sign_up(db.session.get_one(Shift, shift_id), email=email, proved=proved)
            db.session.commit()
            return made.id

    def change(self, model: type[Base], ident: int, **facts: Any) -> None:
        """Change a row behind the portal's back."""
        with self.app.app_context():
            for name, value in facts.items():
                setattr(db.session.get_one(model, ident), name, value)
            db.session.commit()

    def let_claims_run_out(self) -> None:
        """Let what this browser was told hold no longer, and what it claimed lapse."""
        with self.app.app_context():
            secret = self.app.config["SECRET_KEY"]
            rows = [[*row[:-1], 0] for row in self.claims()]
            self.page.client.set_cookie(COOKIE, links.sign_asked([rows, 0, 1], secret))
            lapse_due(now() + timedelta(minutes=21), 100)
            db.session.commit()

    def claims(self) -> list[list[Any]]:
        """Give what this browser keeps of what it asked for: mark, shift, uid, state, place in line, until."""
        cookie = self.page.client.get_cookie(COOKIE)
        kept = links.read_asked(cookie.value, self.app.config["SECRET_KEY"]) if cookie else None
        return kept[0] if kept else []

    def follow_link(self, email: str = EMAIL) -> None:
        """Be known as the person of this address, as if their mailed link had been followed."""
        with self.app.app_context():
            person = db.session.scalars(select(Person).where(Person.email == email)).one()
            link = links.Link(links.HELP, str(person.id), person.link_nonce)
            self.page.client.set_cookie(VISIT_COOKIE, links.sign_visit(link, self.app.config["SECRET_KEY"]))

    def look(self, event_id: int, query: str = "") -> Page:
        """Open an event's page."""
        return self.page.get(f"/events/{event_id}{query}")

    def event_of(self, shift_id: int) -> int:
        """Give the event of a shift."""
        with self.app.app_context():
            return db.session.get_one(Shift, shift_id).event_id

    def sign_up(self, *shift_ids: int, **entries: Any) -> Page:
        """Send the form of the first shift's event, from its page."""
        event_id = entries.pop("event_id", None) or self.event_of(shift_ids[0])
        headers = entries.pop("headers", {})
        shifts = [str(one) for one in shift_ids]
        form = {"shift": shifts, "name": "Mina", "email": self.email, "adult": "y", **entries}
        return self.page.post(f"/events/{event_id}/sign-up", form, headers=headers)

    def came_to(self, *shift_ids: int, **entries: Any) -> Page:
        """Sign up and go where that leads."""
        answer = self.sign_up(*shift_ids, **entries)
        assert answer.status == 303, answer.text
        return self.page.get(answer.location or "")

    def rows(self) -> list[tuple[str, int, str, str]]:
        """Give every sign-up: address, shift, state and name."""
        with self.app.app_context():
            found = db.session.execute(
                select(Person.email, SignUp.shift_id, SignUp.state, SignUp.name)
                .join(Person, SignUp.person_id == Person.id)
                .order_by(SignUp.id)
            )
            return [tuple(row) for row in found]

    def counts(self, shift_id: int) -> tuple[int, int]:
        """Give how many hold a place in a shift, and how many wait."""
        with self.app.app_context():
            shift = db.session.get_one(Shift, shift_id)
            return shift.taken, shift.waiting

    def mails(self) -> list[str]:
        """Give the kinds of the queued mails."""
        with self.app.app_context():
            return list(db.session.scalars(select(OutboxMail.kind).order_by(OutboxMail.id)))

    def count(self, model: type) -> int:
        """Count rows."""
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(model)) or 0
