"""What a test may need of the machine; the REQUIRE variables turn a missing one from a skip into a failure."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def missing(what: str, variable: str) -> None:
    """Skip the running test because the machine lacks something, or fail it when that is required."""
    if os.environ.get(variable) == "1":
        pytest.fail(f"{what} ({variable} is set, so this is a failure)", pytrace=False)
    pytest.skip(what)


def shared_folder() -> Path:
    """Give the folder of files beside the product (the article, Stripe's specification)."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        missing(f"no folder {folder.name} beside the project", "LANTERN_REQUIRE_SHARED")
    return folder
