"""Events: what happened, with a snapshot of the object at that moment, and who is to be told of it."""

import json
from typing import Any

from stripe_sandbox import API_VERSION
from stripe_sandbox.ids import new_id
from stripe_sandbox.store import Json, Transaction

MODES = ("normal", "twice", "late", "never", "wrong_secret")
LATE_SECONDS = "5"


def emit(tx: Transaction, kind: str, subject: Json, previous: Json | None = None) -> Json:
    """Record an event about ``subject`` as it is now and queue it for every endpoint that wants its kind.

    ``previous`` holds the old values of changed fields, for the ``*.updated`` kinds. Returns the event.
    """
    data: Json = {"object": subject}
    if previous is not None:
        data["previous_attributes"] = previous
    event: Json = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": tx.now,
        "data": data,
        "livemode": False,
        "pending_webhooks": 0,
        "request": dict(tx.cause),
        "type": kind,
    }
    tx.add(event)
    queue(tx, event)
    return event


def queue(tx: Transaction, event: Json) -> None:
    """Queue an event in the way the control panel has set."""
    mode = tx.setting("delivery_mode", "normal")
    wait = float(tx.setting("late_seconds", LATE_SECONDS)) if mode == "late" else 0.0
    for endpoint in endpoints_for(tx, event["type"]):
        for _ in range(2 if mode == "twice" else 1):
            tx.sql(
                "INSERT INTO delivery (event, endpoint, state, due, wrong_secret) VALUES (?, ?, ?, ?, ?)",
                event["id"], endpoint["id"], "withheld" if mode == "never" else "pending",
                tx.clock + wait, int(mode == "wrong_secret"),
            )  # fmt: skip


def send_again(tx: Transaction, event: Json) -> int:
    """Queue one more plain delivery of an event to each endpoint; returns to how many."""
    endpoints = endpoints_for(tx, event["type"])
    for endpoint in endpoints:
        tx.sql(
            "INSERT INTO delivery (event, endpoint, state, due) VALUES (?, ?, 'pending', ?)",
            event["id"], endpoint["id"], tx.clock,
        )  # fmt: skip
    return len(endpoints)


def endpoints_for(tx: Transaction, kind: str) -> list[Json]:
    """The enabled webhook endpoints that asked for this kind of event, oldest first."""
    wanted = {"*", kind}
    found = [e for e in tx.all("webhook_endpoint") if wanted & set(e["enabled_events"])]
    return [endpoint for endpoint in reversed(found) if endpoint["status"] == "enabled"]


def with_pending(tx: Transaction, event: Json) -> Json:
    """The event with ``pending_webhooks`` as it stands: endpoints that have not answered 2xx to it."""
    row = tx.sql(
        "SELECT count(*) AS waiting FROM (SELECT endpoint FROM delivery WHERE event = ? "
        "GROUP BY endpoint HAVING sum(state = 'delivered') = 0)",
        event["id"],
    ).fetchone()
    return {**event, "pending_webhooks": row["waiting"]}


def payload(tx: Transaction, event_id: str) -> str:
    """The body that is signed and sent; Stripe's are indented JSON too."""
    event = tx.find("event", event_id)
    return json.dumps(with_pending(tx, event) if event else {}, indent=2, ensure_ascii=False)


def undelivered_filter(delivered: bool) -> tuple[str, tuple[Any, ...]]:
    """SQL for events.list(delivery_success=…): false finds what is pending, withheld or failed somewhere."""
    sql = (
        "EXISTS (SELECT 1 FROM delivery WHERE event = object.id "
        "GROUP BY endpoint HAVING sum(state = 'delivered') = 0)"
    )
    return (f"NOT {sql}" if delivered else sql), ()
