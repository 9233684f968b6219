"""The worker's round: one lease a sweep, a dead holder's taken over, and a full round leaves nothing for later."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.cli.worker import sweep_once
from portal.clock import now
from portal.db import db
from portal.domain.donations.models import EventState, ProviderEvent
from portal.domain.messages.models import Lease, MailState, OutboxMail
from portal.domain.messages.service import release_lease, take_lease
from tests.factories.donations import make_donation, make_payment, make_provider_event
from tests.factories.people import make_mail
from tests.foundation.servers import Mailbox
from tests.sandbox.live import StandIn

pytestmark = pytest.mark.usefixtures("db_session")
MORE_THAN_A_BATCH = 60


@pytest.mark.both_databases
def test_a_lease_is_held_by_one_at_a_time() -> None:
    moment = now()
    assert take_lease("mails", "one", timedelta(minutes=1), moment)
    assert take_lease("mails", "one", timedelta(minutes=1), moment)
    assert not take_lease("mails", "other", timedelta(minutes=1), moment)
    assert take_lease("mails", "other", timedelta(minutes=1), moment + timedelta(minutes=2))
    release_lease("mails", "other", moment)
    assert take_lease("mails", "one", timedelta(minutes=1), moment)


def test_the_lease_of_a_worker_that_was_killed_is_taken_over(app: Flask, mailbox: Mailbox) -> None:
    queue_mails(app, mailbox, 1)
    hold("mails", f"{socket.gethostname()}:{dead_process()}")
    assert sweep_once()["mails"] == 1


@pytest.mark.parametrize("holder", ["another-machine:1", f"{socket.gethostname()}:{os.getppid()}"])
def test_the_lease_of_a_worker_that_may_live_is_left_alone(app: Flask, mailbox: Mailbox, holder: str) -> None:
    queue_mails(app, mailbox, 1)
    hold("mails", holder)
    assert sweep_once(everything=True)["mails"] == 0
    assert mailbox.received == []


def test_a_full_round_sends_every_mail_that_is_due(app: Flask, mailbox: Mailbox) -> None:
    queue_mails(app, mailbox, MORE_THAN_A_BATCH)
    assert sweep_once(everything=True)["mails"] == MORE_THAN_A_BATCH
    sent = select(func.count()).select_from(OutboxMail).where(OutboxMail.state == MailState.SENT)
    assert db.session.scalar(sent) == len(mailbox.received) == MORE_THAN_A_BATCH


def test_a_full_round_tries_every_event_that_failed(stand_in: StandIn) -> None:
    for number in range(MORE_THAN_A_BATCH):
        make_provider_event(session_id=f"cs_test_nobody_{number}", state=EventState.FAILED, attempts=1)
    db.session.commit()
    assert sweep_once(everything=True)["failed-events"] == 0
    assert set(db.session.scalars(select(ProviderEvent.attempts))) == {2}


def hold(name: str, holder: str) -> None:
    """Let somebody hold a sweep's lease."""
    db.session.add(Lease(name=name, holder=holder, until=now() + timedelta(minutes=5)))
    db.session.commit()


def dead_process() -> int:
    """Give the number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def queue_mails(app: Flask, mailbox: Mailbox, number: int) -> None:
    """Queue thank-yous and point the app to the mailbox."""
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{mailbox.port}"
    donation = make_donation(state="paid", paid_at=now())
    make_payment(donation)
    for _ in range(number):
        make_mail(about={"donation_id": donation.id})
    db.session.commit()
