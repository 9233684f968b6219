"""Changes to the inbox: every event of the provider's is stored once, with what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from portal.db import db, insert_into, table_of
from portal.domain.donations.models import EventState, ProviderEvent
from portal.domain.messages.rules import wait_before_try


@dataclass(frozen=True)
class EventTold:
    """An event as the provider told it; `payload` is the text that was signed."""

    event_id: str
    type: str
    livemode: bool
    session_id: str | None
    payload: str


def store_event(told: EventTold, state: EventState, moment: datetime, error: str | None = None) -> bool:
    """Store an event, or note what became of one that is stored; False for one that was done or ignored before."""
    table = table_of(ProviderEvent)
    insert = insert_into(ProviderEvent).values(
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
    up = insert.on_conflict_do_update(
        index_elements=["event_id"],
        set_={
            "state": insert.excluded.state,
            "error": insert.excluded.error,
            "attempts": table.c.attempts + 1,
            "next_try_at": insert.excluded.next_try_at,
        },
        where=table.c.state.in_([EventState.RECEIVED, EventState.FAILED]),
    )
    return db.session.scalar(up.returning(table.c.id)) is not None


def note_event(event_id: str, state: EventState, moment: datetime, error: str | None = None) -> None:
    """Note what became of a stored event that was applied again."""
    table = table_of(ProviderEvent)
    attempts = (
        db.session.execute(select(table.c.attempts).where(table.c.event_id == event_id)).scalar_one() + 1
    )
    db.session.execute(
        update(table)
        .where(table.c.event_id == event_id)
        .values(state=state, error=error, attempts=attempts, next_try_at=moment + wait_before_try(attempts))
    )
