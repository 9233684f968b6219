"""Rows of events and shifts. Every factory adds and flushes; a test that sends requests commits first."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.events.details import Details
from portal.domain.events.models import Event, EventHost, NamesSeenBy, Shift
from portal.domain.events.pattern import PlannedShift
from portal.domain.people.models import Person
from tests.factories.campaigns import make_campaign
from tests.factories.people import make_person

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


def make_host(event: Event, person: Person | None = None, **facts: Any) -> EventHost:
    """Let a person host an event, one of their own unless one is named."""
    defaults: dict[str, Any] = {"event_id": event.id, "person_id": (person or make_person()).id}
    return _added(EventHost(**({"accepted_at": now()} | defaults | facts)))


def details_of(campaign: Any = None, **facts: Any) -> Details:
    """Give what a proposal says of an event; it is not stored by itself."""
    defaults: dict[str, Any] = {
        "campaign_id": (campaign or make_campaign()).id,
        "title": f"Reading group {next(_numbers)}",
        "summary": "We read and talk.",
        "timezone": "Europe/Dublin",
        "place": "Rivermouth",
        "exact_place": "Quay Street 7",
        "place_hidden": False,
        "what_to_bring": "",
        "languages": ("en",),
        "names_seen_by": NamesSeenBy.HOSTS,
    }
    return Details(**(defaults | facts))


def plan_shift(starts_at: datetime | None = None, **facts: Any) -> PlannedShift:
    """Give a planned shift of two hours, in ten days unless another start is named."""
    starts_at = starts_at or (now() + timedelta(days=10)).replace(minute=0, second=0, microsecond=0)
    defaults = {"role": "Reader", "places": 2, "vetted": False}
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    return PlannedShift(**(defaults | times | facts))


def _added(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
