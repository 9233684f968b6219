"""The `lantern` command on a test's own database."""

import pytest
from click.testing import CliRunner, Result

from portal.cli.main import lantern
from portal.db import db


class Runner:
    """Runs `lantern` as a shell would, on this test's database."""

    def __call__(self, *words: str, typed: str | bytes | None = None) -> Result:
        db.session.commit()
        result = CliRunner().invoke(lantern, words, input=typed)
        db.session.rollback()
        db.session.expire_all()
        return result


@pytest.fixture
def run(settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    """The command, with the settings of the test's app in its environment."""
    for name, value in {**settings, "LANTERN_ENV": "test"}.items():
        monkeypatch.setenv(name, value)
    return Runner()
