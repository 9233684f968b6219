"""How Alembic reaches our database and our tables; Flask-Migrate runs this within an app context."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from portal.db import UtcDateTime


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own types as the plain ones beneath them: a migration must run without today's code."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def leave_out_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no file when the tables are as the models say."""
    autogenerating = getattr(context.config.cmd_opts, "autogenerate", False)
    if autogenerating and directives and directives[0].upgrade_ops.is_empty():
        directives.clear()


def run_migrations() -> None:
    """Bring the app's database to the wanted revision, each migration in a transaction of its own."""
    extension = current_app.extensions["migrate"]
    options = {"process_revision_directives": leave_out_empty, "render_item": render_item}
    with extension.db.engine.connect() as connection:
        enforce_foreign_keys(connection, False)
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            transaction_per_migration=True,
            **(extension.configure_args | options),
        )
        with context.begin_transaction():
            context.run_migrations()
        refuse_dangling_rows(connection)
        enforce_foreign_keys(connection, True)


def enforce_foreign_keys(connection: Connection, enforced: bool) -> None:
    """Switch SQLite's foreign keys; nothing to do elsewhere.

    SQLite alters a table by copying and dropping it, which with foreign keys on takes the rows that point to
    it along. The switch works only outside a transaction, therefore not through SQLAlchemy.
    """
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")
        cursor.close()


def refuse_dangling_rows(connection: Connection) -> None:
    """Raise RuntimeError when a migration has left a row that points nowhere."""
    if connection.dialect.name == "sqlite":
        dangling = connection.execute(sa.text("PRAGMA foreign_key_check")).fetchall()
        connection.rollback()
        if dangling:
            raise RuntimeError(f"rows that point nowhere after migrating: {dangling}")


if context.is_offline_mode():
    raise SystemExit("Lantern's migrations look at the database they change; run them without --sql.")
run_migrations()
