"""Migrations: the tables they make are those of the models, and each runs both ways with rows in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from flask import Flask
from sqlalchemy.exc import DBAPIError

from config import ROOT, Test
from portal import create_app
from portal.db import db
from tests.factories.campaigns import make_campaign
from tests.factories.donations import make_ledger_entry
from tests.foundation.databases import let_go

MOMENT = "2026-11-23 09:00:00"

# Rows that each migration must be able to carry, up and down: those that can first stand after it.
ROWS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "campaigns": [
        (
            "group",
            {
                "id": 1, "name": "Circle", "town": "Rivermouth", "timezone": "Europe/Dublin",
                "contact_email": "a@example.org", "statement_name": "CIRCLE", "card_fees": "{}",
                "concern_contacts": "[]", "demo": True,
            },
        ),
        (
            "campaign",
            {
                "id": 1, "group_id": 1, "slug": "the-way-out", "status": "published", "position": 1,
                "currency": "EUR", "goal_minor": 500_000, "receiver": "Circle", "receiver_country": "IE",
                "purpose": "Lessons", "receiver_checked_on": "2026-11-01", "receiver_checked_by": "treasurer",
                "receiver_lists": "UN", "revision_number": 1, "page_version": 1, "created_at": MOMENT,
            },
        ),
        (
            "campaign_revision",
            {"id": 1, "campaign_id": 1, "number": 1, "story": "{}", "fingerprint": "f", "created_at": MOMENT},
        ),
        (
            "campaign_total",
            {
                "campaign_id": 1, "livemode": False, "currency": "EUR", "received_minor": 2_500,
                "fees_minor": 62, "gifts": 1,
            },
        ),
    ],
    "people": [
        ("person", {"id": 1, "email": "ann@example.org", "language": "en", "created_at": MOMENT}),
    ],
    "messages": [
        (
            "outbox_mail",
            {
                "id": 1, "kind": "thank_you", "unique_key": "k", "person_id": 1, "about": "{}", "state": "queued",
                "message_id": "m", "attempts": 0, "next_try_at": MOMENT, "queued_at": MOMENT,
            },
        ),
        ("lease", {"name": "sweep", "holder": "worker", "until": MOMENT}),
    ],
    "donations": [
        (
            "donation",
            {
                "id": 1, "public_id": "p", "number": 1, "livemode": False, "campaign_id": 1, "person_id": 1,
                "state": "paid", "gift_minor": 2_500, "card_costs_minor": 0, "currency": "EUR",
                "show_name": False, "name": "", "message": "", "language": "en", "attempt": 1,
                "link_nonce": "n", "created_at": MOMENT, "paid_at": MOMENT,
            },
        ),
        (
            "checkout",
            {
                "id": 1, "donation_id": 1, "attempt": 1, "gift_minor": 2_500, "card_costs_minor": 0,
                "session_id": "cs_test_1", "closed": True, "checks": 0, "next_check_at": MOMENT,
                "created_at": MOMENT, "expires_at": MOMENT,
            },
        ),
        (
            "payment",
            {
                "id": 1, "donation_id": 1, "provider_id": "pi_1", "case": "expected", "amount_minor": 2_500,
                "currency": "EUR", "livemode": False, "next_fee_try_at": MOMENT, "paid_at": MOMENT,
            },
        ),
        (
            "ledger_entry",
            {
                "id": 1, "kind": "payment", "unique_key": "payment:pi_1", "campaign_id": 1, "payment_id": 1,
                "amount_minor": 2_500, "currency": "EUR", "livemode": False, "entered_at": MOMENT,
            },
        ),
        ("receipt", {"id": 1, "donation_id": 1, "series": "TEST-2026", "number": 1, "issued_at": MOMENT}),
        ("number_series", {"name": "receipt-TEST-2026", "last": 1}),
        (
            "provider_event",
            {
                "id": 1, "event_id": "evt_1", "type": "checkout.session.completed", "livemode": False,
                "payload": "{}", "state": "done", "attempts": 1, "next_try_at": MOMENT, "received_at": MOMENT,
            },
        ),
    ],
    "append_only": [],
    "people_who_help": [],
    "events": [
        (
            "event",
            {
                "id": 1, "campaign_id": 1, "status": "published", "title": "Language café", "summary": "Talk.",
                "timezone": "Europe/Dublin", "place": "Rivermouth", "exact_place": "Library", "place_hidden": True,
                "what_to_bring": "", "languages": "[]", "names_seen_by": "hosts", "guardian_allowed": False,
                "changes_close_hours": 24, "demo": True, "created_at": MOMENT,
            },
        ),
        (
            "shift",
            {
                "id": 1, "event_id": 1, "role": "Language partner", "starts_at": MOMENT,
                "ends_at": "2026-11-23 11:00:00", "places": 1, "taken": 1, "waiting": 0, "last_number": 1,
                "vetted": False, "vetting_note": "", "sequence": 0,
            },
        ),
    ],
    "sign_ups": [
        (
            "sign_up",
            {
                "id": 1, "uid": "u", "shift_id": 1, "person_id": 1, "state": "confirmed", "number": 1, "version": 2,
                "name": "Ann", "prove_by": MOMENT, "proved_at": MOMENT, "made_at": MOMENT, "changed_at": MOMENT,
            },
        ),
        ("name_look", {"id": 1, "sign_up_id": 1, "looked_by": "Aoife", "looked_at": MOMENT}),
    ],
    "audit": [
        (
            "audit_entry",
            {
                "id": 1, "at": MOMENT, "person_id": 1, "kind": "event", "action": "event.approved",
                "subject": "event:1", "before": None, "after": '{"status": "published"}',
            },
        ),
    ],
    "accounts": [
        (
            "user",
            {
                "id": 1, "person_id": 1, "email": "ann@example.org", "password": "h", "active": True,
                "fs_uniquifier": "u", "password_nonce": "n", "trusted_host": False, "made_at": MOMENT,
            },
        ),
        ("user_role", {"user_id": 1, "name": "admin", "given_at": MOMENT}),
        (
            "sign_in",
            {
                "id": 1, "user_id": 1, "digest": "d", "browser": "b", "began_at": MOMENT, "seen_at": MOMENT,
                "fresh_at": MOMENT,
            },
        ),
    ],
    "hosting": [
        ("event_host", {"event_id": 1, "person_id": 1, "made_at": MOMENT, "accepted_at": MOMENT}),
        (
            "event_promise",
            {"id": 1, "event_id": 1, "promise": "no_crossing", "person_id": 1, "ticked_at": MOMENT},
        ),
        ("host_message", {"id": 1, "shift_id": 1, "person_id": 1, "text": "See you.", "sent_at": MOMENT}),
    ],
    "editor": [],
    "gifts": [],
    "no_replacing": [],
    "searches": [],
    "partners": [],
    "ended": [],
    "plans": [
        (
            "campaign_plan",
            {"campaign_id": 1, "status": "archived", "at": MOMENT, "made_by_id": 1, "refused": '["public"]'},
        ),
    ],
    "pictures": [
        (
            "campaign_picture",
            {
                "id": 1, "campaign_id": 1, "name": "market", "digest": "0" * 32, "width": 960, "height": 640,
                "alt": "A market", "credit": "Circle", "consent": "nobody", "vouched_by_id": 1, "made_at": MOMENT,
            },
        ),
    ],
    "imported_articles": [
        (
            "imported_article",
            {
                "id": 1, "file_name": "article.txt", "title": "An article", "article": "{}", "decisions": "{}",
                "version": 2, "campaign_id": 1, "made_by_id": 1, "made_at": MOMENT, "edited_by_id": 1,
                "edited_at": MOMENT,
            },
        ),
    ],
    "translations": [
        (
            "campaign_translation",
            {"campaign_id": 1, "language": "ko", "texts": "[]", "shown": True, "made_by_id": 1, "made_at": MOMENT},
        ),
    ],
    "article_traces": [],
    "receiver_since": [],
    "addresses_given": [],
    "money_rule": [],
}  # fmt: skip

REBUILD = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "rebuild", "{head}", None, None

def upgrade():
    for table in ("group", "campaign"):
        with op.batch_alter_table(table, recreate="auto") as batch:
            batch.alter_column("id", comment="rebuilt")

def downgrade():
    pass
"""


