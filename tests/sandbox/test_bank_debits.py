"""Delayed bank debits: complete at once, paid or failed later."""

import pytest
import stripe

from tests.sandbox.conftest import Opener
from tests.sandbox.live import StandIn


def test_a_debit_completes_unpaid(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session()
    answer = stand_in.pay_by_debit(session.url, "kim@example.org")
    assert (answer.status, answer.location) == (303, f"https://portal.example/thanks?session={session.id}")
    waiting = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    assert (waiting.payment_intent.status, waiting.payment_intent.latest_charge.status) == (
        "processing",
        "pending",
    )
    assert _types(client) == [
        "payment_intent.created",
        "charge.pending",
        "payment_intent.processing",
        "checkout.session.completed",
    ]
    assert stand_in.books()["balance"] == {}


def test_a_debit_that_succeeds_is_paid_then(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session()
    stand_in.pay_by_debit(session.url)
    stand_in.settle_debit(session.id, "succeed")
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert _types(client)[4:] == [
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.async_payment_succeeded",
    ]
    assert stand_in.books()["balance"]["eur"] == {"gross": 2500, "fee": 88, "net": 2412, "count": 1}


def test_a_debit_that_fails_stays_unpaid(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session()
    stand_in.pay_by_debit(session.url)
    stand_in.settle_debit(session.id, "fail")
    after = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (after.status, after.payment_status) == ("complete", "unpaid")
    assert after.payment_intent.status == "requires_payment_method"
    assert _types(client)[4:] == [
        "charge.failed",
        "payment_intent.payment_failed",
        "checkout.session.async_payment_failed",
    ]
    assert stand_in.books()["balance"] == {}


def test_a_debit_is_settled_once(stand_in: StandIn, open_session: Opener) -> None:
    session = open_session()
    stand_in.pay_by_debit(session.url)
    stand_in.settle_debit(session.id, "succeed")
    again = stand_in.post(f"/_sandbox/sessions/{session.id}/debit", {"outcome": "fail"})
    assert again.status == 409
    assert stand_in.books()["balance"]["eur"]["count"] == 1


@pytest.mark.parametrize("currency", ["eur", "gbp", "usd", "krw"])
def test_each_currency_has_its_sort_of_debit(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener, currency: str
) -> None:
    session = open_session(5000, currency)
    stand_in.pay_by_debit(session.url)
    stand_in.settle_debit(session.id, "succeed")
    details = client.v1.charges.list().data[0].payment_method_details
    assert details.type == session.payment_method_types[1]


def _types(client: stripe.StripeClient) -> list[str]:
    return [event.type for event in client.v1.events.list({"limit": 100})][::-1]
