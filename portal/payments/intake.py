"""The webhook's work: read what Stripe told, apply it once, and keep every event with what became of it."""

import json
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.donations import service
from portal.domain.donations.errors import OtherLivemode
from portal.domain.donations.gateway import CheckoutSeen, PaymentGateway
from portal.domain.donations.inbox import EventTold, note_event, store_event
from portal.domain.donations.models import EventState
from portal.domain.donations.rules import Observed
from portal.group_commit import EVENTS_TOLD, commit_together
from portal.payments.stripe_gateway import is_ours, read_session

APPLIED = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
    }
)
# What a signed event says of these cannot change any more; for the rest the provider is asked how it stands now.
FINAL = frozenset({Observed.PAID, Observed.EXPIRED})


class NotAnEvent(Exception):
    """A body that is no event of Stripe's."""


def take_event(gateway: PaymentGateway, payload: bytes, livemode: bool) -> None:
    """Store an event and apply it; a repeat changes nothing.

    Raises NotAnEvent or OtherLivemode with nothing stored; raises whatever went wrong in applying, with the event
    stored as failed and that error beside it.
    """
    event = _read_event(payload)
    if event["livemode"] is not livemode:
        raise OtherLivemode(event["livemode"])
    told = _told(event, payload)
    if told.session_id is None:
        store_event(told, EventState.IGNORED, now())
        db.session.commit()
        return
    try:
        seen = _seen(gateway, event, told)
        commit_together(EVENTS_TOLD, lambda: _store_and_apply(told, seen))
    except Exception as error:
        db.session.rollback()
        store_event(told, EventState.FAILED, now(), _in_words(error))
        db.session.commit()
        raise


def apply_again(gateway: PaymentGateway, event_id: str, session_id: str) -> bool:
    """Try a stored event again by asking the provider how its checkout stands; tells whether it went through."""
    try:
        service.apply_checkout(gateway.get_checkout(session_id), now())
    except Exception as error:
        db.session.rollback()
        note_event(event_id, EventState.FAILED, now(), _in_words(error))
        db.session.commit()
        return False
    note_event(event_id, EventState.DONE, now())
    db.session.commit()
    return True


def _store_and_apply(told: EventTold, seen: CheckoutSeen) -> None:
    if store_event(told, EventState.DONE, now()):
        service.apply_checkout(seen, now())


def _read_event(payload: bytes) -> dict[str, Any]:
    try:
        event = json.loads(payload)
        inside = event["data"]["object"]
        shape = (event["id"], event["type"], event["livemode"], event["created"], inside)
    except (ValueError, KeyError, TypeError) as error:
        raise NotAnEvent("the body is not an event") from error
    if [type(part) for part in shape] != [str, str, bool, int, dict]:
        raise NotAnEvent("the body is not an event")
    return event


def _told(event: dict[str, Any], payload: bytes) -> EventTold:
    inside = event["data"]["object"]
    # Another program may share the Stripe account; its sessions do not carry our mark.
    session_id = inside["id"] if event["type"] in APPLIED and is_ours(inside) else None
    return EventTold(event["id"], event["type"], event["livemode"], session_id, payload.decode("utf-8"))


def _seen(gateway: PaymentGateway, event: dict[str, Any], told: EventTold) -> CheckoutSeen:
    seen = read_session(event["data"]["object"], told_at=event["created"])
    if seen.observed in FINAL:
        return seen
    store_event(told, EventState.RECEIVED, now())
    db.session.commit()
    return gateway.get_checkout(seen.session_id)


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
