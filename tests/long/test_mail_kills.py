"""`kill -9` of two workers while they send 200 mails: each arrives, at most twice, and then as the same mail.

The moments are random; LANTERN_KILLS_SEED repeats those of a run that failed. Only `dev.py test --long` comes here.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from portal.clock import now
from portal.db import db
from portal.domain.messages.models import OutboxMail
from tests.factories.donations import make_donation, make_payment
from tests.factories.events import make_shift
from tests.factories.people import make_mail
from tests.factories.volunteers import make_sign_up
from tests.foundation.requirements import ROOT
from tests.foundation.servers import Mailbox
from tests.journeys.records import Records
from tests.journeys.running import OURS
from tests.journeys.waiting import eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks which processes live as Linux does")
MAILS, KILLS, WORKERS = 200, 14, 2


@pytest.mark.both_databases
def test_each_of_200_mails_arrives_at_most_twice_though_the_workers_are_killed_while_they_send(
    app: Flask, settings: dict[str, str], late: "Late", seed: int
) -> None:
    queue(app)
    workers = Workers(settings | {"SMTP_URL": late.url}, random.Random(seed))
    sys.stdout.write(f"seed {seed}\n")
    try:
        for moment in sorted(workers.dice.randrange(1, MAILS) for _ in range(KILLS)):
            eventually(lambda moment=moment: late.has(moment))
            time.sleep(workers.dice.uniform(0, 0.1))
            workers.kill_one()
        eventually(lambda: late.has_all(MAILS), within=120)
        eventually(workers.have_nothing_left)
    finally:
        workers.stop()
    arrived = Counter(str(mail["Message-ID"]).strip("<>").partition("@")[0] for mail in late.received)
    sys.stdout.write(f"sent again: {arrived.total() - MAILS} of {KILLS} kills\n")
    rows = workers.records.rows("SELECT message_id, state, sent_at FROM outbox_mail")
    assert {row.state for row in rows} == {"sent"}
    assert set(arrived) == {row.message_id for row in rows}
    assert len(arrived) == MAILS
    assert max(arrived.values()) <= 2
    assert arrived.total() - MAILS <= KILLS


def queue(app: Flask) -> None:
    """Queue mails of both sorts, with calendar files and without."""
    with app.app_context():
        donation = make_donation(state="paid", paid_at=now())
        make_payment(donation)
        shift = make_shift(places=20)
        for _ in range(20):
            make_sign_up(shift)
        # What asked to confirm has nothing to say any more, and is not what this is about.
        db.session.execute(delete(OutboxMail).where(OutboxMail.kind == "sign_up_confirm"))
        for _ in range(MAILS - 20):
            make_mail(about={"donation_id": donation.id})
        db.session.commit()


class Workers:
    """Two workers as processes of their own; one that is killed is followed by another at once."""

    def __init__(self, settings: dict[str, str], dice: random.Random) -> None:
        self.dice, self.records = dice, Records(settings["DATABASE_URL"])
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self._environment = {**kept, **settings, "LANTERN_ENV": "test"}
        self._running = [self._start() for _ in range(WORKERS)]

    def _start(self) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "portal.cli.main", "worker"]
        return subprocess.Popen(
            words, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill_one(self) -> None:
        """Kill the worker that sends; now and then the other one."""
        holders = [row.holder.split(":")[1] for row in self.records.rows("SELECT holder FROM lease")]
        sending = [one for one in self._running if str(one.pid) in holders]
        hit = self.dice.choice(sending if sending and self.dice.random() < 0.8 else self._running)
        hit.kill()
        hit.wait()
        self._running.remove(hit)
        self._running.append(self._start())

    def have_nothing_left(self) -> None:
        """Fail while a mail waits to be sent."""
        assert not self.records.rows("SELECT id FROM outbox_mail WHERE state = 'queued'")

    def stop(self) -> None:
        """End them as an operator would."""
        for one in self._running:
            one.terminate()
        for one in self._running:
            # One that has just begun does not listen for it yet.
            assert one.wait(30) in (0, -signal.SIGTERM)


class Late(Mailbox):
    """A mailbox that has a mail well before it says so: who is killed in between can't know."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take one mail, as aiosmtpd asks for it."""
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(0.04)
        return answer

    def has(self, number: int) -> None:
        """Fail until so many mails have arrived."""
        assert len(self.received) >= number

    def has_all(self, number: int) -> None:
        """Fail until so many different mails have arrived."""
        assert len({str(mail["Message-ID"]) for mail in list(self.received)}) >= number


@pytest.fixture
def late() -> Iterator[Late]:
    """A mail server that answers late."""
    with Late().running() as box:
        yield box


@pytest.fixture
def seed() -> int:
    """The dice of this run."""
    return int(os.environ.get("LANTERN_KILLS_SEED") or random.randrange(1_000_000))
