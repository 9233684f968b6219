"""The control panel: what happened, and what happens next. HTML for people, books.json for tests."""

import json
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from stripe_sandbox import api, events, guard, payments
from stripe_sandbox.routes.books import balance
from stripe_sandbox.store import Json, Transaction

bp = Blueprint("panel", __name__, url_prefix="/_sandbox")
bp.before_request(guard.refuse_other_sites)
bp.before_request(api.expire_due_sessions)

SHOWN = 50
MODE_NAMES = {
    "normal": "at once",
    "twice": "each one twice",
    "late": "late",
    "never": "not at all (found by asking for events only)",
    "wrong_secret": "signed with a wrong secret",
}
LONGEST_STEP = 10 * 365 * 24 * 60 * 60


@bp.get("/health")
def health() -> Response:
    """200 when the database answers."""
    with api.store().read() as tx:
        tx.setting("clock_offset", "0")
    return _json({"status": "ok"})


@bp.get("/books.json")
def books() -> Response:
    """Everything there is, newest first, with sums of what was paid by currency."""
    with api.store().read() as tx:
        return _json(_books(tx, -1))


@bp.get("/")
def overview() -> str:
    """Everything recent, with the buttons."""
    with api.store().read() as tx:
        totals = balance(tx)
        page = {
            **_books(tx, SHOWN),
            "mode": tx.setting("delivery_mode", "normal"),
            "late_seconds": tx.setting("late_seconds", events.LATE_SECONDS),
            "endpoints": tx.all("webhook_endpoint"),
            "clock": tx.clock,
            "offset": float(tx.setting("clock_offset", "0")),
            "tries": _tries(tx),
        }
    return render_template("panel.html", totals=totals, mode_names=MODE_NAMES, **page)


@bp.post("/deliveries")
def set_deliveries() -> AnyResponse:
    """From now on, deliver events in this way; events already queued are not changed."""
    mode = request.form.get("mode", "")
    late = _number(request.form.get("late_seconds", events.LATE_SECONDS))
    if mode not in events.MODES or late is None:
        return _bad(f"mode must be one of {', '.join(events.MODES)}; late_seconds a number of seconds")
    with api.store().write() as tx:
        tx.set("delivery_mode", mode)
        if "late_seconds" in request.form:
            tx.set("late_seconds", str(late))
    return _back()


@bp.post("/events/<event_id>/resend")
def resend(event_id: str) -> AnyResponse:
    """Deliver an event once more, plainly."""
    with api.store().write() as tx:
        event = tx.find("event", event_id)
        if event is None:
            return _bad("There is no such event", 404)
        events.send_again(tx, event)
    return _back()


@bp.post("/sessions/<session_id>/expire")
def expire(session_id: str) -> AnyResponse:
    """Expire an open session now."""
    with api.store().write() as tx:
        session = tx.find("checkout.session", session_id)
        if session is None:
            return _bad("There is no such session", 404)
        if not payments.expire(tx, session):
            return _bad(f"The session is {session['status']}, not open", 409)
    return _back()


@bp.post("/sessions/<session_id>/debit")
def settle(session_id: str) -> AnyResponse:
    """Let a waiting bank debit succeed or fail."""
    outcome = request.form.get("outcome")
    if outcome not in ("succeed", "fail"):
        return _bad("outcome must be succeed or fail")
    with api.store().write() as tx:
        session = tx.find("checkout.session", session_id)
        if session is None:
            return _bad("There is no such session", 404)
        if not payments.settle_debit(tx, session, outcome == "succeed"):
            return _bad("No bank debit is waiting in this session", 409)
    return _back()


@bp.post("/clock")
def advance() -> AnyResponse:
    """Put the stand-in's clock forward; sessions whose time is over then expire at once."""
    step = _number(request.form.get("advance", ""))
    if step is None:
        return _bad("advance must be a number of seconds, forward only")
    with api.store().write() as tx:
        tx.set("clock_offset", str(float(tx.setting("clock_offset", "0")) + step))
    with api.store().write() as tx:
        payments.expire_due(tx)
    return _back()


def _books(tx: Transaction, limit: int) -> Json:
    sums: dict[str, dict[str, int]] = {}
    for entry in tx.all("balance_transaction"):
        row = sums.setdefault(entry["currency"], {"gross": 0, "fee": 0, "net": 0, "count": 0})
        row["gross"] += entry["amount"]
        row["fee"] += entry["fee"]
        row["net"] += entry["net"]
        row["count"] += 1
    kinds = {
        "sessions": "checkout.session",
        "payment_intents": "payment_intent",
        "charges": "charge",
        "customers": "customer",
        "balance_transactions": "balance_transaction",
        "events": "event",
    }
    found = {name: [api.shown(tx, item) for item in tx.all(kind, limit)] for name, kind in kinds.items()}
    return {"balance": sums, **found, "deliveries": _deliveries(tx, limit)}


def _deliveries(tx: Transaction, limit: int) -> list[Json]:
    rows = tx.sql(
        "SELECT d.id, d.event, json_extract(e.body, '$.type') AS type, d.endpoint, "
        "json_extract(w.body, '$.url') AS url, d.state, d.attempts, d.due, d.last_status, d.last_error "
        "FROM delivery d JOIN object e ON e.id = d.event JOIN object w ON w.id = d.endpoint "
        "ORDER BY d.id DESC LIMIT ?",
        limit,
    )
    return [dict(row) for row in rows]


def _tries(tx: Transaction) -> list[Json]:
    rows = tx.sql(
        "SELECT a.at, a.status, a.error, a.milliseconds, d.event, json_extract(e.body, '$.type') AS type "
        "FROM attempt a JOIN delivery d ON d.id = a.delivery JOIN object e ON e.id = d.event "
        "ORDER BY a.id DESC LIMIT ?",
        SHOWN,
    )
    return [dict(row) for row in rows]


def _number(text: str) -> float | None:
    """Seconds, from nothing to ten years; None for anything else."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= LONGEST_STEP else None


def _json(body: Any) -> Response:
    return Response(json.dumps(body, indent=1), mimetype="application/json")


def _bad(sentence: str, status: int = 400) -> Response:
    return Response(sentence + ".\n", status, mimetype="text/plain")


def _back() -> AnyResponse:
    return redirect("/_sandbox/", 303)
