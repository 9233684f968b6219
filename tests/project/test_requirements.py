"""What a machine lacks is a skip with its reason, or a failure where it is required."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.foundation import requirements
from tests.foundation.browsers import chromium

VARIABLE = "LANTERN_REQUIRE_SOMETHING"


def test_what_is_missing_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert _outcome(requirements.missing, "no such thing", VARIABLE) is pytest.skip.Exception


def test_what_is_missing_but_required_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1")
    assert _outcome(requirements.missing, "no such thing", VARIABLE) is pytest.fail.Exception


def test_a_machine_without_chromium_fails_where_a_browser_is_required(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LANTERN_REQUIRE_BROWSER", "1")
    assert _outcome(chromium().__enter__) is pytest.fail.Exception


def test_a_project_without_the_shared_folder_fails_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(requirements, "ROOT", tmp_path / "alone")
    monkeypatch.setenv("LANTERN_REQUIRE_SHARED", "1")
    assert _outcome(requirements.shared_folder) is pytest.fail.Exception


def _outcome(call: Callable[..., Any], *arguments: str) -> type[BaseException]:
    """Give what a call ended with; a skip must not skip the test that looks at it."""
    with pytest.raises((pytest.skip.Exception, pytest.fail.Exception)) as told:
        call(*arguments)
    return told.type
