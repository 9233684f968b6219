"""What the webhook is measured against: a Flask app that verifies, inserts the event, moves a total, and commits.

The same check of the signature, the same pragmas and the same kind of transaction as the portal's database has.
"""

import json
import os
import sqlite3
import threading
from typing import Any

import stripe
from flask import Flask, request
from flask.typing import ResponseReturnValue

TABLES = """
CREATE TABLE event (id INTEGER PRIMARY KEY, event_id TEXT UNIQUE, type TEXT, payload TEXT);
CREATE TABLE total (campaign_id INTEGER PRIMARY KEY, received INTEGER, gifts INTEGER);
INSERT INTO total VALUES (1, 0, 0);
"""


def create_app() -> Flask:
    """Give the app; its secret and the database's place come from the environment."""
    app = Flask(__name__)
    secret = os.environ["STRIPE_WEBHOOK_SECRET"]
    kept = threading.local()

    @app.post("/webhooks/stripe")
    def take() -> ResponseReturnValue:
        payload = request.get_data()
        try:
            stripe.WebhookSignature.verify_header(
                payload.decode(), request.headers.get("Stripe-Signature", ""), secret, 300
            )
        except stripe.SignatureVerificationError:
            return {"error": "signature"}, 400
        if not hasattr(kept, "database"):
            kept.database = connect(os.environ["BENCH_DATABASE"])
        _enter(kept.database, json.loads(payload), payload)
        return {"received": True}

    return app


def _enter(database: sqlite3.Connection, event: dict[str, Any], payload: bytes) -> None:
    database.execute("BEGIN IMMEDIATE")
    database.execute(
        "INSERT INTO event (event_id, type, payload) VALUES (?, ?, ?)",
        (event["id"], event["type"], payload.decode()),
    )
    database.execute(
        "UPDATE total SET received = received + ?, gifts = gifts + 1 WHERE campaign_id = 1",
        (event["data"]["object"]["amount_total"],),
    )
    database.execute("COMMIT")


def connect(path: str) -> sqlite3.Connection:
    """Give a connection with the pragmas of portal/db.py."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        database.execute(f"PRAGMA {pragma}")
    return database


def make_database(path: str) -> None:
    """Make the database that the app writes."""
    database = connect(path)
    database.executescript(TABLES)
    database.close()
