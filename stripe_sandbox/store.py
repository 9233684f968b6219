"""The stand-in's memory: one SQLite file. Objects are kept as the JSON the API shows, beside what it does not show.

Every change happens inside ``Store.write()``, one IMMEDIATE transaction that is on disk before anything is answered,
so killing the process at any moment leaves either all of a payment or nothing of it.
"""

import json
import queue
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS object (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    body TEXT NOT NULL,
    private TEXT NOT NULL DEFAULT '{}',
    gone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS object_kind ON object (kind, seq);
CREATE INDEX IF NOT EXISTS open_session ON object (json_extract(body, '$.expires_at'))
    WHERE kind = 'checkout.session' AND json_extract(body, '$.status') = 'open';
CREATE INDEX IF NOT EXISTS event_type ON object (json_extract(body, '$.type'), seq) WHERE kind = 'event';
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY,
    event TEXT NOT NULL REFERENCES object (id),
    endpoint TEXT NOT NULL REFERENCES object (id),
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'withheld', 'failed')),
    due REAL NOT NULL,
    wrong_secret INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_status INTEGER,
    last_error TEXT
);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS delivery_event ON delivery (event);
CREATE TABLE IF NOT EXISTS attempt (
    id INTEGER PRIMARY KEY,
    delivery INTEGER NOT NULL REFERENCES delivery (id),
    at REAL NOT NULL,
    status INTEGER,
    error TEXT,
    milliseconds INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS attempt_delivery ON attempt (delivery);
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created INTEGER NOT NULL
);
"""


class Transaction:
    """One look at, or change of, everything. ``clock`` is the stand-in's time in seconds; ``cause`` is the API
    request behind the change (its id and idempotency key), which events repeat."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.clock = time.time() + float(self.setting("clock_offset", "0"))
        self.cause: Json = {"id": None, "idempotency_key": None}

    @property
    def now(self) -> int:
        """Whole seconds since 1970 by the stand-in's clock, the unit of every Stripe timestamp."""
        return int(self.clock)

    def sql(self, statement: str, *values: Any) -> sqlite3.Cursor:
        """Run one statement; rows come as ``sqlite3.Row``."""
        return self.connection.execute(statement, values)

    def setting(self, name: str, otherwise: str) -> str:
        """A kept setting, or the given text when it was never set."""
        row = self.sql("SELECT value FROM setting WHERE name = ?", name).fetchone()
        return otherwise if row is None else str(row["value"])

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        self.sql("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value)

    def find(self, kind: str, object_id: str | None) -> Json | None:
        """The object as the API shows it, also when deleted; None when there is none."""
        row = self.sql("SELECT body FROM object WHERE id = ? AND kind = ?", object_id, kind).fetchone()
        return None if row is None else json.loads(row["body"])

    def private(self, object_id: str) -> Json:
        """What belongs to an object but is never shown by the API."""
        row = self.sql("SELECT private FROM object WHERE id = ?", object_id).fetchone()
        return {} if row is None else json.loads(row["private"])

    def add(self, body: Json, private: Json | None = None) -> None:
        """Store a new object under its own ``id`` and ``object``."""
        self.sql(
            "INSERT INTO object (id, kind, created, body, private) VALUES (?, ?, ?, ?, ?)",
            body["id"], body["object"], body["created"], json.dumps(body), json.dumps(private or {}),
        )  # fmt: skip

    def save(self, body: Json) -> None:
        """Replace a stored object's public part."""
        self.sql("UPDATE object SET body = ? WHERE id = ?", json.dumps(body), body["id"])

    def save_private(self, object_id: str, private: Json) -> None:
        """Replace a stored object's private part."""
        self.sql("UPDATE object SET private = ? WHERE id = ?", json.dumps(private), object_id)

    def all(self, kind: str, limit: int = -1) -> list[Json]:
        """Every object of a kind that is not deleted, newest first."""
        rows = self.sql(
            "SELECT body FROM object WHERE kind = ? AND NOT gone ORDER BY seq DESC LIMIT ?", kind, limit
        )
        return [json.loads(row["body"]) for row in rows]


class Store:
    """The database file and its connections. ``wake`` is set after every committed change, for the delivery thread."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "stripe-sandbox.sqlite3"
        self.wake = threading.Event()
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        # SQLite's own waiting for a writer polls with growing naps; a lock hands over at once.
        self._writing = threading.Lock()
        with self._borrowed() as connection:
            connection.executescript(SCHEMA)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        # NORMAL would lose the last commits on a power cut in WAL mode.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = self._open()
        try:
            yield connection
        finally:
            self._idle.put(connection)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Transaction]:
        with self._borrowed() as connection:
            connection.execute(begin)
            try:
                yield Transaction(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A consistent look at everything; changes nothing."""
        with self._transaction("BEGIN") as transaction:
            yield transaction

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """The only way to change anything: all of it or, on any exception, none; durable when the block is left."""
        with self._writing, self._transaction("BEGIN IMMEDIATE") as transaction:
            yield transaction
        self.wake.set()

    def close(self) -> None:
        """Close the idle connections; call it when no request is running any more."""
        while not self._idle.empty():
            self._idle.get_nowait().close()
