"""What organizers do about events from a terminal: see who comes, vet, change places and times, call off."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import click

from portal.clock import now
from portal.db import db
from portal.domain.events import queries as events_queries
from portal.domain.events.errors import NoSuchEvent, NoSuchShift, TimesImpossible
from portal.domain.events.models import Event, EventStatus, Shift
from portal.domain.events.rules import moment_of
from portal.domain.volunteers import queries, service
from portal.domain.volunteers.errors import NoSuchSignUp, TooManyPlaces
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.rules import overlap

LONGEST_BY = 120
# Lists still show the shifts of the last day: somebody may stand at the door of one.
STILL_LISTED = timedelta(days=1)
LOCAL_TIME = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
# What goes to people by mail is asked about first; scripts say --yes.
UNASKED = click.option("--yes", is_flag=True, help="Do not ask before people are concerned.")


class _Name(click.ParamType[str]):
    """Who gives a command, as the volunteers whom it is about will read it."""

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> str:
        text = " ".join(value.split())
        if not text or len(text) > LONGEST_BY:
            self.fail(f"a name of 1 to {LONGEST_BY} characters is needed.", param, context)
        return text


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn the domain's refusals into a sentence."""
    try:
        yield
    except NoSuchEvent as refusal:
        raise click.ClickException(f"There is no event {refusal.event_id}. See: lantern events") from refusal
    except NoSuchShift as refusal:
        raise click.ClickException(f"There is no shift {refusal.shift_id}. See: lantern events") from refusal
    except NoSuchSignUp as refusal:
        known = f"There is no sign-up {refusal.sign_up_id}. See: lantern roster SHIFT_ID --by NAME"
        raise click.ClickException(known) from refusal
    except TooManyPlaces as refusal:
        raise click.ClickException(f"A shift can have 0 to {refusal.most} places.") from refusal
    except TimesImpossible as refusal:
        raise click.ClickException(
            f"That time does not exist: {refusal.text}. The clocks skip it; choose another one."
        ) from refusal


@click.command("events")
def list_events() -> None:
    """List the coming shifts by event, with their ids and how full they are."""
    shifts = events_queries.list_coming_shifts(now() - STILL_LISTED)
    if not shifts:
        click.echo("No shifts are coming.")
    by_event = groupby(sorted(shifts, key=lambda one: one.event_id), key=lambda one: one.event)
    for event, own in by_event:
        click.echo(f"event {event.id}: {event.title}, {event.place} ({event.timezone})")
        for shift in own:
            click.echo(_line(shift))


@click.command()
@click.argument("shift_id", type=int)
@click.option(
    "--by", type=_Name(), required=True, help="Your name; each volunteer sees who looked at theirs."
)
@click.option("--addresses", is_flag=True, help="Show e-mail addresses too, those that were confirmed.")
def roster(shift_id: int, by: str, addresses: bool) -> None:
    """Show who comes to shift SHIFT_ID, by the names they go by, and note for each of them that you looked."""
    with _plainly():
        shift = events_queries.get_shift(shift_id)
    sign_ups = queries.list_active_of_shift(shift_id)
    in_line = queries.positions(sign_ups)
    lines = [
        f"  sign-up {one.id}: {_name(one)}{_address(one) if addresses else ''}, "
        f"{_standing(one, in_line.get(one.id))}"
        for one in sign_ups
    ]
    told = f"shift {shift.id}: {_times(shift)}, {shift.role}: {shift.taken} of {shift.places} places taken"
    # Noted before anything is shown.
    service.note_looks(sign_ups, by, now())
    db.session.commit()
    for line in [told, *(lines or ["  Nobody yet."])]:
        click.echo(line)


@click.command()
@click.argument("sign_up_id", type=int)
@click.option("--by", type=_Name(), required=True, help="Your name; it is kept with the sign-up.")
def vet(sign_up_id: int, by: str) -> None:
    """Note that you have seen what the role of sign-up SIGN_UP_ID asks for; the place is confirmed by mail."""
    with _plainly():
        sign_up = queries.get_sign_up(sign_up_id)
    if not sign_up.shift.vetted:
        raise click.ClickException(f"The role of sign-up {sign_up_id} needs no vetting.")
    if sign_up.state == SignUpState.CANCELLED:
        raise click.ClickException(f"Sign-up {sign_up_id} was cancelled; there is nothing to vet.")
    if sign_up.vetted_at is not None:
        raise click.ClickException(f"{sign_up.vetted_by} has vetted sign-up {sign_up_id} already.")
    service.vet(sign_up, by, now())
    db.session.commit()
    click.echo(f"Sign-up {sign_up_id}: {_standing(sign_up, queries.positions([sign_up]).get(sign_up_id))}.")


@click.command()
@click.argument("shift_id", type=int)
@click.argument("number", type=int)
@UNASKED
def places(shift_id: int, number: int, yes: bool) -> None:
    """Give shift SHIFT_ID so many places; whoever moves up, or back into the line, is told by mail."""
    with _plainly():
        shift = events_queries.get_shift(shift_id)
        if number >= 0 and (losing := shift.taken - number) > 0:
            _ask(
                f"{_people(losing)} of {shift.taken} will lose a place, go back into the line and be told by mail.",
                yes,
            )
        service.change_places(shift, number, now())
    db.session.commit()
    click.echo(f"Shift {shift_id}: {shift.taken} of {shift.places} places taken, {shift.waiting} waiting.")


