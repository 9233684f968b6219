"""The hosted payment page: what a donor sees between our page and the thanks."""

import datetime
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from stripe_sandbox import api, payments
from stripe_sandbox.charging import Payer, card_method, debit_method
from stripe_sandbox.entry import Entry, read_entry
from stripe_sandbox.ids import random_text
from stripe_sandbox.payments import Attempt, Result
from stripe_sandbox.store import Json, Transaction

bp = Blueprint("pages", __name__, url_prefix="/c/pay")
bp.before_request(api.expire_due_sessions)
VERBS = {"donate": "Donate", "book": "Book"}
Page = tuple[str, int] | Response


@bp.get("/<session_id>")
def show(session_id: str) -> Page:
    """The form of an open session, or what became of another."""
    with api.store().read() as tx:
        session = tx.find("checkout.session", session_id)
        if session is None:
            return _note("This payment page does not exist", "Please go back to the page you came from.", 404)
        if session["status"] != "open":
            return _closed(session)
        kept = tx.private(session_id).get("entry", {})
        email = _known_email(session) or kept.get("email", "")
        return _form(
            tx, session, Entry(email=email, name=kept.get("name") or ""), _last_error(tx, session), 200
        )


@bp.post("/<session_id>")
def pay(session_id: str) -> Page:
    """Pay with what was filled in: on to the success page, to the bank's question, or the form with a sentence."""
    form = request.form.get("form", "")[:40]
    with api.store().write() as tx:
        session = tx.find("checkout.session", session_id)
        if session is None:
            return _note("This payment page does not exist", "Please go back to the page you came from.", 404)
        if not payments.is_open(tx, session):
            return _too_late(tx, session, form)
        today = datetime.datetime.fromtimestamp(tx.clock, datetime.UTC)
        card = not _is_debit(session)
        entry = read_entry(request.form, _known_email(session), (today.year, today.month), card)
        if entry.errors:
            return _form(tx, session, entry, "", 422)
        attempt = _attempt(tx, session, entry, form)
        if attempt.result is Result.DECLINED:
            return _form(tx, session, entry, attempt.sentence, 402)
        return _after(tx, session, attempt, form)


@bp.get("/<session_id>/challenge")
def ask(session_id: str) -> Page:
    """The bank's question about a card that needs one."""
    with api.store().read() as tx:
        session = tx.find("checkout.session", session_id)
        asked = tx.private(session_id).get("challenge")
    if session is None or session["status"] != "open" or not asked:
        return redirect(_address(session_id), 303)
    return render_template("challenge.html", session=session, last4=asked["last4"]), 200


@bp.post("/<session_id>/challenge")
def answer(session_id: str) -> Page:
    """The donor's answer to the bank."""
    with api.store().write() as tx:
        session = tx.find("checkout.session", session_id)
        if session is None:
            return redirect(_address(session_id), 303)
        attempt = payments.answer_challenge(tx, session, request.form.get("outcome") == "complete")
        if attempt.result is Result.DECLINED:
            return redirect(_address(session_id), 303)
        return _after(tx, session, attempt, "")


def success_address(session: Json) -> str:
    """Where the donor goes after paying (Stripe: payments/checkout/custom-success-page)."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _is_debit(session: Json) -> bool:
    """Whether the submitted form orders a bank debit, among the ways to pay that this session offers."""
    methods = session["payment_method_types"]
    return "card" not in methods or (len(methods) > 1 and request.form.get("method") == "bank_debit")


def _attempt(tx: Transaction, session: Json, entry: Entry, form: str) -> Attempt:
    name = entry.name or None
    if entry.card is None:
        return payments.pay_by_debit(
            tx, session, Payer(entry.email, name, debit_method(session["currency"])), form
        )
    payer = Payer(entry.email, name, card_method(entry.card, entry.month, entry.year))
    return payments.pay_by_card(tx, session, entry.card, payer, form)


def _after(tx: Transaction, session: Json, attempt: Attempt, form: str) -> Page:
    if attempt.result is Result.CHALLENGE:
        return redirect(f"{_address(session['id'])}/challenge", 303)
    if attempt.result is Result.NOT_OPEN:
        return _too_late(tx, session, form)
    return redirect(success_address(session), 303)


def _too_late(tx: Transaction, session: Json, form: str) -> Page:
    """A double click sends one form twice: the second goes where the first went, and nothing is paid again."""
    if session["status"] == "complete" and form and form == tx.private(session["id"]).get("paid_by_form"):
        return redirect(success_address(session), 303)
    if session["status"] == "open":
        return redirect(_address(session["id"]), 303)
    return _closed(session)


def _closed(session: Json) -> Page:
    if session["status"] == "expired":
        sentence = "This payment page was open for too long and has expired. Nothing was charged."
        return _note("This page has expired", sentence, 410, session["cancel_url"], "Go back")
    sentence = "There is nothing more to do here; nothing is charged twice."
    title = "Already paid" if session["payment_status"] == "paid" else "Already ordered"
    return _note(title, sentence, 200, success_address(session), "Continue")


def _form(tx: Transaction, session: Json, entry: Entry, error: str, status: int) -> tuple[str, int]:
    context: dict[str, Any] = {
        "session": session,
        "items": tx.private(session["id"])["line_items"],
        "entry": entry,
        "error": error,
        "form": random_text(20),
        "known_email": _known_email(session),
        "verb": VERBS.get(session["submit_type"], "Pay"),
        "debit": session["payment_method_types"] != ["card"],
        "card": "card" in session["payment_method_types"],
        "next_year": datetime.datetime.fromtimestamp(tx.clock, datetime.UTC).year % 100 + 1,
    }
    return render_template("pay.html", **context), status


def _note(title: str, sentence: str, status: int, link: str | None = None, text: str = "") -> tuple[str, int]:
    return render_template("note.html", title=title, sentence=sentence, link=link, text=text), status


def _known_email(session: Json) -> str | None:
    email = session["customer_email"]
    if not email and session["customer"]:
        email = (session["customer_details"] or {}).get("email")
    return str(email) if email else None


def _last_error(tx: Transaction, session: Json) -> str:
    intent = tx.find("payment_intent", session["payment_intent"]) or {}
    return str((intent.get("last_payment_error") or {}).get("message", ""))


def _address(session_id: str) -> str:
    return f"{current_app.config['BASE_URL']}/c/pay/{session_id}"
