"""Rows of giving. Each takes the row above it, or makes one of its own."""

import secrets
from datetime import timedelta
from itertools import count
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.models import Campaign
from portal.domain.donations.models import (
    Checkout,
    Donation,
    DonationState,
    EventState,
    LedgerEntry,
    LedgerKind,
    Payment,
    PaymentCase,
    ProviderEvent,
    Receipt,
)
from tests.factories.campaigns import make_campaign

_numbers = count(1)


def make_donation(campaign: Campaign | None = None, **facts: Any) -> Donation:
    """Add a started test donation of 25.00 to a campaign."""
    campaign = campaign or make_campaign()
    defaults: dict[str, Any] = {
        "public_id": secrets.token_hex(8),
        "number": next(_numbers),
        "livemode": False,
        "campaign_id": campaign.id,
        "state": DonationState.STARTED,
        "gift_minor": 2_500,
        "currency": campaign.currency,
        "link_nonce": secrets.token_hex(8),
    }
    return _added(Donation(**(defaults | facts)))


def make_checkout(donation: Donation | None = None, **facts: Any) -> Checkout:
    """Add an open attempt to pay a donation, for what the donation asks."""
    donation = donation or make_donation(state=DonationState.OPEN)
    ident = f"cs_test_{secrets.token_hex(12)}"
    defaults: dict[str, Any] = {
        "donation_id": donation.id,
        "attempt": donation.attempt,
        "gift_minor": donation.gift_minor,
        "card_costs_minor": donation.card_costs_minor,
        "session_id": ident,
        "url": f"http://127.0.0.1:1/c/pay/{ident}",
        "expires_at": now() + timedelta(hours=1),
    }
    return _added(Checkout(**(defaults | facts)))


def make_payment(donation: Donation | None = None, **facts: Any) -> Payment:
    """Add money that moved for a donation: exactly what was asked; without its ledger entry."""
    donation = donation or make_donation(state=DonationState.PAID, paid_at=now())
    defaults: dict[str, Any] = {
        "donation_id": donation.id,
        "provider_id": f"pi_{secrets.token_hex(12)}",
        "case": PaymentCase.EXPECTED,
        "amount_minor": donation.total.minor,
        "currency": donation.currency,
        "livemode": donation.livemode,
        "paid_at": now(),
    }
    return _added(Payment(**(defaults | facts)))


def make_ledger_entry(payment: Payment | None = None, **facts: Any) -> LedgerEntry:
    """Add the movement of a payment; the campaign's total is left as it is."""
    payment = payment or make_payment()
    kind = facts.get("kind", LedgerKind.PAYMENT)
    defaults: dict[str, Any] = {
        "kind": kind,
        "unique_key": f"{kind}:{payment.provider_id}",
        "campaign_id": payment.donation.campaign_id,
        "payment_id": payment.id,
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
        "livemode": payment.livemode,
    }
    return _added(LedgerEntry(**(defaults | facts)))


def make_receipt(donation: Donation | None = None, **facts: Any) -> Receipt:
    """Add the receipt of a paid donation, in the test series."""
    donation = donation or make_donation(state=DonationState.PAID, paid_at=now())
    defaults: dict[str, Any] = {"donation_id": donation.id, "series": "TEST-2026", "number": next(_numbers)}
    return _added(Receipt(**(defaults | facts)))


def make_provider_event(**facts: Any) -> ProviderEvent:
    """Add an event as the inbox keeps it."""
    defaults: dict[str, Any] = {
        "event_id": f"evt_{secrets.token_hex(12)}",
        "type": "checkout.session.completed",
        "livemode": False,
        "payload": "{}",
        "state": EventState.RECEIVED,
    }
    return _added(ProviderEvent(**(defaults | facts)))


def _added(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
