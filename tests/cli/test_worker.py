"""The worker's round: one lease a sweep, a dead holder's taken over, and a full round leaves nothing for later."""

import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from portal.cli import worker
from portal.cli.worker import sweep_once
from portal.clock import now
from portal.db import db
from portal.domain.donations.models import EventState, ProviderEvent
from portal.domain.messages.models import Lease, MailState, OutboxMail
from portal.domain.messages.service import release_lease, take_lease
from portal.domain.volunteers.queries import get_sign_up
from tests.factories.donations import make_donation, make_payment, make_provider_event
from tests.factories.events import make_shift
from tests.factories.people import make_mail
from tests.factories.volunteers import make_sign_up
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
    hold("mails", f"{socket.gethostname()}:{dead_process()}:abcdef")
    assert sweep_once()["mails"] == 1


@pytest.mark.parametrize(
    "holder", ["another-machine:1:abcdef", f"{socket.gethostname()}:{os.getppid()}:abcdef"]
)
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


@pytest.mark.both_databases
def test_one_round_is_enough_from_a_place_that_lapsed_to_the_mail_of_who_moved_up(
    app: Flask, mailbox: Mailbox
) -> None:
    shift = make_shift(places=1)
    late = make_sign_up(shift, proved=False, moment=now() - timedelta(days=2), email="late@example.org")
    make_sign_up(shift, email="next@example.org")
    forget_what_was_queued()
    app.config["SMTP_URL"] = mailbox.url
    done = sweep_once()
    assert (done["lapses"], done["mails"]) == (1, 1)
    assert get_sign_up(late.id).state == "cancelled"
    assert mailbox.recipients == ["next@example.org"]
    assert sweep_once()["mails"] == 0


def test_half_of_the_time_has_passed_a_second_mail_asks_once(app: Flask, mailbox: Mailbox) -> None:
    make_sign_up(make_shift(), proved=False, moment=now() - timedelta(hours=13))
    make_sign_up(make_shift(), proved=False, moment=now() - timedelta(hours=11))
    forget_what_was_queued()
    app.config["SMTP_URL"] = mailbox.url
    assert [sweep_once()["second-mails"], sweep_once()["second-mails"]] == [1, 0]
    (mail,) = mailbox.received
    assert str(mail["Subject"]).startswith("Not confirmed yet: your shift on ")


@pytest.mark.both_databases
def test_a_day_before_somebody_is_reminded_and_afterwards_thanked_once(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMTP_URL"] = mailbox.url
    made = make_sign_up(make_shift(), moment=now() - timedelta(days=3))
    forget_what_was_queued()
    for starts_in, sweep, words in (
        (timedelta(hours=23), "reminders", "Reminder: your shift on "),
        (-timedelta(hours=5), "thanks", "Thank you for your shift on "),
    ):
        shift = get_sign_up(made.id).shift
        shift.starts_at = now() + starts_in
        shift.ends_at = shift.starts_at + timedelta(hours=2)
        db.session.commit()
        assert [sweep_once()[sweep], sweep_once()[sweep]] == [1, 0]
        assert str(mailbox.received.pop()["Subject"]).startswith(words)
    assert mailbox.received == []


def test_a_full_round_reminds_everybody_a_batch_at_a_time(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMTP_URL"] = mailbox.url
    shift = make_shift(places=MORE_THAN_A_BATCH)
    for _ in range(MORE_THAN_A_BATCH):
        make_sign_up(shift, moment=now() - timedelta(days=3))
    shift.starts_at, shift.ends_at = now() + timedelta(hours=20), now() + timedelta(hours=22)
    forget_what_was_queued()
    assert sweep_once(everything=True)["reminders"] == MORE_THAN_A_BATCH > worker.BATCH
    assert len(mailbox.received) == len(set(mailbox.recipients)) == MORE_THAN_A_BATCH


def test_two_workers_that_look_alike_from_outside_are_two_holders() -> None:
    """Threads of one process, or containers with one name in which each is the first process."""
    holders = []
    for _ in range(2):
        thread = threading.Thread(target=lambda: holders.append(worker.holder()))
        thread.start()
        thread.join()
    assert len(set(holders)) == 2
    assert worker.holder() == worker.holder()
    assert len(holders[0]) - len(socket.gethostname()) + 64 <= 80


def hold(name: str, holder: str) -> None:
    """Let somebody hold a sweep's lease."""
    db.session.add(Lease(name=name, holder=holder, until=now() + timedelta(minutes=5)))
    db.session.commit()


def forget_what_was_queued() -> None:
    """Empty the outbox of what making the rows has queued."""
    db.session.execute(delete(OutboxMail))
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
