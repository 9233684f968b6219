"""Stripe behind the gateway's words: the one module that imports its SDK.

Facts about Stripe's API are those of API version 2026-10-28.endive, which stripe 16.1 pins.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import stripe
from flask import Flask, current_app
from flask_babel import force_locale, gettext

from portal.domain.donations.errors import GivingNotSetUp
from portal.domain.donations.gateway import (
    CheckoutRequest,
    CheckoutSeen,
    FeeSeen,
    GatewayRefused,
    GatewayUnavailable,
)
from portal.domain.donations.rules import Observed
from portal.money import Money

TIMEOUT_SECONDS = 20
RETRIES = 2
# For a reader who waits before a page; the worker asks again with patience.
HURRIED_TIMEOUT_SECONDS = 4
SIGNATURE_TOLERANCE_SECONDS = 300
# Sent to Stripe with two decimals that are always 00, though ISO gives them none (Stripe docs "currencies").
SENT_WITH_TWO_DECIMALS = frozenset({"ISK", "UGX"})
LOOK_INSIDE = ["payment_intent.latest_charge"]
EXTENSION = "lantern.gateway"


class BadSignature(Exception):
    """A webhook call that Stripe did not sign with our secret, or signed too long ago."""


def init_gateway(app: Flask) -> None:
    """Keep the app's gateway, or None when no key is set."""
    key = app.config["STRIPE_SECRET_KEY"]
    app.extensions[EXTENSION] = StripeGateway(key, app.config["STRIPE_API_BASE"]) if key else None


def get_gateway() -> "StripeGateway":
    """Give the current app's gateway; raises GivingNotSetUp when there is none."""
    gateway = current_app.extensions[EXTENSION]
    if gateway is None:
        raise GivingNotSetUp
    return gateway


def verify_signature(payload: bytes, header: str, secret: str) -> None:
    """Check Stripe's signature over the raw bytes; raises BadSignature.

    The SDK's construct_event does the same check, and then builds objects that we have no use for.
    """
    if not secret:
        raise BadSignature("no webhook secret is set")
    if not header.isascii():
        raise BadSignature("it is no signature")
    try:
        stripe.WebhookSignature.verify_header(
            payload.decode("utf-8"), header, secret, SIGNATURE_TOLERANCE_SECONDS
        )
    except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
        raise BadSignature(str(error)) from error


def stripe_amount(money: Money) -> int:
    """Give the amount as Stripe wants it on the wire."""
    return money.minor * 100 if money.currency in SENT_WITH_TWO_DECIMALS else money.minor


