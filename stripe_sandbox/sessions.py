"""Making Checkout Sessions: what Stripe checks across parameters, and the objects that come of it.

Source of the rules: Stripe's API reference, "Create a Checkout Session", and its texts on minimum amounts.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from stripe_sandbox import customers, money
from stripe_sandbox.charging import DEBITS
from stripe_sandbox.errors import ApiError, exclusive, missing_param, no_such, not_yet
from stripe_sandbox.ids import new_id
from stripe_sandbox.store import Json, Transaction

SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60
# A clock that is a little ahead of the caller's must not refuse a value computed a moment ago.
GRACE = 30
# Null on a new session unless a parameter of the same name is given.
_EMPTY_AT_FIRST = (
    "after_expiration client_secret collected_information consent consent_collection currency_conversion "
    "customer_account customer_details discounts integration_identifier invoice managed_payments "
    "origin_context payment_intent payment_link payment_method_configuration_details permissions "
    "recovered_from saved_payment_method_options setup_intent shipping_address_collection shipping_cost "
    "subscription wallet_options allow_promotion_codes billing_address_collection cancel_url "
    "client_reference_id customer_email locale submit_type"
)


def create(tx: Transaction, params: Json, base_url: str) -> Json:
    """A new open session from parameters that passed their rules one by one; raises ApiError like Stripe."""
    _check_mode(params)
    _check_addresses(params)
    expires_at = _expiry(tx, params)
    customer = _customer(tx, params)
    items = [_line_item(tx, item, index) for index, item in enumerate(params["line_items"])]
    currency = _one_currency(items, params)
    total = sum(item["amount_total"] for item in items)
    _check_total(total, currency)
    session = _session(tx.now, params)
    session.update(
        amount_subtotal=total,
        amount_total=total,
        currency=currency,
        customer=customer["id"] if customer else None,
        expires_at=expires_at,
        payment_method_types=_methods(params, currency),
        url=f"{base_url}/c/pay/{session['id']}",
    )
    email = params.get("customer_email") or (customer or {}).get("email")
    if email:
        session["customer_details"] = customers.details(email, (customer or {}).get("name"))
    data = {**params.get("payment_intent_data", {})}
    data["metadata"] = _filled(data.get("metadata", {}))
    tx.add(session, {"line_items": items, "payment_intent_data": data})
    return session


def _check_mode(params: Json) -> None:
    mode = params.get("mode")
    if mode is None:
        raise missing_param("mode")
    if mode != "payment":
        raise not_yet(f"sessions with `mode={mode}`", "mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise not_yet(f"`ui_mode={params['ui_mode']}`", "ui_mode")
    if params.get("phone_number_collection", {}).get("enabled"):
        raise not_yet("collecting phone numbers", "phone_number_collection[enabled]")
    if params.get("submit_type") == "subscribe":
        raise ApiError("`submit_type=subscribe` is only for subscription mode.", param="submit_type")
    if "payment_method_collection" in params:
        text = "You can only set `payment_method_collection` if there are recurring prices."
        raise ApiError(text, param="payment_method_collection")


def _check_addresses(params: Json) -> None:
    if "success_url" not in params:
        raise missing_param("success_url")
    if not params.get("line_items"):
        raise missing_param("line_items")


def _expiry(tx: Transaction, params: Json) -> int:
    expires_at: int = params.get("expires_at", tx.now + LONGEST)
    if expires_at < tx.now + SHORTEST - GRACE:
        raise ApiError(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
            param="expires_at",
        )
    if expires_at > tx.now + LONGEST + GRACE:
        raise ApiError(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )
    return expires_at


def _customer(tx: Transaction, params: Json) -> Json | None:
    if "customer" not in params:
        return None
    for other in ("customer_email", "customer_creation"):
        if other in params:
            raise exclusive("customer", other)
    customer = tx.find("customer", params["customer"])
    if customer is None or customer.get("deleted"):
        raise no_such("customer", params["customer"], param="customer", status=400)
    return customer


def _line_item(tx: Transaction, item: Json, index: int) -> Json:
    name = f"line_items[{index}]"
    if "price" in item and "price_data" in item:
        raise exclusive(f"{name}[price]", f"{name}[price_data]")
    if "price" in item:
        raise no_such("price", item["price"], param=f"{name}[price]", status=400)
    if "price_data" not in item:
        raise ApiError("You must specify either `price` or `price_data`.", param=name)
    if not item.get("quantity"):
        message = f"Quantity is required. Add `quantity` to `{name}`."
        raise ApiError(message, code="parameter_missing", param=f"{name}[quantity]")
    data, quantity = item["price_data"], item["quantity"]
    unit = _unit_amount(data, f"{name}[price_data]")
    product = _product_name(data, f"{name}[price_data]")
    amount = int((unit * quantity).to_integral_value(ROUND_HALF_UP))
    return {
        "id": new_id("li"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": data["currency"],
        "description": product,
        "metadata": _filled(item.get("metadata", {})),
        "price": _price(data, unit, tx.now),
        "quantity": quantity,
    }


def _unit_amount(data: Json, name: str) -> Decimal:
    if "unit_amount" in data and "unit_amount_decimal" in data:
        raise exclusive(f"{name}[unit_amount]", f"{name}[unit_amount_decimal]")
    if "unit_amount" in data:
        return Decimal(data["unit_amount"])
    if "unit_amount_decimal" not in data:
        raise missing_param(f"{name}[unit_amount]")
    param = f"{name}[unit_amount_decimal]"
    try:
        unit = Decimal(data["unit_amount_decimal"])
    except InvalidOperation:
        unit = Decimal("nan")
    if not unit.is_finite() or not 0 <= unit <= money.LARGEST or unit != round(unit, 12):
        raise ApiError(f"Invalid decimal: {data['unit_amount_decimal']}", param=param)
    return unit


def _product_name(data: Json, name: str) -> str:
    if "product" in data and "product_data" in data:
        raise exclusive(f"{name}[product]", f"{name}[product_data]")
    if "product" in data:
        raise no_such("product", data["product"], param=f"{name}[product]", status=400)
    if "product_data" not in data:
        raise missing_param(f"{name}[product_data]")
    return str(data["product_data"]["name"])


def _price(data: Json, unit: Decimal, now: int) -> Json:
    return {
        "id": new_id("price"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": now,
        "currency": data["currency"],
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": new_id("prod"),
        "recurring": None,
        "tax_behavior": data.get("tax_behavior", "unspecified"),
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": int(unit) if unit == int(unit) else None,
        "unit_amount_decimal": f"{unit.normalize():f}",
    }


def _one_currency(items: list[Json], params: Json) -> str:
    first: str = items[0]["currency"]
    currencies: set[str] = {item["currency"] for item in items} | {params.get("currency", first)}
    if len(currencies) > 1:
        listed = ", ".join(sorted(currencies))
        raise ApiError(f"All line items must be in the same currency; got {listed}.", param="line_items")
    return first


def _check_total(total: int, currency: str) -> None:
    floor = money.SMALLEST.get(currency, 1)
    if total < floor:
        least = money.display(floor, currency)
        text = f"The Checkout Session's total amount due must add up to at least {least} {currency}"
        raise ApiError(text, code="amount_too_small", param="line_items")
    if total > money.LARGEST:
        most = money.display(money.LARGEST, currency)
        text = f"The Checkout Session's total amount due must be no more than {most} {currency}"
        raise ApiError(text, code="amount_too_large", param="line_items")
    if currency in money.THREE_DECIMAL and total % 10:
        raise ApiError(f"Amounts in {currency} must be divisible by 10.", param="line_items")


def _methods(params: Json, currency: str) -> list[str]:
    """Dynamic payment methods: card and one delayed debit, less what the caller rules out."""
    methods = ["card", DEBITS.get(currency, "us_bank_account")]
    allowed = params.get("allowed_payment_method_types", methods)
    excluded = params.get("excluded_payment_method_types", [])
    left = [method for method in methods if method in allowed and method not in excluded]
    if not left:
        raise ApiError("No valid payment method types for this Checkout Session.", param="line_items")
    return left


def _filled(metadata: Json) -> Json:
    return {key: value for key, value in metadata.items() if value != ""}


def _session(now: int, params: Json) -> Json:
    """The object with what does not depend on amounts; empty fields are null as in Stripe's answers."""
    session: Json = dict.fromkeys(_EMPTY_AT_FIRST.split())
    session |= {key: params[key] for key in session if key in params}
    session.update(
        id=new_id("cs"),
        object="checkout.session",
        adaptive_pricing={"enabled": params.get("adaptive_pricing", {}).get("enabled", False)},
        automatic_tax={"enabled": False, "liability": None, "provider": None, "status": None},
        created=now,
        custom_fields=[],
        custom_text=_custom_text(params.get("custom_text", {})),
        customer_creation=None if "customer" in params else params.get("customer_creation", "if_required"),
        excluded_payment_method_types=params.get("excluded_payment_method_types", []),
        invoice_creation={"enabled": False, "invoice_data": _no_invoice()},
        livemode=False,
        metadata=_filled(params.get("metadata", {})),
        mode="payment",
        payment_method_collection="if_required",
        payment_method_options={"card": {"request_three_d_secure": "automatic"}},
        payment_status="unpaid",
        phone_number_collection={"enabled": False},
        shipping_options=[],
        status="open",
        success_url=params["success_url"],
        total_details={"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        ui_mode="hosted_page",
    )
    return session


def _custom_text(given: Json) -> Json:
    places = ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
    return {place: given.get(place) or None for place in places}


def _no_invoice() -> Json:
    fields = ("account_tax_ids", "custom_fields", "description", "footer", "issuer", "rendering_options")
    return {**dict.fromkeys(fields), "metadata": {}}
