"""Changing an event that people come to: first what would change and how many would be told, then the change."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from portal.blueprints.hosting.forms import CopyForm, DetailsForm, ShiftForm
from portal.blueprints.hosting.views import bp, is_trusted, own_event_or_404, own_shift_or_404, spoken
from portal.clock import now
from portal.db import db, reading_only
from portal.domain.campaigns.queries import find_group
from portal.domain.events import proposals
from portal.domain.events.details import LONGEST
from portal.domain.events.errors import EventRefused
from portal.domain.events.models import Event, EventStatus, Shift
from portal.domain.events.pattern import PlannedShift, moved_to, refuse_past
from portal.domain.volunteers import hosting
from portal.domain.volunteers.errors import HelpRefused
from portal.web.forms import SentForm
from portal.web.limits import Limit, limited, who
from portal.web.refusals import sentence
from portal.web.signed_in import get_user

NO_CHANGE = frozenset({EventStatus.CANCELLED})


@bp.get("/events/<int:event_id>/edit")
def edit(event_id: int) -> ResponseReturnValue:
    """Show the form with what is said of an event."""
    event = _changeable_or_404(event_id)
    return _show_edit(event, _details_form(event))


@bp.post("/events/<int:event_id>/edit/preview")
def preview_edit(event_id: int) -> ResponseReturnValue:
    """Say what would change and how many would be told; nothing is kept."""
    with reading_only():
        event = _changeable_or_404(event_id)
        form = _details_form(event)
        passed = form.validate_on_submit()
        try:
            if passed and event.status == EventStatus.PUBLISHED:
                hosting.refuse_wider(hosting.details_of(event).names_seen_by, form.details.names_seen_by)
        except EventRefused as refusal:
            form.refuse(refusal)
            passed = False
        return _show_edit(event, form, previewed=passed), 200 if passed else 422


@bp.post("/events/<int:event_id>/edit")
@limited(Limit("RATELIMIT_CHANGE", who))
def change(event_id: int) -> ResponseReturnValue:
    """Change what is said of an event, and tell those who come."""
    event = _changeable_or_404(event_id)
    form = _details_form(event)
    if not form.validate_on_submit():
        return _show_edit(event, form), 422
    try:
        told = hosting.change_details(get_user().person_id, event_id, form.details, now())
    except EventRefused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _show_edit(own_event_or_404(event_id), form), 422
    db.session.commit()
    flash(_changed(told))
    return redirect(url_for("hosting.event", event_id=event_id), 303)


@bp.get("/events/<int:event_id>/shifts/<int:shift_id>")
def shift(event_id: int, shift_id: int) -> ResponseReturnValue:
    """Show the form with times and places of a shift, and how many would be told."""
    one = _shift_or_404(event_id, shift_id)
    return _show_shift(one, ShiftForm(one))


@bp.post("/events/<int:event_id>/shifts/<int:shift_id>")
@limited(Limit("RATELIMIT_CHANGE", who))
def change_shift(event_id: int, shift_id: int) -> ResponseReturnValue:
    """Give a shift other times or places, and tell those whom it touches."""
    one = _shift_or_404(event_id, shift_id)
    form = ShiftForm(one)
    if not form.validate_on_submit():
        return _show_shift(one, form), 422
    try:
        hosting.change_shift(get_user().person_id, shift_id, *form.times, form.number, now())
    except (EventRefused, HelpRefused) as refusal:
        db.session.rollback()
        form.refuse(refusal, "day")
        return _show_shift(_shift_or_404(event_id, shift_id), form), 422
    db.session.commit()
    flash(gettext("The shift is changed. Whoever is moved with it was told by mail."))
    return redirect(url_for("hosting.event", event_id=event_id), 303)


@bp.get("/events/<int:event_id>/call-off")
def ask_call_off(event_id: int) -> ResponseReturnValue:
    """Ask whether an event is really to be called off, and say how many would be told."""
    event = own_event_or_404(event_id)
    if event.status != EventStatus.PUBLISHED:
        abort(404)
    return render_template(
        "hosting/call_off.html",
        group=find_group(),
        event=event,
        coming=hosting.count_coming(event_id, now()),
        form=SentForm(),
    )


@bp.post("/events/<int:event_id>/call-off")
def call_off(event_id: int) -> ResponseReturnValue:
    """Call an event off, and tell everybody who comes."""
    own_event_or_404(event_id)
    try:
        told = hosting.call_off(get_user().person_id, event_id, now())
        db.session.commit()
        flash(_called_off(told))
    except EventRefused as refusal:
        db.session.rollback()
        flash(sentence(refusal))
    return redirect(url_for("hosting.event", event_id=event_id), 303)


@bp.get("/events/<int:event_id>/copy")
def copy(event_id: int) -> ResponseReturnValue:
    """Show the form that makes the same event on other days."""
    return _show_copy(own_event_or_404(event_id), CopyForm())


@bp.post("/events/<int:event_id>/copy/preview")
def preview_copy(event_id: int) -> ResponseReturnValue:
    """Show the shifts that a copy would have; nothing is kept."""
    with reading_only():
        event, form = own_event_or_404(event_id), CopyForm()
        planned = _planned(event, form)
        return _show_copy(event, form, planned), 422 if form.errors else 200


@bp.post("/events/<int:event_id>/copy")
@limited(Limit("RATELIMIT_PROPOSE", who))
def make_copy(event_id: int) -> ResponseReturnValue:
    """Propose the same event on other days, or publish it."""
    event, form, user = own_event_or_404(event_id), CopyForm(), get_user()
    planned = _planned(event, form)
    if form.errors:
        return _show_copy(event, form), 422
    try:
        made = proposals.propose(
            user.person_id,
            hosting.details_of(event),
            planned,
            form.promises,
            now(),
            trusted=is_trusted(user),
        )
    except EventRefused as refusal:
        db.session.rollback()
        form.refuse(refusal, "first_day")
        return _show_copy(own_event_or_404(event_id), form), 422
    made_id, published = made.id, made.status == EventStatus.PUBLISHED
    db.session.commit()
    flash(gettext("The copy is published.") if published else gettext("The copy is proposed."))
    return redirect(url_for("hosting.event", event_id=made_id), 303)


def _planned(event: Event, form: CopyForm) -> list[PlannedShift]:
    """Give the shifts of a copy; what is wrong with them stands in the form."""
    if not form.validate_on_submit():
        return []
    try:
        planned = moved_to(form.day, proposals.planned_of(event), event.zone)
        refuse_past(planned, event.zone, now())
    except EventRefused as refusal:
        form.refuse(refusal, "first_day")
        return []
    return planned


def _details_form(event: Event) -> DetailsForm:
    known = hosting.details_of(event).columns() | {"campaign": str(event.campaign_id)}
    form = DetailsForm([(event.campaign_id, "")], data=known)
    # What a changed event can't change is not read from what was sent.
    form.campaign.data, form.timezone.data = str(event.campaign_id), event.timezone
    return form


def _show_edit(event: Event, form: DetailsForm, *, previewed: bool = False) -> str:
    changed: list[str] = []
    if previewed:
        changed = hosting.changes_between(hosting.details_of(event), form.details)
    return render_template(
        "hosting/edit.html",
        group=find_group(),
        event=event,
        form=form,
        previewed=previewed,
        changed=changed,
        told=hosting.count_to_tell(event.id, now(), changed),
        spoken=spoken(),
        longest=LONGEST,
    )


def _show_shift(one: Shift, form: ShiftForm) -> str:
    return render_template(
        "hosting/shift.html",
        group=find_group(),
        shift=one,
        form=form,
        coming=hosting.count_coming(one.event_id, now(), one.id),
    )


def _show_copy(event: Event, form: CopyForm, planned: list[PlannedShift] | None = None) -> str:
    return render_template(
        "hosting/copy.html",
        group=find_group(),
        event=event,
        form=form,
        planned=planned or [],
        trusted=is_trusted(get_user()),
    )


def _changeable_or_404(event_id: int) -> Event:
    event = own_event_or_404(event_id)
    if event.status in NO_CHANGE:
        abort(404)
    return event


def _shift_or_404(event_id: int, shift_id: int) -> Shift:
    _changeable_or_404(event_id)
    found = own_shift_or_404(event_id, shift_id)
    return found if found.starts_at > now() else abort(404)


def _changed(told: int) -> str:
    if not told:
        return gettext("Changed. Nobody had to be told.")
    return ngettext(
        "Changed. %(num)s person is told by mail.", "Changed. %(num)s people are told by mail.", told
    )


def _called_off(told: int) -> str:
    if not told:
        return gettext("Called off. Nobody had signed up.")
    return ngettext(
        "Called off. %(num)s person is told by mail.", "Called off. %(num)s people are told by mail.", told
    )
