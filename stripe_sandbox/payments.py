"""What can happen to a session's payment: paid, declined, asked back, debited, expired.

Each function makes all of its changes in the transaction it is given: session, PaymentIntent, charge, balance
transaction, events and queued deliveries stand or fall together. The order of events is Stripe's.
"""

from dataclasses import dataclass
from enum import Enum

from stripe_sandbox import cards, customers
from stripe_sandbox.cards import Card, Decline
from stripe_sandbox.charging import (
    Payer,
    error_of,
    fail_charge,
    new_balance_transaction,
    new_charge,
    new_intent,
)
from stripe_sandbox.events import emit
from stripe_sandbox.store import Json, Transaction

DEBIT_RETURNED = Decline("payment_method_provider_decline", None, "The bank returned the debit.")


class Result(Enum):
    """How an attempt to pay ended."""

    PAID = "paid"
    PROCESSING = "processing"
    DECLINED = "declined"
    CHALLENGE = "challenge"
    NOT_OPEN = "not open"


@dataclass(frozen=True)
class Attempt:
    """The end of an attempt; ``sentence`` tells the donor why when it was declined."""

    result: Result
    sentence: str = ""


def pay_by_card(tx: Transaction, session: Json, card: Card, payer: Payer, form: str) -> Attempt:
    """Try a card on an open session. A card that asks back leaves a challenge for ``answer_challenge``.

    ``form`` names the page that was filled in, so that a double click can be told from a second payment.
    """
    if not is_open(tx, session):
        return Attempt(Result.NOT_OPEN)
    intent = _intent_of(tx, session)
    if not card.asks_back:
        _ask_back(tx, session, None)
        return _charge(tx, session, intent, card.decline, payer, form)
    where = f"{session['url']}/challenge"
    intent.update(
        status="requires_action",
        last_payment_error=None,
        next_action={
            "type": "redirect_to_url",
            "redirect_to_url": {"url": where, "return_url": session["url"]},
        },
    )
    tx.save(intent)
    emit(tx, "payment_intent.requires_action", intent)
    kept = {"email": payer.email, "name": payer.name, "method": payer.method, "form": form}
    _ask_back(tx, session, {"last4": card.last4, **kept})
    return Attempt(Result.CHALLENGE)


def answer_challenge(tx: Transaction, session: Json, confirmed: bool) -> Attempt:
    """The donor has confirmed the payment at the bank, or not; NOT_OPEN also when nothing was asked."""
    private = tx.private(session["id"])
    asked = private.pop("challenge", None)
    if not is_open(tx, session) or asked is None:
        return Attempt(Result.NOT_OPEN)
    private["entry"] = {"email": asked["email"], "name": asked["name"]}
    tx.save_private(session["id"], private)
    intent = _intent_of(tx, session)
    intent["next_action"] = None
    payer = Payer(asked["email"], asked["name"], asked["method"], three_d_secure=True)
    if confirmed:
        decline = cards.card_ending(asked["last4"]).decline
        return _charge(tx, session, intent, decline, payer, asked["form"])
    _refuse(tx, intent, cards.NOT_AUTHENTICATED, None, payer.kind)
    return Attempt(Result.DECLINED, cards.NOT_AUTHENTICATED.sentence)


def pay_by_debit(tx: Transaction, session: Json, payer: Payer, form: str) -> Attempt:
    """Order a bank debit: the session is complete but unpaid until ``settle_debit``."""
    if not _complete(tx, session, payer, form, "unpaid"):
        return Attempt(Result.NOT_OPEN)
    intent = _intent_of(tx, session)
    charge = new_charge(intent, payer, tx.now)
    tx.add(charge)
    _attach(intent, session, charge, status="processing")
    tx.save(intent)
    _connect(tx, session, intent)
    emit(tx, "charge.pending", charge)
    emit(tx, "payment_intent.processing", intent)
    emit(tx, "checkout.session.completed", session)
    return Attempt(Result.PROCESSING)


def settle_debit(tx: Transaction, session: Json, succeeded: bool) -> bool:
    """The bank has carried out the debit, or returned it; False when none is waiting."""
    intent = tx.find("payment_intent", session["payment_intent"])
    if intent is None or intent["status"] != "processing":
        return False
    charge = tx.find("charge", intent["latest_charge"]) or {}
    if succeeded:
        _succeed(tx, intent, charge)
        session["payment_status"] = "paid"
        tx.save(session)
        emit(tx, "checkout.session.async_payment_succeeded", session)
        return True
    fail_charge(charge, DEBIT_RETURNED)
    tx.save(charge)
    emit(tx, "charge.failed", charge)
    _refuse(tx, intent, DEBIT_RETURNED, charge["id"], charge["payment_method_details"]["type"])
    emit(tx, "checkout.session.async_payment_failed", session)
    return True


def expire(tx: Transaction, session: Json) -> bool:
    """Close an open session without a payment; False when it was not open any more."""
    if not _leave_open(tx, session, "expired"):
        return False
    session.update(status="expired", url=None)
    tx.save(session)
    intent = tx.find("payment_intent", session["payment_intent"])
    if intent:
        intent.update(status="canceled", canceled_at=tx.now, cancellation_reason="expired", next_action=None)
        tx.save(intent)
        emit(tx, "payment_intent.canceled", intent)
    emit(tx, "checkout.session.expired", session)
    return True