def money_from_stripe(amount: int, currency: str) -> Money:
    """Read an amount off the wire."""
    code = currency.upper()
    return Money(amount // 100 if code in SENT_WITH_TWO_DECIMALS else amount, code)


def is_ours(session: dict[str, Any]) -> bool:
    """Tell whether a Checkout Session carries our mark, as one of another program on the same account does not."""
    metadata = session.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(metadata.get("lantern_donation"), str):
        return False
    return (
        str(metadata.get("lantern_attempt", "")).isascii() and str(metadata.get("lantern_attempt")).isdigit()
    )


def read_session(session: dict[str, Any], told_at: int | None = None) -> CheckoutSeen:
    """Say what a Checkout Session tells; `told_at` dates a payment whose charge is not looked into.

    Paid is `payment_status`, never `status`: a bank debit completes unpaid (Stripe docs: checkout/fulfillment).
    """
    intent = session.get("payment_intent")
    inside = intent if isinstance(intent, dict) else None
    observed = _observe(session, inside)
    metadata = session.get("metadata") or {}
    seen: dict[str, Any] = {"email": (session.get("customer_details") or {}).get("email")}
    if observed is Observed.PAID:
        charge = (inside or {}).get("latest_charge")
        moment = charge["created"] if isinstance(charge, dict) else told_at
        seen |= {
            "payment_id": inside["id"] if inside else intent,
            "moved": money_from_stripe(session["amount_total"], session["currency"]),
            "paid_at": datetime.fromtimestamp(moment, UTC) if moment else None,
        }
    return CheckoutSeen(
        session_id=session["id"],
        observed=observed,
        livemode=session["livemode"],
        donation_public_id=metadata.get("lantern_donation", ""),
        attempt=int(metadata.get("lantern_attempt", 0)),
        url=session.get("url"),
        **seen,
    )


def _observe(session: dict[str, Any], intent: dict[str, Any] | None) -> Observed:
    if session["payment_status"] in ("paid", "no_payment_required"):
        return Observed.PAID
    if session["status"] == "open":
        return Observed.OPEN
    if session["status"] == "expired":
        return Observed.EXPIRED
    if intent and intent["status"] in ("requires_payment_method", "canceled"):
        return Observed.FAILED
    return Observed.PROCESSING


class StripeGateway:
    """The payment provider of domain/donations/gateway.py, spoken to Stripe or to the stand-in."""

    def __init__(
        self, key: str, api_base: str, timeout: float = TIMEOUT_SECONDS, retries: int = RETRIES
    ) -> None:
        self._key, self._api_base = key, api_base
        addresses: Any = {"api": api_base} if api_base else {}
        # The client does not retry unless told to; a retry carries the same idempotency key.
        self._client = stripe.StripeClient(
            key,
            base_addresses=addresses,
            max_network_retries=retries,
            http_client=stripe.RequestsClient(timeout=timeout),
        )

    @cached_property
    def hurried(self) -> "StripeGateway":
        """The same provider, asked once and for a few seconds only."""
        return StripeGateway(self._key, self._api_base, HURRIED_TIMEOUT_SECONDS, retries=0)

    def open_checkout(self, request: CheckoutRequest) -> CheckoutSeen:
        """Open a payment page, or give the one that the same key opened before."""
        params: Any = _checkout_params(request)
        options: Any = {"idempotency_key": request.key}
        session = _ask(lambda: self._client.v1.checkout.sessions.create(params, options))
        return read_session(session)

    def get_checkout(self, session_id: str) -> CheckoutSeen:
        """Say how a checkout stands now."""
        return read_session(
            _ask(lambda: self._client.v1.checkout.sessions.retrieve(session_id, {"expand": LOOK_INSIDE}))
        )

    def close_checkout(self, session_id: str) -> CheckoutSeen:
        """Close an open checkout so that it can't be paid any more, and say how it stands then."""
        try:
            return read_session(
                _ask(lambda: self._client.v1.checkout.sessions.expire(session_id, {"expand": LOOK_INSIDE}))
            )
        except GatewayRefused:
            return self.get_checkout(session_id)  # it was no longer open: paid, or expired by itself

    def find_fee(self, payment_id: str) -> FeeSeen | None:
        """Say what a payment cost; None while Stripe does not know yet."""
        look = ["latest_charge.balance_transaction"]
        intent = _ask(lambda: self._client.v1.payment_intents.retrieve(payment_id, {"expand": look}))
        entry = (intent.get("latest_charge") or {}).get("balance_transaction")
        if not isinstance(entry, dict):
            return None
        currency = entry["currency"]
        return FeeSeen(money_from_stripe(entry["fee"], currency), money_from_stripe(entry["net"], currency))


def _checkout_params(request: CheckoutRequest) -> dict[str, Any]:
    """Only what the request holds goes in, so that a repeat under its key is the same to the letter."""
    with force_locale(request.language):
        title = gettext("Donation %(number)s", number=request.donation_number)
        lines = [_line(title, request.gift)]
        if request.card_costs.minor:
            lines.append(_line(gettext("Towards card costs"), request.card_costs))
    metadata = {"lantern_donation": request.donation_public_id, "lantern_attempt": str(request.attempt)}
    return {
        "mode": "payment",
        "submit_type": "donate",
        "line_items": lines,
        "client_reference_id": request.donation_public_id,
        "metadata": metadata,
        "payment_intent_data": {"description": title, "metadata": metadata},
        "adaptive_pricing": {"enabled": False},
        "locale": request.language,
        "expires_at": int(request.expires_at.timestamp()),
        "success_url": request.return_url,
        "cancel_url": request.return_url,
    }


def _line(name: str, money: Money) -> dict[str, Any]:
    price = {
        "currency": money.currency.lower(),
        "unit_amount": stripe_amount(money),
        "product_data": {"name": name},
    }
    return {"quantity": 1, "price_data": price}


def _ask(call: Callable[[], stripe.StripeObject]) -> dict[str, Any]:
    """Make a call and give the answer's JSON; Stripe's errors become the gateway's two."""
    try:
        answer = call()
    except stripe.StripeError as error:
        status = error.http_status or 0
        passing = isinstance(error, stripe.APIConnectionError) or status >= 500 or status in (409, 429)
        raise (GatewayUnavailable if passing else GatewayRefused)(str(error)) from error
    return json.loads(answer.last_response.body)  # type: ignore[union-attr]
