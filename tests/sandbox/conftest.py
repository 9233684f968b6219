"""Fixtures of the stand-in's own tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from tests.sandbox.live import StandIn, running_stand_in
from tests.sandbox.receiver import SECRET, Receiver, running_receiver

Params = dict[str, Any]
Opener = Callable[..., Any]


def donation(amount: int = 2500, currency: str = "eur", **more: Any) -> Params:
    """Parameters of a session as the portal would send them; ``more`` adds or replaces some."""
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": "Water for Mercy"}}
    return {
        "mode": "payment",
        "submit_type": "donate",
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": "https://portal.example/thanks?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://portal.example/give",
        **more,
    }


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[StandIn]:
    """A running stand-in without an endpoint, held against Stripe's description."""
    with running_stand_in(tmp_path / "data") as running:
        yield running


@pytest.fixture
def client(stand_in: StandIn) -> stripe.StripeClient:
    """Stripe's SDK pointed at it."""
    return stand_in.client()


@pytest.fixture
def open_session(client: stripe.StripeClient) -> Opener:
    """Opens a session for a donation; takes the arguments of ``donation``."""

    def open_one(*arguments: Any, **more: Any) -> Any:
        return client.v1.checkout.sessions.create(donation(*arguments, **more))

    return open_one


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A place for deliveries to arrive."""
    with running_receiver() as running:
        yield running


@pytest.fixture
def delivering(tmp_path: Path, receiver: Receiver) -> Iterator[StandIn]:
    """A running stand-in that delivers every event to ``receiver``."""
    with running_stand_in(tmp_path / "data", webhook=receiver.url, webhook_secret=SECRET) as running:
        yield running
