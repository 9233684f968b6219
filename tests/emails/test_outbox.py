"""The outbox over a real mail server: each mail once, also when the server refuses or is away."""

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.clock import now
from portal.db import db
from portal.domain.messages.models import MailState, OutboxMail
from portal.domain.messages.rules import RETRY_AFTER_MINUTES, wait_before_try, was_last_try
from portal.domain.messages.service import queue_mail
from portal.emails.outbox import send_due_mails
from tests.factories.campaigns import make_campaign
from tests.factories.donations import make_donation, make_payment
from tests.factories.people import make_person
from tests.foundation.servers import Mailbox, free_port

pytestmark = pytest.mark.usefixtures("db_session")


def test_a_queued_mail_is_sent_once(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMTP_URL"] = url_of(mailbox)
    queue_thanks()
    assert [send_due_mails(), send_due_mails()] == [1, 0]
    (received,) = mailbox.received
    mail = stored()
    assert (mail.state, mail.subject) == (MailState.SENT, received["Subject"])
    assert received["Message-ID"] == f"<{mail.message_id}@127.0.0.1>"
    assert received["To"] == "mina@example.org"
    assert received["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in received.iter_parts()] == ["text/plain", "text/html"]


def test_a_mail_of_the_same_key_is_not_queued_again() -> None:
    queue_thanks()
    mail = stored()
    queue_mail("thank_you", mail.unique_key, mail.person_id, {}, now())
    assert len(db.session.scalars(select(OutboxMail)).all()) == 1


def test_what_is_kept_has_no_link_that_opens(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMTP_URL"] = url_of(mailbox)
    queue_thanks()
    send_due_mails()
    token = text_of(mailbox.received[0]).split("/s/")[1].split()[0]
    assert token not in (stored().masked_text or "")


def test_a_link_stands_on_one_line_of_the_mail_as_it_travels(app: Flask, tmp_path: Path) -> None:
    app.config["SMTP_URL"] = f"file://{tmp_path}/mails"
    queue_thanks()
    send_due_mails()
    (file,) = (tmp_path / "mails").glob("*.eml")
    (line,) = [line for line in file.read_text().splitlines() if line.startswith("http://127.0.0.1:5000/s/")]
    assert not line.endswith("=")


def test_a_server_that_refuses_is_tried_again_later_with_the_same_id(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMTP_URL"] = url_of(mailbox)
    queue_thanks()
    mailbox.refusal = "451 come back later"
    assert send_due_mails() == 0
    mail = stored()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 1)
    assert "451" in (mail.last_error or "")
    assert mail.next_try_at > now()
    mailbox.refusal = None
    make_due()
    assert send_due_mails() == 1
    assert mailbox.received[0]["Message-ID"] == f"<{mail.message_id}@127.0.0.1>"


def test_a_server_that_is_away_keeps_every_mail_waiting(app: Flask) -> None:
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"
    queue_thanks()
    assert send_due_mails() == 0
    assert (stored().state, stored().attempts) == (MailState.QUEUED, 1)


def test_no_mail_server_at_all_keeps_every_mail_waiting(app: Flask) -> None:
    app.config["SMTP_URL"] = ""
    queue_thanks()
    assert send_due_mails() == 0
    assert "SMTP_URL" in (stored().last_error or "")


def test_a_mail_that_failed_for_a_day_is_left_for_a_person(app: Flask) -> None:
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"
    queue_thanks()
    for _ in range(len(RETRY_AFTER_MINUTES) + 1):
        make_due()
        send_due_mails()
    assert stored().state == MailState.FAILED
    make_due()
    assert send_due_mails() == 0


def test_one_mail_that_cannot_be_made_does_not_hold_up_the_others(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMTP_URL"] = url_of(mailbox)
    queue_mail("unheard-of", "x", make_person().id, {}, now() - timedelta(hours=1))
    db.session.commit()
    queue_thanks()
    assert send_due_mails() == 1
    assert len(mailbox.received) == 1


def test_on_a_developer_s_computer_mails_are_files(app: Flask, tmp_path: Path) -> None:
    app.config["SMTP_URL"] = f"file://{tmp_path}/mails"
    queue_thanks()
    assert send_due_mails() == 1
    (file,) = (tmp_path / "mails").glob("*.eml")
    assert b"Thank you" in file.read_bytes()


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "127.0.0.1:25"])
def test_an_address_that_is_no_mail_server_is_told(app: Flask, url: str) -> None:
    app.config["SMTP_URL"] = url
    queue_thanks()
    assert send_due_mails() == 0
    assert "SMTP_URL must start with" in (stored().last_error or "")


def test_waiting_grows_and_ends_after_about_a_day() -> None:
    waits = [wait_before_try(attempts) for attempts in range(1, len(RETRY_AFTER_MINUTES) + 2)]
    assert waits == sorted(waits)
    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=48)
    assert not was_last_try(len(RETRY_AFTER_MINUTES))
    assert was_last_try(len(RETRY_AFTER_MINUTES) + 1)


def queue_thanks() -> None:
    """Queue the thank-you of a paid gift."""
    donation = make_donation(make_campaign(), state="paid", paid_at=now())
    person = make_person(email="mina@example.org")
    donation.person_id = person.id
    make_payment(donation)
    queue_mail("thank_you", f"thanks:{donation.id}", person.id, {"donation_id": donation.id}, now())
    db.session.commit()


def stored() -> OutboxMail:
    """The one mail in the outbox, as it stands now."""
    db.session.rollback()
    return db.session.scalars(select(OutboxMail)).one()


def make_due() -> None:
    """Let the time of the next try come."""
    db.session.execute(update(OutboxMail).values(next_try_at=now() - timedelta(seconds=1)))
    db.session.commit()


def url_of(mailbox: Mailbox) -> str:
    """The setting that points to this mailbox."""
    return f"smtp://127.0.0.1:{mailbox.port}"


def text_of(message: EmailMessage) -> str:
    """The plain text of a received mail."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
