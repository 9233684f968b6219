"""The processes of a run: started together, started again when one ends, stopped together."""

import contextlib
import ctypes
import math
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from launcher import Refused, say

# A process that ends this soon after its start, this often in a row, will not get better by itself.
QUICK_END_SECONDS, QUICK_ENDS = 3, 5
STOP_SECONDS = 8
PATIENCE_SECONDS = 30
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Process:
    """A process of the run; `name` is what a person calls it."""

    def __init__(self, name: str, words: list[str], folder: Path, logs: Path) -> None:
        self.name, self.words, self.folder = name, words, folder
        self.log = logs / f"{name}.log"
        self.quick_ends = 0
        self.started = 0.0
        self.running: subprocess.Popen[bytes] | None = None

    def start(self, environment: dict[str, str]) -> None:
        """Start it in a process group of its own, so that Ctrl-C at the terminal reaches it through us alone."""
        self.started = time.monotonic()
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.words,
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    @property
    def code(self) -> int | None:
        """How it ended; None while it runs."""
        return self.running.poll() if self.running else None

    def start_again(self, environment: dict[str, str]) -> None:
        """Start it once more after it ended. Raises Refused when it only ever ends."""
        # One that was killed by somebody else says nothing about whether it can run.
        quick = self.code != -signal.SIGKILL and time.monotonic() - self.started < QUICK_END_SECONDS
        self.send(signal.SIGKILL)  # what it left behind in its group
        self.quick_ends = self.quick_ends + 1 if quick else 0
        if self.quick_ends >= QUICK_ENDS:
            raise Refused(f"The {self.name} ends as soon as it starts; its last words are in {self.log}.")
        self.start(environment)

    def send(self, number: int) -> None:
        """Send a signal to it and to whatever it started."""
        if self.running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.running.pid, number)


def _end_with_parent() -> None:
    """Have Linux end this process when dev.py itself is killed; other systems know no such wish."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def keep_running(
    processes: list[Process], environment: dict[str, str], port: int, when_ready: Callable[[], None]
) -> None:
    """Run the processes until Ctrl-C, SIGTERM or the end of the terminal; call `when_ready` once the portal answers.

    Raises Refused when one of them cannot be kept running; all are stopped then, too.
    """
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: told.append(number))
    ready, patience = False, time.monotonic() + PATIENCE_SECONDS
    try:
        for process in processes:
            process.start(environment)
        while not told:
            time.sleep(0.2)
            for process in processes:
                _look_after(process, environment)
            if not ready and _answers(port):
                ready = True
                when_ready()
            if not ready and time.monotonic() > patience:
                patience = math.inf
                say(f"The portal does not answer yet. What it says is in {processes[0].log.parent}.")
    finally:
        _stop(processes)


def _look_after(process: Process, environment: dict[str, str]) -> None:
    code = process.code
    if code is None:
        return
    how = f"signal {-code}" if code < 0 else f"code {code}"
    say(f"The {process.name} ended ({how}); starting it again.")
    process.start_again(environment)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(processes: list[Process]) -> None:
    for process in processes:
        process.send(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline and any(
        process.running and process.code is None for process in processes
    ):
        time.sleep(0.05)
    for process in processes:
        process.send(signal.SIGKILL)
