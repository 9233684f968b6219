"""Killing the portal's processes at random moments while a crowd gives, and what must be true afterwards."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from tests.foundation.requirements import ROOT
from tests.journeys.records import Total
from tests.journeys.running import Lantern
from tests.journeys.waiting import eventually
from tests.long.crowd import Given, give_all

# How each process is known by its command line.
TARGETS = {"server": "gunicorn", "worker": "portal.cli.main worker", "stand-in": "stripe_sandbox"}
LONGEST_DELAY_SECONDS = 0.8
DELIVERIES = ("normal", "twice", "never")


@dataclass(frozen=True)
class Kill:
    """One process to be killed, some moment after so many gifts, and how webhooks come from then on."""

    after_gifts: int
    delay: float
    target: str
    deliveries: str


def plan_kills(seed: int, kills: int, gifts: int) -> list[Kill]:
    """Choose the moments; every process gets its share."""
    dice = random.Random(seed)
    targets = [list(TARGETS)[index % len(TARGETS)] for index in range(kills)]
    dice.shuffle(targets)
    moments = sorted(dice.randrange(gifts) for _ in targets)
    return [
        Kill(moment, dice.uniform(0, LONGEST_DELAY_SECONDS), target, dice.choice(DELIVERIES))
        for moment, target in zip(moments, targets, strict=True)
    ]


def signal_process(lantern: Lantern, target: str, number: signal.Signals) -> bool:
    """Signal a process and all that it has started; False when it was not running."""
    groups = set()
    for pid, words in lantern.processes().items():
        if TARGETS[target] in words:
            with suppress(ProcessLookupError):
                groups.add(os.getpgid(pid))
    for group in groups:
        with suppress(ProcessLookupError):
            os.killpg(group, number)
    return bool(groups)


def kill(lantern: Lantern, target: str) -> bool:
    """Kill a process and all that it has started, as a cut of the power would; False when it was not running."""
    return signal_process(lantern, target, signal.SIGKILL)


def freeze_worker(lantern: Lantern) -> None:
    """Stop the worker without ending it, in a moment in which it holds no lock on the database (a SQLite file)."""

    def stop() -> None:
        assert signal_process(lantern, "worker", signal.SIGSTOP)
        try:
            with closing(sqlite3.connect(lantern.data / "lantern.sqlite3", timeout=0.2)) as connection:
                connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as locked:
            signal_process(lantern, "worker", signal.SIGCONT)
            raise AssertionError("the worker was in the middle of writing") from locked

    eventually(stop)


class Killer(threading.Thread):
    """Carries out a plan while gifts are being given; `deaths` counts those that were running when they were hit."""

    def __init__(self, lantern: Lantern, plan: list[Kill]) -> None:
        super().__init__(daemon=True)
        self.lantern, self.plan = lantern, plan
        self.deaths: Counter[str] = Counter()
        self.finished = 0

    def run(self) -> None:
        """Wait for each moment, and kill."""
        for one in self.plan:
            while self.finished < one.after_gifts:
                time.sleep(0.01)
            time.sleep(one.delay)
            eventually(lambda target=one.target: self._hit(target))
            eventually(lambda mode=one.deliveries: self.lantern.stand_in.deliveries(mode))

    def _hit(self, target: str) -> None:
        assert kill(self.lantern, target), f"the {target} is not running"
        self.deaths[target] += 1


def give_under_fire(lantern: Lantern, seed: int, kills: int, gifts: int) -> list[Given]:
    """Let a crowd give while processes are killed, and kill all of them at the end; gives what the crowd knows."""
    killer = Killer(lantern, plan_kills(seed, kills, gifts))
    tell(f"seed {seed}: {[(one.after_gifts, one.target, one.deliveries) for one in killer.plan]}")
    killer.start()

    def count(done: int) -> None:
        killer.finished = done

    given = give_all(lantern.address, gifts, seed, count)
    killer.join(60)
    assert killer.deaths == Counter(one.target for one in killer.plan)
    for target in TARGETS:
        kill(lantern, target)
    return given


def assert_a_crowd_survives(lantern: Lantern, seed: int, kills: int, gifts: int) -> list[Given]:
    """Fail if kills under a crowd lose a gift or count one twice; gives what the crowd knows.

    What happened is told on standard output.
    """
    lantern.start()
    try:
        given = give_under_fire(lantern, seed, kills, gifts)
    finally:
        lantern.stop()
    # No server, so no webhook and no return page: what the kills left undone is the worker's to find, in one go.
    with stand_in_alone(lantern):
        swept = lantern.command("worker", "--once")
        tell(f"the worker, once: {swept.stdout.split()}")
        tell(f"{assert_nothing_lost_and_nothing_twice(lantern, given)}")
        checked = lantern.command("ledger", "check")
    assert (checked.returncode, checked.stdout) == (0, "ok: every total is the sum of its ledger\n")
    return given


def assert_late_news_changes_nothing(lantern: Lantern, given: list[Given]) -> None:
    """Start again after a crowd, let every webhook arrive that has not yet, and fail if that changes a figure."""
    with stand_in_alone(lantern):
        before = assert_nothing_lost_and_nothing_twice(lantern, given)
    with lantern.running():
        for withheld in (d for d in lantern.stand_in.books()["deliveries"] if d["state"] == "withheld"):
            lantern.stand_in.resend(withheld["event"])
        eventually(lambda: _assert_all_told(lantern))
        assert assert_nothing_lost_and_nothing_twice(lantern, given) == before


def _assert_all_told(lantern: Lantern) -> None:
    """Fail while a webhook waits to be delivered; the stand-in's clock is put forward so that none waits long."""
    waiting = [d for d in lantern.stand_in.books()["deliveries"] if d["state"] == "pending"]
    if waiting:
        lantern.stand_in.advance(20)
        time.sleep(0.3)
    assert not waiting


