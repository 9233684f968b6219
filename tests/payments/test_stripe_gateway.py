"""The gateway against the stand-in, by Stripe's own SDK; the traffic is held against Stripe's description."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.clock import now
from portal.domain.donations.gateway import CheckoutRequest, GatewayRefused, GatewayUnavailable
from portal.domain.donations.rules import Observed
from portal.money import Money
from portal.payments.stripe_gateway import StripeGateway, money_from_stripe, read_session, stripe_amount
from tests.foundation.servers import free_port
from tests.sandbox.live import StandIn


def test_a_checkout_is_opened_discreetly_and_carries_what_finds_its_donation(
    app: Flask, gateway: StripeGateway, stand_in: StandIn
) -> None:
    with app.app_context():
        seen = gateway.open_checkout(request_of())
    assert (seen.observed, seen.donation_public_id, seen.attempt) == (Observed.OPEN, "public", 1)
    (session,) = stand_in.books()["sessions"]
    assert session["amount_total"] == 2590
    assert session["submit_type"] == "donate"
    assert session["client_reference_id"] == "public"
    names = [
        line.description
        for line in stand_in.client().v1.checkout.sessions.line_items.list(seen.session_id).data
    ]
    assert names == ["Donation 1042", "Towards card costs"]


def test_the_payment_carries_the_donation_s_number_and_nothing_of_its_cause(
    app: Flask, gateway: StripeGateway, stand_in: StandIn
) -> None:
    with app.app_context():
        seen = gateway.open_checkout(request_of())
    stand_in.pay(seen.url or "")
    (intent,) = stand_in.books()["payment_intents"]
    assert intent["description"] == "Donation 1042"
    assert intent["metadata"] == {"lantern_donation": "public", "lantern_attempt": "1"}


def test_the_same_key_opens_the_same_page(app: Flask, gateway: StripeGateway, stand_in: StandIn) -> None:
    with app.app_context():
        one, two = gateway.open_checkout(request_of()), gateway.open_checkout(request_of())
    assert one.session_id == two.session_id
    assert len(stand_in.books()["sessions"]) == 1


def test_the_same_key_for_something_else_is_refused(app: Flask, gateway: StripeGateway) -> None:
    with app.app_context():
        gateway.open_checkout(request_of())
        with pytest.raises(GatewayRefused):
            gateway.open_checkout(replace(request_of(), gift=Money(9900, "EUR")))


def test_a_paid_checkout_tells_what_moved_when_and_for_whom(
    app: Flask, gateway: StripeGateway, stand_in: StandIn
) -> None:
    with app.app_context():
        opened = gateway.open_checkout(request_of())
    stand_in.pay(opened.url or "", "mina@example.org")
    seen = gateway.get_checkout(opened.session_id)
    assert (seen.observed, seen.moved, seen.email) == (Observed.PAID, Money(2590, "EUR"), "mina@example.org")
    assert seen.paid_at is not None
    assert abs(seen.paid_at - now()) < timedelta(minutes=5)


def test_the_fee_and_what_is_left_are_the_books_own(
    app: Flask, gateway: StripeGateway, stand_in: StandIn
) -> None:
    with app.app_context():
        opened = gateway.open_checkout(request_of())
    stand_in.pay(opened.url or "")
    fee = gateway.find_fee(gateway.get_checkout(opened.session_id).payment_id or "")
    assert fee is not None
    books = stand_in.books()["balance"]["eur"]
    assert (fee.fee.minor, fee.net.minor) == (books["fee"], books["net"]) == (90, 2500)


def test_closing_an_open_checkout_ends_it_and_a_paid_one_stays_paid(
    app: Flask, gateway: StripeGateway, stand_in: StandIn
) -> None:
    with app.app_context():
        one = gateway.open_checkout(request_of())
        two = gateway.open_checkout(replace(request_of(), key="another", attempt=2))
    stand_in.pay(two.url or "")
    assert gateway.close_checkout(one.session_id).observed is Observed.EXPIRED
    assert gateway.close_checkout(one.session_id).observed is Observed.EXPIRED
    assert gateway.close_checkout(two.session_id).observed is Observed.PAID


def test_a_bank_debit_is_processing_then_paid_or_failed(
    app: Flask, gateway: StripeGateway, stand_in: StandIn
) -> None:
    for attempt, (outcome, end) in enumerate({"succeed": Observed.PAID, "fail": Observed.FAILED}.items()):
        with app.app_context():
            opened = gateway.open_checkout(replace(request_of(), key=outcome, attempt=attempt))
        stand_in.pay_by_debit(opened.url or "")
        assert gateway.get_checkout(opened.session_id).observed is Observed.PROCESSING
        stand_in.settle_debit(opened.session_id, outcome)
        assert gateway.get_checkout(opened.session_id).observed is end


def test_the_won_has_no_cents(app: Flask, gateway: StripeGateway, stand_in: StandIn) -> None:
    won = replace(request_of(), gift=Money(30_000, "KRW"), card_costs=Money(0, "KRW"))
    with app.app_context():
        opened = gateway.open_checkout(won)
    stand_in.pay(opened.url or "")
    assert gateway.get_checkout(opened.session_id).moved == Money(30_000, "KRW")
    assert stand_in.books()["balance"]["krw"]["gross"] == 30_000


@pytest.mark.parametrize(
    ("money", "wire"), [(Money(25, "ISK"), 2500), (Money(25, "UGX"), 2500), (Money(25, "JPY"), 25)]
)
def test_currencies_that_stripe_sends_with_two_zeros_come_back_whole(money: Money, wire: int) -> None:
    assert stripe_amount(money) == wire
    assert money_from_stripe(wire, money.currency.lower()) == money


def test_complete_is_not_paid() -> None:
    session = {
        "id": "cs_1",
        "livemode": False,
        "status": "complete",
        "payment_status": "unpaid",
        "metadata": {},
    }
    assert read_session(session).observed is Observed.PROCESSING


def test_a_session_nobody_knows_is_refused(gateway: StripeGateway) -> None:
    with pytest.raises(GatewayRefused):
        gateway.get_checkout("cs_test_nobody")


def test_a_provider_that_is_away_is_unavailable() -> None:
    away = StripeGateway("sk_test_sandbox_x", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(GatewayUnavailable):
        away.get_checkout("cs_test_1")


def request_of() -> CheckoutRequest:
    """A gift of 25.00 with its card costs."""
    return CheckoutRequest(
        key="donation:public:checkout:1",
        donation_public_id="public",
        donation_number=1042,
        attempt=1,
        gift=Money(2500, "EUR"),
        card_costs=Money(90, "EUR"),
        return_url="http://127.0.0.1:5000/donations/public",
        expires_at=(datetime.now(UTC) + timedelta(hours=1)).replace(microsecond=0, second=0),
        language="en",
    )


@pytest.fixture
def gateway(stand_in: StandIn) -> StripeGateway:
    """The gateway, pointed at the stand-in."""
    return StripeGateway(stand_in.api_key, stand_in.base_url)