def expire_due(tx: Transaction) -> int:
    """Expire every open session whose time is over by the stand-in's clock; returns how many."""
    due = due_sessions(tx)
    for session_id in due:
        session = tx.find("checkout.session", session_id)
        if session:
            expire(tx, session)
    return len(due)


def due_sessions(tx: Transaction) -> list[str]:
    """Ids of open sessions whose ``expires_at`` has passed."""
    rows = tx.sql(
        "SELECT id FROM object WHERE kind = 'checkout.session' AND json_extract(body, '$.status') = 'open' "
        "AND json_extract(body, '$.expires_at') <= ? ORDER BY seq",
        tx.clock,
    )
    return [row["id"] for row in rows]


def is_open(tx: Transaction, session: Json) -> bool:
    """Whether the session can still be paid; expires it first when its time is over."""
    if session["status"] == "open" and session["expires_at"] <= tx.clock:
        expire(tx, session)
    return bool(session["status"] == "open")


def _ask_back(tx: Transaction, session: Json, challenge: Json | None) -> None:
    """Another card ends a challenge that was left unanswered."""
    tx.save_private(session["id"], {**tx.private(session["id"]), "challenge": challenge})


def _leave_open(tx: Transaction, session: Json, status: str) -> bool:
    """The one gate out of `open`: whoever changes the row has won, everybody else has lost."""
    changed = tx.sql(
        "UPDATE object SET body = json_set(body, '$.status', ?) "
        "WHERE id = ? AND json_extract(body, '$.status') = 'open'",
        status, session["id"],
    )  # fmt: skip
    return changed.rowcount == 1


def _charge(
    tx: Transaction, session: Json, intent: Json, decline: Decline | None, payer: Payer, form: str
) -> Attempt:
    if decline:
        charge = new_charge(intent, payer, tx.now)
        fail_charge(charge, decline)
        tx.add(charge)
        emit(tx, "charge.failed", charge)
        _refuse(tx, intent, decline, charge["id"], payer.kind)
        return Attempt(Result.DECLINED, decline.sentence)
    if not _complete(tx, session, payer, form, "paid"):
        return Attempt(Result.NOT_OPEN)
    intent["customer"] = session["customer"]
    charge = new_charge(intent, payer, tx.now)
    tx.add(charge)
    _attach(intent, session, charge, status="processing")
    _succeed(tx, intent, charge)
    _connect(tx, session, intent)
    emit(tx, "checkout.session.completed", session)
    return Attempt(Result.PAID)


def _succeed(tx: Transaction, intent: Json, charge: Json) -> None:
    entry = new_balance_transaction(charge, tx.now)
    tx.add(entry)
    charge.update(
        status="succeeded", paid=True, captured=True, amount_captured=charge["amount"],
        balance_transaction=entry["id"],
    )  # fmt: skip
    tx.save(charge)
    emit(tx, "charge.succeeded", charge)
    intent.update(status="succeeded", amount_received=intent["amount"], last_payment_error=None)
    tx.save(intent)
    emit(tx, "payment_intent.succeeded", intent)


def _refuse(tx: Transaction, intent: Json, decline: Decline, charge_id: str | None, kind: str) -> None:
    intent.update(
        status="requires_payment_method",
        last_payment_error=error_of(decline, charge_id, kind),
        next_action=None,
        payment_method=None,
    )
    if charge_id:
        intent["latest_charge"] = charge_id
    tx.save(intent)
    emit(tx, "payment_intent.payment_failed", intent)


def _intent_of(tx: Transaction, session: Json) -> Json:
    """The session's PaymentIntent; made at the first attempt (Stripe: changelog/2022-08-01)."""
    intent = tx.find("payment_intent", session["payment_intent"])
    if intent is None:
        intent = new_intent(session, tx.private(session["id"]).get("payment_intent_data", {}), tx.now)
        tx.add(intent)
        emit(tx, "payment_intent.created", intent)
        _connect(tx, session, intent)
    return intent


def _connect(tx: Transaction, session: Json, intent: Json) -> None:
    session["payment_intent"] = intent["id"]
    tx.save(session)


def _attach(intent: Json, session: Json, charge: Json, status: str) -> None:
    intent.update(
        status=status,
        customer=session["customer"],
        latest_charge=charge["id"],
        payment_method=charge["payment_method"],
        last_payment_error=None,
        next_action=None,
    )


def _complete(tx: Transaction, session: Json, payer: Payer, form: str, payment_status: str) -> bool:
    if not is_open(tx, session) or not _leave_open(tx, session, "complete"):
        return False
    private = tx.private(session["id"])
    private["paid_by_form"] = form
    tx.save_private(session["id"], private)
    if session["customer"] is None and session["customer_creation"] == "always":
        session["customer"] = customers.create(tx, {"email": payer.email, "name": payer.name or ""})["id"]
    details = session["customer_details"] or {}
    session.update(status="complete", payment_status=payment_status, url=None)
    session["customer_details"] = {**details, **customers.details(payer.email, payer.name)}
    tx.save(session)
    return True
