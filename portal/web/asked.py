"""What a browser asked for and was told of it, kept a little while in a cookie of its own (ADR 14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import current_app, request
from werkzeug.wrappers import Response

from portal import links
from portal.domain.volunteers.claims import Claim, Outcome
from portal.domain.volunteers.models import SignUpState
from portal.web.cookies import set_for_visit

COOKIE = "lantern-asked"
# A cookie holds 4 kB.
MOST_ROWS = 30


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
    response: Response, event_id: int, email: str, outcomes: Sequence[Outcome], *, proved: bool
) -> None:
    """Keep what became of a wish for this browser; nothing of it says whether the address was known before.

    Where the address was not proved it stays a claim that this browser can show later; of very many the latest.
    """
    # What is proved is no claim, so it goes by no address.
    mark = "" if proved else _mark(email)
    new = [
        [mark, one.slot.shift_id, one.uid, one.state.value, one.position, _seconds(one.prove_by)]
        for one in outcomes
    ]
    rows = [*_without(_rows(), new), *new] if COOKIE in request.cookies else new
    value = links.sign_asked([rows[-MOST_ROWS:], event_id, len(new)], current_app.config["SECRET_KEY"])
    set_for_visit(response, COOKIE, value)


def told_before(event_id: int) -> ToldAll | None:
    """Give what became of this browser's last wish, if it was for this event and a little while ago."""
    kept = _kept()
    if kept is None or kept[1] != event_id:
        return None
    rows = kept[0][-kept[2] :]
    return ToldAll(rows[0][0] == "", [_told(*row[1:]) for row in rows])


def claims_of(email: str) -> tuple[Claim, ...]:
    """Give what this browser was told a little while ago of what it asked for with this address."""
    rows = _rows()
    if not rows:
        return ()
    mark = _mark(email)
    return tuple(_claim(*row[1:]) for row in rows if row[0] == mark)


def _told(shift_id: int, _uid: str, state: str, position: int | None, until: int | None) -> Told:
    return Told(shift_id, SignUpState(state), position, datetime.fromtimestamp(until, UTC) if until else None)


def _claim(shift_id: int, uid: str, state: str, position: int | None, until: int | None) -> Claim:
    waits = state == SignUpState.WAITING
    return Claim(shift_id, uid, waits, position, datetime.fromtimestamp(until or 0, UTC))


def _kept() -> list[Any] | None:
    value = request.cookies.get(COOKIE)
    return None if value is None else links.read_asked(value, current_app.config["SECRET_KEY"])


def _rows() -> list[list[Any]]:
    kept = _kept()
    return [] if kept is None else kept[0]


def _without(rows: list[list[Any]], new: list[list[Any]]) -> list[list[Any]]:
    told = {(row[0], row[1]) for row in new}
    return [row for row in rows if row[0] and (row[0], row[1]) not in told]


def _mark(email: str) -> str:
    return links.mark_address(email, current_app.config["SECRET_KEY"])


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