@pytest.mark.both_databases
def test_head_makes_the_tables_of_the_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, db.metadata) == []
        assert _checks(sa.inspect(connection)) == {
            str(constraint.name)
            for table in db.metadata.tables.values()
            for constraint in table.constraints
            if isinstance(constraint, sa.CheckConstraint)
        }


def test_there_is_one_head() -> None:
    assert len(_scripts().get_heads()) == 1


def test_every_migration_says_which_rows_it_must_carry() -> None:
    assert [_slug(script) for script in _in_order()] == list(ROWS)


def test_file_names_follow_the_order_in_which_migrations_run() -> None:
    names = [Path(script.path).name for script in _in_order()]
    assert names == sorted(names)


@pytest.mark.both_databases
def test_every_migration_runs_up_and_down_with_rows_in(empty_app: Flask) -> None:
    known: list[str] = []
    left_by: list[set[str]] = []
    with empty_app.app_context():
        for script in _in_order():
            left_by.append(_things())
            flask_migrate.upgrade(revision=script.revision)
            for table, row in ROWS[_slug(script)]:
                _insert(table, row)
                known.append(table)
            assert _counts(known) == dict.fromkeys(known, 1)
        for script in reversed(_in_order()):
            flask_migrate.downgrade(revision=script.down_revision or "base")
            known = known[: len(known) - len(ROWS[_slug(script)])]
            assert _counts(known) == dict.fromkeys(known, 1)
            assert _things() == left_by.pop()
        flask_migrate.upgrade()
        assert set(db.metadata.tables) <= _things()


