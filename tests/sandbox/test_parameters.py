"""Parameters Stripe refuses are refused here, with Stripe's code and the parameter's name."""

import time
from typing import Any

import pytest
import stripe

from tests.sandbox.conftest import donation
from tests.sandbox.live import StandIn

PRICE = {"currency": "eur", "unit_amount": 2500, "product_data": {"name": "Gift"}}


def _price(**changes: Any) -> dict[str, Any]:
    price = {key: value for key, value in {**PRICE, **changes}.items() if value is not None}
    return donation(line_items=[{"quantity": 1, "price_data": price}])


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in donation().items() if key != name}


AHEAD = int(time.time())
REFUSED = [
    ("an unknown parameter", donation(colour="red"), "parameter_unknown", "colour"),
    ("an unknown nested one", _price(colour="red"), "parameter_unknown", "line_items[0][price_data][colour]"),
    (
        "payment method types",
        donation(payment_method_types=["card"]),
        "parameter_unknown",
        "payment_method_types",
    ),
    ("no mode", _without("mode"), "parameter_missing", "mode"),
    ("no success_url", _without("success_url"), "parameter_missing", "success_url"),
    ("no line items", _without("line_items"), "parameter_missing", "line_items"),
    ("no currency", _price(currency=None), "parameter_missing", "line_items[0][price_data][currency]"),
    ("no amount", _price(unit_amount=None), "parameter_missing", "line_items[0][price_data][unit_amount]"),
    ("no product", _price(product_data=None), "parameter_missing", "line_items[0][price_data][product_data]"),
    (
        "a nameless product",
        _price(product_data={"description": "x"}),
        "parameter_missing",
        "line_items[0][price_data][product_data][name]",
    ),
    (
        "no quantity",
        donation(line_items=[{"price_data": PRICE}]),
        "parameter_missing",
        "line_items[0][quantity]",
    ),
    ("an unknown currency", _price(currency="xqq"), None, "line_items[0][price_data][currency]"),
    (
        "a negative amount",
        _price(unit_amount=-5),
        "parameter_invalid_integer",
        "line_items[0][price_data][unit_amount]",
    ),
    (
        "a broken amount",
        _price(unit_amount="12.50"),
        "parameter_invalid_integer",
        "line_items[0][price_data][unit_amount]",
    ),
    (
        "nine digits",
        _price(unit_amount=100_000_000),
        "parameter_invalid_integer",
        "line_items[0][price_data][unit_amount]",
    ),
    ("too little", _price(unit_amount=49), "amount_too_small", "line_items"),
    (
        "too much in all",
        donation(line_items=[{"quantity": 2, "price_data": {**PRICE, "unit_amount": 99_999_999}}]),
        "amount_too_large",
        "line_items",
    ),
    (
        "two currencies",
        donation(
            line_items=[
                {"quantity": 1, "price_data": PRICE},
                {"quantity": 1, "price_data": {**PRICE, "currency": "usd"}},
            ]
        ),
        None,
        "line_items",
    ),
    ("an expiry too near", donation(expires_at=AHEAD + 1000), None, "expires_at"),
    ("an expiry too far", donation(expires_at=AHEAD + 25 * 3600 + 600), None, "expires_at"),
    ("a bad address", donation(success_url="thanks"), "url_invalid", "success_url"),
    ("another scheme", donation(cancel_url="javascript:alert(1)"), "url_invalid", "cancel_url"),
    ("a bad e-mail", donation(customer_email="kim"), "email_invalid", "customer_email"),
    ("a bad choice", donation(submit_type="donat"), None, "submit_type"),
    ("a bad locale", donation(locale="xx"), None, "locale"),
    ("a bad flag", donation(adaptive_pricing={"enabled": "yes"}), None, "adaptive_pricing[enabled]"),
    ("a long reference", donation(client_reference_id="x" * 201), None, "client_reference_id"),
    ("an empty string", donation(client_reference_id=""), "parameter_invalid_empty", "client_reference_id"),
    ("a long metadata value", donation(metadata={"note": "x" * 501}), None, "metadata[note]"),
    ("a long metadata key", donation(metadata={"k" * 41: "x"}), None, f"metadata[{'k' * 41}]"),
    ("51 metadata keys", donation(metadata={f"k{n}": "x" for n in range(51)}), None, "metadata"),
    (
        "a long suffix",
        donation(payment_intent_data={"statement_descriptor_suffix": "x" * 23}),
        None,
        "payment_intent_data[statement_descriptor_suffix]",
    ),
    ("a list that is none", donation(line_items="gift"), None, "line_items"),
    ("an unknown customer", donation(customer="cus_nope"), "resource_missing", "customer"),
    ("a subscription", donation(mode="subscription"), None, "mode"),
    (
        "something it does not do",
        donation(consent_collection={"promotions": "auto"}),
        None,
        "consent_collection",
    ),
]


