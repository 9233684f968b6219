"""The roster of a shift: who comes, who is here, the hours, and a message to them; each look at names is noted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from portal.blueprints.hosting.roster_forms import HoursForm, MarkForm, MessageForm, in_hours
from portal.blueprints.hosting.views import bp, own_event_or_404, own_shift_or_404
from portal.clock import now
from portal.db import db, reading_only, writing
from portal.domain.campaigns.queries import find_group
from portal.domain.events.errors import EventRefused
from portal.domain.events.models import PUBLIC, Event, Shift
from portal.domain.volunteers import attendance, queries, service
from portal.domain.volunteers.errors import HelpRefused, NoSuchSignUp
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.rules import check_in_opens_at
from portal.web.limits import Limit, limited, who
from portal.web.refusals import sentence
from portal.web.signed_in import get_user

LONGEST_BY = 120
# Somebody may still stand at the door of the one that has just ended.
STILL_OPENED = timedelta(hours=2)


@dataclass(frozen=True)
class Listed:
    """A person on a roster: the name they go by, where they stand, and nothing that leads to them."""

    id: int
    name: str
    state: SignUpState
    proved: bool
    late: bool
    minutes: int | None
    number: int | None

    @property
    def hours(self) -> str:
        """How long they helped, in hours; empty where nothing is written down."""
        return in_hours(self.minutes)


@bp.get("/events/<int:event_id>/roster")
def roster(event_id: int) -> ResponseReturnValue:
    """Show who comes to one shift, that which is next unless another is asked for."""
    event = _shown_event_or_404(event_id)
    shift_id = _chosen_or_404(event, request.args.get("shift", "")).id
    listed = _look_at(shift_id)
    shift = own_shift_or_404(event_id, shift_id)
    moment = now()
    return render_template(
        "hosting/roster.html",
        group=find_group(),
        shift=shift,
        listed=listed,
        same_day=_of_same_day(shift),
        state=SignUpState,
        door_opens_at=check_in_opens_at(shift.starts_at),
        open=check_in_opens_at(shift.starts_at) <= moment and shift.event.status != "cancelled",
        begun=shift.starts_at <= moment,
        form=MarkForm(),
    )


@bp.post("/events/<int:event_id>/sign-ups/<int:sign_up_id>/mark")
def mark(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Note at the door that somebody is here, late or not here."""
    sign_up, form = _sign_up_or_404(event_id, sign_up_id), MarkForm()
    shift_id = sign_up.shift_id
    if not form.validate_on_submit():
        abort(422)
    try:
        attendance.mark(get_user().person_id, sign_up_id, form.given, now())
        db.session.commit()
    except HelpRefused as refusal:
        db.session.rollback()
        flash(sentence(refusal))
    return redirect(url_for("hosting.roster", event_id=event_id, shift=shift_id), 303)


@bp.get("/events/<int:event_id>/shifts/<int:shift_id>/hours")
def hours(event_id: int, shift_id: int) -> ResponseReturnValue:
    """Show the form in which a shift is closed with hours."""
    shift = _begun_or_404(event_id, shift_id)
    return _show_hours(event_id, shift.id, HoursForm())


@bp.post("/events/<int:event_id>/shifts/<int:shift_id>/hours")
def close(event_id: int, shift_id: int) -> ResponseReturnValue:
    """Write down how long each helped; whoever has no hours was not there."""
    _begun_or_404(event_id, shift_id)
    form = HoursForm()
    if not form.validate_on_submit():
        return _show_hours(event_id, shift_id, form), 422
    try:
        helped = attendance.close_shift(get_user().person_id, shift_id, form.minutes, now())
    except HelpRefused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _show_hours(event_id, shift_id, form), 422
    db.session.commit()
    flash(ngettext("Written down: %(num)s person helped.", "Written down: %(num)s people helped.", helped))
    return redirect(url_for("hosting.roster", event_id=event_id, shift=shift_id), 303)


@bp.get("/events/<int:event_id>/shifts/<int:shift_id>/message")
def write(event_id: int, shift_id: int) -> ResponseReturnValue:
    """Show the form for a message to a shift."""
    return _show_message(_published_or_404(event_id, shift_id), MessageForm())


@bp.post("/events/<int:event_id>/shifts/<int:shift_id>/message/preview")
def preview_message(event_id: int, shift_id: int) -> ResponseReturnValue:
    """Show a message as it will be mailed, and to how many; nothing is kept."""
    with reading_only():
        shift, form = _published_or_404(event_id, shift_id), MessageForm()
        passed = form.validate_on_submit()
        return _show_message(shift, form, previewed=passed), 200 if passed else 422