@pytest.mark.both_databases
@pytest.mark.parametrize("table", ["ledger_entry", "campaign_revision"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 1", "DELETE FROM {}"])
def test_what_is_entered_is_never_changed_or_deleted(db_session: Any, table: str, change: str) -> None:
    make_ledger_entry()
    db_session.commit()
    with pytest.raises(DBAPIError, match=r"is never changed or deleted"):
        db_session.execute(sa.text(change.format(table)))
    db_session.rollback()
    assert _counts([table]) == {table: 1}


@pytest.mark.parametrize("table", ["ledger_entry", "campaign_revision"])
@pytest.mark.parametrize("keeps_id", [True, False])
def test_what_is_entered_is_not_replaced(db_session: Any, table: str, keeps_id: bool) -> None:
    make_ledger_entry()
    db_session.commit()
    columns = ", ".join(c.name for c in db.metadata.tables[table].columns if keeps_id or c.name != "id")
    with pytest.raises(DBAPIError, match=r"is never changed or deleted"):
        # Only SQLite has it: it deletes the row that is in its way without asking the trigger for deletes.
        db_session.execute(
            sa.text(f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}")
        )
    db_session.rollback()
    assert _counts([table]) == {table: 1}


@pytest.mark.both_databases
def test_a_migration_may_rebuild_a_table_that_others_point_to(db_session: Any, tmp_path: Path) -> None:
    make_campaign()
    db_session.commit()
    folder = shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    (folder / "versions" / "rebuild.py").write_text(REBUILD.format(head=_scripts().get_current_head()))
    flask_migrate.upgrade(directory=str(folder))
    rows = {"group": 1, "campaign": 1, "campaign_revision": 1}
    assert _counts(list(rows)) == rows


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))


def _in_order() -> list[Script]:
    return list(reversed(list(_scripts().walk_revisions())))


def _slug(script: Script) -> str:
    """Give the name of a migration's file without its time and revision."""
    return Path(script.path).stem.split("_", 3)[3]


def _insert(table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    with db.engine.begin() as connection:
        connection.execute(sa.text(f'INSERT INTO "{table}" ({names}) VALUES ({values})'), row)


def _counts(tables: list[str]) -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            table: connection.execute(sa.text(f'SELECT count(*) FROM "{table}"')).scalar_one()
            for table in tables
        }


def _things() -> set[str]:
    """Give the names of all tables, indexes, triggers and functions, without Alembic's own table."""
    statement = """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    """
    if db.engine.dialect.name == "sqlite":
        # What SQLite itself adds for a table that never gives an id again stays when that table goes.
        statement = "SELECT name FROM sqlite_master WHERE name <> 'sqlite_sequence'"
    with db.engine.connect() as connection:
        return {name for name in connection.scalars(sa.text(statement)) if "alembic_version" not in name}


def _checks(inspector: sa.Inspector) -> set[str]:
    return {
        str(check["name"])
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database that no migration has touched, of the same kind as `database`."""
    if database.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    with request.getfixturevalue("postgresql").database(template="template0") as url:
        yield url


@pytest.fixture
def empty_app(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The portal on a database without tables."""
    app = create_app(Test({"DATABASE_URL": empty_database, "LANTERN_DATA": str(tmp_path)}))
    yield app
    let_go(app)
