"""What Lantern needs of a payment provider, in its own words; payments/ speaks the provider's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from portal.domain.donations.rules import Observed
from portal.money import Money


@dataclass(frozen=True)
class CheckoutRequest:
    """A payment page to be opened; the same request under the same key opens it once."""

    key: str
    donation_public_id: str
    donation_number: int
    attempt: int
    gift: Money
    card_costs: Money
    return_url: str
    expires_at: datetime
    language: str


@dataclass(frozen=True)
class CheckoutSeen:
    """What the provider says of a checkout; `payment_id`, `moved` and `paid_at` are there once money moved."""

    session_id: str
    observed: Observed
    livemode: bool
    donation_public_id: str
    attempt: int
    url: str | None = None
    payment_id: str | None = None
    moved: Money | None = None
    paid_at: datetime | None = None
    email: str | None = None


@dataclass(frozen=True)
class FeeSeen:
    """What the provider kept of a payment, and what is left."""

    fee: Money
    net: Money


class GatewayError(Exception):
    """The provider could not do what was asked."""


class GatewayUnavailable(GatewayError):
    """The provider did not answer, or said that the fault is its own: ask again later."""


class GatewayRefused(GatewayError):
    """The provider will not do this, however often it is asked."""


class PaymentGateway(Protocol):
    """A payment provider; every method may raise GatewayUnavailable or GatewayRefused."""

    def open_checkout(self, request: CheckoutRequest) -> CheckoutSeen:
        """Open a payment page, or give the one that the same key opened before."""

    def get_checkout(self, session_id: str) -> CheckoutSeen:
        """Say how a checkout stands now."""

    def close_checkout(self, session_id: str) -> CheckoutSeen:
        """Close an open checkout so that it can't be paid any more, and say how it stands then."""

    def find_fee(self, payment_id: str) -> FeeSeen | None:
        """Say what a payment cost; None while the provider does not know yet."""
