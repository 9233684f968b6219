"""The outbox and several workers: each mail once, whoever is slow and whatever is forgotten meanwhile."""

import asyncio
import threading
import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from config import Test
from portal import create_app
from portal.cli import worker
from portal.clock import now
from portal.db import db
from portal.domain.messages.models import MailState, OutboxMail
from portal.emails.outbox import send_due_mails
from tests.emails.queues import assert_each_arrived_once, queue_many, stored
from tests.factories.people import make_mail
from tests.foundation.databases import let_go
from tests.foundation.servers import Mailbox

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.mark.both_databases
def test_two_workers_at_once_send_each_mail_once(
    app: Flask, settings: dict[str, str], mailbox: Mailbox
) -> None:
    queue_many(40)
    other = create_app(Test(settings))
    workers = [start_worker(one, mailbox) for one in (app, other)]
    for one in workers:
        one.join()
    assert_each_arrived_once(mailbox, 40)
    let_go(other)


@pytest.mark.both_databases
def test_a_slow_server_does_not_let_a_second_worker_send_the_same_mails(
    app: Flask, settings: dict[str, str], mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue_many(8)
    started = now()
    with Slow(create_app(Test(settings)), mailbox).running() as slow:
        monkeypatch.setattr(worker, "now", lambda: started + len(slow.received) * worker.LEASE * 0.4)
        start_worker(app, slow).join()
    assert_each_arrived_once(slow, 8)
    assert mailbox.received == []


def test_who_may_not_send_any_more_leaves_the_rest_to_the_other_worker(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMTP_URL"] = mailbox.url
    queue_many(5)
    answers = iter([True, True, False])
    assert send_due_mails(everything=True, goes_on=lambda: next(answers)) == 2
    assert send_due_mails(everything=True) == 3
    assert_each_arrived_once(mailbox, 5)


def test_a_mail_that_another_worker_has_sent_meanwhile_is_not_sent_again(
    app: Flask, mailbox: Mailbox
) -> None:
    app.config["SMTP_URL"] = mailbox.url
    queue_many(3)

    def other_sends() -> bool:
        """Between the list of what is due and the send, which the other worker makes a list of its own for."""
        send_due_mails()
        return True

    assert send_due_mails(goes_on=other_sends) == 0
    assert_each_arrived_once(mailbox, 3)


@pytest.mark.both_databases
def test_a_mail_queued_under_the_id_of_one_that_was_forgotten_while_it_was_sent_is_sent_too(
    app: Flask,
) -> None:
    queue_many(1)
    with Forgetting(app).running() as mailbox:
        app.config["SMTP_URL"] = mailbox.url
        assert send_due_mails() == 1
        assert stored().state == MailState.QUEUED
        assert send_due_mails() == 1
    assert stored().state == MailState.SENT
    assert len({mail["Message-ID"] for mail in mailbox.received}) == 2


def start_worker(app: Flask, mailbox: Mailbox, rounds: int = 3) -> threading.Thread:
    """Start a worker of its own app that sweeps a few rounds."""

    def work() -> None:
        app.config["SMTP_URL"] = mailbox.url
        with app.app_context():
            for _ in range(rounds):
                worker.sweep_once(everything=True)
                time.sleep(0.05)
            db.session.remove()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


class Slow(Mailbox):
    """Takes a good part of a lease for a mail, while another worker sweeps, whose mails go to another server."""

    def __init__(self, other: Flask, mailbox: Mailbox) -> None:
        super().__init__()
        self._other, self._mailbox = other, mailbox

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take one mail, as aiosmtpd asks for it; with each the clock goes on."""
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.to_thread(start_worker(self._other, self._mailbox, rounds=1).join)
        let_go(self._other)
        return answer


class Forgetting(Mailbox):
    """While the first mail is under way it is forgotten, and another one is queued."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self._app = app

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take one mail, as aiosmtpd asks for it."""
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.received) == 1:
            await asyncio.to_thread(self._forget)
        return answer

    def _forget(self) -> None:
        with self._app.app_context():
            about = db.session.scalars(select(OutboxMail)).one().about
            db.session.execute(delete(OutboxMail))
            make_mail(about=about)
            db.session.commit()
