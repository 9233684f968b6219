"""Wapiti, a scanner for holes in web sites, in an environment of its own: its pins and the portal's do not agree."""

import fcntl
import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.foundation.requirements import ROOT, missing

PINS = ROOT / "requirements" / "wapiti.txt"
VENV = ROOT / ".venv-wapiti"
# For the way through the site, and for each module then: one portal takes at most eight minutes.
CRAWL_SECONDS, ATTACK_SECONDS = 60, 45
MODULES = "xss,sql,redirect,csrf,csp,http_headers,cookieflags,file"


@dataclass(frozen=True)
class Finding:
    """Something that the scanner takes for a hole."""

    kind: str
    method: str
    path: str
    info: str


def install() -> Path:
    """Give the scanner's command, after installing what is pinned; skips where that is not possible."""
    stamp, digest = VENV / "installed", hashlib.sha256(PINS.read_bytes()).hexdigest()
    with (ROOT / "requirements").joinpath("wapiti.txt").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would spoil each other's environment
        if not stamp.exists() or stamp.read_text() != digest:
            fill = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-input"]
            for words in (
                [sys.executable, "-m", "venv", str(VENV)],
                [*fill, "--require-hashes", "-r", str(PINS)],
            ):
                done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True)
                if done.returncode:
                    missing(f"wapiti could not be installed: {done.stderr[-500:]}", "LANTERN_REQUIRE_WAPITI")
            stamp.write_text(digest)
    return VENV / "bin" / "wapiti"


def scan(address: str, folder: Path, more: Sequence[str] = ()) -> list[Finding]:
    """Scan a site, within its folder; gives all that the scanner found."""
    report = folder / "report.json"
    words = [str(install()), "-u", f"{address}/", "--scope", "folder", "-m", MODULES, "--no-bugreport"]
    words += ["--flush-session", "--store-session", str(folder / "session"), "--store-config", str(folder)]
    # The name that it would ask for holes that call back, which none of these modules looks for.
    words += ["--dns-endpoint", "localhost", "--endpoint", "http://127.0.0.1:9"]
    # One page after the other: two that give a fresh session its token at once would leave one form with a stale one.
    words += ["--tasks", "1"]
    words += ["--max-scan-time", str(CRAWL_SECONDS), "--max-attack-time", str(ATTACK_SECONDS)]
    words += ["-f", "json", "-o", str(report), *more]
    with (folder / "wapiti.log").open("w") as log:
        subprocess.run(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)
    return _findings(json.loads(report.read_text()))


def _findings(report: dict[str, Any]) -> list[Finding]:
    kinds = {**report["vulnerabilities"], **report["anomalies"]}
    return [
        Finding(kind, one["method"], one["path"], one["info"])
        for kind, found in kinds.items()
        for one in found
    ]
