"""Proposed events: who organizes reads them, and says yes or no with a word to their hosts."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import StringField, TextAreaField

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.queries import find_group, list_campaign_titles
from portal.domain.events import proposals, queries
from portal.domain.events.details import LONGEST, read_text
from portal.domain.events.errors import EventChanged, EventRefused, NoSuchEvent, NoteMissing
from portal.domain.events.models import Event, EventStatus, Promise, Shift
from portal.web.forms import SentForm
from portal.web.refusals import sentence
from portal.web.signed_in import get_user

bp = Blueprint("desk_events", __name__)


class DecisionForm(SentForm):
    """A word to the hosts, and when the proposal was made that was read; `words` and `seen_at` hold them."""

    note = TextAreaField(lazy_gettext("A word to the hosts"))
    seen = StringField()

    words: str
    seen_at: datetime

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the entries can be taken."""
        passed = super().validate(extra_validators)
        try:
            self.words = read_text(self.note.data or "", LONGEST["note"], needed=False)
            self.seen_at = datetime.fromisoformat(self.seen.data or "")
        except EventRefused as refusal:
            self.refuse(refusal)
            return False
        except ValueError:
            self.refuse(EventChanged(0))
            return False
        return passed

    def refuse(self, refusal: Exception) -> None:
        """Show what is wrong: with the note beside it, with the event above all."""
        if isinstance(refusal, EventChanged):
            self.form_errors.append(sentence(refusal))
        else:
            self.note.errors = [*self.note.errors, sentence(refusal)]


@bp.get("/events")
def index() -> ResponseReturnValue:
    """List the events that wait to be decided on, who has waited longest first; then those to come, soonest first."""
    soonest: dict[int, Shift] = {}
    for shift in queries.list_coming_shifts(now()):
        soonest.setdefault(shift.event_id, shift)
    return render_template(
        "desk/events.html",
        group=find_group(),
        proposed=queries.list_proposed(),
        coming=list(soonest.values()),
    )


@bp.get("/events/<int:event_id>")
def show(event_id: int) -> ResponseReturnValue:
    """Show a proposal with all that there is to know, and the buttons that decide."""
    return _show(_event_or_404(event_id), DecisionForm())


@bp.post("/events/<int:event_id>/approve")
def approve(event_id: int) -> ResponseReturnValue:
    """Publish a proposal."""
    event, form = _event_or_404(event_id), DecisionForm()
    if not form.validate_on_submit():
        return _show(event, form), 422
    try:
        proposals.approve(get_user().person_id, event_id, form.words, now(), seen_at=form.seen_at)
    except EventRefused as refusal:
        return _show_refused(event_id, form, refusal)
    db.session.commit()
    flash(gettext("Published. Its hosts are told by mail."))
    return redirect(url_for("desk_events.index"), 303)


@bp.post("/events/<int:event_id>/decline")
def decline(event_id: int) -> ResponseReturnValue:
    """Turn a proposal down, with a word on why."""
    event, form = _event_or_404(event_id), DecisionForm()
    if not form.validate_on_submit():
        return _show(event, form), 422
    try:
        if not form.words:
            raise NoteMissing
        proposals.decline(get_user().person_id, event_id, form.words, now(), seen_at=form.seen_at)
    except EventRefused as refusal:
        return _show_refused(event_id, form, refusal)
    db.session.commit()
    flash(gettext("Not accepted. Its hosts are told by mail, with your word."))
    return redirect(url_for("desk_events.index"), 303)


def _show_refused(event_id: int, form: DecisionForm, refusal: Exception) -> ResponseReturnValue:
    db.session.rollback()
    form.refuse(refusal)
    return _show(_event_or_404(event_id), form), 422


def _show(event: Event, form: DecisionForm) -> str:
    titles = dict(list_campaign_titles())
    return render_template(
        "desk/event.html",
        group=find_group(),
        event=event,
        waits=event.status == EventStatus.PROPOSED,
        campaign=titles.get(event.campaign_id, event.campaign.slug),
        hosts=[one for one in queries.list_host_rows(event.id) if one.accepted_at is not None],
        ticked=queries.list_promises(event.id)[: len(Promise)],
        form=form,
        longest=LONGEST["note"],
    )


def _event_or_404(event_id: int) -> Event:
    try:
        event = queries.get_own_event(event_id)
    except NoSuchEvent:
        abort(404)
    # What nobody proposed is between its hosts, or public.
    return event if event.proposed_at is not None and event.status != EventStatus.DRAFT else abort(404)