def tell(line: str) -> None:
    """Say what happened; pytest shows it when a test fails, or with -s."""
    sys.stdout.write(f"{line}\n")


@contextmanager
def stand_in_alone(lantern: Lantern) -> Iterator[None]:
    """Run only the stand-in over its own folder: no server, no worker."""
    port = lantern.stand_in.base_url.rpartition(":")[2]
    words = [sys.executable, "-m", "stripe_sandbox", "--port", port, "--data", str(lantern.data / "stand-in")]
    process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: lantern.stand_in.books())
        yield
    finally:
        process.terminate()
        process.wait(20)


def assert_nothing_lost_and_nothing_twice(lantern: Lantern, given: list[Given]) -> dict[str, int]:
    """Fail unless the portal's records say exactly what the stand-in's books say; gives the figures."""
    books, records = lantern.stand_in.books(), lantern.records
    succeeded = {i["id"]: i for i in books["payment_intents"] if i["status"] == "succeeded"}
    payments = records.rows("SELECT * FROM payment")
    entries = records.rows("SELECT * FROM ledger_entry WHERE kind = 'payment'")
    moved = sorted((intent_id, intent["amount_received"]) for intent_id, intent in succeeded.items())
    assert sorted((p.provider_id, p.amount_minor) for p in payments) == moved
    by_payment = {p.id: p.provider_id for p in payments}
    assert sorted((by_payment[e.payment_id], e.amount_minor) for e in entries) == moved
    assert {p.case for p in payments} == {"expected"}
    balance = books["balance"]["eur"]
    theirs = Total(balance["gross"], balance["fee"], balance["count"])
    assert (records.total(), records.ledger()) == (theirs, theirs)
    _assert_each_gave_once(books, given)
    _assert_settled(lantern, books)
    figures = {"gifts": len(given), "donations begun": records.count("donation"), "paid": len(payments)}
    return figures | _assert_thanked_once(lantern, len(payments))


def _assert_each_gave_once(books: dict[str, Any], given: list[Given]) -> None:
    charged = [
        (charge["billing_details"]["email"], charge["amount"])
        for charge in books["charges"]
        if charge["paid"]
    ]
    assert sorted(charged) == sorted((one.email, one.minor) for one in given)


def _assert_settled(lantern: Lantern, books: dict[str, Any]) -> None:
    paid = {s["client_reference_id"] for s in books["sessions"] if s["payment_status"] == "paid"}
    states = {
        row.public_id: row.state for row in lantern.records.rows("SELECT public_id, state FROM donation")
    }
    assert {public_id for public_id, state in states.items() if state == "paid"} == paid
    lost = [p for p in lantern.records.rows("SELECT * FROM payment") if p.fee_minor is None]
    assert not lost, "the worker has left fees unknown"
    failed = lantern.records.rows("SELECT * FROM provider_event WHERE state IN ('failed', 'received')")
    assert not failed


def _assert_thanked_once(lantern: Lantern, paid: int) -> dict[str, int]:
    """Each paid donation has one receipt and one thank-you, which was sent; a second one is the same mail again."""
    records = lantern.records
    receipts = [row.number for row in records.rows("SELECT number FROM receipt")]
    assert sorted(receipts) == list(range(1, paid + 1)), "a series of receipts has no gaps"
    rows = records.rows("SELECT message_id, state FROM outbox_mail WHERE kind = 'thank_you'")
    assert Counter(row.state for row in rows) == {"sent": paid}
    seen = Counter(str(mail["Message-ID"]).strip("<>").partition("@")[0] for mail in lantern.mailbox.received)
    assert set(seen) == {row.message_id for row in rows}
    return {"mails": seen.total(), "mails sent again": seen.total() - paid}
