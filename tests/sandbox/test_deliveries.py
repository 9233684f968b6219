"""Webhook deliveries: signed, at least once, tried again, and every fault the control panel can set."""

import time
from pathlib import Path

import stripe

from tests.sandbox.conftest import donation
from tests.sandbox.live import StandIn, running_stand_in
from tests.sandbox.receiver import SECRET, Receiver, running_receiver

PAID = [
    "charge.succeeded",
    "checkout.session.completed",
    "payment_intent.created",
    "payment_intent.succeeded",
]


def test_a_payment_is_delivered_signed_and_at_once(delivering: StandIn, receiver: Receiver) -> None:
    session = delivering.client().v1.checkout.sessions.create(donation())
    delivering.pay(session.url)
    paid_at = time.time()
    receiver.wait_for(lambda r: len(r.arrivals) == 4)
    assert receiver.types() == PAID
    assert all(arrival.genuine for arrival in receiver.arrivals)
    assert max(arrival.at for arrival in receiver.arrivals) - paid_at < 2
    completed = next(a.event for a in receiver.arrivals if a.event["type"] == "checkout.session.completed")
    assert completed["data"]["object"]["id"] == session.id
    assert (completed["pending_webhooks"], completed["livemode"]) == (1, False)


def test_pending_webhooks_falls_as_deliveries_succeed(delivering: StandIn, receiver: Receiver) -> None:
    client = delivering.client()
    receiver.statuses = [500]
    client.v1.customers.create({"name": "Kim"})
    receiver.wait_for(lambda r: len(r.arrivals) == 1)
    event = client.v1.events.list().data[0]
    assert event.pending_webhooks == 1
    assert [e.id for e in client.v1.events.list({"delivery_success": False})] == [event.id]
    receiver.wait_for(lambda r: len(r.arrivals) == 2)
    _eventually(lambda: client.v1.events.retrieve(event.id).pending_webhooks == 0)
    assert [e.id for e in client.v1.events.list({"delivery_success": True})] == [event.id]
    assert not client.v1.events.list({"delivery_success": False}).data


def test_a_refused_delivery_is_tried_again_freshly_signed(delivering: StandIn, receiver: Receiver) -> None:
    receiver.statuses = [500, 302]
    delivering.client().v1.customers.create({"name": "Kim"})
    receiver.wait_for(lambda r: len(r.arrivals) == 1)
    _eventually(lambda: delivering.books()["deliveries"][0]["attempts"] == 1)
    delivering.advance(60)
    receiver.wait_for(lambda r: len(r.arrivals) == 2)
    _eventually(lambda: delivering.books()["deliveries"][0]["attempts"] == 2)
    delivering.advance(60)
    receiver.wait_for(lambda r: len(r.arrivals) == 3)
    _eventually(lambda: delivering.books()["deliveries"][0]["state"] == "delivered")
    assert [a.genuine for a in receiver.arrivals] == [True, True, True]
    # The stand-in's clock went forward by two minutes, the signatures' time did not.
    stamps = [int(a.signature.split(",")[0].removeprefix("t=")) for a in receiver.arrivals]
    assert max(stamps) - time.time() < 2


def test_pauses_between_tries_grow(delivering: StandIn, receiver: Receiver) -> None:
    receiver.statuses = [500] * 3
    delivering.client().v1.customers.create({"name": "Kim"})
    pauses = []
    for tries in (1, 2, 3):
        _eventually(lambda tries=tries: delivering.books()["deliveries"][0]["attempts"] == tries)
        now = time.time() + 200 * (tries - 1)
        pauses.append(delivering.books()["deliveries"][0]["due"] - now)
        delivering.advance(200)
    assert pauses == sorted(pauses)
    assert pauses[0] < 1.5 < 6 < pauses[2]


def test_twice_delivers_everything_two_times(delivering: StandIn, receiver: Receiver) -> None:
    delivering.deliveries("twice")
    delivering.client().v1.customers.create({"name": "Kim"})
    receiver.wait_for(lambda r: len(r.arrivals) == 2)
    time.sleep(0.2)
    assert len({arrival.event["id"] for arrival in receiver.arrivals}) == 1
    assert len(receiver.arrivals) == 2


