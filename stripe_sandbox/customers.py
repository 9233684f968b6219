"""Customers: made by the API or by a session with ``customer_creation=always``."""

from stripe_sandbox.events import emit
from stripe_sandbox.ids import new_id, random_text
from stripe_sandbox.store import Json, Transaction

_EMPTY_AT_FIRST = "address currency default_source description discount email name phone shipping test_clock"
PLAIN_FIELDS = (
    "address",
    "business_name",
    "description",
    "email",
    "individual_name",
    "name",
    "phone",
    "shipping",
)


def create(tx: Transaction, params: Json) -> Json:
    """A new customer from checked parameters; tells the webhooks."""
    customer: Json = {
        **dict.fromkeys(_EMPTY_AT_FIRST.split()),
        "id": new_id("cus"),
        "object": "customer",
        "balance": 0,
        "created": tx.now,
        "delinquent": False,
        "invoice_prefix": random_text(8).upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": {},
        "next_invoice_sequence": 1,
        "preferred_locales": [],
        "tax_exempt": "none",
    }
    _apply(customer, params)
    tx.add(customer)
    emit(tx, "customer.created", customer)
    return customer


def update(tx: Transaction, customer: Json, params: Json) -> Json:
    """Change a customer; tells the webhooks what the changed fields were before."""
    before = {**customer, "metadata": dict(customer["metadata"])}
    _apply(customer, params)
    changed = {field: old for field, old in before.items() if customer[field] != old}
    changed |= {field: None for field in customer if field not in before}
    if changed:
        tx.save(customer)
        emit(tx, "customer.updated", customer, previous=changed)
    return customer


def delete(tx: Transaction, customer: Json) -> Json:
    """Delete a customer; what the API shows of it from now on."""
    emit(tx, "customer.deleted", customer)
    stub = {"id": customer["id"], "object": "customer", "deleted": True}
    tx.save(stub)
    tx.sql("UPDATE object SET gone = 1 WHERE id = ?", customer["id"])
    return stub


def details(email: str | None, name: str | None) -> Json:
    """A session's ``customer_details``."""
    return {
        "address": None,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": name,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }


def _apply(customer: Json, params: Json) -> None:
    for field in (*PLAIN_FIELDS, "balance", "preferred_locales", "tax_exempt", "invoice_prefix"):
        if field in params:
            customer[field] = _value(field, params[field])
    # These two are strings in Stripe's schema, never null: left out while unset.
    for field in ("business_name", "individual_name"):
        if customer.get(field, "") is None:
            del customer[field]
    if params.get("metadata") == {}:
        customer["metadata"] = {}
    merged = {**customer["metadata"], **params.get("metadata", {})}
    customer["metadata"] = {key: value for key, value in merged.items() if value != ""}


def _value(field: str, value: object) -> object:
    if value == "":
        return "none" if field == "tax_exempt" else None
    if field == "address" and isinstance(value, dict):
        return _address(value)
    if field == "shipping" and isinstance(value, dict):
        extra = {"carrier": None, "tracking_number": None, "phone": None, "name": None}
        return {**extra, **value, "address": _address(value["address"])}
    return value


def _address(given: Json) -> Json:
    return {**dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")), **given}
