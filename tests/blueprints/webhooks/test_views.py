"""The webhook: signed or nothing, stored once, applied once, answered so that Stripe tries again on failure."""

import json
import time
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from portal.db import db
from portal.domain.campaigns.models import CampaignTotal
from portal.domain.donations.models import Donation, LedgerEntry, ProviderEvent, Receipt
from portal.domain.messages.models import OutboxMail
from portal.group_commit import EVENTS_TOLD
from tests.factories.campaigns import make_campaign
from tests.factories.donations import make_receipt
from tests.foundation.giving import events_of, sign, start_gift, tell
from tests.foundation.rushes import run_together
from tests.sandbox.live import StandIn


def test_a_paid_checkout_is_entered_by_the_webhook_alone(told_by: "Told") -> None:
    assert tell(told_by.client, told_by.paid_event()).status_code == 200
    assert told_by.state() == "paid"
    assert told_by.ledger() == [2500]


def test_the_same_event_twice_is_answered_alike_and_entered_once(told_by: "Told") -> None:
    event = told_by.paid_event()
    assert [tell(told_by.client, event).status_code for _ in range(3)] == [200, 200, 200]
    assert told_by.ledger() == [2500]
    (stored,) = told_by.inbox()
    assert (stored.event_id, stored.state) == (event["id"], "done")


def test_the_stored_payload_is_the_text_that_was_signed(told_by: "Told") -> None:
    body = json.dumps(told_by.paid_event(), indent=3).encode()
    tell(told_by.client, body)
    assert told_by.inbox()[0].payload == body.decode()


@pytest.mark.parametrize(
    "header",
    ["", "nonsense", "t=1,v1=abc", "t=,v1=", "v1=abc", "t=NOW,v1=é"],
)
def test_an_event_without_a_good_signature_changes_nothing(told_by: "Told", header: str) -> None:
    answer = told_by.client.post(
        "/webhooks/stripe",
        data=json.dumps(told_by.paid_event()),
        headers={"Stripe-Signature": header.replace("NOW", str(int(time.time())))},
    )
    assert answer.status_code == 400
    told_by.assert_nothing_changed()


def test_an_event_signed_with_another_secret_changes_nothing(told_by: "Told") -> None:
    assert tell(told_by.client, told_by.paid_event(), secret="whsec_other").status_code == 400
    told_by.assert_nothing_changed()


def test_an_event_signed_too_long_ago_changes_nothing(told_by: "Told") -> None:
    old = int(time.time()) - 301
    assert tell(told_by.client, told_by.paid_event(), timestamp=old).status_code == 400
    told_by.assert_nothing_changed()


def test_a_body_that_was_changed_after_signing_changes_nothing(told_by: "Told") -> None:
    body = json.dumps(told_by.paid_event()).encode()
    header = sign(body)
    assert tell(told_by.client, body.replace(b"2500", b"9900"), header=header).status_code == 400
    told_by.assert_nothing_changed()


def test_one_of_two_signatures_is_enough_while_a_secret_is_changed(told_by: "Told") -> None:
    body = json.dumps(told_by.paid_event()).encode()
    moment, good = sign(body).split(",", 1)
    assert tell(told_by.client, body, header=f"{moment},v1={'0' * 64},{good}").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"[]",
        b"{}",
        b'"text"',
        b"\xff\xfe",
        b'{"id": 1, "type": "x", "livemode": false, "created": 1, "data": {"object": {}}}',
        b'{"id": "evt_1", "type": "x", "livemode": "no", "created": 1, "data": {"object": {}}}',
        b'{"id": "evt_1", "type": "x", "livemode": false, "created": 1, "data": {"object": []}}',
    ],
)
def test_a_signed_body_that_is_no_event_is_refused_without_a_trace(told_by: "Told", body: bytes) -> None:
    header = "t=1,v1=x" if b"\xff" in body else sign(body)
    assert tell(told_by.client, body, header=header).status_code == 400
    told_by.assert_nothing_changed()


def test_live_news_is_refused_by_a_portal_with_test_keys(told_by: "Told") -> None:
    event = {**told_by.paid_event(), "livemode": True}
    answer = tell(told_by.client, event)
    assert answer.status_code == 400
    assert "live" in answer.json["error"]
    told_by.assert_nothing_changed()


def test_expired_before_paid_and_paid_before_completed_end_alike(told_by: "Told") -> None:
    paid = told_by.paid_event()
    stale = json.loads(json.dumps(paid))
    stale |= {"id": "evt_stale", "type": "checkout.session.expired"}
    stale["data"]["object"] |= {"status": "expired", "payment_status": "unpaid", "payment_intent": None}
    for event in (stale, paid, stale):
        assert tell(told_by.client, event).status_code == 200
    assert told_by.state() == "paid"
    assert told_by.ledger() == [2500]


def test_a_session_that_is_not_known_yet_is_told_to_come_again_and_kept(told_by: "Told") -> None:
    event = told_by.paid_event()
    event["data"]["object"] |= {
        "id": "cs_test_unknown",
        "metadata": {"lantern_donation": "x", "lantern_attempt": "1"},
    }
    assert tell(told_by.client, event).status_code == 409
    (stored,) = told_by.inbox()
    assert (stored.state, stored.session_id) == ("failed", "cs_test_unknown")
    assert "DonationUnknown" in (stored.error or "")
    assert told_by.state() == "open"


