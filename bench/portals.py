"""A portal to measure: migrated, its demo published, with gifts that were given and gifts that wait to be paid."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import flask_migrate
import stripe
from flask import Flask
from sqlalchemy import func, insert, select

from config import Production
from portal import create_app
from portal.cli.main import CONTENT
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.models import Campaign, CampaignTotal
from portal.domain.campaigns.queries import list_campaigns
from portal.domain.campaigns.service import seed_demo
from portal.domain.donations.models import (
    Checkout,
    Donation,
    DonationState,
    EventState,
    LedgerEntry,
    Payment,
    ProviderEvent,
    Receipt,
)
from portal.domain.donations.queries import list_totals_apart_from_ledger
from portal.domain.messages.models import OutboxMail
from portal.payments.intake import take_event
from portal.payments.stripe_gateway import get_gateway

SLUG = "the-way-out"
PATH = f"/campaigns/{SLUG}"
NAMES_SHOWN = 12
COMPLETED = json.loads(Path(__file__).with_name("completed.json").read_text())


@dataclass(frozen=True)
class Gift:
    """A gift that waits to be told paid."""

    public_id: str
    session_id: str
    amount_minor: int


def settings(data: Path) -> dict[str, str]:
    """Give the environment of a portal in this folder. Nothing here speaks to the stand-in that it names."""
    return {
        "LANTERN_ENV": "production",
        "LANTERN_DATA": str(data),
        "SECRET_KEY": secrets.token_hex(32),
        "STRIPE_SECRET_KEY": "sk_test_sandbox_bench",
        "STRIPE_API_BASE": "http://127.0.0.1:9",
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(16)}",
    }


@contextmanager
def within(environment: dict[str, str]) -> Iterator[Flask]:
    """Be inside the portal of these settings."""
    app = create_app(Production(environment))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def prepare(environment: dict[str, str]) -> None:
    """Migrate, publish the demo, and have a few gifts given by the webhook's own code, so that the page has names."""
    with within(environment):
        flask_migrate.upgrade()
        seed_demo(CONTENT, now())
        db.session.commit()
        for gift in _add_gifts(NAMES_SHOWN, show_name=True):
            take_event(get_gateway(), event_of(gift), livemode=False)


def campaign_paths(environment: dict[str, str]) -> list[str]:
    """Give the paths of the demo's campaigns, in their order."""
    with within(environment):
        return [f"/campaigns/{one.slug}" for one in list_campaigns(livemode=False)]


def add_gifts(environment: dict[str, str], count: int) -> list[Gift]:
    """Add gifts that have an open payment page."""
    with within(environment):
        return _add_gifts(count, show_name=False)


def _add_gifts(count: int, *, show_name: bool) -> list[Gift]:
    campaign_id = db.session.scalars(select(Campaign.id).where(Campaign.slug == SLUG)).one()
    last = db.session.scalar(select(func.max(Donation.id))) or 0
    gifts = [
        Gift(secrets.token_urlsafe(16), f"cs_test_{secrets.token_hex(29)}", 2_500 + n) for n in range(count)
    ]
    donations = [
        {
            "id": ident,
            "public_id": gift.public_id,
            "number": ident,
            "livemode": False,
            "campaign_id": campaign_id,
            "state": DonationState.OPEN,
            "gift_minor": gift.amount_minor,
            "currency": "EUR",
            "show_name": show_name,
            "name": f"Ada {ident}" if show_name else "",
            "link_nonce": secrets.token_urlsafe(8),
        }
        for ident, gift in enumerate(gifts, last + 1)
    ]
    checkouts = [
        {
            "donation_id": ident,
            "attempt": 1,
            "gift_minor": gift.amount_minor,
            "card_costs_minor": 0,
            "session_id": gift.session_id,
            "expires_at": now() + timedelta(hours=1),
        }
        for ident, gift in enumerate(gifts, last + 1)
    ]
    db.session.execute(insert(Donation), donations)
    db.session.execute(insert(Checkout), checkouts)
    db.session.commit()
    return gifts


def event_of(gift: Gift) -> bytes:
    """Give the event that tells of a gift's payment, as Stripe writes it, under an id of its own."""
    event = json.loads(json.dumps(COMPLETED))
    event["id"] = f"evt_{secrets.token_hex(12)}"
    session = event["data"]["object"]
    session["id"] = gift.session_id
    session["payment_intent"] = f"pi_{secrets.token_hex(12)}"
    session["amount_subtotal"] = session["amount_total"] = gift.amount_minor
    session["client_reference_id"] = gift.public_id
    session["metadata"] = {"lantern_donation": gift.public_id, "lantern_attempt": "1"}
    session["customer_details"]["email"] = f"{gift.public_id.lower()}@example.org"
    return json.dumps(event, indent=2).encode()


def signed_request(gift: Gift, secret: str) -> bytes:
    """Give the whole HTTP request that brings a gift's event, signed now."""
    body = event_of(gift)
    signature = stripe.WebhookSignature.generate_signature_header(body.decode(), secret)
    head = (
        "POST /webhooks/stripe HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nStripe-Signature: {signature}\r\n\r\n"
    )
    return head.encode() + body


def books(environment: dict[str, str]) -> str:
    """Say whether events, payments, ledger, receipts and mails are as many, and the totals the ledger's sum."""
    tables = (ProviderEvent, Payment, LedgerEntry, Receipt, OutboxMail)
    with within(environment):
        counts = [db.session.scalar(select(func.count()).select_from(table)) for table in tables]
        done = db.session.scalar(select(func.count()).where(ProviderEvent.state == EventState.DONE))
        total = db.session.scalar(select(func.sum(CampaignTotal.received_minor)))
        entered = db.session.scalar(select(func.sum(LedgerEntry.amount_minor)))
        apart = list_totals_apart_from_ledger()
    if len({*counts, done}) == 1 and total == entered and not apart:
        return (
            f"books agree: {counts[0]} events, payments, ledger entries, receipts and mails; total = {total}"
        )
    return f"BOOKS DISAGREE: {counts} rows, {done} events done, total {total}, ledger {entered}"
