"""Idempotency keys: the first answer again, conflicts refused, nothing kept of a refused request."""

import queue
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
import stripe

from tests.sandbox.conftest import donation
from tests.sandbox.live import StandIn

KEY = {"idempotency_key": "donation:7:checkout:1"}


def test_the_same_request_under_a_key_is_done_once(client: stripe.StripeClient) -> None:
    first = client.v1.checkout.sessions.create(donation(), KEY)
    again = client.v1.checkout.sessions.create(donation(), KEY)
    assert again.id == first.id
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert again.last_response.headers["Original-Request"] == first.last_response.request_id
    assert again.last_response.body == first.last_response.body
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_the_replay_is_the_first_answer_even_when_the_object_has_changed(
    stand_in: StandIn, client: stripe.StripeClient
) -> None:
    first = client.v1.checkout.sessions.create(donation(), KEY)
    stand_in.pay(first.url)
    assert client.v1.checkout.sessions.create(donation(), KEY).status == "open"
    assert client.v1.checkout.sessions.retrieve(first.id).status == "complete"


def test_other_parameters_under_a_key_are_refused(client: stripe.StripeClient) -> None:
    client.v1.checkout.sessions.create(donation(2500), KEY)
    with pytest.raises(stripe.IdempotencyError, match="same parameters they were first used with") as refusal:
        client.v1.checkout.sessions.create(donation(2600), KEY)
    assert refusal.value.http_status == 400
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_another_path_under_a_key_is_refused(client: stripe.StripeClient) -> None:
    client.v1.checkout.sessions.create(donation(), KEY)
    with pytest.raises(stripe.IdempotencyError, match="same endpoint"):
        client.v1.customers.create({"name": "Kim"}, KEY)


def test_nothing_is_kept_of_refused_parameters(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(donation(10), KEY)
    assert client.v1.checkout.sessions.create(donation(2500), KEY).status == "open"


def test_a_refusal_by_state_is_kept(client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(donation())
    client.v1.checkout.sessions.expire(session.id)
    for replayed in (None, "true"):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            client.v1.checkout.sessions.expire(session.id, options=KEY)
        assert refusal.value.headers.get("Idempotent-Replayed") == replayed


def test_a_key_is_forgotten_after_a_day(stand_in: StandIn, client: stripe.StripeClient) -> None:
    first = client.v1.customers.create({"name": "Kim"}, KEY)
    stand_in.advance(24 * 3600 - 60)
    assert client.v1.customers.create({"name": "Kim"}, KEY).id == first.id
    stand_in.advance(120)
    assert client.v1.customers.create({"name": "Kim"}, KEY).id != first.id


def test_too_long_a_key_is_refused(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.StripeError, match="255"):
        client.v1.customers.create({"name": "Kim"}, {"idempotency_key": "x" * 256})
    assert client.v1.customers.create({"name": "Kim"}, {"idempotency_key": "x" * 255}).name == "Kim"


def test_a_key_in_use_is_a_conflict(stand_in: StandIn, tmp_path: Path) -> None:
    """Another process holds the database, so whichever request comes first is under way while the other comes."""
    blocker = sqlite3.connect(tmp_path / "data" / "stripe-sandbox.sqlite3", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    ended: queue.Queue[Any] = queue.Queue()
    threads = [threading.Thread(target=lambda: ended.put(_create(stand_in))) for _ in range(2)]
    try:
        for thread in threads:
            thread.start()
        refusal = ended.get(timeout=10)
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
        for thread in threads:
            thread.join()
    made = ended.get(timeout=10)
    assert (refusal.http_status, refusal.json_body["error"]["code"]) == (409, "idempotency_key_in_use")
    assert _create(stand_in).id == made.id


def test_many_at_once_under_one_key_make_one_object(stand_in: StandIn) -> None:
    client = stand_in.client(retries=5)
    made: list[str] = []
    start = threading.Barrier(6)

    def create() -> None:
        start.wait()
        made.append(client.v1.checkout.sessions.create(donation(), KEY).id)

    threads = [threading.Thread(target=create) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(set(made))) == (6, 1)
    assert len(client.v1.checkout.sessions.list().data) == 1


def _create(stand_in: StandIn) -> Any:
    try:
        return stand_in.client(retries=0).v1.checkout.sessions.create(donation(), KEY)
    except stripe.StripeError as refusal:
        return refusal
