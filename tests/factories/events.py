"""Rows of events and shifts. Every factory adds and flushes; a test that sends requests commits first."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.events.models import Event, Shift
from tests.factories.campaigns import make_campaign

_numbers = count(1)


def make_event(campaign: Any = None, **facts: Any) -> Event:
    """Add a published event of a campaign, without shifts."""
    defaults: dict[str, Any] = {
        "campaign_id": (campaign or make_campaign()).id,
        "title": f"Language café {next(_numbers)}",
        "summary": "Two hours of talking, with tea.",
        "timezone": "Europe/Dublin",
        "place": "Rivermouth",
        "exact_place": "Library, 2nd floor",
        "what_to_bring": "Nothing.",
        "languages": ["en", "ko"],
    }
    return _added(Event(**(defaults | facts)))


def make_shift(event: Event | None = None, starts_at: datetime | None = None, **facts: Any) -> Shift:
    """Add a shift of two hours, in ten days unless another start is named."""
    hours = facts.pop("hours", 2)
    starts_at = starts_at or (now() + timedelta(days=10)).replace(minute=0, second=0, microsecond=0)
    defaults: dict[str, Any] = {
        "event_id": (event or make_event()).id,
        "role": "Language partner",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
        "places": 2,
    }
    return _added(Shift(**(defaults | facts)))


def _added(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
