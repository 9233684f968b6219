"""PaymentIntents, charges, the balance and its entries."""

import pytest
import stripe

from stripe_sandbox.fees import fee_for
from stripe_sandbox.money import display
from tests.sandbox.conftest import Opener
from tests.sandbox.live import DECLINED_CARD, StandIn


def test_each_object_can_be_read_by_its_id(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    stand_in.pay(open_session().url)
    intent = client.v1.payment_intents.list().data[0]
    charge = client.v1.charges.list({"payment_intent": intent.id}).data[0]
    entry = client.v1.balance_transactions.list({"source": charge.id}).data[0]
    assert client.v1.payment_intents.retrieve(intent.id).latest_charge == charge.id
    assert client.v1.charges.retrieve(charge.id).balance_transaction == entry.id
    assert client.v1.balance_transactions.retrieve(entry.id, {"expand": ["source"]}).source.id == charge.id


def test_lists_can_be_expanded(stand_in: StandIn, client: stripe.StripeClient, open_session: Opener) -> None:
    stand_in.pay(open_session().url)
    intents = client.v1.payment_intents.list({"expand": ["data.latest_charge.balance_transaction"]})
    assert intents.data[0].latest_charge.balance_transaction.net == 2412
    charges = client.v1.charges.list({"expand": ["data.balance_transaction", "data.payment_intent"]})
    assert charges.data[0].balance_transaction.fee == 88
    assert charges.data[0].payment_intent.amount == 2500


def test_missing_objects_are_stripes_404(client: stripe.StripeClient) -> None:
    reads = [
        lambda: client.v1.payment_intents.retrieve("pi_no"),
        lambda: client.v1.charges.retrieve("ch_no"),
        lambda: client.v1.balance_transactions.retrieve("txn_no"),
        lambda: client.v1.events.retrieve("evt_no"),
        lambda: client.v1.customers.retrieve("cus_no"),
        lambda: client.v1.webhook_endpoints.retrieve("we_no"),
    ]
    for read in reads:
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            read()
        assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


def test_the_balance_is_pending_first_and_available_after_two_days(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    stand_in.pay(open_session(10000).url)
    stand_in.pay(open_session(30000, "krw").url)
    stand_in.pay(open_session().url, card=DECLINED_CARD)
    assert _amounts(client.v1.balance.retrieve().pending) == {"eur": 9725, "krw": 28850}
    assert client.v1.balance_transactions.list({"currency": "krw"}).data[0].status == "pending"
    stand_in.advance(2 * 86_400 + 1)
    balance = client.v1.balance.retrieve()
    assert (_amounts(balance.available), _amounts(balance.pending)) == (
        {"eur": 9725, "krw": 28850},
        {"eur": 0},
    )
    assert client.v1.balance_transactions.list({"currency": "krw"}).data[0].status == "available"


def test_the_books_add_up_by_currency(stand_in: StandIn, open_session: Opener) -> None:
    for amount, currency in ((2500, "eur"), (2564, "eur"), (30000, "krw")):
        stand_in.pay(open_session(amount, currency).url)
    assert stand_in.books()["balance"] == {
        "krw": {"gross": 30000, "fee": 1150, "net": 28850, "count": 1},
        "eur": {"gross": 5064, "fee": 177, "net": 4887, "count": 2},
    }


@pytest.mark.parametrize(
    ("amount", "currency", "fee"),
    [
        (10000, "eur", 275),
        (10000, "usd", 280),
        (10000, "gbp", 270),
        (10000, "krw", 650),
        (10000, "jpy", 290),
        (10000, "chf", 280),
        (10000, "vnd", 290),
        (20, "usd", 31),
        (19, "usd", 30),
    ],
)
def test_the_fee_is_a_part_rounded_half_up_and_a_fixed_sum(amount: int, currency: str, fee: int) -> None:
    assert fee_for(amount, currency) == fee


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (2564, "eur", "€25.64"),
        (30000, "krw", "₩30,000"),
        (5, "usd", "$0.05"),
        (1000, "chf", "CHF 10.00"),
        (1230, "kwd", "KWD 1.230"),
        (-150, "gbp", "-£1.50"),
    ],
)
def test_amounts_are_shown_with_their_decimals(amount: int, currency: str, text: str) -> None:
    assert display(amount, currency) == text


def _amounts(parts: list[stripe.Balance.Pending]) -> dict[str, int]:
    return {part.currency: part.amount for part in parts}
