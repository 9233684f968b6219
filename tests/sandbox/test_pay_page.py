"""The hosted page: what a donor sees and what each card does."""

from typing import Any

import pytest
import stripe

from tests.sandbox.conftest import Opener
from tests.sandbox.live import CHALLENGE_CARD, DECLINED_CARD, GOOD_CARD, StandIn

DECLINES = [
    ("4000000000000002", "card_declined", "generic_decline", "Your card was declined."),
    ("4000000000009995", "card_declined", "insufficient_funds", "There is not enough money on this card."),
    ("4000000000009987", "card_declined", "lost_card", "Your card was declined."),
    ("4000000000009979", "card_declined", "stolen_card", "Your card was declined."),
    ("4000000000000069", "expired_card", None, "This card has expired."),
    ("4000000000000127", "incorrect_cvc", None, "The security code (CVC) does not match this card."),
    ("4000000000000119", "processing_error", None, "Something went wrong while the card was processed."),
    ("4000000000006975", "card_declined", "card_velocity_exceeded", "This card has been used too often"),
]


def test_the_page_shows_what_is_paid_for(stand_in: StandIn, open_session: Opener) -> None:
    page = stand_in.get(open_session(2564).url)
    assert page.status == 200
    for text in ("SANDBOX, no real money", "Donate €25.64", "Water for Mercy", "https://portal.example/give"):
        assert text in page.text
    for name in ("email", "card_number", "expiry", "cvc"):
        assert f'<label for="{name}">' in page.text
        assert f'name="{name}"' in page.text
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize(("submit_type", "verb"), [("pay", "Pay"), ("book", "Book"), ("auto", "Pay")])
def test_the_button_follows_the_submit_type(
    stand_in: StandIn, open_session: Opener, submit_type: str, verb: str
) -> None:
    page = stand_in.get(open_session(30000, "krw", submit_type=submit_type).url)
    assert f">{verb} ₩30,000</button>" in page.text


def test_names_from_outside_cannot_break_the_page(stand_in: StandIn, open_session: Opener) -> None:
    item = {
        "quantity": 1,
        "price_data": {"currency": "eur", "unit_amount": 500, "product_data": {"name": "<script>x</script>"}},
    }
    page = stand_in.get(open_session(line_items=[item]).url)
    assert "<script" not in page.text
    page = stand_in.pay(page.headers.get("x", open_session().url), email='"><script>x', card=GOOD_CARD)
    assert page.status == 422
    assert "<script" not in page.text


def test_the_page_sends_strict_headers(stand_in: StandIn, open_session: Opener) -> None:
    headers = stand_in.get(open_session().url).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "form-action" not in headers["content-security-policy"]


@pytest.mark.parametrize("card", ["4242 4242 4242 4242", "5555555555554444", "378282246310005"])
def test_a_good_card_pays(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener, card: str
) -> None:
    session = open_session(
        2564, payment_intent_data={"description": "Gift", "metadata": {"donation": "7"}}, metadata={"a": "b"}
    )
    answer = stand_in.pay(session.url, "kim@example.org", card, cvc="1234" if card[0] == "3" else "123")
    assert (answer.status, answer.location) == (303, f"https://portal.example/thanks?session={session.id}")
    paid = client.v1.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge.balance_transaction"]}
    )
    assert (paid.status, paid.payment_status, paid.url, paid.customer) == ("complete", "paid", None, None)
    assert paid.customer_details.email == "kim@example.org"
    intent = paid.payment_intent
    assert (intent.status, intent.amount_received, intent.description) == ("succeeded", 2564, "Gift")
    assert intent.metadata.to_dict() == intent.latest_charge.metadata.to_dict() == {"donation": "7"}
    assert (intent.latest_charge.paid, intent.latest_charge.billing_details.email) == (
        True,
        "kim@example.org",
    )
    entry = intent.latest_charge.balance_transaction
    assert (entry.amount, entry.fee, entry.net, entry.fee_details[0].amount) == (2564, 89, 2475, 89)


def test_paying_tells_of_itself_in_stripes_order(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    stand_in.pay(open_session().url)
    assert _types(client) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]
    created = client.v1.events.list({"type": "payment_intent.created"}).data[0]
    assert created.data.object["status"] == "requires_payment_method"


