"""The objects a payment is made of: PaymentIntent, Charge, BalanceTransaction, as the API shows them."""

from dataclasses import dataclass
from typing import Any

from stripe_sandbox.cards import Card, Decline
from stripe_sandbox.errors import doc_url
from stripe_sandbox.fees import fee_for
from stripe_sandbox.ids import new_id, random_text
from stripe_sandbox.store import Json

DAY = 86_400
SETTLES_AFTER = 2 * DAY
_EMPTY_IN_INTENT = (
    "application application_fee_amount canceled_at cancellation_reason customer_account latest_charge "
    "last_payment_error next_action on_behalf_of payment_method processing review transfer_data "
    "automatic_payment_methods payment_method_configuration_details"
)
_CHOSEN_BY_CALLER = (
    "description receipt_email setup_future_usage shipping statement_descriptor statement_descriptor_suffix "
    "transfer_group"
)
_EMPTY_IN_CHARGE = (
    "application application_fee application_fee_amount balance_transaction failure_balance_transaction "
    "failure_code failure_message on_behalf_of receipt_number receipt_url review source_transfer transfer_data"
)
_NOTHING_MOVED = {
    "amount_captured": 0,
    "amount_refunded": 0,
    "captured": False,
    "disputed": False,
    "livemode": False,
    "paid": False,
    "refunded": False,
}
DEBITS = {"eur": "sepa_debit", "gbp": "bacs_debit"}


@dataclass(frozen=True)
class Payer:
    """Who pays with what, as far as it may be kept: of a card only brand, last digits and expiry."""

    email: str
    name: str | None
    method: Json
    three_d_secure: bool = False

    @property
    def kind(self) -> str:
        """The payment method's type, ``card`` or a debit."""
        return str(self.method["type"])


def card_method(card: Card, month: int, year: int) -> Json:
    """A card as ``payment_method_details`` shows it; without the number and the security code."""
    funding = "debit" if card.brand == "mastercard" else "credit"
    details: Json = {
        "amount_authorized": None,
        "authorization_code": None,
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "exp_month": month,
        "exp_year": year,
        "fingerprint": f"sandbox{card.last4}",
        "funding": funding,
        "installments": None,
        "last4": card.last4,
        "mandate": None,
        "network": card.brand,
        "network_token": {"used": False},
        "network_transaction_id": None,
        "regulated_status": "unregulated",
        "three_d_secure": None,
        "wallet": None,
    }
    return {"type": "card", "card": details}


def debit_method(currency: str) -> Json:
    """A bank account that is debited with delay, of the sort usual for the currency."""
    kind = DEBITS.get(currency, "us_bank_account")
    details: Json = {"fingerprint": "sandboxbank", "last4": "3000", "mandate": None}
    if kind == "sepa_debit":
        details.update(bank_code="37040044", branch_code=None, country="DE")
    elif kind == "bacs_debit":
        details.update(sort_code="108800")
    else:
        details.update(account_holder_type="individual", account_type="checking", bank_name="SANDBOX BANK")
        details.update(routing_number="110000000", payment_reference=None, mandate="mandate_sandbox")
    return {"type": kind, kind: details}


def new_intent(session: Json, data: Json, now: int) -> Json:
    """A PaymentIntent for a session; ``data`` is the session's ``payment_intent_data``."""
    intent_id = new_id("pi")
    intent: Json = dict.fromkeys(_EMPTY_IN_INTENT.split())
    intent |= {field: data.get(field) for field in _CHOSEN_BY_CALLER.split()}
    intent.update(
        id=intent_id,
        object="payment_intent",
        amount=session["amount_total"],
        amount_capturable=0,
        amount_details={"tip": {}},
        amount_received=0,
        capture_method=data.get("capture_method", "automatic_async"),
        client_secret=f"{intent_id}_secret_{random_text(25)}",
        confirmation_method="automatic",
        created=now,
        currency=session["currency"],
        customer=session["customer"],
        livemode=False,
        metadata=dict(data.get("metadata", {})),
        payment_method_options={},
        payment_method_types=list(session["payment_method_types"]),
        status="requires_payment_method",
    )
    return intent


def new_charge(intent: Json, payer: Payer, now: int) -> Json:
    """A charge of the intent's whole amount, not yet succeeded or failed."""
    charge: Json = {**dict.fromkeys(_EMPTY_IN_CHARGE.split()), **_NOTHING_MOVED}
    suffix = intent["statement_descriptor_suffix"]
    charge.update(
        id=new_id("ch"),
        object="charge",
        amount=intent["amount"],
        billing_details=_billing(payer),
        calculated_statement_descriptor=f"SANDBOX* {suffix}" if suffix else "SANDBOX",
        created=now,
        fraud_details={},
        outcome=_outcome("authorized", "approved_by_network", None, "Payment complete."),
        payment_intent=intent["id"],
        payment_method=new_id("pm"),
        payment_method_details=_details(payer),
        radar_options={},
        status="pending",
    )
    for field in ("currency", "customer", "description", "receipt_email", "shipping", "statement_descriptor",
                  "statement_descriptor_suffix", "transfer_group"):  # fmt: skip
        charge[field] = intent[field]
    charge["metadata"] = dict(intent["metadata"])
    return charge


def _billing(payer: Payer) -> Json:
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    return {"address": address, "email": payer.email, "name": payer.name, "phone": None, "tax_id": None}


def _details(payer: Payer) -> Json:
    if not payer.three_d_secure:
        return payer.method
    secure: Json = {
        "authentication_flow": "challenge",
        "electronic_commerce_indicator": "05",
        "exemption_indicator": None,
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": None,
        "version": "2.2.0",
    }
    return {**payer.method, "card": {**payer.method["card"], "three_d_secure": secure}}


def _outcome(kind: str, network: str, reason: str | None, message: str) -> Json:
    outcome: dict[str, Any] = dict.fromkeys(("advice_code", "network_advice_code", "network_decline_code"))
    outcome.update(
        network_status=network,
        reason=reason,
        risk_level="normal",
        risk_score=12,
        seller_message=message,
        type=kind,
    )
    return outcome


def fail_charge(charge: Json, decline: Decline) -> None:
    """Mark a charge as refused by the bank."""
    reason = decline.decline_code or decline.code
    charge.update(
        status="failed",
        failure_code=decline.code,
        failure_message=decline.sentence,
        outcome=_outcome("issuer_declined", "declined_by_network", reason, "The bank refused the payment."),
    )


def error_of(decline: Decline, charge_id: str | None, kind: str) -> Json:
    """A decline as ``last_payment_error`` shows it."""
    error: Json = {
        "code": decline.code,
        "doc_url": doc_url(decline.code),
        "message": decline.sentence,
        "payment_method_type": kind,
        "type": "card_error"
        if decline.code != "payment_intent_authentication_failure"
        else "invalid_request_error",
    }
    if decline.decline_code:
        error["decline_code"] = decline.decline_code
    if charge_id:
        error["charge"] = charge_id
    return error


def new_balance_transaction(charge: Json, now: int) -> Json:
    """What a succeeded charge brings after the fee; on the balance as pending first."""
    amount, currency = charge["amount"], charge["currency"]
    fee = fee_for(amount, currency)
    line = {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Stripe processing fees",
        "type": "stripe_fee",
    }
    return {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now + SETTLES_AFTER,
        "balance_type": "payments",
        "created": now,
        "currency": currency,
        "description": charge["description"],
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [line],
        "net": amount - fee,
        "reporting_category": "charge",
        "source": charge["id"],
        "status": "pending",
        "type": "charge" if charge["payment_method_details"]["type"] == "card" else "payment",
    }
