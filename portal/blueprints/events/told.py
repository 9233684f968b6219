"""What became of a wish, kept for the page after the form, in the cookie of the browser that sent it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import session

from portal import links
from portal.domain.volunteers.claims import Outcome
from portal.domain.volunteers.models import SignUpState

KEY = "signed-up"


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


def tell_later(event_id: int, outcomes: Iterable[Outcome], proved: bool, moment: datetime) -> None:
    """Keep what became of a wish for this browser; nothing of it says whether the address was known before."""
    told = [
        [
            one.slot.shift_id,
            one.state.value,
            one.position,
            int(one.prove_by.timestamp()) if one.prove_by else None,
        ]
        for one in outcomes
    ]
    session[KEY] = [event_id, int(moment.timestamp()), proved, told]


def told_before(event_id: int, moment: datetime) -> ToldAll | None:
    """Give what became of this browser's last wish, if it was for this event and a little while ago."""
    kept = session.get(KEY)
    if kept is None or kept[0] != event_id or moment.timestamp() - kept[1] > links.VISIT.total_seconds():
        return None
    shifts = [
        Told(shift_id, SignUpState(state), position, datetime.fromtimestamp(until, UTC) if until else None)
        for shift_id, state, position, until in kept[3]
    ]
    return ToldAll(kept[2], shifts)
