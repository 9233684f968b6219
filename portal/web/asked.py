"""What a browser asked for and was told of it, kept a little while in the cookie of its session (ADR 14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import current_app, session

from portal import links
from portal.domain.volunteers.claims import Claim, Outcome
from portal.domain.volunteers.models import SignUpState

KEY = "asked"
# A cookie holds 4 kB.
MOST_CLAIMS = 30


@dataclass(frozen=True)
class Told:
    """What became of one wished shift, as its reader may know it."""

    shift_id: int
    state: SignUpState
    position: int | None
    until: datetime | None


@dataclass(frozen=True)
class ToldAll:
    """What became of a wish; `proved` where the reader came by a mailed link, so that nothing is left to confirm."""

    proved: bool
    shifts: list[Told]


def keep_asked(
    event_id: int, email: str, outcomes: Sequence[Outcome], moment: datetime, *, proved: bool
) -> None:
    """Keep what became of a wish for this browser; nothing of it says whether the address was known before.

    Where the address was not proved it stays a claim that this browser can show later; of very many the latest.
    """
    told = [[one.slot.shift_id, one.state.value, one.position, _seconds(one.prove_by)] for one in outcomes]
    claims = _claims(moment)
    if not proved:
        claims = _with_new(claims, email, [one.as_claim(moment) for one in outcomes])
    session[KEY] = [int(moment.timestamp()), claims, event_id, proved, told]


def told_before(event_id: int, moment: datetime) -> ToldAll | None:
    """Give what became of this browser's last wish, if it was for this event and a little while ago."""
    kept = _kept(moment)
    if kept is None or kept[2] != event_id:
        return None
    shifts = [
        Told(shift_id, SignUpState(state), position, datetime.fromtimestamp(until, UTC) if until else None)
        for shift_id, state, position, until in kept[4]
    ]
    return ToldAll(kept[3], shifts)


def claims_of(email: str, moment: datetime) -> tuple[Claim, ...]:
    """Give what this browser was told a little while ago of what it asked for with this address."""
    rows = _claims(moment)
    if not rows:
        return ()
    mark = _mark(email)
    return tuple(
        Claim(shift_id, uid, bool(waits), position, datetime.fromtimestamp(until, UTC))
        for by, shift_id, uid, waits, position, until in rows
        if by == mark
    )


def forget_asked() -> None:
    """Take away what this browser asked for."""
    session.pop(KEY, None)


def _kept(moment: datetime) -> list[Any] | None:
    kept: list[Any] | None = session.get(KEY)
    return None if kept is None or moment.timestamp() - kept[0] > links.VISIT.total_seconds() else kept


def _claims(moment: datetime) -> list[list[Any]]:
    kept = _kept(moment)
    return [] if kept is None else kept[1]


def _with_new(rows: list[list[Any]], email: str, claims: Iterable[Claim]) -> list[list[Any]]:
    mark = _mark(email)
    new = [[mark, one.shift_id, one.uid, int(one.waits), one.position, _seconds(one.until)] for one in claims]
    told = {(row[0], row[1]) for row in new}
    return [*(row for row in rows if (row[0], row[1]) not in told), *new][-MOST_CLAIMS:]


def _mark(email: str) -> str:
    return links.mark_address(email, current_app.config["SECRET_KEY"])


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
