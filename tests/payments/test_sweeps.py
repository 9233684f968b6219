"""The worker's sweeps over money: what was lost on the way is found by asking, once."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from portal.cli.worker import sweep_once
from portal.clock import now
from portal.db import db
from portal.domain.donations import queries, service
from portal.domain.donations.models import Checkout, Donation, EventState, LedgerEntry, Payment, ProviderEvent
from portal.domain.donations.rules import Choices
from portal.domain.messages.models import Lease
from portal.money import Money
from portal.payments import steps
from portal.payments.stripe_gateway import EXTENSION, StripeGateway, get_gateway
from portal.payments.sweeps import ask_about_open_checkouts, fetch_fees
from tests.factories.campaigns import make_campaign
from tests.factories.donations import make_checkout, make_donation, make_payment
from tests.foundation.giving import events_of, start_gift, tell
from tests.sandbox.live import StandIn

pytestmark = pytest.mark.usefixtures("db_session")


def test_a_gift_that_nobody_told_of_is_found_by_asking(
    client: FlaskClient, stand_in: StandIn, slug: str
) -> None:
    url, _ = start_gift(client, slug)
    stand_in.pay(url)
    sweep_once(everything=True)
    assert states() == ["paid"]
    assert ledger() == [("payment", 2500), ("fee", -88)]
    books = stand_in.books()["balance"]["eur"]
    assert (books["gross"], books["fee"]) == (2500, 88)


def test_asking_again_enters_nothing_again(client: FlaskClient, stand_in: StandIn, slug: str) -> None:
    url, _ = start_gift(client, slug)
    stand_in.pay(url)
    for _ in range(3):
        sweep_once(everything=True)
    assert len(ledger()) == 2


def test_a_checkout_that_ran_out_is_closed_after_asking(
    client: FlaskClient, stand_in: StandIn, slug: str
) -> None:
    _, session_id = start_gift(client, slug)
    stand_in.expire(session_id)
    sweep_once(everything=True)
    assert states() == ["expired"]
    assert db.session.scalars(select(Checkout.closed)).all() == [True]


def test_a_checkout_is_not_asked_about_before_its_time(
    client: FlaskClient, stand_in: StandIn, slug: str
) -> None:
    url, _ = start_gift(client, slug)
    stand_in.pay(url)
    assert ask_about_open_checkouts(get_gateway()) == 0
    db.session.execute(update(Checkout).values(next_check_at=now() - timedelta(seconds=1)))
    db.session.commit()
    assert ask_about_open_checkouts(get_gateway()) == 1
    assert states() == ["paid"]


def test_a_checkout_that_stays_open_is_asked_about_ever_less(client: FlaskClient, slug: str) -> None:
    start_gift(client, slug)
    ask_about_open_checkouts(get_gateway(), everything=True)
    checkout = db.session.scalars(select(Checkout)).one()
    assert checkout.checks == 1
    assert checkout.next_check_at > now() + timedelta(seconds=100)


def test_a_process_that_died_before_saving_the_session_left_a_row_from_which_it_is_found(
    stand_in: StandIn, slug: str
) -> None:
    donation = started_donation(slug)
    opened = get_gateway().open_checkout(steps.checkout_request(queries.get_checkout(donation, 1)))
    db.session.rollback()
    stand_in.pay(opened.url or "")
    sweep_once(everything=True)
    assert states() == ["paid"]
    assert len(stand_in.books()["sessions"]) == 1


def test_a_checkout_that_was_never_opened_and_is_too_old_is_given_up(stand_in: StandIn, slug: str) -> None:
    started_donation(slug, hours_ago=2)
    sweep_once(everything=True)
    assert states() == ["expired"]
    assert stand_in.books()["sessions"] == []


def test_an_event_that_could_not_be_applied_is_applied_later(
    client: FlaskClient, stand_in: StandIn, slug: str
) -> None:
    url, session_id = start_gift(client, slug)
    stand_in.pay(url)
    (event,) = events_of(stand_in, session_id, "completed")
    db.session.execute(update(Checkout).values(session_id="cs_not_yet", attempt=2))
    db.session.commit()
    assert tell(client, event).status_code == 409
    db.session.execute(update(Checkout).values(session_id=session_id, attempt=1))
    db.session.commit()
    assert sweep_once(everything=True)["failed-events"] == 1
    assert list(db.session.scalars(select(ProviderEvent.state))) == [EventState.DONE]
    assert states() == ["paid"]


def test_a_fee_that_is_not_known_yet_is_asked_for_later(stand_in: StandIn) -> None:
    payment = make_payment(make_donation(state="paid"), provider_id="pi_not_at_the_stand_in")
    db.session.commit()
    assert fetch_fees(get_gateway()) == 0
    db.session.refresh(payment)
    assert payment.fee_minor is None
    assert payment.next_fee_try_at > now()


def test_a_provider_that_is_away_loses_nothing(
    app: Flask, client: FlaskClient, stand_in: StandIn, slug: str
) -> None:
    start_gift(client, slug)
    make_payment(make_donation(state="paid"))
    db.session.commit()
    app.extensions[EXTENSION] = StripeGateway("sk_test_sandbox_x", "http://127.0.0.1:9")
    sweep_once(everything=True)
    assert sorted(states()) == ["open", "paid"]
    assert db.session.scalars(select(Checkout.closed)).all() == [False]


def test_a_sweep_that_another_worker_holds_is_left_to_it(
    client: FlaskClient, stand_in: StandIn, slug: str
) -> None:
    url, _ = start_gift(client, slug)
    stand_in.pay(url)
    db.session.add(Lease(name="open-checkouts", holder="another", until=now() + timedelta(minutes=1)))
    db.session.commit()
    assert sweep_once(everything=True)["open-checkouts"] == 0
    assert states() == ["open"]


def test_a_dead_worker_s_lease_runs_out(client: FlaskClient, stand_in: StandIn, slug: str) -> None:
    url, _ = start_gift(client, slug)
    stand_in.pay(url)
    db.session.add(Lease(name="open-checkouts", holder="dead", until=now() - timedelta(seconds=1)))
    db.session.commit()
    sweep_once(everything=True)
    assert states() == ["paid"]


def test_without_a_provider_the_worker_still_sends_mails(app: Flask) -> None:
    make_checkout()
    db.session.commit()
    assert set(sweep_once(everything=True).values()) == {0}


def started_donation(slug: str, hours_ago: float = 0) -> int:
    """A donation as a process leaves it that dies before it has asked the provider."""
    choices = Choices(Money(2500, "EUR"), Money(0, "EUR"), False, "", "")
    moment = now() - timedelta(hours=hours_ago)
    campaign_id = db.session.execute(
        db.text("SELECT id FROM campaign WHERE slug = :s"), {"s": slug}
    ).scalar_one()
    donation = service.start_donation(campaign_id, choices, livemode=False, language="en", moment=moment)
    db.session.commit()
    return donation.id


def states() -> list[str]:
    """Where the donations stand."""
    db.session.rollback()
    return list(db.session.scalars(select(Donation.state)))


def ledger() -> list[tuple[str, int]]:
    """The ledger's entries, and the payments' net beside them."""
    db.session.rollback()
    assert all(p.net_minor == p.amount_minor - p.fee_minor for p in db.session.scalars(select(Payment)))
    return [(entry.kind, entry.amount_minor) for entry in db.session.scalars(select(LedgerEntry))]


@pytest.fixture
def slug(stand_in: StandIn, db_session: object) -> str:
    """The address of a campaign that takes gifts."""
    slug: str = make_campaign().slug
    db.session.commit()
    return slug
