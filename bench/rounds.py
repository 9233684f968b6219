"""Runs and rounds: a target always between two runs of its base, and what comes of many such rounds."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.load import write_requests
from bench.servers import Server
from config import ROOT

CONNECTIONS = 8


@dataclass(frozen=True)
class Run:
    """What one run of the client found."""

    per_second: float
    cpu_ms: float
    p99_ms: float


@dataclass(frozen=True)
class Subject:
    """Something to ask: a server, and where the requests of its next run come from; 0 seconds sends each once."""

    name: str
    server: Server
    requests: Callable[[], list[bytes]]
    expected: int = 200
    seconds: float = 1.2

    def run(self, folder: Path) -> Run:
        """Ask for one run's length. Raises RuntimeError for any answer that is not the expected one."""
        file = folder / "requests"
        write_requests(file, self.requests())
        words = [sys.executable, "-m", "bench.load", str(self.server.port), str(CONNECTIONS)]
        before = self.server.cpu_seconds()
        done = subprocess.run(
            [*words, str(self.seconds), str(file)], cwd=ROOT, capture_output=True, check=True
        )
        told = json.loads(done.stdout)
        cpu = self.server.cpu_seconds() - before
        if set(told["statuses"]) != {str(self.expected)}:
            raise RuntimeError(f"{self.name}: answers other than {self.expected}: {told['statuses']}")
        return Run(told["answers"] / told["seconds"], cpu * 1000 / told["answers"], told["p99_ms"])


@dataclass
class Comparison:
    """A target beside its base, round by round; `bar` is the least ratio of requests per second."""

    name: str
    base: Subject
    target: Subject
    bar: float
    rounds: list[tuple[Run, Run, Run]] = field(default_factory=list)

    def run(self, folder: Path, before: Run | None = None) -> Run:
        """Run one round; gives the base's run at its end, to be passed on to the next that has the same base."""
        before = before or self.base.run(folder)
        target = self.target.run(folder)
        after = self.base.run(folder)
        self.rounds.append((before, target, after))
        return after

    @property
    def ratios(self) -> list[float]:
        """The target's requests per second by the mean of the base's before and after it, lowest first."""
        return sorted(
            target.per_second * 2 / (before.per_second + after.per_second)
            for before, target, after in self.rounds
        )

    @property
    def ratio(self) -> float:
        """The median, which decides."""
        return median(self.ratios)

    @property
    def met(self) -> bool:
        """Whether the bar is met."""
        return self.ratio >= self.bar

    @property
    def cpu_ms(self) -> tuple[float, float]:
        """Processor time of one request, the base's and the target's."""
        base = [run.cpu_ms for before, _target, after in self.rounds for run in (before, after)]
        return median(base), median(target.cpu_ms for _before, target, _after in self.rounds)

    @property
    def per_second(self) -> tuple[float, float]:
        """Requests per second, the base's and the target's; these depend on the machine."""
        base = [run.per_second for before, _target, after in self.rounds for run in (before, after)]
        return median(base), median(target.per_second for _before, target, _after in self.rounds)


def run_rounds(comparisons: list[Comparison], count: int, folder: Path) -> None:
    """Run each comparison once a round; neighbours with the same base share the run between them."""
    for comparison in comparisons:  # so that caches and pages kept are there before anything counts
        for subject in (comparison.base, comparison.target):
            subject.run(folder)
    for _ in range(count):
        last: tuple[Subject, Run] | None = None
        for comparison in comparisons:
            shared = last[1] if last and last[0] is comparison.base else None
            last = comparison.base, comparison.run(folder, shared)
