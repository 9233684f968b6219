"""An article read on the command line waits at the desk; nothing is made of it, and a look leaves no trace."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.domain.audit.queries import list_entries
from portal.domain.campaigns.drafting.models import ImportedArticle
from portal.domain.campaigns.drafting.queries import get_imported, list_waiting
from portal.domain.campaigns.models import Campaign
from tests.cli.conftest import Runner
from tests.factories.campaigns import make_group

pytestmark = pytest.mark.usefixtures("db_session")
TEXT = "아침 배\n\nThe harbour office counts 1,200 people who cross the river each day.\n"


def test_an_article_is_kept_for_the_desk_as_it_was_found(run: Runner, file: Path) -> None:
    make_group()
    result = run("import-article", str(file))
    assert (result.exit_code, result.exception) == (0, None)
    assert result.output.endswith("/desk/campaigns/from-article/1\n")
    assert "1,200" in result.output
    (waiting,), _ = list_waiting(None)
    assert (waiting.by, waiting.file_name) == (None, "배.txt")
    imported = get_imported(waiting.id)
    assert [figure.text for figure in imported.article.figures] == ["1,200"]
    assert [figure.as_written for figure in imported.decisions.figures] == ["1,200"]
    assert db.session.scalar(select(func.count(Campaign.id))) == 0
    assert [(one.action, one.person_id) for one in list_entries()] == [("article.read", None)]


def test_json_stands_alone_and_where_the_article_waits_is_told_beside_it(run: Runner, file: Path) -> None:
    make_group()
    result = run("import-article", str(file), "--json")
    assert json.loads(result.stdout)["figures"][0]["text"] == "1,200"
    assert "/desk/campaigns/from-article/1" in result.stderr


def test_a_look_keeps_nothing(run: Runner, file: Path) -> None:
    make_group()
    assert run("import-article", str(file), "--dry-run").exit_code == 0
    assert kept() == 0


def test_what_was_piped_in_has_no_name(run: Runner) -> None:
    make_group()
    assert run("import-article", "-", typed=TEXT.encode()).exit_code == 0
    assert [one.file_name for one in list_waiting(None)[0]] == [""]


def test_a_portal_without_a_group_says_so(run: Runner, file: Path) -> None:
    result = run("import-article", str(file))
    assert (result.exit_code, "has no group yet" in result.output, kept()) == (1, True, 0)


def kept() -> int:
    """How many articles are kept."""
    return db.session.scalar(select(func.count(ImportedArticle.id))) or 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with an article."""
    path = tmp_path / "배.txt"
    path.write_text(TEXT, "utf-8")
    return path
