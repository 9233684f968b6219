"""Time that passes for one thing: its row in the running portal's database is moved, as if it had been so for long."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import create_engine, update
from sqlalchemy.pool import NullPool

from portal.clock import now
from portal.db import Base
from portal.domain.accounts.models import SignIn
from portal.domain.events.models import Shift
from tests.journeys.running import Lantern


def let_shift_begin(lantern: Lantern, shift_id: int, ago: timedelta) -> datetime:
    """Let a shift of two hours have begun so long ago, or begin so long from now where that is less than nothing."""
    begins = now() - ago
    _change(lantern, Shift, Shift.id == shift_id, starts_at=begins, ends_at=begins + timedelta(hours=2))
    return begins


def let_password_be_typed(lantern: Lantern, user_id: int, ago: timedelta) -> None:
    """Let somebody who is signed in have typed their password so long ago."""
    _change(lantern, SignIn, SignIn.user_id == user_id, fresh_at=now() - ago)


def _change(lantern: Lantern, model: type[Base], which: Any, **facts: datetime) -> None:
    engine = create_engine(f"sqlite:///{lantern.data / 'lantern.sqlite3'}", poolclass=NullPool)
    with engine.begin() as connection:
        changed = connection.execute(update(model).where(which).values(**facts))
    assert changed.rowcount == 1, changed.rowcount
