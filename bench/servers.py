"""Servers to be measured: gunicorn on a free port, with the processor time and the memory of its processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import ROOT

READY_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")
# The same for the portal and for what stands beside it; one worker with threads is how `dev.py run` starts it.
PAGES = ("--worker-class", "sync", "--workers", "2")
WEBHOOKS = ("--worker-class", "gthread", "--workers", "1", "--threads", "8")


@dataclass(frozen=True)
class Memory:
    """What a worker holds, in MB: all of it, and with what is shared counted by its share."""

    rss: float
    pss: float


class Server:
    """A started gunicorn."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    @property
    def workers(self) -> list[int]:
        """The workers' process ids."""
        return [pid for pid, parent in _parents().items() if parent == self.process.pid]

    def cpu_seconds(self) -> float:
        """Give the processor time, user's and system's, that the server's processes have taken so far."""
        return sum(_cpu_ticks(pid) for pid in (self.process.pid, *self.workers)) / TICKS

    def memory(self) -> Memory:
        """Give the memory of a worker: the mean of them."""
        found = [_memory(pid) for pid in self.workers]
        return Memory(sum(m.rss for m in found) / len(found), sum(m.pss for m in found) / len(found))

    def wait_until_ready(self) -> None:
        """Wait until it takes connections; whoever asks first waits for its app. Raises RuntimeError when it ends."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0 and self.workers:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"the server did not start: {' '.join(map(str, self.process.args))}")  # type: ignore[arg-type]


@contextmanager
def serving(app: str, options: tuple[str, ...], environment: dict[str, str]) -> Iterator[Server]:
    """Start gunicorn with an app (`module:factory()`) and give it once it answers; stopped at the end."""
    port = free_port()
    words = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", *options]
    words += ["--no-control-socket", "--log-level", "warning"]
    settings = {**_own_environment(), **environment}
    process = subprocess.Popen(words, cwd=ROOT, env=settings)
    try:
        server = Server(process, port)
        server.wait_until_ready()
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _own_environment() -> dict[str, str]:
    """Give what a program needs of the environment; no setting of the portal's, a real key above all."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}


def free_port() -> int:
    """Give a port of this computer that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _parents() -> dict[int, int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(_stat(int(folder.name))[1])
        except OSError:
            continue  # it has ended
    return parents


def _cpu_ticks(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12])


def _stat(pid: int) -> list[str]:
    """Give the fields of /proc/PID/stat after the command's name, which may hold anything: state, parent, ..."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def _memory(pid: int) -> Memory:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return Memory(kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024)