def test_events_that_come_in_a_rush_are_each_applied_once_and_a_bad_one_fails_alone(told_by: "Told") -> None:
    paid = told_by.paid_event()
    other_url, other_session = start_gift(told_by.app.test_client(), told_by.slug)
    told_by.stand_in.pay(other_url)
    (other,) = events_of(told_by.stand_in, other_session, "completed")
    unknown = json.loads(json.dumps(paid)) | {"id": "evt_unknown"}
    unknown["data"]["object"] |= {
        "id": "cs_test_unknown",
        "metadata": {"lantern_donation": "x", "lantern_attempt": "1"},
    }
    events = [paid, other, paid, unknown, other, paid]
    answers = run_together(
        told_by.app, EVENTS_TOLD, [partial(tell, told_by.app.test_client(), event) for event in events]
    )
    assert [answer.status_code for answer in answers] == [200, 200, 200, 409, 200, 200]
    assert told_by.ledger() == [2500, 2500]
    assert {told.event_id: told.state for told in told_by.inbox()} == {
        paid["id"]: "done",
        other["id"]: "done",
        "evt_unknown": "failed",
    }


def test_an_event_that_failed_goes_through_when_it_comes_again(told_by: "Told") -> None:
    event = told_by.paid_event()
    with told_by.app.app_context():
        # Any fault of ours will do: here the receipt cannot be written.
        make_receipt(db.session.scalars(select(Donation)).one())
        db.session.commit()
    assert tell(told_by.client, event).status_code == 500
    assert told_by.inbox()[0].state == "failed"
    assert told_by.ledger() == []
    with told_by.app.app_context():
        db.session.execute(delete(Receipt))
        db.session.commit()
    assert tell(told_by.client, event).status_code == 200
    assert told_by.inbox()[0].state == "done"
    assert told_by.ledger() == [2500]


@pytest.mark.parametrize("kind", ["payment_intent.created", "customer.subscription.deleted", "unheard.of"])
def test_news_of_other_kinds_is_kept_and_answered_with_thanks(told_by: "Told", kind: str) -> None:
    event = {"id": "evt_1", "type": kind, "livemode": False, "created": 1, "data": {"object": {"id": "x"}}}
    assert tell(told_by.client, event).status_code == 200
    assert [(stored.type, stored.state) for stored in told_by.inbox()] == [(kind, "ignored")]


@pytest.mark.parametrize(
    "metadata",
    [
        {"shop": "1"},
        [],
        "text",
        None,
        {"lantern_donation": 5},
        {"lantern_donation": "x", "lantern_attempt": "abc"},
    ],
)
def test_a_session_of_another_program_on_the_same_account_is_left_alone(
    told_by: "Told", metadata: object
) -> None:
    event = told_by.paid_event()
    event["data"]["object"] |= {"id": "cs_other", "metadata": metadata}
    assert tell(told_by.client, event).status_code == 200
    assert told_by.inbox()[0].state == "ignored"
    assert told_by.ledger() == []


def test_news_that_may_have_changed_since_is_asked_about(told_by: "Told") -> None:
    """A bank debit's "completed" is unpaid; by the time it is told, the money may have come."""
    url, session_id = start_gift(told_by.client, told_by.slug)
    told_by.stand_in.pay_by_debit(url)
    (completed,) = events_of(told_by.stand_in, session_id, "completed")
    told_by.stand_in.settle_debit(session_id, "succeed")
    assert tell(told_by.client, completed).status_code == 200
    assert told_by.state(session_id) == "paid"


def test_a_debit_that_failed_moves_no_money(told_by: "Told") -> None:
    url, session_id = start_gift(told_by.client, told_by.slug)
    told_by.stand_in.pay_by_debit(url)
    for outcome in (None, "fail"):
        if outcome:
            told_by.stand_in.settle_debit(session_id, outcome)
        for event in events_of(told_by.stand_in, session_id):
            assert tell(told_by.client, event).status_code == 200
    assert told_by.state(session_id) == "failed"
    assert told_by.ledger() == []
    with told_by.app.app_context():
        assert list(db.session.scalars(select(OutboxMail.kind))) == ["not_arrived"]


def test_the_webhook_takes_no_other_method(told_by: "Told") -> None:
    assert told_by.client.get("/webhooks/stripe").status_code == 405


class Told:
    """A campaign, a gift on its way, and ways to see what was stored."""

    def __init__(self, app: Flask, client: FlaskClient, stand_in: StandIn) -> None:
        self.app, self.client, self.stand_in = app, client, stand_in
        with app.app_context():
            self.slug = make_campaign().slug
            db.session.commit()
        self.url, self.session_id = start_gift(client, self.slug)

    def paid_event(self) -> dict:
        """The event that tells of the gift's payment, as the stand-in made it."""
        self.stand_in.pay(self.url)
        (event,) = events_of(self.stand_in, self.session_id, "completed")
        return event

    def state(self, session_id: str | None = None) -> str:
        """Where the gift stands in the database."""
        with self.app.app_context():
            by_session = (
                "SELECT state FROM donation d JOIN checkout c ON c.donation_id = d.id WHERE c.session_id = :s"
            )
            return db.session.execute(db.text(by_session), {"s": session_id or self.session_id}).scalar_one()

    def ledger(self) -> list[int]:
        """The ledger's amounts; the campaign's total is checked against them."""
        with self.app.app_context():
            amounts = list(db.session.scalars(select(LedgerEntry.amount_minor)))
            total = db.session.execute(select(func.sum(CampaignTotal.received_minor))).scalar_one()
            assert (total or 0) == sum(amounts)
            return amounts

    def inbox(self) -> list[ProviderEvent]:
        """The stored events."""
        with self.app.app_context():
            return list(db.session.scalars(select(ProviderEvent)))

    def assert_nothing_changed(self) -> None:
        """Nothing is stored and the gift stands where it stood."""
        assert (self.state(), self.ledger(), self.inbox()) == ("open", [], [])


@pytest.fixture
def told_by(app: Flask, client: FlaskClient, stand_in: StandIn) -> Told:
    """A gift on its way."""
    return Told(app, client, stand_in)
