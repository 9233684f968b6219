"""The line of a shift: how sign-ups move, who gets a place that came free, and the mail that goes with each move.

The ground floor of this domain's changes. All of them take turns (`take_turn`, ADR 15), so that what is read is still
so when it is written.
"""

from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import text, update

from portal.db import db, session_connection
from portal.domain.campaigns.service import touch_help
from portal.domain.events.models import EventStatus, Shift
from portal.domain.messages.service import queue_mail
from portal.domain.volunteers import queries
from portal.domain.volunteers.models import HOLDING, SignUp, SignUpState
from portal.domain.volunteers.queries import slot_of
from portal.domain.volunteers.rules import Action, is_settled, next_state, overlap, prove_by

# One lock for all sign-ups: whether somebody fits depends on their places in other shifts, and a place that is given
# back goes to others, so locks on single rows would be taken in every order there is. The number is ours alone.
TURN = text("SELECT pg_advisory_xact_lock(7206147)")


class Told(NamedTuple):
    """A sign-up that a mail is about, with the count of its changes, as a plain value."""

    sign_up_id: int
    sequence: int


def take_turn() -> None:
    """Wait until no other transaction changes sign-ups; SQLite's writers take turns by themselves."""
    if session_connection().dialect.name == "postgresql":
        db.session.execute(TURN)


def move(sign_up: SignUp, action: Action, moment: datetime) -> None:
    """Move a sign-up through the table, and its shift's counts with it."""
    before = SignUpState(sign_up.state)
    after = next_state(before, action)
    sign_up.state, sign_up.changed_at = after, moment
    sign_up.version += 1
    db.session.flush()
    taken = (after in HOLDING) - (before in HOLDING)
    waiting = (after is SignUpState.WAITING) - (before is SignUpState.WAITING)
    if taken or waiting:
        db.session.execute(
            update(Shift)
            .where(Shift.id == sign_up.shift_id)
            .values(taken=Shift.taken + taken, waiting=Shift.waiting + waiting)
            .execution_options(synchronize_session=False)
        )
        db.session.refresh(sign_up.shift, ["taken", "waiting"])
        touch_help(sign_up.shift.event.campaign_id)


def end(sign_up: SignUp, action: Action, moment: datetime) -> None:
    """End a sign-up by its person's wish, tell them, and let its place move on."""
    move(sign_up, action, moment)
    if sign_up.person_id is not None:
        tell("sign_up_given_back", sign_up.person_id, [sign_up], moment)
    let_others_up(sign_up, moment)


def let_others_up(sign_up: SignUp, moment: datetime) -> None:
    """Fill the place that came free, and those that the person who left it now fits into."""
    move_up(sign_up.shift, moment)
    for other in queries.list_waiting_of(sign_up.person_id, moment):
        move_up(other.shift, moment)


def move_up(shift: Shift, moment: datetime) -> None:
    """Give free places to those who wait, in their order; who holds another place at that time is passed over."""
    take_turn()
    db.session.refresh(shift)
    if shift.event.status != EventStatus.PUBLISHED or shift.starts_at <= moment or not shift.waiting:
        return
    for sign_up in queries.list_line(shift.id):
        if shift.left <= 0:
            break
        if not _fits(sign_up, moment):
            continue
        proved = sign_up.proved_at is not None
        settled = is_settled(proved=proved, vetted_role=shift.vetted, vetted=sign_up.vetted_at is not None)
        sign_up.moved_up_at = moment
        if not proved:
            sign_up.prove_by, sign_up.asked_again_at = prove_by(moment, shift.starts_at), None
        move(sign_up, Action.CONFIRM if settled else Action.HOLD, moment)
        if sign_up.person_id is not None:
            tell("sign_up_moved_up", sign_up.person_id, [sign_up], moment)


def _fits(sign_up: SignUp, moment: datetime) -> bool:
    """Tell whether a person is free then; a claim that anybody could have made takes no turn from a proved one."""
    own = slot_of(sign_up)
    return not any(
        other.holds_place and overlap(own, slot_of(other))
        for other in queries.list_active(sign_up.person_id, moment)
        if other.id != sign_up.id and (other.proved_at is not None or sign_up.proved_at is None)
    )


def mail_key(kind: str, news: str) -> str:
    """Give a mail's unique key; of long news a digest, as a key has 120 characters."""
    return f"{kind}:sign-up:{news if len(news) <= 60 else blake2b(news.encode(), digest_size=20).hexdigest()}"


def tell(kind: str, person_id: int, sign_ups: list[SignUp], moment: datetime) -> None:
    """Queue one mail about sign-ups as they are now; the same news is not queued twice."""
    queue(kind, person_id, [Told(one.id, one.sequence) for one in sign_ups], moment)


def queue(
    kind: str, person_id: int, sign_ups: list[Told], moment: datetime, window: int | None = None
) -> None:
    """Queue one mail about sign-ups; the same news is not queued twice, or not twice in one window of time."""
    news = "-".join(f"{one.sign_up_id}.{one.sequence}" for one in sorted(sign_ups))
    news += "" if window is None else f"@{window}"
    about = {"sign_ups": [one.sign_up_id for one in sign_ups]}
    queue_mail(kind, mail_key(kind, news), person_id, about, moment)
