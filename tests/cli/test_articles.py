"""`lantern import-article`: tells what is in a file without settings or a database; its JSON stands alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli.main import lantern

TEXT = "# The harbour\n\nThe U.N. says that 40 people drowned in 2018. “Nobody came,” said Ana Example, a nurse.\n"
KEYS = {
    "title", "title_found_in", "summary", "author", "published", "sections", "figures", "quotations", "organizations",
    "readings", "links", "contradictions", "left_out",
}  # fmt: skip
FIGURE = {"text", "value", "low", "high", "unit", "counts", "year", "said_by", "sentence", "section"}


def test_json_is_all_that_is_printed(file: Path) -> None:
    result = run(str(file), "--dry-run", "--json")
    told = json.loads(result.stdout)

    assert (result.exit_code, result.stderr) == (0, "")
    assert set(told) >= KEYS
    (figure,) = told["figures"]
    assert set(figure) == FIGURE
    assert (figure["value"], figure["year"], figure["said_by"]) == (40, 2018, "The U.N.")


def test_a_dry_run_needs_neither_settings_nor_a_database(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANTERN_ENV", "no such thing")
    monkeypatch.setenv("DATABASE_URL", "no such thing")

    assert run(str(file), "--dry-run").exit_code == 0


def test_a_person_reads_a_summary(file: Path) -> None:
    told = run(str(file), "--dry-run").stdout

    assert "The harbour" in told
    assert "40: people drowned in 2018 (The U.N., 2018)" in told
    assert "Ana Example: Nobody came" in told


def test_a_dash_reads_what_is_typed() -> None:
    assert json.loads(run("-", "--dry-run", "--json", typed=TEXT).stdout)["title"] == "The harbour"


@pytest.mark.parametrize("data", [b"", b"  \n", b"\x00\x01\x02\x03"])
def test_a_file_without_an_article_is_refused_in_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    result = run(str(path), "--dry-run", "--json")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(lantern, ["import-article", *words], input=typed)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.md"
    path.write_text(TEXT, "utf-8")
    return path
