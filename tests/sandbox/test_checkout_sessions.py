"""Opening, reading and closing Checkout Sessions."""

import time
from typing import Any

import pytest
import stripe

from tests.sandbox.conftest import Opener, donation
from tests.sandbox.live import StandIn


def test_a_new_session_is_open_unpaid_and_without_a_payment_intent(open_session: Opener) -> None:
    session = open_session(2564, client_reference_id="donation-7", metadata={"campaign": "mercy"})
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.amount_total, session.currency, session.livemode) == (2564, "eur", False)
    assert session.id.startswith("cs_test_")
    assert session.url.endswith(f"/c/pay/{session.id}")
    assert (session.client_reference_id, session.metadata.to_dict()) == ("donation-7", {"campaign": "mercy"})
    assert (session.customer, session.customer_creation, session.submit_type) == (
        None,
        "if_required",
        "donate",
    )


def test_everything_the_portal_may_send_is_taken_and_shown_again(open_session: Opener) -> None:
    expires_at = int(time.time()) + 3600
    session = open_session(
        customer_email="kim@example.org",
        locale="ko",
        adaptive_pricing={"enabled": False},
        expires_at=expires_at,
        custom_text={"submit": {"message": "Thank you"}},
        payment_intent_data={"statement_descriptor_suffix": "MERCY", "receipt_email": "kim@example.org"},
    )
    assert (session.customer_email, session.customer_details.email) == ("kim@example.org", "kim@example.org")
    assert (session.locale, session.adaptive_pricing.enabled, session.expires_at) == ("ko", False, expires_at)
    assert session.custom_text.submit.message == "Thank you"
    assert session.cancel_url == "https://portal.example/give"


def test_several_line_items_are_added_up(client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(
        donation(line_items=[_item("Donation", 2500), _item("Towards card costs", 64)])
    )
    items = client.v1.checkout.sessions.line_items.list(session.id)
    assert session.amount_total == 2564
    assert [(item.description, item.amount_total) for item in items.data] == [
        ("Donation", 2500),
        ("Towards card costs", 64),
    ]


def test_line_items_come_in_pages(client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(
        donation(line_items=[_item(f"Part {n}", 100 * n) for n in range(1, 6)])
    )
    items = client.v1.checkout.sessions.line_items.list(session.id, {"limit": 2})
    assert items.has_more
    assert [item.description for item in items.auto_paging_iter()] == [f"Part {n}" for n in range(1, 6)]


def test_a_quantity_multiplies(open_session: Opener) -> None:
    assert open_session(line_items=[_item("Ticket", 500, quantity=3)]).amount_total == 1500


def test_a_decimal_unit_amount_is_rounded_half_up_with_its_quantity(open_session: Opener) -> None:
    item = _item("Stamp", 0, quantity=3)
    del item["price_data"]["unit_amount"]
    item["price_data"]["unit_amount_decimal"] = "120.5"
    assert open_session(line_items=[item]).amount_total == 362


def test_a_currency_without_decimals_works(open_session: Opener) -> None:
    session = open_session(30000, "krw")
    assert (session.amount_total, session.currency) == (30000, "krw")


def test_a_session_can_be_read_again_with_its_line_items(
    client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session()
    again = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["line_items"]})
    assert again.line_items.data[0].price.unit_amount == 2500
    assert "line_items" not in client.v1.checkout.sessions.retrieve(session.id).to_dict()


def test_sessions_can_be_listed_by_status_and_time(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    first, second = open_session(), open_session()
    client.v1.checkout.sessions.expire(first.id)
    assert [s.id for s in client.v1.checkout.sessions.list()] == [second.id, first.id]
    assert [s.id for s in client.v1.checkout.sessions.list({"status": "open"})] == [second.id]
    assert [s.id for s in client.v1.checkout.sessions.list({"status": "expired"})] == [first.id]
    assert not client.v1.checkout.sessions.list({"created": {"gt": second.created + 60}}).data
    stand_in.pay(second.url, "kim@example.org")
    found = client.v1.checkout.sessions.list({"customer_details": {"email": "kim@example.org"}})
    assert [s.id for s in found] == [second.id]


def test_an_open_session_can_be_expired_once(client: stripe.StripeClient, open_session: Opener) -> None:
    session = client.v1.checkout.sessions.expire(open_session().id)
    assert (session.status, session.url) == ("expired", None)
    with pytest.raises(stripe.InvalidRequestError, match=r'status in \["open"\]'):
        client.v1.checkout.sessions.expire(session.id)
    assert [e.type for e in client.v1.events.list()] == ["checkout.session.expired"]


def test_an_event_tells_which_request_caused_it(client: stripe.StripeClient, open_session: Opener) -> None:
    session = open_session()
    answer = client.v1.checkout.sessions.expire(session.id, options={"idempotency_key": "expire:7"})
    event = client.v1.events.list().data[0]
    assert event.request.to_dict() == {
        "id": answer.last_response.request_id,
        "idempotency_key": "expire:7",
    }


def test_a_session_expires_by_the_clock_even_when_nobody_looks(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session(expires_at=int(time.time()) + 1800)
    stand_in.advance(1790)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    stand_in.advance(11)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert [e.type for e in client.v1.events.list()] == ["checkout.session.expired"]


def test_a_missing_session_is_stripes_404(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="No such checkout.session: 'cs_nope'") as refusal:
        client.v1.checkout.sessions.retrieve("cs_nope")
    assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


def test_a_known_customer_is_taken_over(client: stripe.StripeClient, stand_in: StandIn) -> None:
    customer = client.v1.customers.create({"email": "kim@example.org", "name": "Kim"})
    session = client.v1.checkout.sessions.create(donation(customer=customer.id))
    assert (session.customer, session.customer_creation) == (customer.id, None)
    stand_in.pay(session.url, "somebody.else@example.org")
    charge = client.v1.charges.list().data[0]
    assert (charge.customer, charge.billing_details.email) == (customer.id, "kim@example.org")
    assert [s.id for s in client.v1.checkout.sessions.list({"customer": customer.id})] == [session.id]


def _item(name: str, amount: int, quantity: int = 1) -> dict[str, Any]:
    price = {"currency": "eur", "unit_amount": amount, "product_data": {"name": name}}
    return {"quantity": quantity, "price_data": price}
