"""The database: one Base with named constraints, one session, and transactions that say whether they write."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, Table, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MS = 10_000

_reading_only: ContextVar[bool] = ContextVar("lantern_reading_only", default=False)


class Base(DeclarativeBase):
    """Every table's base; constraints get names so that a broken one can be told apart."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


db = SQLAlchemy(model_class=Base)


def table_of(model: type[Base]) -> Table:
    """Give a model's table, for statements that need no objects made of their rows."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101  (for the type checker: only joins are mapped otherwise)
    return table


def insert_into(model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Give an INSERT of the session's database that knows ON CONFLICT, which both write alike."""
    if db.session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table_of(model))
    return postgresql.insert(table_of(model))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: takes and gives aware datetimes, refuses naive ones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


@contextmanager
def reading_only() -> Iterator[None]:
    """Within it, new transactions can only read: the database itself refuses a write.

    A transaction that will write must begin as one: on SQLite a reading one that turns to writing fails at
    once when another has committed in between, whatever the busy_timeout.
    """
    token = _reading_only.set(True)
    try:
        yield
    finally:
        _reading_only.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Within it, new transactions may write, also inside `reading_only`; an open reading one is ended first."""
    db.session.rollback()
    token = _reading_only.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        _reading_only.reset(token)


def set_reading_only(reading: bool) -> None:
    """Say for the rest of this context (a request) whether new transactions only read."""
    _reading_only.set(reading)


def prepare_engine(engine: Engine) -> None:
    """Make an engine's transactions begin as Lantern needs them: SQLite pragmas, IMMEDIATE or read-only."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # Python's sqlite3 would begin transactions by its own rules; `begin` below does it by ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    cursor = connection.connection.cursor()
    reading = _reading_only.get()
    cursor.execute(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    cursor.execute("BEGIN" if reading else "BEGIN IMMEDIATE")
    cursor.close()


def _begin_postgresql(connection: Connection) -> None:
    if _reading_only.get():
        cursor = connection.connection.cursor()
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.close()
