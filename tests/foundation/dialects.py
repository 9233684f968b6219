"""Statements are compiled once in a run of the tests, and not once for each of its thousands of engines."""

from typing import Any

from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.util import LRUCache

MOST_STATEMENTS = 5_000


def keep_compiled_statements() -> None:
    """Let all engines of one kind count as equal and keep in one place what they compiled, under their kind."""
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        kind.__eq__ = _is_of_one_kind  # type: ignore[assignment,method-assign]
        kind.__hash__ = _hash_of_kind  # type: ignore[method-assign]
    compiled: LRUCache[Any, Any] = LRUCache(MOST_STATEMENTS)
    Engine._compiled_cache = property(lambda engine: compiled, lambda engine, own: None)


def _is_of_one_kind(dialect: Dialect, other: object) -> bool:
    return type(dialect) is type(other)


def _hash_of_kind(dialect: Dialect) -> int:
    return hash(type(dialect))
