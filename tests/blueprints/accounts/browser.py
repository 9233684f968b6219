"""Somebody with an account, before a browser of theirs."""

from typing import Any

from flask import Flask
from flask_security import hash_password
from sqlalchemy import func, select

from portal import links
from portal.db import db
from portal.domain.accounts import queries
from portal.domain.accounts.models import Role, User
from portal.domain.audit.models import AuditEntry
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from tests.factories.accounts import make_user
from tests.foundation.pages import Page, PageClient

EMAIL, PASSWORD = "mina@example.org", "four quiet words here"


class Member:
    """A browser; `email` is what its person signs in with."""

    def __init__(self, app: Flask, email: str = EMAIL) -> None:
        self.app, self.email = app, email
        self.page = PageClient(app.test_client())

    def has_account(self, *roles: Role, password: str = PASSWORD, **facts: Any) -> "Member":
        """Give this person an account with a password."""
        with self.app.app_context():
            user = make_user(*roles, email=self.email, **facts)
            user.password = hash_password(password)
            db.session.commit()
        return self

    def another_browser(self) -> "Member":
        """Give another browser of the same person."""
        return Member(self.app, self.email)

    def copy(self) -> "Member":
        """Give a browser that somebody copied this one's cookies into."""
        thief = self.another_browser()
        thief.page.client._cookies = dict(self.page.client._cookies)  # type: ignore[attr-defined]
        return thief

    def sign_in(self, password: str = PASSWORD, query: str = "", **entries: str) -> Page:
        """Sign in by the form."""
        return self.send("/sign-in", page=f"/sign-in{query}", email=self.email, password=password, **entries)

    def send(self, path: str, *, page: str = "", **entries: str) -> Page:
        """Send a form of a page, by default of the one at the same address."""
        token = self.page.get(page or path).field("csrf_token").get("value") or ""
        return self.page.post(path, {"csrf_token": token, **entries})

    def is_signed_in(self) -> bool:
        """Tell whether this browser's account opens."""
        return self.page.get("/me/account").status == 200

    def follow(self, purpose: str = links.PASSWORD) -> Page:
        """Follow the newest link of a purpose, as it was mailed, and go where it leads."""
        return self.page.get(f"/s/{self.token(purpose)}", follow_redirects=True)

    def token(self, purpose: str = links.PASSWORD) -> str:
        """Give the token of a link as it would be mailed now."""
        with self.app.app_context():
            person = db.session.scalars(select(Person).where(Person.email == self.email)).one()
            user = queries.find_user_of(person.id)
            nonces = {
                links.PASSWORD: user.password_nonce if user else person.link_nonce,
                links.EMAIL: user.new_email_nonce if user else None,
            }
            link = links.Link(purpose, str(person.id), nonces.get(purpose) or person.link_nonce)
            return links.sign(link, self.app.config["SECRET_KEY"])

    def user(self) -> User | None:
        """Give the account, as a row that can only be read."""
        with self.app.app_context():
            return queries.find_user_by_email(self.email)

    def mails(self) -> list[tuple[str, str]]:
        """Give kind and address of every queued mail."""
        with self.app.app_context():
            found = db.session.execute(
                select(OutboxMail.kind, Person.email)
                .join(Person, OutboxMail.person_id == Person.id)
                .order_by(OutboxMail.id)
            )
            return [(kind, email) for kind, email in found]

    def noted(self) -> list[str]:
        """Give the actions in the audit log."""
        with self.app.app_context():
            return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))

    def count(self, model: type) -> int:
        """Count rows."""
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(model)) or 0
