"""Donations in the database: what was told twice, late or at once ends in one payment and a total that adds up."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.models import CampaignTotal
from portal.domain.donations import queries, service
from portal.domain.donations.errors import (
    DonationAlreadyPaid,
    DonationStillProcessing,
    DonationUnknown,
    OtherLivemode,
)
from portal.domain.donations.gateway import CheckoutSeen, FeeSeen
from portal.domain.donations.models import (
    Checkout,
    Donation,
    DonationState,
    LedgerEntry,
    Payment,
    PaymentCase,
    Receipt,
)
from portal.domain.donations.rules import Choices, Observed
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.money import Money
from tests.factories.campaigns import make_campaign
from tests.factories.donations import make_checkout, make_donation
from tests.foundation.rushes import at_once

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]


def test_a_paid_gift_is_entered_everywhere_at_once() -> None:
    checkout = make_checkout()
    assert service.apply_checkout(paid(checkout), now()) is DonationState.PAID

    db.session.expire_all()
    donation = db.session.get_one(Donation, checkout.donation_id)
    payment = queries.get_payment_of(donation.id)
    assert (donation.state, payment.amount, payment.case) == ("paid", Money(2500, "EUR"), "expected")
    assert ledger_sum() == 2500
    assert total_of(donation) == (2500, 0, 1)
    assert queries.get_receipt(donation.id).series == f"TEST-{now().year}"
    assert db.session.get_one(Checkout, checkout.id).closed
    person = db.session.get_one(Person, donation.person_id)
    assert person.email == "mina@example.org"
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.kind, mail.person_id, mail.about) == ("thank_you", person.id, {"donation_id": donation.id})


def test_the_same_news_again_changes_nothing() -> None:
    checkout = make_checkout()
    for _ in range(3):
        service.apply_checkout(paid(checkout), now())
    assert [count(table) for table in (Payment, LedgerEntry, Receipt, OutboxMail)] == [1, 1, 1, 1]
    assert total_of(checkout.donation) == (2500, 0, 1)


def test_news_told_at_once_by_webhook_return_page_and_worker_is_entered_once(app: Flask) -> None:
    checkout = make_checkout()
    seen = paid(checkout)
    donation_id = checkout.donation_id
    db.session.commit()
    failures = at_once(app, 8, lambda: service.apply_checkout(seen, now()))
    assert failures == []
    assert [count(table) for table in (Payment, LedgerEntry, Receipt, OutboxMail)] == [1, 1, 1, 1]
    assert total_of(queries.get_donation(donation_id)) == (2500, 0, 1)


def test_gifts_to_one_campaign_at_once_all_count(app: Flask) -> None:
    campaign = make_campaign()
    news = [paid(make_checkout(make_donation(campaign, state="open")), email=f"{i}@a.org") for i in range(8)]
    campaign_id = campaign.id
    db.session.commit()
    rest = iter(news)
    assert at_once(app, 8, lambda: service.apply_checkout(next(rest), now())) == []
    total = db.session.get_one(CampaignTotal, (campaign_id, False, "EUR"))
    assert (total.received_minor, total.gifts) == (8 * 2500, 8)
    assert sorted(db.session.scalars(select(Receipt.number))) == list(range(1, 9))
    assert queries.list_totals_apart_from_ledger() == []


def test_expired_after_paid_and_paid_after_expired_end_alike() -> None:
    one, other = make_checkout(), make_checkout()
    service.apply_checkout(paid(one), now())
    service.apply_checkout(seen_of(one, Observed.EXPIRED), now())
    service.apply_checkout(seen_of(other, Observed.EXPIRED), now())
    service.apply_checkout(paid(other), now())
    states = set(db.session.scalars(select(Donation.state)))
    assert states == {"paid"}
    assert ledger_sum() == 5000


def test_a_second_payment_for_one_gift_is_kept_and_named() -> None:
    first = make_checkout()
    second = make_checkout(first.donation, attempt=2)
    service.apply_checkout(paid(first), now())
    service.apply_checkout(paid(second), now())
    cases = list(db.session.scalars(select(Payment.case).order_by(Payment.id)))
    assert cases == [PaymentCase.EXPECTED, PaymentCase.DOUBLE]
    assert ledger_sum() == 5000
    assert count(Receipt) == count(OutboxMail) == 1
    assert [payment.case for payment in queries.list_payments_to_look_at()] == ["double"]


@pytest.mark.parametrize(
    ("moved", "case"),
    [
        (Money(2400, "EUR"), PaymentCase.AMOUNT_DIFFERS),
        (Money(2500, "USD"), PaymentCase.CURRENCY_DIFFERS),
    ],
)
def test_the_ledger_has_what_moved_even_when_it_is_not_what_was_asked(
    moved: Money, case: PaymentCase
) -> None:
    checkout = make_checkout()
    service.apply_checkout(paid(checkout, moved=moved), now())
    entry = db.session.scalars(select(LedgerEntry)).one()
    assert (entry.amount_minor, entry.currency) == (moved.minor, moved.currency)
    assert queries.get_payment_of(checkout.donation_id).case == case
    assert queries.list_totals_apart_from_ledger() == []


def test_news_of_a_checkout_that_is_not_ours_is_refused() -> None:
    stranger = CheckoutSeen("cs_stranger", Observed.PAID, False, "nobody", 1)
    with pytest.raises(DonationUnknown):
        service.apply_checkout(stranger, now())


def test_live_news_for_a_practice_gift_is_refused() -> None:
    checkout = make_checkout()
    with pytest.raises(OtherLivemode):
        service.apply_checkout(paid(checkout, livemode=True), now())
    assert count(Payment) == 0


def test_a_session_that_was_never_saved_is_found_by_what_we_wrote_on_it() -> None:
    checkout = make_checkout(session_id=None, url=None)
    seen = CheckoutSeen("cs_lost", Observed.OPEN, False, checkout.donation.public_id, 1, url="http://pay")
    service.apply_checkout(seen, now())
    db.session.expire_all()
    assert (checkout.session_id, checkout.url) == ("cs_lost", "http://pay")


def test_trying_again_is_the_same_gift_with_a_new_attempt() -> None:
    donation = make_donation(state=DonationState.EXPIRED)
    checkout = service.try_again(donation, choices(4000), now())
    assert (checkout.attempt, checkout.gift_minor, donation.state) == (2, 4000, "started")
    assert count(Donation) == 1


@pytest.mark.parametrize(
    ("state", "refusal"),
    [(DonationState.PAID, DonationAlreadyPaid), (DonationState.PROCESSING, DonationStillProcessing)],
)
def test_a_gift_that_is_or_may_be_paid_is_not_asked_for_again(
    state: DonationState, refusal: type[Exception]
) -> None:
    donation = make_donation(state=state)
    with pytest.raises(refusal):
        service.try_again(donation, choices(4000), now())


def test_a_fee_is_entered_once_and_leaves_the_net() -> None:
    checkout = make_checkout()
    service.apply_checkout(paid(checkout), now())
    payment = queries.get_payment_of(checkout.donation_id)
    fee = FeeSeen(Money(88, "EUR"), Money(2412, "EUR"))
    service.enter_fee(payment, fee, now())
    service.enter_fee(payment, fee, now())
    db.session.refresh(payment)
    assert (payment.fee_minor, payment.net_minor) == (88, 2412)
    assert ledger_sum() == 2500 - 88
    assert total_of(checkout.donation) == (2500, 88, 1)
    assert queries.list_totals_apart_from_ledger() == []


def test_a_total_that_is_not_the_ledger_s_sum_is_found() -> None:
    checkout = make_checkout()
    service.apply_checkout(paid(checkout), now())
    db.session.execute(text("UPDATE campaign_total SET received_minor = received_minor + 1"))
    (wrong,) = queries.list_totals_apart_from_ledger()
    assert (wrong.total_received, wrong.ledger_received) == (2501, 2500)


def test_a_ledger_entry_without_a_total_is_found() -> None:
    service.apply_checkout(paid(make_checkout()), now())
    db.session.execute(text("DELETE FROM campaign_total"))
    (wrong,) = queries.list_totals_apart_from_ledger()
    assert (wrong.total_received, wrong.ledger_received) == (0, 2500)


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_entry SET amount_minor = 1", "DELETE FROM ledger_entry"]
)
def test_the_database_refuses_to_change_or_delete_a_ledger_entry(statement: str) -> None:
    service.apply_checkout(paid(make_checkout()), now())
    with pytest.raises(DBAPIError):
        db.session.execute(text(statement))


def test_test_and_live_share_no_total_and_no_number_series() -> None:
    campaign = make_campaign()
    test = service.start_donation(campaign.id, choices(1000), livemode=False, language="en", moment=now())
    live = service.start_donation(campaign.id, choices(1000), livemode=True, language="en", moment=now())
    assert (test.number, live.number) == (1, 1)
    for donation, livemode in ((test, False), (live, True)):
        checkout = queries.get_checkout(donation.id, 1)
        checkout.session_id = f"cs_{livemode}"
        db.session.flush()
        service.apply_checkout(paid(checkout, livemode=livemode), now())
    series = {queries.get_receipt(donation.id).series for donation in (test, live)}
    assert series == {f"TEST-{now().year}", str(now().year)}
    assert {row.livemode: row.received_minor for row in db.session.query(CampaignTotal)} == {
        False: 1000,
        True: 1000,
    }


def test_names_are_shown_only_when_chosen_and_paid_latest_first() -> None:
    campaign = make_campaign()
    for name, shown, state, minute in (
        ("민아", True, "paid", 1),
        ("Ada", True, "paid", 2),
        ("Hidden", False, "paid", 3),
        ("Unpaid", True, "open", 4),
    ):
        paid_at = datetime(2026, 11, 23, 10, minute, tzinfo=UTC)
        make_donation(campaign, name=name, show_name=shown, state=state, paid_at=paid_at)
    make_donation(campaign, name="Live", show_name=True, state="paid", livemode=True, paid_at=now())
    assert queries.names_shown(campaign.id, False) == ["Ada", "민아"]


def test_one_person_is_known_by_one_address_however_it_is_typed() -> None:
    for email in ("Mina@Example.org", " mina@example.org "):
        service.apply_checkout(paid(make_checkout(), email=email), now())
    assert list(db.session.scalars(select(Person.email))) == ["mina@example.org"]


def paid(checkout: Checkout, **facts: Any) -> CheckoutSeen:
    """What the provider says of a checkout that was paid."""
    defaults: dict[str, Any] = {
        "payment_id": f"pi_{checkout.session_id}",
        "moved": Money(checkout.gift_minor + checkout.card_costs_minor, "EUR"),
        "email": "mina@example.org",
    }
    return seen_of(checkout, Observed.PAID, **(defaults | facts))


def seen_of(checkout: Checkout, observed: Observed, **facts: Any) -> CheckoutSeen:
    """What the provider says of a checkout."""
    livemode = facts.pop("livemode", False)
    public_id = checkout.donation.public_id
    return CheckoutSeen(checkout.session_id or "", observed, livemode, public_id, checkout.attempt, **facts)


def choices(minor: int) -> Choices:
    """What a reader chose: this much, nothing else."""
    return Choices(Money(minor, "EUR"), Money(0, "EUR"), False, "", "")


def count(table: type) -> int:
    """How many rows a table has."""
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def ledger_sum() -> int:
    """The sum of all ledger entries."""
    return db.session.execute(select(func.sum(LedgerEntry.amount_minor))).scalar_one()


def total_of(donation: Donation) -> tuple[int, int, int]:
    """Received, fees and gifts of the donation's campaign."""
    total = db.session.get_one(CampaignTotal, (donation.campaign_id, donation.livemode, donation.currency))
    db.session.refresh(total)
    return total.received_minor, total.fees_minor, total.gifts
