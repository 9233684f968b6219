"""/v1/payment_intents, /v1/charges, /v1/balance, /v1/balance_transactions: what was paid."""

from flask import Blueprint

from stripe_sandbox import parameters
from stripe_sandbox.api import Call, endpoint, shown
from stripe_sandbox.errors import no_such
from stripe_sandbox.listing import field_filters, page
from stripe_sandbox.store import Json, Transaction

api = Blueprint("books", __name__, url_prefix="/v1")


@endpoint(api, "GET", "/payment_intents", parameters.INTENT_LIST)
def list_payment_intents(call: Call) -> Json:
    """PaymentIntents, newest first."""
    filters = field_filters(call.params, "customer", "customer_account")
    return page(call.tx, "payment_intent", "/v1/payment_intents", call.params, filters)


@endpoint(api, "GET", "/payment_intents/<intent>", parameters.INTENT_GET)
def get_payment_intent(call: Call) -> Json:
    """One PaymentIntent."""
    return call.get("payment_intent", call.ids["intent"], "intent")


@endpoint(api, "GET", "/charges", parameters.CHARGE_LIST)
def list_charges(call: Call) -> Json:
    """Charges, newest first; failed ones too."""
    filters = field_filters(call.params, "customer", "payment_intent", "transfer_group")
    return page(call.tx, "charge", "/v1/charges", call.params, filters)


@endpoint(api, "GET", "/charges/<charge>", parameters.ONLY_EXPAND)
def get_charge(call: Call) -> Json:
    """One charge."""
    return call.get("charge", call.ids["charge"])


@endpoint(api, "GET", "/balance_transactions", parameters.BALANCE_TRANSACTION_LIST)
def list_balance_transactions(call: Call) -> Json:
    """What moved the balance, newest first."""
    if "payout" in call.params:
        raise no_such("payout", call.params["payout"], param="payout", status=400)
    filters = field_filters(call.params, "currency", "source", "type")
    return page(call.tx, "balance_transaction", "/v1/balance_transactions", call.params, filters)


@endpoint(api, "GET", "/balance_transactions/<entry>", parameters.ONLY_EXPAND)
def get_balance_transaction(call: Call) -> Json:
    """One entry with its fee and net."""
    return call.get("balance_transaction", call.ids["entry"])


@endpoint(api, "GET", "/balance", parameters.ONLY_EXPAND)
def get_balance(call: Call) -> Json:
    """What is on the account, by currency: available, and still pending."""
    return balance(call.tx)


def balance(tx: Transaction) -> Json:
    """The balance object; net amounts, euros first when nothing was paid yet."""
    totals: dict[str, dict[str, int]] = {"available": {"eur": 0}, "pending": {"eur": 0}}
    for entry in tx.all("balance_transaction"):
        totals[shown(tx, entry)["status"]].setdefault(entry["currency"], 0)
        totals[shown(tx, entry)["status"]][entry["currency"]] += entry["net"]

    def amounts(of: dict[str, int]) -> list[Json]:
        return [
            {"amount": amount, "currency": currency, "source_types": {"card": amount}}
            for currency, amount in of.items()
        ]

    return {
        "object": "balance",
        "available": amounts(totals["available"]),
        "livemode": False,
        "pending": amounts(totals["pending"]),
    }
