"""Changes to sign-ups: made, proved, given back, moved up, called off; each flushes, none commits.

All of them take turns (`take_turn`), so that what is read here is still so when it is written.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import delete, text, update

from portal.db import db
from portal.domain.campaigns.service import touch_help
from portal.domain.events.models import Event, EventStatus, Shift
from portal.domain.messages.service import forget_mails, queue_mail
from portal.domain.people.models import Person
from portal.domain.people.service import forget_person
from portal.domain.volunteers import queries
from portal.domain.volunteers.errors import ClashesWithHeld, TooLateToChange, TooManyPlaces
from portal.domain.volunteers.models import NameLook, SignUp, SignUpState
from portal.domain.volunteers.queries import slot_of
from portal.domain.volunteers.rules import (
    ACTIVE,
    HOLDING,
    MOST_PLACES,
    Action,
    changes_close_at,
    is_settled,
    may_change,
    may_decline,
    next_state,
    overlap,
    prove_by,
)

# One lock for all sign-ups: whether somebody fits depends on their places in other shifts, and a place that is given
# back goes to others, so locks on single rows would be taken in every order there is. The number is ours alone.
TURN = text("SELECT pg_advisory_xact_lock(7206147)")
MAIL_KINDS = (
    "sign_up_confirm",
    "sign_up_confirm_again",
    "sign_up_confirmed",
    "sign_up_cancelled",
    "sign_up_changed",
    "sign_up_moved_up",
    "sign_up_moved_back",
    "help_link",
    "shift_reminder",
    "shift_thanks",
)


def take_turn() -> None:
    """Wait until no other transaction changes sign-ups; SQLite's writers take turns by themselves."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(TURN)


def prove(
    person_id: int, moment: datetime, give_up: Iterable[int] = (), only: Iterable[int] | None = None
) -> list[SignUp]:
    """Take the address of what this person signed up for as theirs, all of it or `only` some; gives what changed.

    `give_up` names sign-ups to cancel, where two are at the same time. Raises ClashesWithHeld for any such pair that
    is left, with nothing changed.
    """
    take_turn()
    wanted = None if only is None else set(only)
    active = [
        one
        for one in queries.list_active(person_id, moment)
        if wanted is None or one.proved_at is not None or one.id in wanted
    ]
    given_up = set(give_up)
    kept = [one for one in active if one.id not in given_up]
    _refuse_clashes(kept)
    for one in active:
        if one.id in given_up:
            cancel(one, moment)
    fresh = [one for one in kept if one.proved_at is None]
    for one in fresh:
        one.proved_at = moment
        _settle(one, moment)
    if fresh:
        person = db.session.get_one(Person, person_id)
        # A claim that a stranger made with a known address does not rename who it belongs to.
        if person.proved_at is None or only is not None:
            person.name = max(fresh, key=lambda one: one.made_at).name
        person.proved_at = moment
        _tell("sign_up_confirmed", person_id, fresh, moment)
    db.session.flush()
    return fresh


def _refuse_clashes(sign_ups: list[SignUp]) -> None:
    held = [one for one in sign_ups if one.holds_place]
    pairs = [
        (slot_of(fresh), slot_of(other))
        for fresh in held
        if fresh.proved_at is None
        for other in held
        if (other.proved_at is not None or other.id < fresh.id) and overlap(slot_of(fresh), slot_of(other))
    ]
    if pairs:
        raise ClashesWithHeld(pairs)


def tell_to_prove(person_id: int, sign_up_ids: Iterable[int], moment: datetime) -> None:
    """Mail the link that proves an address; one that has nothing to prove gets the link to what it has."""
    unproved = [one for one in queries.list_by_ids(sign_up_ids) if one.proved_at is None]
    if unproved:
        _tell("sign_up_confirm", person_id, unproved, moment)
    else:
        mail_link(person_id, moment)


def join_again(
    sign_up: SignUp, number: int, name: str, until: datetime, moment: datetime, *, waits: bool
) -> None:
    """Take up a sign-up that was cancelled, at the end of the line; its place is counted already."""
    sign_up.state = next_state(SignUpState(sign_up.state), Action.WAIT if waits else Action.HOLD)
    sign_up.number, sign_up.name, sign_up.prove_by = number, name, until
    sign_up.proved_at = sign_up.asked_again_at = sign_up.moved_up_at = sign_up.reminded_at = None
    sign_up.made_at = sign_up.changed_at = moment
    sign_up.version += 1
    db.session.flush()


def _settle(sign_up: SignUp, moment: datetime) -> None:
    """Confirm a proved sign-up that holds a place, unless its role is still to be vetted."""
    settled = sign_up.holds_place and is_settled(
        proved=True, vetted_role=sign_up.shift.vetted, vetted=sign_up.vetted_at is not None
    )
    _move(sign_up, Action.CONFIRM if settled else Action.PROVE, moment)


