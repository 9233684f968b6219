"""What signing up is measured against: a Flask app that takes a place by one conditional UPDATE, inserts, and commits.

The same pragmas and the same kind of transaction as the portal's database has; no token, no mail, no waiting list.
"""

import os
import sqlite3
import threading

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from bench.bare_webhook import connect

TABLES = """
CREATE TABLE shift (id INTEGER PRIMARY KEY, places INTEGER, taken INTEGER);
CREATE TABLE sign_up (
    id INTEGER PRIMARY KEY, shift_id INTEGER REFERENCES shift, email TEXT, name TEXT, UNIQUE (shift_id, email)
);
INSERT INTO shift VALUES (1, 1000000, 0);
"""


def create_app() -> Flask:
    """Give the app; its database's place comes from the environment."""
    app = Flask(__name__)
    kept = threading.local()

    @app.post("/events/<int:event_id>/sign-up")
    def take(event_id: int) -> ResponseReturnValue:
        form = request.form
        if not hasattr(kept, "database"):
            kept.database = connect(os.environ["BENCH_DATABASE"])
        if not _take_place(kept.database, int(form["shift"]), form["email"], form["name"]):
            return {"error": "full"}, 409
        return redirect(f"/events/{event_id}/signed-up", 303)

    return app


def _take_place(database: sqlite3.Connection, shift_id: int, email: str, name: str) -> bool:
    database.execute("BEGIN IMMEDIATE")
    taken = database.execute(
        "UPDATE shift SET taken = taken + 1 WHERE id = ? AND taken < places", (shift_id,)
    ).rowcount
    if taken:
        database.execute(
            "INSERT INTO sign_up (shift_id, email, name) VALUES (?, ?, ?)", (shift_id, email, name)
        )
    database.execute("COMMIT")
    return bool(taken)


def make_database(path: str) -> None:
    """Make the database that the app writes."""
    database = connect(path)
    database.executescript(TABLES)
    database.close()
