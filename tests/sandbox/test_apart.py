"""The stand-in and the portal do not know each other."""

import re
from pathlib import Path

import pytest

from tests.sandbox.spec import ROOT

IMPORT = r"^\s*(?:from|import)\s+{name}\b"


@pytest.mark.parametrize(
    ("folder", "foreign"),
    [("portal", "stripe_sandbox"), ("stripe_sandbox", "portal"), ("stripe_sandbox", "jsonschema")],
)
def test_nothing_imports_what_it_must_not_know(folder: str, foreign: str) -> None:
    pattern = re.compile(IMPORT.format(name=foreign), re.MULTILINE)
    guilty = [str(path) for path in _sources(folder) if pattern.search(path.read_text(encoding="utf-8"))]
    assert guilty == []


def test_modules_stay_short() -> None:
    long = [path.name for path in _sources("stripe_sandbox") if len(path.read_text().splitlines()) >= 300]
    assert long == []


def _sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))
