"""The outbox over a real mail server: each mail once, also when the server refuses or is away."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cli import worker
from portal.clock import now
from portal.db import db
from portal.domain.messages.models import MailState, OutboxMail
from portal.domain.messages.rules import RETRY_AFTER_MINUTES
from portal.domain.messages.service import queue_mail
from portal.domain.volunteers.queries import get_sign_up
from portal.emails import send
from portal.emails.outbox import MOST_FAILURES, send_due_mails
from tests.emails.queues import assert_each_arrived_once, make_due, queue_many, stored
from tests.factories.campaigns import make_campaign
from tests.factories.donations import make_donation, make_payment
from tests.factories.events import make_shift
from tests.factories.people import make_person
from tests.factories.volunteers import make_sign_up
from tests.foundation.servers import Mailbox, free_port
from tests.journeys.postbox import Postbox

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


@pytest.mark.both_databases
def test_a_server_that_takes_and_never_answers_costs_one_mail_a_try_and_holds_up_nothing_else(
    app: Flask, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "TIMEOUT_SECONDS", 0.3)
    app.config["SMTP_URL"] = postbox.url
    queue_many(3)
    place = make_sign_up(make_shift(), proved=False, moment=now() - timedelta(days=2))
    db.session.commit()
    with postbox.hanging():
        done = worker.sweep_once()
    assert (done["lapses"], done["mails"]) == (1, 0)
    assert get_sign_up(place.id).state == "cancelled"
    # The oldest one of all is the one that asked to confirm the place that has just lapsed.
    assert attempts() == [0, 0, 1]
    make_due()
    monkeypatch.setattr(send, "TIMEOUT_SECONDS", 10)  # as long as a busy computer may take
    postbox.received.clear()
    assert send_due_mails(everything=True) == 3
    assert_each_arrived_once(postbox, 3)


def test_a_server_that_hangs_for_good_ends_even_a_round_that_is_to_send_everything(
    app: Flask, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "TIMEOUT_SECONDS", 0.2)
    app.config["SMTP_URL"] = postbox.url
    queue_many(10)
    with postbox.hanging():
        assert send_due_mails(everything=True) == 0
    assert sum(attempts()) == MOST_FAILURES


@pytest.mark.parametrize("greeting", [b"", b"220 here\r\n"])
def test_a_server_that_says_nothing_or_never_comes_to_an_end_does_not_hold_the_worker(
    app: Flask, greeting: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "TIMEOUT_SECONDS", 0.3)
    monkeypatch.setattr(send, "SEND_SECONDS", 0.5)
    queue_thanks()
    with babbling(greeting) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        assert send_due_mails(everything=True) == 0
    assert (stored().state, stored().attempts) == (MailState.QUEUED, 1)


def test_a_connection_that_breaks_leaves_the_mails_behind_it_to_the_next_one(
    app: Flask, mailbox: Mailbox
) -> None:
    app.config["SMTP_URL"] = mailbox.url
    queue_many(4)
    mailbox.refusal = "421 too many mails over this connection"
    assert send_due_mails() == 0
    assert attempts() == [0, 0, 0, 1]
    mailbox.refusal = None
    assert send_due_mails() == 3


@pytest.mark.both_databases
@pytest.mark.parametrize("refusal", ["451 come back later", "550 no such mailbox", "away"])
def test_after_an_hour_of_refusals_each_mail_is_sent_once(app: Flask, refusal: str) -> None:
    mailbox = Mailbox()
    app.config["SMTP_URL"] = mailbox.url
    queue_many(3)
    if refusal == "away":
        assert [try_now() for _ in range(5)] == [0] * 5
    else:
        mailbox.refusal = refusal
        with mailbox.running():
            assert [try_now() for _ in range(5)] == [0] * 5
        mailbox.refusal = None
    assert attempts() == [5, 5, 5]
    with mailbox.running():
        assert [try_now(), try_now()] == [3, 0]
    assert_each_arrived_once(mailbox, 3)


def attempts() -> list[int]:
    """How often each mail that is still to be sent was tried, the least first."""
    db.session.rollback()
    return sorted(db.session.scalars(select(OutboxMail.attempts).where(OutboxMail.state == MailState.QUEUED)))


def try_now() -> int:
    """Let the time of the next try come, and try."""
    make_due()
    return send_due_mails(everything=True)


@contextmanager
def babbling(greeting: bytes) -> Iterator[int]:
    """A server that says this, and then, if it was anything, speaks on and on; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening, ExitStack() as connections:
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                with suppress(OSError):
                    connection = connections.enter_context(listening.accept()[0])
                    connection.sendall(greeting)
                    while greeting and not over.wait(0.1):
                        connection.sendall(b"250-and another thing\r\n")

        listening.settimeout(0.1)
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            thread.join()


def queue_thanks() -> None:
    """Queue the thank-you of a paid gift."""
    donation = make_donation(make_campaign(), state="paid", paid_at=now())
    person = make_person(email="mina@example.org")
    donation.person_id = person.id
    make_payment(donation)
    queue_mail("thank_you", f"thanks:{donation.id}", person.id, {"donation_id": donation.id}, now())
    db.session.commit()


def url_of(mailbox: Mailbox) -> str:
    """The setting that points to this mailbox."""
    return f"smtp://127.0.0.1:{mailbox.port}"


def text_of(message: EmailMessage) -> str:
    """The plain text of a received mail."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A mail server that can be made to hang."""
    with Postbox().running() as box:
        yield box