@pytest.mark.parametrize(("card", "code", "decline_code", "sentence"), DECLINES)
def test_a_declined_card_leaves_the_session_open(
    stand_in: StandIn,
    client: stripe.StripeClient,
    open_session: Opener,
    card: str,
    code: str,
    decline_code: str | None,
    sentence: str,
) -> None:
    session = open_session()
    page = stand_in.pay(session.url, "kim@example.org", card)
    assert page.status == 402
    assert sentence in page.text
    assert 'value="kim@example.org"' in page.text
    assert 'value="12 / 40"' in page.text
    assert card not in page.text
    after = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert (after.status, after.payment_status) == ("open", "unpaid")
    error = after.payment_intent.last_payment_error
    assert (error.code, getattr(error, "decline_code", None)) == (code, decline_code)
    assert (after.payment_intent.status, after.payment_intent.latest_charge.status) == (
        "requires_payment_method",
        "failed",
    )
    assert _types(client) == ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]
    assert not client.v1.balance_transactions.list().data


def test_after_a_decline_another_card_pays_the_same_intent(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session()
    stand_in.pay(session.url, card=DECLINED_CARD)
    stand_in.pay(session.url, card=DECLINED_CARD)
    assert stand_in.pay(session.url).status == 303
    books = stand_in.books()
    assert len(books["payment_intents"]) == 1
    assert [charge["status"] for charge in books["charges"]] == ["succeeded", "failed", "failed"]
    assert _types(client).count("payment_intent.created") == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"card_number": "4242424242424241"}, "Your card number is not valid."),
        ({"card_number": ""}, "Your card number is not valid."),
        ({"email": "kim"}, "Your e-mail address is not complete."),
        ({"expiry": "01 / 20"}, "Your card&#39;s expiration date is in the past."),
        ({"expiry": "13 / 40"}, "Your card&#39;s expiration date is not complete."),
        ({"cvc": ""}, "Your card&#39;s security code is not complete."),
    ],
)
def test_a_faulty_field_is_named_and_nothing_is_tried(
    stand_in: StandIn, open_session: Opener, fields: dict[str, str], sentence: str
) -> None:
    session = open_session()
    form = {"email": "kim@example.org", "card_number": GOOD_CARD, "expiry": "12/40", "cvc": "123", **fields}
    page = stand_in.post(session.url, form)
    assert (page.status, sentence in page.text) == (422, True)
    assert stand_in.books()["payment_intents"] == []


def test_an_expired_session_says_so_and_leads_back(stand_in: StandIn, open_session: Opener) -> None:
    session = open_session()
    stand_in.expire(session.id)
    page = stand_in.get(session.url)
    assert page.status == 410
    assert "has expired" in page.text
    assert "https://portal.example/give" in page.text
    assert stand_in.post(session.url, _form(GOOD_CARD)).status == 410
    assert stand_in.books()["balance"] == {}


def test_expiry_cancels_a_payment_that_was_tried(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session()
    stand_in.pay(session.url, card=DECLINED_CARD)
    client.v1.checkout.sessions.expire(session.id)
    intent = client.v1.payment_intents.list().data[0]
    assert (intent.status, intent.cancellation_reason) == ("canceled", "expired")


def test_a_customer_is_made_only_when_asked_for(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session(customer_creation="always")
    assert session.customer is None
    stand_in.pay(session.url, "kim@example.org", name="Kim Lee")
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["customer", "payment_intent"]})
    assert (paid.customer.email, paid.customer.name) == ("kim@example.org", "Kim Lee")
    assert paid.payment_intent.customer == paid.customer.id


def test_a_known_address_cannot_be_changed(stand_in: StandIn, open_session: Opener) -> None:
    session = open_session(customer_email="kim@example.org")
    assert "readonly" in stand_in.get(session.url).text
    stand_in.pay(session.url, "other@example.org")
    assert stand_in.books()["charges"][0]["billing_details"]["email"] == "kim@example.org"


def test_a_session_without_a_bank_debit_refuses_one_quietly(stand_in: StandIn, open_session: Opener) -> None:
    session = open_session(allowed_payment_method_types=["card"])
    assert "bank_debit" not in stand_in.get(session.url).text
    assert stand_in.pay_by_debit(session.url).status == 422
    assert stand_in.books()["payment_intents"] == []


def test_card_numbers_are_never_stored(stand_in: StandIn, open_session: Opener, tmp_path: Any) -> None:
    stand_in.pay(open_session().url)
    stand_in.pay(open_session().url, card=CHALLENGE_CARD)
    stand_in.pay(open_session().url, card=DECLINED_CARD)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    for card in (GOOD_CARD, CHALLENGE_CARD, DECLINED_CARD):
        assert card.encode() not in kept


def _form(card: str) -> dict[str, str]:
    return {"email": "kim@example.org", "card_number": card, "expiry": "12/40", "cvc": "123"}


def _types(client: stripe.StripeClient) -> list[str]:
    return [event.type for event in client.v1.events.list({"limit": 100})][::-1]
