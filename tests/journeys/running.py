"""Lantern as a newcomer starts it: `dev.py run` in a folder of its own, watched from outside.

with Postbox().running() as mailbox, Lantern(tmp_path / "data", mailbox).running() as lantern:
    lantern.stand_in.deliveries("twice")
    assert lantern.records.total().gifts == 0
"""

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from tests.foundation.requirements import ROOT
from tests.foundation.servers import free_port
from tests.journeys.postbox import Postbox
from tests.journeys.records import Records
from tests.journeys.waiting import eventually
from tests.sandbox.live import StandIn

OURS = ("DATABASE_URL", "LANTERN_", "PUBLIC_URL", "RATELIMIT_", "SECRET_KEY", "SMTP_URL", "STRIPE_")
START_SECONDS, STOP_SECONDS = 120, 20


class Lantern:
    """One running portal with its worker and its stand-in, all of them processes of their own."""

    def __init__(self, data: Path, mailbox: Postbox, **environment: str) -> None:
        self.data, self.mailbox = data, mailbox
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        # A developer's own settings must not reach the journeys; a hundred gifts a minute come from one address.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        limits = {"RATELIMIT_GIVE": "100000 per minute", "RATELIMIT_GIVE_OVERALL": "100000 per minute"}
        self.environment = {**kept, **limits, "SMTP_URL": mailbox.url, **environment}
        database = environment.get("DATABASE_URL") or f"sqlite:///{data / 'lantern.sqlite3'}"
        self.records = Records(database)
        self.said = data.with_name(f"{data.name}.out")

    @contextmanager
    def running(self) -> Iterator["Lantern"]:
        """Run until the block is left; nothing may be left behind then."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def start(self) -> None:
        """Start, and wait for the line that says so."""
        words = [sys.executable, "dev.py", "run", "--port", str(self.port), "--data", str(self.data)]
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                words, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
        try:
            eventually(self._look_ready, START_SECONDS)
        except AssertionError:
            self.process.kill()
            self.process.wait()
            raise

    def _look_ready(self) -> None:
        said = self.said.read_text()
        if self.process.poll() is not None:
            raise RuntimeError(f"dev.py run has ended: {said}")
        assert f"Lantern is ready at {self.address}" in said, said

    def stop(self) -> None:
        """Press Ctrl-C; whatever still runs afterwards was left behind."""
        self.process.send_signal(signal.SIGINT)
        try:
            assert self.process.wait(STOP_SECONDS) == 0, self.said.read_text()
        finally:
            left = self.processes()
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            self.process.wait()
        assert not left, f"left behind: {left}"

    def processes(self) -> dict[int, str]:
        """Give the command lines, by process id, of all that was started for this data folder (on Linux)."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words, surroundings = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
            except OSError:
                continue  # it has ended, or is somebody else's
            mark = f"LANTERN_DATA={self.data}\0".encode()
            if mark in surroundings or f"--data\0{self.data}\0".encode() in words:
                found[int(entry.name)] = words.replace(b"\0", b" ").decode()
        return found

    @property
    def settings(self) -> dict[str, str]:
        """What dev.py keeps for the `lantern` command."""
        lines = (self.data / "env").read_text().splitlines()
        return dict(shlex.split(line)[1].split("=", 1) for line in lines)

    @property
    def passwords(self) -> dict[str, str]:
        """What the demo's people sign in with, by their addresses, as dev.py shows it."""
        return dict(json.loads((self.data / "demo-accounts.json").read_text()))

    @property
    def stand_in(self) -> StandIn:
        """The stand-in's books and controls."""
        return StandIn(self.settings["STRIPE_API_BASE"], self.settings["STRIPE_SECRET_KEY"])

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Give the mails that have arrived for an address, oldest first."""
        return [mail for mail in list(self.mailbox.received) if str(mail["To"]) == address]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the `lantern` command as an organizer would, beside what is running."""
        return subprocess.run(
            [sys.executable, "-m", "portal.cli.main", *words],
            cwd=ROOT,
            env={**self.environment, **self.settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
        )
