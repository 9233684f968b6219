"""However the news of a payment comes, or does not come: it is written down once."""

from typing import Any

from tests.journeys.giver import Giver
from tests.journeys.pages.campaign import GivePanel
from tests.journeys.pages.donation import PAID
from tests.journeys.proof import assert_paid_once, donation_of
from tests.journeys.records import Total
from tests.journeys.running import Lantern
from tests.journeys.waiting import eventually

COMPLETED, SUCCEEDED = "checkout.session.completed", "checkout.session.async_payment_succeeded"


def test_where_no_webhook_ever_comes_the_return_page_alone_settles_a_gift(
    lantern: Lantern, giver: Giver
) -> None:
    lantern.stand_in.deliveries("never")
    before, payment = lantern.records.total(), giver.campaign().go_on()
    donation = payment.pay(giver.email)
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
    assert lantern.records.total().since(before) == Total(2500, 88, 1)
    assert lantern.records.events_of(payment.session_id) == {}


def test_where_the_return_page_is_never_opened_the_webhook_alone_settles_a_gift(
    lantern: Lantern, giver: Giver
) -> None:
    before = lantern.records.total()
    session_id, public_id = _pay_and_never_return(lantern, giver)
    assert_paid_once(lantern, public_id, 2500, giver.email)
    assert lantern.records.total().since(before) == Total(2500, 88, 1)
    assert lantern.records.events_of(session_id) == {COMPLETED: "done"}


def test_where_neither_comes_the_worker_settles_a_gift_by_asking(lantern: Lantern, giver: Giver) -> None:
    lantern.stand_in.deliveries("never")
    _, public_id = _pay_and_never_return(lantern, giver)
    _assert_not_known_yet(lantern, public_id)
    eventually(lambda: _assert_asked_about(lantern, public_id))
    assert_paid_once(lantern, public_id, 2500, giver.email)


def test_an_event_that_is_delivered_twice_is_booked_once(lantern: Lantern, giver: Giver) -> None:
    lantern.stand_in.deliveries("twice")
    before = lantern.records.total()
    session_id, public_id = _pay_and_never_return(lantern, giver)
    told = eventually(lambda: _delivered(lantern, session_id))
    assert len(told) == 2
    assert_paid_once(lantern, public_id, 2500, giver.email)
    assert lantern.records.total().since(before) == Total(2500, 88, 1)
    assert len(_stored(lantern, session_id)) == 1


def test_an_event_that_comes_late_finds_the_gift_settled_and_changes_nothing(
    lantern: Lantern, giver: Giver
) -> None:
    lantern.stand_in.deliveries("late", late_seconds=2)
    payment = giver.campaign().go_on()
    donation = payment.pay(giver.email)
    donation.says(PAID)
    assert lantern.records.events_of(payment.session_id) == {}
    eventually(lambda: _delivered(lantern, payment.session_id))
    assert lantern.records.events_of(payment.session_id) == {COMPLETED: "done"}
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_events_in_the_wrong_order_lead_to_the_same_end(lantern: Lantern, giver: Giver) -> None:
    lantern.stand_in.deliveries("never")
    payment = giver.campaign().go_on()
    donation = payment.order_debit(giver.email)
    lantern.stand_in.settle_debit(payment.session_id, "succeed")
    for kind in (SUCCEEDED, COMPLETED):
        _tell_again(lantern, payment.session_id, kind)
    assert lantern.records.events_of(payment.session_id) == {SUCCEEDED: "done", COMPLETED: "done"}
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_an_old_event_that_first_comes_after_the_gift_was_paid_takes_nothing_back(
    lantern: Lantern, giver: Giver
) -> None:
    lantern.stand_in.deliveries("never")
    first = giver.campaign().go_on()
    lantern.stand_in.expire(first.session_id)
    giver.page.goto(f"{lantern.address}/donations/{donation_of(lantern, first.session_id)}")
    donation = GivePanel(giver.page).go_on().pay(giver.email)
    _tell_again(lantern, first.session_id, "checkout.session.expired")
    donation.reload()
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_an_event_signed_with_a_wrong_secret_is_refused_and_the_return_page_settles_the_gift(
    lantern: Lantern, giver: Giver
) -> None:
    lantern.stand_in.deliveries("wrong_secret")
    session_id, public_id = _pay_and_never_return(lantern, giver)
    refused = eventually(lambda: _tried(lantern, session_id))
    assert {delivery["last_status"] for delivery in refused} == {400}
    assert lantern.records.events_of(session_id) == {}
    _assert_not_known_yet(lantern, public_id)
    giver.new_tab().goto(f"{lantern.address}/donations/{public_id}")
    assert_paid_once(lantern, public_id, 2500, giver.email)


def _assert_asked_about(lantern: Lantern, public_id: str) -> None:
    """Have everything asked about; the running worker may just hold the lease of it, and asks only when it is due."""
    assert lantern.command("worker", "--once").returncode == 0
    assert lantern.records.gift(public_id).state == "paid"


def _assert_not_known_yet(lantern: Lantern, public_id: str) -> None:
    gift = lantern.records.gift(public_id)
    assert (gift.state, gift.payments, gift.mails) == ("open", [], [])


def _pay_and_never_return(lantern: Lantern, giver: Giver) -> tuple[str, str]:
    """Close the browser on the payment page in the moment of paying; gives session and donation."""
    payment = giver.campaign().go_on()
    giver.page.close()
    answer = lantern.stand_in.pay(payment.url, giver.email)
    assert answer.status == 303
    return payment.session_id, donation_of(lantern, payment.session_id)


def _events(lantern: Lantern, session_id: str) -> list[dict[str, Any]]:
    events = lantern.stand_in.books()["events"]
    return [event for event in events if event["data"]["object"]["id"] == session_id]


def _tried(lantern: Lantern, session_id: str) -> list[dict[str, Any]]:
    """Give the deliveries of a session's events; fails while one has not been tried."""
    ids = {event["id"] for event in _events(lantern, session_id)}
    found = [d for d in lantern.stand_in.books()["deliveries"] if d["event"] in ids]
    assert found and all(delivery["attempts"] for delivery in found if delivery["state"] != "withheld")
    return found


def _delivered(lantern: Lantern, session_id: str) -> list[dict[str, Any]]:
    found = [d for d in _tried(lantern, session_id) if d["state"] != "withheld"]
    assert found and {delivery["state"] for delivery in found} == {"delivered"}
    return found


def _tell_again(lantern: Lantern, session_id: str, kind: str) -> None:
    """Have one event delivered now, and wait until it was."""
    (event,) = [event for event in _events(lantern, session_id) if event["type"] == kind]
    lantern.stand_in.resend(event["id"])
    eventually(lambda: _delivered(lantern, session_id))


def _stored(lantern: Lantern, session_id: str) -> list[Any]:
    return lantern.records.rows("SELECT id FROM provider_event WHERE session_id = :id", id=session_id)
