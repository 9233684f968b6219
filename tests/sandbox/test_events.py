"""Listing events: filters, cursors in both directions, snapshots."""

import pytest
import stripe

from tests.sandbox.conftest import Opener
from tests.sandbox.live import StandIn


def test_all_pages_can_be_walked_from_new_to_old(client: stripe.StripeClient) -> None:
    made = _customers(client, 7)
    walked = [e.data.object["id"] for e in client.v1.events.list({"limit": 3}).auto_paging_iter()]
    assert walked == made[::-1]


def test_all_pages_can_be_walked_from_a_cursor_to_the_newest(client: stripe.StripeClient) -> None:
    made = _customers(client, 8)
    oldest = client.v1.events.list({"limit": 100}).data[-1]
    page = client.v1.events.list({"limit": 3, "ending_before": oldest.id})
    assert page.has_more
    assert [e.data.object["id"] for e in page.auto_paging_iter()] == made[1:]


def test_a_cursor_stays_in_place_while_new_events_come(client: stripe.StripeClient) -> None:
    made = _customers(client, 4)
    first = client.v1.events.list({"limit": 2})
    _customers(client, 3)
    second = client.v1.events.list({"limit": 2, "starting_after": first.data[-1].id})
    assert [e.data.object["id"] for e in second] == [made[1], made[0]]
    assert not second.has_more


def test_events_are_filtered_by_kind_and_time(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    stand_in.pay(open_session().url)
    kinds = ["charge.succeeded", "checkout.session.completed"]
    assert sorted(e.type for e in client.v1.events.list({"types": kinds})) == kinds
    assert {e.type for e in client.v1.events.list({"type": "payment_intent.*"})} == {
        "payment_intent.created",
        "payment_intent.succeeded",
    }
    moment = client.v1.events.list().data[0].created
    assert len(client.v1.events.list({"created": {"gte": moment - 60}}).data) == 4
    assert not client.v1.events.list({"created": {"lt": moment - 60}}).data
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.events.list({"type": "a", "types": ["b"]})


def test_events_older_than_30_days_are_not_listed(stand_in: StandIn, client: stripe.StripeClient) -> None:
    _customers(client, 1)
    stand_in.advance(29 * 86_400)
    assert len(client.v1.events.list().data) == 1
    stand_in.advance(2 * 86_400)
    assert not client.v1.events.list().data


def test_a_snapshot_does_not_change_afterwards(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session()
    stand_in.pay_by_debit(session.url)
    stand_in.settle_debit(session.id, "succeed")
    event = client.v1.events.list({"type": "checkout.session.completed"}).data[0]
    assert event.data.object["payment_status"] == "unpaid"
    assert client.v1.events.retrieve(event.id).to_dict() == event.to_dict()
    assert event.api_version == stripe.api_version


@pytest.mark.parametrize("cursor", ["starting_after", "ending_before"])
def test_an_unknown_cursor_is_refused(client: stripe.StripeClient, cursor: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.events.list({cursor: "evt_nope"})
    assert (refusal.value.code, refusal.value.param) == ("resource_missing", cursor)


def test_two_cursors_at_once_are_refused(client: stripe.StripeClient) -> None:
    _customers(client, 1)
    event = client.v1.events.list().data[0].id
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.events.list({"starting_after": event, "ending_before": event})
    assert refusal.value.code == "parameters_exclusive"


def _customers(client: stripe.StripeClient, number: int) -> list[str]:
    return [client.v1.customers.create({"name": f"C{n}"}).id for n in range(number)]
