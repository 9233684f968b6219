"""`lantern doctor`: each state of each thing it looks at, and that a cure is always named."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from config import load_config
from portal.cli.doctor import doctor, judge_clock, look_at_stripe
from tests.foundation.servers import Mailbox, free_port

KEY = "sk_test_sandbox_doctor"
STRONG = "9f1c" * 4 + "a7b2e6d0" * 4
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

Ask = Callable[..., Result]


def test_a_portal_that_needs_nothing_is_well(ask: Ask, stand_in: str) -> None:
    result = ask(STRIPE_SECRET_KEY=KEY, STRIPE_API_BASE=stand_in, STRIPE_WEBHOOK_SECRET="whsec_1")
    assert result.exit_code == 0
    assert _levels(result) == ["ok"] * 8
    assert "->" not in result.output


def test_settings_that_refuse_to_start_are_told_with_their_cure(ask: Ask) -> None:
    result = ask(STRIPE_SECRET_KEY="sk_live_1")
    assert _line(result, "settings").startswith("error")
    assert "Use a key that starts with sk_test_" in result.output
    assert result.exit_code == 1


def test_in_production_the_public_address_must_be_https(ask: Ask) -> None:
    production = {"LANTERN_ENV": "production", "SECRET_KEY": STRONG}
    assert _line(ask(**production, PUBLIC_URL="http://example.org"), "settings").startswith("error")
    assert _line(ask(**production, PUBLIC_URL="https://example.org"), "settings").startswith("ok")


def test_a_database_that_was_never_made_is_an_error(ask: Ask, tmp_path: Path) -> None:
    result = ask(DATABASE_URL=f"sqlite:///{tmp_path / 'none.sqlite3'}")
    assert _line(result, "database").startswith("error")
    assert "lantern migrate" in result.output
    assert result.exit_code == 1


def test_looking_does_not_make_a_database(ask: Ask, tmp_path: Path) -> None:
    ask(DATABASE_URL=f"sqlite:///{tmp_path / 'none.sqlite3'}")
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_database_server_that_does_not_answer_is_an_error_without_its_password(ask: Ask) -> None:
    result = ask(DATABASE_URL=f"postgres://lantern:very-secret@127.0.0.1:{free_port()}/lantern")
    assert _line(result, "database").startswith("error")
    assert "very-secret" not in result.output


def test_a_database_that_is_behind_is_told_to_migrate(ask: Ask, database: str) -> None:
    _set_revision(database, "a1c0f4e27d31")
    result = ask()
    assert _line(result, "migrations").startswith("error")
    assert "lantern migrate" in result.output


def test_a_database_of_a_newer_version_is_not_told_to_migrate(ask: Ask, database: str) -> None:
    _set_revision(database, "ffffffffffff")
    result = ask()
    assert _line(result, "migrations").startswith("error")
    assert "lantern migrate" not in result.output


def test_a_mail_server_that_answers_is_well(ask: Ask, mailbox: Mailbox) -> None:
    assert _line(ask(SMTP_URL=mailbox.url), "mail").startswith("ok")
    assert mailbox.received == []


def test_a_mail_server_that_does_not_answer_is_an_error_without_its_password(ask: Ask) -> None:
    result = ask(SMTP_URL=f"smtp://lantern:very-secret@127.0.0.1:{free_port()}")
    assert _line(result, "mail").startswith("error")
    assert "very-secret" not in result.output


def test_a_mail_address_of_another_kind_is_an_error(ask: Ask) -> None:
    assert _line(ask(SMTP_URL="pop3://mail.example.org"), "settings").startswith("error")


def test_a_mail_folder_that_cannot_be_written_is_an_error(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert _line(ask(SMTP_URL=f"file://{tmp_path / 'file' / 'mails'}"), "mail").startswith("error")


def test_production_without_a_mail_server_is_an_error_and_with_files_a_warning(
    ask: Ask, tmp_path: Path
) -> None:
    production = {"LANTERN_ENV": "production", "SECRET_KEY": STRONG, "PUBLIC_URL": "https://example.org"}
    assert _line(ask(**production), "mail").startswith("error")
    assert _line(ask(**production, SMTP_URL=f"file://{tmp_path / 'mails'}"), "mail").startswith("warning")


@pytest.mark.parametrize(
    ("settings_given", "told"),
    [
        ({}, "warning  stripe: no key"),
        (
            {"STRIPE_SECRET_KEY": KEY, "STRIPE_API_BASE": "http://127.0.0.1:1"},
            "ok       stripe: practice payments on",
        ),
        (
            {
                "STRIPE_SECRET_KEY": "sk_live_1",
                "LANTERN_ENV": "production",
                "LANTERN_ALLOW_LIVE": "1",
                "SECRET_KEY": STRONG,
            },
            "ok       stripe: REAL MONEY",
        ),
        ({"STRIPE_SECRET_KEY": "sk_test_real"}, "ok       stripe: practice payments in Stripe's test mode"),
    ],
    ids=["none", "stand-in", "live", "test"],
)
def test_the_kind_of_key_says_which_practice_it_is(settings_given: dict[str, str], told: str) -> None:
    findings = list(look_at_stripe(load_config(settings_given)))
    assert str(findings[0]).startswith(told)
    assert settings_given.get("STRIPE_SECRET_KEY", "never shown") not in " ".join(map(str, findings))


def test_a_missing_webhook_secret_is_a_warning_and_a_wrong_one_an_error(ask: Ask, stand_in: str) -> None:
    payments = {"STRIPE_SECRET_KEY": KEY, "STRIPE_API_BASE": stand_in}
    assert _line(ask(**payments), "webhook").startswith("warning")
    assert _line(ask(**payments, STRIPE_WEBHOOK_SECRET="we_123"), "webhook").startswith("error")


def test_a_stand_in_that_does_not_answer_is_an_error(ask: Ask) -> None:
    result = ask(STRIPE_SECRET_KEY=KEY, STRIPE_API_BASE=f"http://127.0.0.1:{free_port()}")
    assert _line(result, "payments").startswith("error")
    assert "dev.py run" in result.output
    assert result.exit_code == 1


@pytest.mark.settings(clock_gap="600")
def test_a_clock_that_differs_from_the_providers_is_a_warning(ask: Ask, stand_in: str) -> None:
    result = ask(STRIPE_SECRET_KEY=KEY, STRIPE_API_BASE=stand_in, STRIPE_WEBHOOK_SECRET="whsec_1")
    assert _line(result, "clock").startswith("warning")
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("here", "there", "level"),
    [
        (NOON, None, "ok"),
        (NOON, NOON - timedelta(seconds=60), "ok"),
        (NOON, NOON - timedelta(seconds=61), "warning"),
        (NOON, NOON + timedelta(seconds=61), "warning"),
        (NOON.replace(year=1970), None, "error"),
        (NOON.replace(year=2101), NOON, "error"),
    ],
)
def test_a_clock_is_judged_by_its_year_and_by_the_providers(
    here: datetime, there: datetime | None, level: str
) -> None:
    finding = judge_clock(here, there)
    assert finding.level == level
    assert bool(finding.cure) is (level != "ok")


def _levels(result: Result) -> list[str]:
    return [line.split()[0] for line in result.output.splitlines() if not line.startswith(" ")]


def _line(result: Result, thing: str) -> str:
    lines = result.output.splitlines()
    index = next(number for number, line in enumerate(lines) if f" {thing}: " in line)
    if not lines[index].startswith("ok"):
        assert lines[index + 1].strip().startswith("-> "), "a cure must follow"
    return lines[index]


def _set_revision(url: str, revision: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
    engine.dispose()


@pytest.fixture
def ask(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs the command with these settings, on a migrated database."""

    def run(**settings: str) -> Result:
        values = {"DATABASE_URL": database, "LANTERN_DATA": str(tmp_path), **settings}
        for name in ("LANTERN_ENV", "SECRET_KEY", "SMTP_URL", "STRIPE_SECRET_KEY", "STRIPE_API_BASE"):
            monkeypatch.delenv(name, raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(doctor)

    return run


@pytest.fixture
def stand_in(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server that answers as the stand-in does, its clock off by the marker's `clock_gap`."""
    marker = request.node.get_closest_marker("settings")
    gap = timedelta(seconds=int(marker.kwargs["clock_gap"])) if marker else timedelta()

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(200 if self.path == "/_sandbox/health" else 404)
            self.send_header("Date", format_datetime(datetime.now(UTC) + gap, usegmt=True))
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Health)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