def cancel_by_person(sign_up: SignUp, moment: datetime) -> None:
    """Give a place back at the wish of the person; raises TooLateToChange, NotPossible."""
    take_turn()
    db.session.refresh(sign_up)
    shift, event = sign_up.shift, sign_up.shift.event
    if may_decline(moment, shift.starts_at, sign_up.moved_up_at) and sign_up.holds_place:
        _end(sign_up, Action.DECLINE, moment)
    elif may_change(moment, shift.starts_at, event.changes_close_hours) or (
        sign_up.state == SignUpState.WAITING and moment < shift.starts_at
    ):
        _end(sign_up, Action.CANCEL, moment)
    else:
        closed_at = changes_close_at(shift.starts_at, event.changes_close_hours)
        raise TooLateToChange(closed_at, event.timezone)


def cancel(sign_up: SignUp, moment: datetime) -> None:
    """Give a place back, or leave the line; told by mail, and the place moves on."""
    take_turn()
    _end(sign_up, Action.CANCEL, moment)


def _end(sign_up: SignUp, action: Action, moment: datetime) -> None:
    _move(sign_up, action, moment)
    if sign_up.person_id is not None and action is not Action.LAPSE:
        _tell("sign_up_cancelled", sign_up.person_id, [sign_up], moment)
    _let_others_up(sign_up, moment)


def _let_others_up(sign_up: SignUp, moment: datetime) -> None:
    """Fill the place that came free, and those that the person who left it now fits into."""
    move_up(sign_up.shift, moment)
    for other in queries.list_waiting_of(sign_up.person_id, moment):
        move_up(other.shift, moment)


def move_up(shift: Shift, moment: datetime) -> None:
    """Give free places to those who wait, in their order; who holds another place at that time is passed over."""
    take_turn()
    db.session.refresh(shift)
    if shift.event.status == EventStatus.CANCELLED or shift.starts_at <= moment or not shift.waiting:
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
        _move(sign_up, Action.CONFIRM if settled else Action.HOLD, moment)
        if sign_up.person_id is not None:
            _tell("sign_up_moved_up", sign_up.person_id, [sign_up], moment)


def _fits(sign_up: SignUp, moment: datetime) -> bool:
    own = slot_of(sign_up)
    return not any(
        other.holds_place and overlap(own, slot_of(other))
        for other in queries.list_active(sign_up.person_id, moment)
        if other.id != sign_up.id
    )


def lapse_due(moment: datetime, limit: int) -> int:
    """Let places go whose address nobody proved in time; gives how many."""
    take_turn()
    due = queries.list_to_lapse(moment, limit)
    for sign_up in due:
        if sign_up.state in ACTIVE:  # an earlier one of these may have moved it
            _end(sign_up, Action.LAPSE, moment)
    return len(due)


def vet(sign_up: SignUp, by: str, moment: datetime) -> None:
    """Note that an organizer has seen what the role asks for; the document itself is kept nowhere."""
    take_turn()
    db.session.refresh(sign_up)
    sign_up.vetted_at, sign_up.vetted_by = moment, by
    if sign_up.state == SignUpState.PENDING and sign_up.proved_at is not None:
        _move(sign_up, Action.VET, moment)
        if sign_up.person_id is not None:
            _tell("sign_up_confirmed", sign_up.person_id, [sign_up], moment)
    db.session.flush()


def change_places(shift: Shift, places: int, moment: datetime) -> None:
    """Give a shift more or fewer places.

    With fewer, those who joined last go back to the head of the line, and are told. Raises TooManyPlaces for a number
    that can't be.
    """
    if not 0 <= places <= MOST_PLACES:
        raise TooManyPlaces(MOST_PLACES)
    take_turn()
    db.session.refresh(shift)
    for sign_up in queries.list_last_holders(shift.id, max(shift.taken - places, 0)):
        _move(sign_up, Action.MOVE_BACK, moment)
        if sign_up.person_id is not None:
            _tell("sign_up_moved_back", sign_up.person_id, [sign_up], moment)
        for other in queries.list_waiting_of(sign_up.person_id, moment):
            if other.shift_id != shift.id:
                move_up(other.shift, moment)
    shift.places = places
    db.session.flush()
    move_up(shift, moment)
    touch_help(shift.event.campaign_id)


def change_times(shift: Shift, starts_at: datetime, ends_at: datetime, moment: datetime) -> None:
    """Move a shift to another time, in UTC; all who hold a place or wait are told, calendars follow."""
    take_turn()
    shift.starts_at, shift.ends_at = starts_at, ends_at
    shift.sequence += 1
    db.session.flush()
    for sign_up in queries.list_active_of_shift(shift.id):
        sign_up.reminded_at = None
        if sign_up.person_id is not None:
            _tell("sign_up_changed", sign_up.person_id, [sign_up], moment)
        _let_others_up(sign_up, moment)
    touch_help(shift.event.campaign_id)


