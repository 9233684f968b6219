"""Lighthouse's mobile scores of a page, where npx and a Chromium are at hand."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from statistics import median
from typing import Any

PACKAGE = "lighthouse@12.8.2"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BARS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3


def missing() -> str:
    """Say what is not there to run Lighthouse; nothing when all is."""
    if not shutil.which("npx"):
        return "no npx on this machine"
    return "" if _chromium() else "no Chromium on this machine"


def scores(address: str, folder: Path) -> dict[str, float]:
    """Give the median of a few runs for each category, out of 100, with what fell short told on the way."""
    reports = [_report(address, folder / f"lighthouse-{run}.json") for run in range(RUNS)]
    for finding in sorted({finding for report in reports for finding in _shortfalls(report)}):
        print(f"  lighthouse: {finding}")
    return {name: median(report["categories"][name]["score"] * 100 for report in reports) for name in BARS}


def _report(address: str, file: Path) -> dict[str, Any]:
    words = ["npx", "--yes", PACKAGE, address, "--quiet", "--output=json", f"--output-path={file}"]
    words.append("--chrome-flags=--headless=new --no-sandbox --disable-gpu")
    environment = {**os.environ, "CHROME_PATH": _chromium()}
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL, cwd=file.parent)
    return json.loads(file.read_text())


def _shortfalls(report: dict[str, Any]) -> set[str]:
    """Name the audits that count towards a category and are not full, without the performance timings."""
    counted = {
        ref["id"]
        for name, category in report["categories"].items()
        if name != "performance"
        for ref in category["auditRefs"]
        if ref["weight"]
    }
    audits = report["audits"]
    return {audits[one]["title"] for one in counted if audits[one]["score"] not in (1, None)}


def _chromium() -> str:
    return next(filter(None, map(shutil.which, CHROMIUMS)), "")