@bp.post("/events/<int:event_id>/shifts/<int:shift_id>/message")
@limited(Limit("RATELIMIT_HOST_MAIL", who))
def send(event_id: int, shift_id: int) -> ResponseReturnValue:
    """Mail a message to those who hold a place in a shift."""
    shift, form = _published_or_404(event_id, shift_id), MessageForm()
    if not form.validate_on_submit():
        return _show_message(shift, form), 422
    try:
        reached = attendance.write_to_shift(get_user().person_id, shift_id, form.words, now())
    except (EventRefused, HelpRefused) as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _show_message(own_shift_or_404(event_id, shift_id), form), 422
    db.session.commit()
    flash(ngettext("Sent to %(num)s person.", "Sent to %(num)s people.", reached))
    return redirect(url_for("hosting.roster", event_id=event_id, shift=shift_id), 303)


def _look_at(shift_id: int) -> list[Listed]:
    """Give who is on a roster, noted for each of them in the same transaction in which it is read."""
    user = get_user()
    by = user.person.name[:LONGEST_BY] or gettext("A host")
    with writing():
        sign_ups = queries.list_roster(shift_id)
        service.note_looks(sign_ups, by, now())
        waiting = [one.id for one in sign_ups if one.state == SignUpState.WAITING]
        listed = [_listed(one, waiting) for one in sign_ups]
        db.session.commit()
    return listed


def _listed(one: SignUp, waiting: list[int]) -> Listed:
    proved = one.proved_at is not None
    return Listed(
        id=one.id,
        # A proved person's own name; of a claim what was typed with it.
        name=one.person.name if one.person is not None and proved else one.name,
        state=SignUpState(one.state),
        proved=proved,
        late=one.late,
        minutes=one.minutes,
        number=waiting.index(one.id) + 1 if one.id in waiting else None,
    )


def _show_hours(event_id: int, shift_id: int, form: HoursForm) -> str:
    expected = (SignUpState.CONFIRMED, SignUpState.ATTENDED, SignUpState.NO_SHOW)
    listed = [one for one in _look_at(shift_id) if one.state in expected]
    shift = own_shift_or_404(event_id, shift_id)
    length = int((shift.ends_at - shift.starts_at).total_seconds() // 60)
    known = {one.id: one.minutes or (length if one.state == SignUpState.ATTENDED else 0) for one in listed}
    return render_template(
        "hosting/hours.html",
        group=find_group(),
        shift=shift,
        listed=listed,
        typed=form.typed(known),
        form=form,
    )


def _show_message(shift: Shift, form: MessageForm, *, previewed: bool = False) -> str:
    return render_template(
        "hosting/message.html",
        group=find_group(),
        shift=shift,
        form=form,
        previewed=previewed,
        reached=len(queries.list_reached(shift.id)),
    )


def _shown_event_or_404(event_id: int) -> Event:
    event = own_event_or_404(event_id)
    if event.status not in PUBLIC:
        abort(404)
    return event


def _chosen_or_404(event: Event, asked: str) -> Shift:
    if asked:
        chosen = [one for one in event.shifts if str(one.id) == asked]
    else:
        chosen = [one for one in event.shifts if one.ends_at > now() - STILL_OPENED] or event.shifts[-1:]
    return chosen[0] if chosen else abort(404)


def _of_same_day(shift: Shift) -> list[Shift]:
    day: datetime = shift.starts_at.astimezone(shift.event.zone)
    return [
        one for one in shift.event.shifts if one.starts_at.astimezone(shift.event.zone).date() == day.date()
    ]


def _begun_or_404(event_id: int, shift_id: int) -> Shift:
    shift = _published_or_404(event_id, shift_id)
    if shift.starts_at > now():
        abort(404)
    return shift


def _published_or_404(event_id: int, shift_id: int) -> Shift:
    shift = own_shift_or_404(event_id, shift_id)
    if shift.event.status != "published":
        abort(404)
    return shift


def _sign_up_or_404(event_id: int, sign_up_id: int) -> SignUp:
    """Give a sign-up of this very event: access was seen to by the event's id."""
    _shown_event_or_404(event_id)
    try:
        found = queries.get_sign_up(sign_up_id)
    except NoSuchSignUp:
        abort(404)
    if found.shift.event_id != event_id:
        abort(404)
    return found
