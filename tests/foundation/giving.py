"""Gifts on their way, for tests that need one: chosen on the portal, paid at the stand-in, told by signed events."""

import json
from typing import Any

import stripe
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.sandbox.live import StandIn

SECRET = "whsec_test"  # noqa: S105  (signs what two test servers tell each other)
OWN = {"Sec-Fetch-Site": "same-origin"}


def settings_for(stand_in: StandIn) -> dict[str, str]:
    """Give the settings of a portal that speaks to this stand-in."""
    return {
        "STRIPE_SECRET_KEY": stand_in.api_key,
        "STRIPE_API_BASE": stand_in.base_url,
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "RATELIMIT_GIVE": "1000 per minute",
    }


def give(client: FlaskClient, slug: str, **entries: str) -> TestResponse:
    """Send the give form of a campaign as its own page would."""
    form = {"amount": "2500", "frequency": "once", **entries}
    return client.post(f"/campaigns/{slug}/give", data=form, headers=OWN)


def start_gift(client: FlaskClient, slug: str, **entries: str) -> tuple[str, str]:
    """Choose a gift; gives the payment page's address and the donation's own."""
    answer = give(client, slug, **entries)
    assert answer.status_code == 303, answer.text
    url = answer.headers["Location"]
    return url, url.rsplit("/", 1)[1]


def sign(body: bytes, secret: str = SECRET, timestamp: int | None = None) -> str:
    """Give Stripe's signature header for a body, made by Stripe's own SDK."""
    return str(stripe.WebhookSignature.generate_signature_header(body.decode(), secret, timestamp=timestamp))


def tell(client: FlaskClient, event: dict[str, Any] | bytes, **options: Any) -> TestResponse:
    """Post an event to the webhook, signed; `header` gives another signature header."""
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    header = options.pop("header", None) or sign(body, **options)
    return client.post("/webhooks/stripe", data=body, headers={"Stripe-Signature": header})


def events_of(stand_in: StandIn, session_id: str, kind: str = "") -> list[dict[str, Any]]:
    """Give the stand-in's events about a session, oldest first."""
    told = [event for event in stand_in.books()["events"] if event["data"]["object"]["id"] == session_id]
    return sorted(
        (event for event in told if event["type"].endswith(kind)), key=lambda event: event["created"]
    )