@pytest.mark.parametrize(
    ("params", "code", "param"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_a_bad_parameter_is_refused(
    client: stripe.StripeClient, params: Any, code: str | None, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.create(params)
    assert (refusal.value.http_status, refusal.value.code, refusal.value.param) == (400, code, param)
    assert not client.v1.checkout.sessions.list().data


def test_what_the_stand_in_lacks_is_said_plainly(client: stripe.StripeClient) -> None:
    with pytest.raises(
        stripe.InvalidRequestError, match="stand-in for Stripe does not do .*mode=subscription"
    ):
        client.v1.checkout.sessions.create(donation(mode="subscription"))


def test_an_error_body_has_stripes_fields(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.create(donation(colour="red"))
    error = refusal.value.json_body["error"]
    assert error["type"] == "invalid_request_error"
    assert error["doc_url"] == "https://stripe.com/docs/error-codes/parameter-unknown"
    assert refusal.value.request_id in error["request_log_url"]
    assert error["message"] == "Received unknown parameter: colour"


def test_the_largest_and_smallest_amounts_are_taken(client: stripe.StripeClient) -> None:
    for amount, currency in ((99_999_999, "usd"), (50, "eur"), (30, "gbp"), (1000, "krw"), (50, "jpy")):
        session = client.v1.checkout.sessions.create(donation(amount, currency))
        assert session.amount_total == amount


@pytest.mark.parametrize("ahead", [1800, 24 * 3600])
def test_the_ends_of_the_expiry_span_are_taken(client: stripe.StripeClient, ahead: int) -> None:
    session = client.v1.checkout.sessions.create(donation(expires_at=int(time.time()) + ahead))
    assert session.status == "open"


def test_metadata_at_its_limits_is_taken(client: stripe.StripeClient) -> None:
    metadata = {f"{n:040}": "x" * 500 for n in range(50)}
    assert client.v1.checkout.sessions.create(donation(metadata=metadata)).metadata.to_dict() == metadata


def test_a_list_limit_has_bounds(client: stripe.StripeClient) -> None:
    for limit in (0, 101):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            client.v1.events.list({"limit": limit})
        assert refusal.value.param == "limit"


def test_a_property_that_cannot_be_expanded_is_refused(client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(donation())
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        client.v1.checkout.sessions.retrieve(session.id, {"expand": ["amount_total"]})


def test_an_unknown_address_is_stripes_404(stand_in: StandIn) -> None:
    headers = {"Authorization": f"Bearer {stand_in.api_key}"}
    for path in ("/v1/rabbits", "/v1/refunds"):
        answer = stand_in.get(path, headers)
        assert answer.status == 404
        assert f"Unrecognized request URL (GET: {path})" in answer.text


def test_json_bodies_are_refused(stand_in: StandIn) -> None:
    headers = {"Authorization": f"Bearer {stand_in.api_key}", "Content-Type": "application/json"}
    answer = stand_in.post("/v1/customers", {}, headers)
    assert (answer.status, "form-encoded" in answer.text) == (400, True)
