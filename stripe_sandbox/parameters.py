"""Which parameters each API call takes. Everything Stripe lists is named here: taken, or refused in plain words;
anything else is unknown. Source: Stripe's OpenAPI description with the changes of API 2026-10-28.endive."""

from stripe_sandbox import rules
from stripe_sandbox.rules import Rule, choice, flag, group, listing, text, unsettable, unsupported, whole

SUBMIT_TYPES = ("auto", "book", "donate", "pay", "subscribe")
_LOCALES = (
    "auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru "
    "sk sl sv th tr vi zh zh-HK zh-TW"
)

EXPAND = {"expand": listing(text())}
PAGE: dict[str, Rule] = {
    **EXPAND,
    "limit": whole(1, 100),
    "starting_after": text(),
    "ending_before": text(),
}
CREATED_PAGE: dict[str, Rule] = {**PAGE, "created": rules.created_range}

ADDRESS = group(
    {field: unsettable(text()) for field in ("city", "country", "line1", "line2", "postal_code", "state")}
)
SHIPPING = group(
    {"address": ADDRESS, "name": text(), "carrier": text(), "phone": text(), "tracking_number": text()},
    required=("address", "name"),
)


def _unsupported(names: str) -> dict[str, Rule]:
    return {name: unsupported(name) for name in names.split()}


_PRODUCT_DATA = group(
    {
        "name": text(),
        "description": text(40_000),
        "images": listing(text(), most=8),
        "metadata": rules.metadata,
        "tax_code": text(),
        "tax_details": unsupported("tax_details"),
        "unit_label": text(12),
    },
    required=("name",),
)
_PRICE_DATA = group(
    {
        "currency": rules.currency,
        "product": text(),
        "product_data": _PRODUCT_DATA,
        "recurring": unsupported("recurring prices"),
        "tax_behavior": choice("exclusive", "inclusive", "unspecified"),
        "unit_amount": whole(0, 99_999_999),
        "unit_amount_decimal": text(40),
    },
    required=("currency",),
)
_LINE_ITEM = group(
    {
        "price": text(),
        "price_data": _PRICE_DATA,
        "quantity": whole(0),
        "metadata": rules.metadata,
        **_unsupported("adjustable_quantity dynamic_tax_rates tax_rates"),
    }
)
_INTENT_DATA = group(
    {
        "capture_method": choice("automatic", "automatic_async"),
        "description": text(1000),
        "metadata": rules.metadata,
        "receipt_email": rules.email,
        "setup_future_usage": choice("off_session", "on_session"),
        "shipping": SHIPPING,
        "statement_descriptor": text(22),
        "statement_descriptor_suffix": text(22),
        "transfer_group": text(),
        **_unsupported("application_fee_amount on_behalf_of transfer_data"),
    }
)
_MESSAGE = unsettable(group({"message": text(1200)}, required=("message",)))
_TURNED_ON = group({"enabled": flag}, required=("enabled",))

SESSION_CREATE = group(
    {
        **EXPAND,
        "adaptive_pricing": group({"enabled": flag}),
        "allow_promotion_codes": flag,
        "allowed_payment_method_types": listing(text()),
        "billing_address_collection": choice("auto", "required"),
        "cancel_url": rules.url,
        "client_reference_id": text(200),
        "currency": rules.currency,
        "custom_text": group(
            dict.fromkeys(
                ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance"), _MESSAGE
            )
        ),
        "customer": text(),
        "customer_creation": choice("always", "if_required"),
        "customer_email": rules.email,
        "excluded_payment_method_types": listing(text()),
        "expires_at": whole(),
        "integration_identifier": text(200),
        "line_items": listing(_LINE_ITEM, most=100),
        "locale": choice(*_LOCALES.split()),
        "metadata": rules.metadata,
        "mode": choice("payment", "setup", "subscription"),
        "origin_context": choice("mobile_app", "web"),
        "payment_intent_data": _INTENT_DATA,
        "payment_method_collection": choice("always", "if_required"),
        "phone_number_collection": _TURNED_ON,
        "submit_type": choice(*SUBMIT_TYPES),
        "success_url": rules.url,
        "ui_mode": choice("elements", "embedded_page", "hosted_page"),
        **_unsupported(
            "after_expiration automatic_tax branding_settings consent_collection custom_fields customer_account "
            "customer_update discounts invoice_creation managed_payments name_collection optional_items "
            "payment_method_configuration payment_method_data payment_method_options permissions "
            "redirect_on_completion return_url saved_payment_method_options setup_intent_data "
            "shipping_address_collection shipping_options subscription_data tax_id_collection wallet_options"
        ),
    }
)
SESSION_LIST = group(
    {
        **CREATED_PAGE,
        "customer": text(),
        "customer_account": text(),
        "customer_details": group({"email": text()}, required=("email",)),
        "payment_intent": text(),
        "payment_link": text(),
        "status": choice("complete", "expired", "open"),
        "subscription": text(),
    }
)
LINE_ITEM_LIST = group(PAGE)
INTENT_LIST = group({**CREATED_PAGE, "customer": text(), "customer_account": text()})
INTENT_GET = group({**EXPAND, "client_secret": text()})
CHARGE_LIST = group({**CREATED_PAGE, "customer": text(), "payment_intent": text(), "transfer_group": text()})
BALANCE_TRANSACTION_LIST = group(
    {**CREATED_PAGE, "currency": rules.currency, "payout": text(), "source": text(), "type": text()}
)
EVENT_LIST = group(
    {**CREATED_PAGE, "delivery_success": flag, "type": text(), "types": listing(text(), most=20)}
)
ONLY_EXPAND = group(EXPAND)
NOTHING = group({})

_CUSTOMER = {
    **EXPAND,
    "address": unsettable(ADDRESS),
    "balance": whole(),
    "business_name": unsettable(text(150)),
    "description": unsettable(text()),
    "email": unsettable(rules.email),
    "individual_name": unsettable(text(150)),
    "invoice_prefix": text(12),
    "metadata": rules.metadata,
    "name": unsettable(text(256)),
    "phone": unsettable(text(20)),
    "preferred_locales": listing(text()),
    "shipping": unsettable(SHIPPING),
    "tax_exempt": unsettable(choice("exempt", "none", "reverse")),
    **_unsupported("cash_balance invoice_settings next_invoice_sequence source tax"),
}
CUSTOMER_CREATE = group({**_CUSTOMER, **_unsupported("payment_method tax_id_data test_clock")})
CUSTOMER_UPDATE = group({**_CUSTOMER, **_unsupported("default_source")})
CUSTOMER_LIST = group({**CREATED_PAGE, "email": text(512), "test_clock": text()})

ENDPOINT_CREATE = group(
    {
        **EXPAND,
        "api_version": text(),
        "connect": unsupported("connect"),
        "description": unsettable(text()),
        "enabled_events": listing(text()),
        "metadata": rules.metadata,
        "url": rules.url,
    },
    required=("enabled_events", "url"),
)
ENDPOINT_LIST = group(PAGE)