def call_off(event: Event, moment: datetime) -> None:
    """Cancel an event: everybody who holds a place or waits is told; doing it again changes nothing."""
    take_turn()
    db.session.refresh(event)
    if event.status == EventStatus.CANCELLED:
        return
    event.status = EventStatus.CANCELLED
    db.session.flush()
    ended = [
        sign_up
        for shift in event.shifts
        if shift.ends_at > moment
        for sign_up in queries.list_active_of_shift(shift.id)
    ]
    for sign_up in ended:
        _move(sign_up, Action.CALL_OFF, moment)
        if sign_up.person_id is not None:
            _tell("sign_up_cancelled", sign_up.person_id, [sign_up], moment)
    for sign_up in ended:
        _let_others_up(sign_up, moment)
    touch_help(event.campaign_id)


def take_out(person_id: int, moment: datetime) -> None:
    """Take a person out altogether: their places move on, and nothing but counts of the past is left of their help.

    Gifts stay in the books, with the address that they came from.
    """
    take_turn()
    forget_mails(person_id, MAIL_KINDS)
    coming = queries.list_active(person_id, moment)
    for sign_up in coming:
        _move(sign_up, Action.CANCEL, moment)
    shifts = [sign_up.shift for sign_up in coming]
    for sign_up in queries.list_all_of(person_id):
        if sign_up.state in HOLDING and sign_up.shift.ends_at <= moment:
            db.session.execute(delete(NameLook).where(NameLook.sign_up_id == sign_up.id))
            sign_up.person_id, sign_up.name = None, ""
        else:
            db.session.delete(sign_up)
    db.session.flush()
    forget_person(person_id)
    for shift in shifts:
        move_up(shift, moment)


def note_looks(sign_ups: Iterable[SignUp], by: str, moment: datetime) -> None:
    """Note that somebody saw the names of these volunteers, for each of them to see."""
    db.session.add_all(NameLook(sign_up_id=one.id, looked_by=by, looked_at=moment) for one in sign_ups)
    db.session.flush()


def mail_link(person_id: int, moment: datetime) -> None:
    """Mail a person the link to their help; asking again within a few minutes sends no second mail."""
    key = f"help_link:person:{person_id}:{int(moment.timestamp()) // 300}"
    queue_mail("help_link", key, person_id, {}, moment)


def renew_links(person_id: int, moment: datetime) -> None:
    """Withdraw every link mailed to a person so far, their calendar's address too, and mail a new one."""
    person = db.session.get_one(Person, person_id)
    person.link_nonce, person.calendar_nonce = secrets.token_urlsafe(8), secrets.token_urlsafe(8)
    db.session.flush()
    queue_mail("help_link", f"help_link:person:{person_id}:{person.link_nonce}", person_id, {}, moment)


def ask_again_due(moment: datetime, limit: int) -> int:
    """Ask once more those who have not proved their address, one mail for each of them; gives how many sign-ups."""
    take_turn()
    due = queries.list_to_ask_again(moment, limit)
    for person_id, sign_ups in _by_person(due).items():
        _tell("sign_up_confirm_again", person_id, sign_ups, moment)
    for sign_up in due:
        sign_up.asked_again_at = moment
    db.session.flush()
    return len(due)


def remind_due(moment: datetime, limit: int) -> int:
    """Remind those whose shift is within a day, unless they signed up within it or want no reminders."""
    take_turn()
    due = queries.list_to_remind(moment, limit)
    for sign_up in due:
        sign_up.reminded_at = moment
        if queries.wants_reminder(sign_up) and sign_up.person_id is not None:
            _tell("shift_reminder", sign_up.person_id, [sign_up], moment)
    db.session.flush()
    return len(due)


def thank_due(moment: datetime, limit: int) -> int:
    """Thank those whose shift was a while ago."""
    take_turn()
    due = queries.list_to_thank(moment, limit)
    for sign_up in due:
        sign_up.thanked_at = moment
        if sign_up.person_id is not None:
            _tell("shift_thanks", sign_up.person_id, [sign_up], moment)
    db.session.flush()
    return len(due)


def _by_person(sign_ups: Iterable[SignUp]) -> dict[int, list[SignUp]]:
    found: dict[int, list[SignUp]] = {}
    for one in sign_ups:
        if one.person_id is not None:
            found.setdefault(one.person_id, []).append(one)
    return found


def _move(sign_up: SignUp, action: Action, moment: datetime) -> None:
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


def mail_key(kind: str, news: str) -> str:
    """Give a mail's unique key; of long news a digest, as a key has 120 characters."""
    return f"{kind}:sign-up:{news if len(news) <= 60 else blake2b(news.encode(), digest_size=20).hexdigest()}"


def _tell(kind: str, person_id: int, sign_ups: list[SignUp], moment: datetime) -> None:
    """Queue one mail about sign-ups as they are now; the same news is not queued twice."""
    news = "-".join(f"{one.id}.{one.sequence}" for one in sorted(sign_ups, key=lambda one: one.id))
    queue_mail(kind, mail_key(kind, news), person_id, {"sign_ups": [one.id for one in sign_ups]}, moment)
