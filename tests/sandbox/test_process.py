"""``python -m stripe_sandbox`` as a process: starting, stopping, and being killed in the middle of payments."""

import http.client
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.sandbox.conftest import donation
from tests.sandbox.live import StandIn
from tests.sandbox.receiver import SECRET, running_receiver
from tests.sandbox.spec import ROOT


def test_it_starts_with_one_line_and_stops_cleanly(tmp_path: Path) -> None:
    for stop in (signal.SIGTERM, signal.SIGINT):
        with _started(tmp_path) as (process, stand_in):
            assert stand_in.get("/_sandbox/health").status == 200
            stand_in.client().v1.customers.create({"name": "Kim"})
            process.send_signal(stop)
            assert process.wait(10) == 0
            assert process.stderr is not None
            assert process.stderr.read() == ""


def test_a_taken_port_gets_one_sentence(tmp_path: Path) -> None:
    with _started(tmp_path / "one") as (_, stand_in):
        port = stand_in.base_url.rsplit(":", 1)[1]
        second = subprocess.run(
            _command(tmp_path / "two", port), cwd=ROOT, capture_output=True, text=True, timeout=20
        )
    assert second.returncode == 1
    assert second.stderr == f"Port {port} is already in use; choose another with --port.\n"


def test_it_keeps_everything_and_has_one_endpoint_of_its_flag(tmp_path: Path) -> None:
    for port in ("1", "2"):
        hook = ["--webhook", f"http://127.0.0.1:{port}/hook", "--webhook-secret", SECRET]
        with _started(tmp_path, *hook) as (_, stand_in):
            stand_in.deliveries("never")
            stand_in.client().v1.customers.create({"name": "Kim"})
            endpoints = stand_in.client().v1.webhook_endpoints.list().data
            assert [endpoint.url for endpoint in endpoints] == [hook[1]]
            assert len(stand_in.books()["customers"]) == int(port)


def test_a_webhook_needs_its_secret(tmp_path: Path) -> None:
    command = [*_command(tmp_path, "0"), "--webhook", "http://127.0.0.1:1/"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert (answer.returncode, "belong together" in answer.stderr) == (2, True)


def test_killed_in_the_middle_of_payments_it_loses_nothing_it_answered(tmp_path: Path) -> None:
    answered: set[str] = set()
    for _ in range(4):
        with _started(tmp_path) as (process, stand_in):
            client = stand_in.client(retries=0)
            urls = [client.v1.checkout.sessions.create(donation()).url for _ in range(40)]
            # Four at a time, so that one of them is writing at nearly every moment.
            payers = [
                threading.Thread(target=_pay_all, args=(stand_in, urls[n::4], answered)) for n in range(4)
            ]
            before = len(answered)
            for payer in payers:
                payer.start()
            while len(answered) < before + 3 and any(payer.is_alive() for payer in payers):
                time.sleep(0.001)
            time.sleep(random.uniform(0, 0.02))
            process.kill()
            process.wait(10)
            for payer in payers:
                payer.join(30)
        _check_consistent(tmp_path / "stripe-sandbox.sqlite3", answered)
    with _started(tmp_path) as (_, stand_in):
        paid = [s["id"] for s in stand_in.books()["sessions"] if s["payment_status"] == "paid"]
        assert stand_in.books()["balance"]["eur"]["count"] == len(paid)


def test_deliveries_interrupted_by_a_kill_are_made_after_the_restart(tmp_path: Path) -> None:
    with running_receiver() as receiver:
        hook = ["--webhook", receiver.url, "--webhook-secret", SECRET]
        with _started(tmp_path, *hook) as (process, stand_in):
            client = stand_in.client(retries=0)
            names = [f"C{n}" for n in range(10)]
            for name in names:
                client.v1.customers.create({"name": name})
            process.kill()
        with _started(tmp_path, *hook):
            receiver.wait_for(lambda r: {a.event["data"]["object"]["name"] for a in r.arrivals} == set(names))
        assert all(arrival.genuine for arrival in receiver.arrivals)


def _check_consistent(path: Path, answered: set[str]) -> None:
    """Read the file as the kill left it, without the stand-in's own code."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT json_extract(body, '$.id'), json_extract(body, '$.payment_status'), "
        "json_extract(body, '$.payment_intent') FROM object WHERE kind = 'checkout.session'"
    ).fetchall()
    counts = dict(connection.execute("SELECT kind, count(*) FROM object GROUP BY kind"))
    completed = connection.execute(
        "SELECT json_extract(body, '$.data.object.id') FROM object WHERE kind = 'event' "
        "AND json_extract(body, '$.type') = 'checkout.session.completed'"
    ).fetchall()
    connection.close()
    paid = {session for session, status, intent in rows if status == "paid" and intent}
    assert answered <= paid
    assert {row[0] for row in completed} == paid
    for kind in ("payment_intent", "charge", "balance_transaction"):
        assert counts[kind] == len(paid)
    assert counts["event"] == 4 * len(paid)


def _pay_all(stand_in: StandIn, urls: list[str], answered: set[str]) -> None:
    form = {"email": "kim@example.org", "card_number": "4242424242424242", "expiry": "12/40", "cvc": "123"}
    for url in urls:
        try:
            if stand_in.post(url, form).status == 303:
                answered.add(url.rsplit("/", 1)[1])
        except (OSError, http.client.HTTPException):
            return


def _command(data: Path, port: str) -> list[str]:
    return [sys.executable, "-m", "stripe_sandbox", "--port", port, "--data", str(data)]


@contextmanager
def _started(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], StandIn]]:
    environment: dict[str, Any] = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [*_command(data, "0"), *more]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        address = re.search(r"ready at (http://127\.0\.0\.1:\d+)", line)
        assert address, line
        yield process, StandIn(address[1])
    finally:
        process.kill()
        process.wait(10)
        if process.stderr:
            process.stderr.close()