@click.command("call-off")
@click.argument("event_id", type=int)
@UNASKED
def call_off(event_id: int, yes: bool) -> None:
    """Cancel event EVENT_ID; everybody who holds a place or waits for one is told by mail."""
    with _plainly():
        event = events_queries.get_event(event_id)
    if event.status == EventStatus.CANCELLED:
        raise click.ClickException(f"Event {event_id} was called off already.")
    coming = [shift for shift in event.shifts if shift.ends_at > now()]
    people = {one.person_id for shift in coming for one in queries.list_active_of_shift(shift.id)}
    lines = [f"event {event.id}: {event.title}, {event.place}", *(_line(shift) for shift in coming)]
    _ask("\n".join(lines) + f"\n{_people(len(people))} will be told by mail, and it can't be undone.", yes)
    told = sum(shift.taken + shift.waiting for shift in event.shifts if shift.ends_at > now())
    service.call_off(event, now())
    db.session.commit()
    click.echo(f"Event {event_id} is called off. Sign-ups that are told: {told}.")


@click.command("move-shift")
@click.argument("shift_id", type=int)
@click.option("--starts", type=LOCAL_TIME, required=True, help="As clocks show it where the event is.")
@click.option("--ends", type=LOCAL_TIME, required=True, help="As clocks show it where the event is.")
@UNASKED
def move_shift(shift_id: int, starts: datetime, ends: datetime, yes: bool) -> None:
    """Move shift SHIFT_ID to another time, like 2026-12-12T10:00; everybody in it is told by mail."""
    with _plainly():
        shift = events_queries.get_shift(shift_id)
        starts_at, ends_at = (_moment(local, shift.event.zone) for local in (starts, ends))
    _refuse_move(shift, starts_at, ends_at)
    if moved := shift.taken + shift.waiting:
        _ask(f"{_people(moved)} will be moved with it, and told by mail.", yes)
    service.change_times(shift, starts_at, ends_at, now())
    db.session.commit()
    click.echo(f"Shift {shift_id}: {_times(shift)}. Sign-ups that are told: {shift.taken + shift.waiting}.")
    click.echo(f"People of this shift who now have two at the same time: {_count_doubled(shift)}.")


def _ask(told: str, yes: bool) -> None:
    """Tell what is about to happen, and end the command unless the answer is yes."""
    if yes:
        return
    # Nobody waits for a transaction while somebody thinks.
    db.session.rollback()
    click.confirm(f"{told} Go on?", abort=True)


def _refuse_move(shift: Shift, starts_at: datetime, ends_at: datetime) -> None:
    if shift.event.status == EventStatus.CANCELLED:
        raise click.ClickException(f"Event {shift.event_id} was called off; its shifts stay as they are.")
    if ends_at <= starts_at:
        raise click.ClickException("A shift has to end after it starts.")
    if starts_at <= now():
        raise click.ClickException(
            "That time is over. A shift can only be moved to a time that is still to come."
        )
    if (shift.starts_at, shift.ends_at) == (starts_at, ends_at):
        raise click.ClickException(f"Shift {shift.id} is at that time already; nobody is told anything.")


def _line(shift: Shift) -> str:
    """Give a shift with how full it is, without names."""
    to_vet = _count_to_vet(shift)
    told = f"  shift {shift.id}: {_times(shift)}, {shift.role}: {shift.taken} of {shift.places} places taken"
    return f"{told}, {shift.waiting} waiting" + (f", {to_vet} to vet" if to_vet else "")


def _count_to_vet(shift: Shift) -> int:
    """Give how many confirmed addresses hold a place that an organizer has to look at next."""
    if not shift.vetted:
        return 0
    return sum(
        one.state == SignUpState.PENDING and one.proved_at is not None and one.vetted_at is None
        for one in queries.list_active_of_shift(shift.id)
    )


def _count_doubled(shift: Shift) -> int:
    """Give how many holders of a place in a shift hold one in another shift at the same time."""
    holders = [one for one in queries.list_active_of_shift(shift.id) if one.holds_place]
    own = queries.slot_of(holders[0]) if holders else None
    return sum(
        any(
            one.holds_place
            and one.shift_id != shift.id
            and own is not None
            and overlap(own, queries.slot_of(one))
            for one in queries.list_active(holder.person_id, now())
        )
        for holder in holders
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    return moment_of(local.date(), local.time(), zone)


def _times(shift: Shift) -> str:
    event: Event = shift.event
    starts, ends = (moment.astimezone(event.zone) for moment in (shift.starts_at, shift.ends_at))
    end = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%a %Y-%m-%d %H:%M}"
    return f"{starts:%a %Y-%m-%d %H:%M} to {end} {event.timezone}"


def _name(sign_up: SignUp) -> str:
    """A proved person's own name; of a claim what was typed with it."""
    person = sign_up.person
    return person.name if person is not None and sign_up.proved_at is not None else sign_up.name


def _address(sign_up: SignUp) -> str:
    """Give the address of a proved sign-up; that of a claim may be a stranger's."""
    person = sign_up.person
    return f" <{person.email}>" if person is not None and sign_up.proved_at is not None else ""


def _standing(sign_up: SignUp, position: int | None) -> str:
    if position is not None:
        standing = f"waiting, number {position} in line"
    elif sign_up.state == SignUpState.PENDING and sign_up.shift.vetted and sign_up.vetted_at is None:
        standing = "pending, to be vetted"
    else:
        standing = str(sign_up.state)
    return standing if sign_up.proved_at is not None else f"{standing}, address not confirmed yet"


COMMANDS = (list_events, roster, vet, places, call_off, move_shift)