def test_late_holds_back(delivering: StandIn, receiver: Receiver) -> None:
    delivering.deliveries("late", late_seconds=600)
    delivering.client().v1.customers.create({"name": "Kim"})
    time.sleep(0.4)
    assert receiver.arrivals == []
    delivering.advance(601)
    receiver.wait_for(lambda r: len(r.arrivals) == 1)


def test_never_leaves_the_event_to_be_listed_and_sent_again(delivering: StandIn, receiver: Receiver) -> None:
    delivering.deliveries("never")
    client = delivering.client()
    client.v1.customers.create({"name": "Kim"})
    time.sleep(0.3)
    assert receiver.arrivals == []
    (event,) = client.v1.events.list({"delivery_success": False}).data
    delivering.deliveries("normal")
    delivering.resend(event.id)
    receiver.wait_for(lambda r: len(r.arrivals) == 1)
    _eventually(lambda: not client.v1.events.list({"delivery_success": False}).data)


def test_a_wrong_secret_does_not_verify(delivering: StandIn, receiver: Receiver) -> None:
    delivering.deliveries("wrong_secret")
    delivering.client().v1.customers.create({"name": "Kim"})
    receiver.wait_for(lambda r: len(r.arrivals) == 1)
    assert not receiver.arrivals[0].genuine


def test_a_receiver_that_was_away_gets_everything_later(tmp_path: Path) -> None:
    with running_receiver() as away:
        url = away.url
    with running_stand_in(tmp_path, webhook=url, webhook_secret=SECRET) as stand_in:
        stand_in.client().v1.customers.create({"name": "Kim"})
        _eventually(lambda: stand_in.books()["deliveries"][0]["attempts"] >= 1)
        assert stand_in.books()["deliveries"][0]["last_error"]
        with running_receiver(int(url.rsplit(":", 1)[1].partition("/")[0])) as back:
            stand_in.advance(60)
            back.wait_for(lambda r: len(r.arrivals) == 1)


def test_what_is_queued_survives_a_restart_and_goes_to_the_new_address(tmp_path: Path) -> None:
    with running_stand_in(tmp_path, webhook="http://127.0.0.1:9/hook") as stand_in:
        stand_in.deliveries("late", late_seconds=1)
        stand_in.client().v1.customers.create({"name": "Kim"})
    with (
        running_receiver() as receiver,
        running_stand_in(tmp_path, webhook=receiver.url, webhook_secret=SECRET) as stand_in,
    ):
        receiver.wait_for(lambda r: len(r.arrivals) == 1)
        assert receiver.arrivals[0].genuine
        assert len(stand_in.client().v1.webhook_endpoints.list().data) == 1


def test_endpoints_can_be_made_read_listed_and_removed(
    stand_in: StandIn, receiver: Receiver, client: stripe.StripeClient
) -> None:
    made = client.v1.webhook_endpoints.create(
        {"url": receiver.url, "enabled_events": ["customer.created"], "api_version": stripe.api_version}
    )
    assert made.secret.startswith("whsec_")
    assert "secret" not in client.v1.webhook_endpoints.retrieve(made.id).to_dict()
    assert [e.id for e in client.v1.webhook_endpoints.list()] == [made.id]
    customer = client.v1.customers.create({"name": "Kim"})
    receiver.wait_for(lambda r: len(r.arrivals) == 1)
    client.v1.customers.update(customer.id, {"name": "Lee"})
    assert client.v1.webhook_endpoints.delete(made.id).deleted
    client.v1.customers.create({"name": "Lee"})
    time.sleep(0.2)
    assert receiver.types() == ["customer.created"]
    assert not client.v1.webhook_endpoints.list().data


def test_an_endpoint_needs_an_address(client: stripe.StripeClient) -> None:
    try:
        client.v1.webhook_endpoints.create({"enabled_events": ["*"]})
    except stripe.InvalidRequestError as refusal:
        assert (refusal.code, refusal.param) == ("parameter_missing", "url")
    else:
        raise AssertionError("it was accepted")


def test_an_unknown_way_of_delivering_is_refused(stand_in: StandIn) -> None:
    assert stand_in.post("/_sandbox/deliveries", {"mode": "sometimes"}).status == 400
    assert stand_in.post("/_sandbox/deliveries", {"mode": "late", "late_seconds": "nan"}).status == 400


def _eventually(true: object, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)
