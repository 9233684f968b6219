"""What is asked of the database, so that tests count it; bench/ measures how long it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event

from portal.db import db


@dataclass(frozen=True)
class Statement:
    """A statement as the driver gets it, and the values that go with it."""

    sql: str
    values: Any


@contextmanager
def counted(app: Flask) -> Iterator[list[Statement]]:
    """Every statement that SQLAlchemy sends while the context lasts; not what goes straight to the driver."""
    seen: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        seen.append(Statement(sql, values))

    with _listening(app, "before_cursor_execute", note):
        yield seen


@contextmanager
def traced(app: Flask) -> Iterator[list[str]]:
    """Every statement that SQLite itself gets while the context lasts; one that a trigger goes with is told twice.

    Connections that are in use already when it begins are not heard.
    """
    seen: list[str] = []

    def trace(connection: Any, *_rest: Any) -> None:
        connection.set_trace_callback(seen.append)

    with _listening(app, "checkout", trace):
        yield seen


@contextmanager
def _listening(app: Flask, name: str, heard: Any) -> Iterator[None]:
    with app.app_context():
        engine = db.engine
    event.listen(engine, name, heard)
    try:
        yield
    finally:
        event.remove(engine, name, heard)
