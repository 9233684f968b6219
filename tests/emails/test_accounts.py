"""Mails about accounts: to whom, with which link, and what is never in them."""

import pytest

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.accounts import service
from portal.domain.messages.models import OutboxMail
from portal.emails import accounts
from portal.emails.render import Email, render
from tests.emails.test_render import TELLING
from tests.factories.accounts import make_user
from tests.factories.campaigns import make_group

pytestmark = pytest.mark.usefixtures("db_session")
OLD, NEW = "mina@example.org", "new@example.org"


@pytest.mark.parametrize("kind", sorted(accounts.KINDS))
def test_a_mail_about_an_account_says_nothing_of_what_the_portal_is_for(kind: str) -> None:
    mail = mail_of(kind)
    everything = f"{mail.subject}\n{mail.text}\n{mail.html}\n{mail.sender_name}".lower()
    assert [word for word in TELLING if word in everything] == []
    assert "민아" not in everything


@pytest.mark.parametrize(
    ("kind", "to"),
    [("password_link", OLD), ("password_set", OLD), ("email_link", NEW), ("email_changed", OLD)],
)
def test_a_mail_goes_to_the_address_that_it_is_about(kind: str, to: str) -> None:
    assert mail_of(kind).to == to


@pytest.mark.parametrize(
    ("kind", "purpose"), [("password_link", links.PASSWORD), ("email_link", links.EMAIL)]
)
def test_a_link_has_its_one_purpose_and_is_not_kept(app_secret: str, kind: str, purpose: str) -> None:
    mail = mail_of(kind)
    token = mail.text.split("/s/")[1].split()[0]
    assert links.read(token, app_secret).purpose == purpose
    assert token not in mail.masked_text


def test_an_address_that_was_thought_better_of_is_not_mailed() -> None:
    make_group()
    user = make_user(email=OLD)
    service.ask_to_change_email(user, NEW, now())
    user.new_email = None
    with pytest.raises(accounts.NothingToSay):
        render(queued("email_link"))


def mail_of(kind: str) -> Email:
    """Let happen what sends this mail, and render it."""
    make_group()
    user = make_user(email=OLD, name="민아")
    if kind == "password_link":
        service.ask_for_password(OLD, now())
    elif kind == "password_set":
        service.set_password(user, "hash", now())
    else:
        service.ask_to_change_email(user, NEW, now())
    if kind == "email_changed":
        service.change_email(user, now())
    return render(queued(kind))


def queued(kind: str) -> OutboxMail:
    """Give the one mail of a kind."""
    return db.session.scalars(db.select(OutboxMail).filter_by(kind=kind)).one()


@pytest.fixture
def app_secret(app: object) -> str:
    """What the links are signed with."""
    return str(app.config["SECRET_KEY"])  # type: ignore[attr-defined]
