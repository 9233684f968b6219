"""The database: one Base with named constraints, one session, and transactions that say whether they write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Table,
    TypeDecorator,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MS = 10_000
# What PostgreSQL's INTEGER holds; an address with a larger id is nobody's.
LARGEST_ID = 2**31 - 1

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


class Prepared:
    """A statement that is compiled once and from then on handed to the database's driver as it is.

    For the few that run for every payment, in a transaction that all others wait for: SQLAlchemy takes several times
    as long over such a statement as the database does, and compiles one with ON CONFLICT anew at every use.
    Defaults of columns don't apply, every value has to be given; errors are the driver's own.
    """

    def __init__(self, build: Callable[[Any], Any]) -> None:
        """Take a function that gets the database's own `insert`, which knows ON CONFLICT, and gives the statement."""
        self._build = build
        self._ready: dict[tuple[str, tuple[str, ...]], _Ready] = {}

    def run(self, **values: Any) -> Any:
        """Run it in the session's transaction with these values; gives the driver's cursor."""
        return self._run(values)[0]

    def value(self, **values: Any) -> Any:
        """Run it and give what it returns; None when it returns no row."""
        row = self._run(values)[0].fetchone()
        return None if row is None else row[0]

    def first(self, **values: Any) -> Any:
        """Run it and give the first row, its columns as attributes; None when it returns no row."""
        cursor, ready = self._run(values)
        row = cursor.fetchone()
        return None if row is None else ready.read(row)

    def all(self, **values: Any) -> list[Any]:
        """Run it and give its rows, their columns as attributes."""
        cursor, ready = self._run(values)
        return [ready.read(row) for row in cursor.fetchall()]

    def _run(self, values: dict[str, Any]) -> "tuple[Any, _Ready]":
        connection = session_connection()
        key = connection.dialect.name, tuple(values)
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = _Ready.of(self._build, connection.dialect, list(values))
        cursor = connection.connection.cursor()
        cursor.execute(ready.sql, ready.bind(values))
        return cursor, ready


def session_connection() -> Connection:
    """Give the session's connection, asked for once in a transaction: asking costs as much as a small statement.

    In a nested one too: only by being asked for does the connection begin its savepoint.
    """
    return _within().connection


def first_in_transaction(*name: object) -> bool:
    """Tell whether this is asked for the first time in the transaction; in a nested one anew, as it may be undone."""
    told = _within().told
    is_first = name not in told
    told.add(name)
    return is_first


@dataclass(frozen=True, slots=True)
class _Within:
    """What is kept as long as a transaction lasts: its connection, and what was asked to be done once."""

    connection: Connection
    told: set[tuple[object, ...]]


def _within() -> _Within:
    session = db.session()
    transaction, within = session.info.get("lantern.within", (None, None))
    if within is None or transaction is not _innermost(session):
        within = _Within(session.connection(), set())
        session.info["lantern.within"] = _innermost(session), within
    return within


def _innermost(session: Session) -> SessionTransaction | None:
    return session.get_nested_transaction() or session.get_transaction()


@dataclass(frozen=True)
class _Ready:
    """A prepared statement for one database and one choice of columns."""

    sql: str
    constants: dict[str, Any]
    converters: dict[str, Callable[[Any], Any]]
    columns: dict[str, Callable[[Any], Any] | None]

    @classmethod
    def of(cls, build: Callable[[Any], Any], dialect: Dialect, names: list[str]) -> "_Ready":
        on_sqlite = dialect.name == "sqlite"
        # Parameters by name, as PostgreSQL's driver takes them too.
        speaker = sqlite.dialect(paramstyle="named") if on_sqlite else dialect
        statement = build(sqlite.insert if on_sqlite else postgresql.insert)
        compiled = statement.compile(dialect=speaker, column_keys=names)
        constants, converters = {}, {}
        for bind, name in compiled.bind_names.items():
            converter = bind.type.dialect_impl(speaker).bind_processor(speaker)
            if name not in names:
                constants[name] = bind.value
            if converter is not None:
                converters[name] = converter
        columns = {
            column.key: column.type.dialect_impl(speaker).result_processor(speaker, None)
            for column in getattr(statement, "selected_columns", ())
        }
        return cls(str(compiled), constants, converters, columns)

    def bind(self, values: dict[str, Any]) -> dict[str, Any]:
        """Give the parameters as the driver takes them."""
        bound = {**self.constants, **values}
        for name, convert in self.converters.items():
            bound[name] = convert(bound[name])
        return bound

    def read(self, row: Any) -> SimpleNamespace:
        """Give a selected row as Python has its values."""
        told = zip(self.columns.items(), row, strict=True)
        return SimpleNamespace(**{name: read(value) if read else value for (name, read), value in told})


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
    # Only when it changes: this pragma makes SQLite throw away every statement that it has prepared.
    if connection.info.get("reading") is not reading:
        cursor.execute(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
        connection.info["reading"] = reading
    cursor.execute("BEGIN" if reading else "BEGIN IMMEDIATE")
    cursor.close()


def _begin_postgresql(connection: Connection) -> None:
    if _reading_only.get():
        cursor = connection.connection.cursor()
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.close()
