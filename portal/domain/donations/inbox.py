"""Changes to the inbox: every event of the provider's is stored once, with what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from portal.db import Prepared, db, table_of
from portal.domain.donations.models import EventState, ProviderEvent
from portal.domain.messages.rules import wait_before_try

_event = table_of(ProviderEvent)


@dataclass(frozen=True)
class EventTold:
    """An event as the provider told it; `payload` is the text that was signed."""

    event_id: str
    type: str
    livemode: bool
    session_id: str | None
    payload: str


def _build_event(insert: Any) -> Any:
    new = insert(_event)
    return new.on_conflict_do_update(
        index_elements=["event_id"],
        set_={
            "state": new.excluded.state,
            "error": new.excluded.error,
            "attempts": _event.c.attempts + new.excluded.attempts,
            "next_try_at": new.excluded.next_try_at,
        },
        where=or_(_event.c.state == EventState.RECEIVED, _event.c.state == EventState.FAILED),
    ).returning(_event.c.id)


_stored_event = Prepared(_build_event)


def store_event(told: EventTold, state: EventState, moment: datetime, error: str | None = None) -> bool:
    """Store an event, or note what became of one that is stored; False for one that was done or ignored before."""
    ident = _stored_event.value(
        event_id=told.event_id,
        type=told.type,
        livemode=told.livemode,
        session_id=told.session_id,
        payload=told.payload,
        state=state,
        error=error,
        attempts=1,
        next_try_at=moment + wait_before_try(1),
        received_at=moment,
    )
    return ident is not None


def note_event(event_id: str, state: EventState, moment: datetime, error: str | None = None) -> None:
    """Note what became of a stored event that was applied again."""
    tried = select(_event.c.attempts).where(_event.c.event_id == event_id)
    attempts = db.session.execute(tried).scalar_one() + 1
    db.session.execute(
        update(_event)
        .where(_event.c.event_id == event_id)
        .values(state=state, error=error, attempts=attempts, next_try_at=moment + wait_before_try(attempts))
    )
