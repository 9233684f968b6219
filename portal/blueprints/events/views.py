"""Events as readers see them, and signing up for their shifts without an account."""

from datetime import datetime
from functools import lru_cache

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from portal.blueprints.events.forms import Sent, SignUpForm, read_sent, sign_up_form
from portal.blueprints.events.listing import choices_among, days_of, offers_of, read_choices
from portal.clock import now
from portal.db import db, reading_only
from portal.domain.campaigns.errors import CampaignEnded
from portal.domain.campaigns.queries import find_group
from portal.domain.events import queries
from portal.domain.events.errors import EventRefused, NoSuchEvent
from portal.domain.events.models import Event, EventStatus
from portal.domain.events.rules import place_shown
from portal.domain.people.models import Person
from portal.domain.people.rules import LONGEST_EMAIL, LONGEST_NAME
from portal.domain.volunteers.claims import Known, Outcome
from portal.domain.volunteers.errors import HelpRefused
from portal.domain.volunteers.models import SignUpState
from portal.domain.volunteers.sign_up import sign_up as sign_up_for
from portal.extensions import csrf
from portal.group_commit import SIGN_UPS, commit_together
from portal.web import own_help
from portal.web.asked import keep_asked, told_before
from portal.web.known import find_visiting_person, known_here
from portal.web.limits import Limit, for_everyone, limited
from portal.web.origin import TokenMissing

bp = Blueprint("events", __name__)


def _asked_for() -> int:
    """Each ticked shift counts: one form must not hold places without end."""
    return max(len(request.form.getlist("shift")), 1)


SIGN_UP_LIMITS = (Limit("RATELIMIT_SIGN_UP_OVERALL", for_everyone), Limit("RATELIMIT_SIGN_UP"))


@bp.get("/events")
def index() -> ResponseReturnValue:
    """List coming shifts by day, those that a reader looks for."""
    shifts = queries.list_coming_shifts(now())
    wanted = read_choices(request.args)
    found = [shift for shift in shifts if queries.matches(shift, wanted)]
    return render_template(
        "events/index.html",
        group=find_group(),
        shifts=shifts,
        choices=choices_among(shifts),
        wanted=wanted,
        days=days_of(found),
    )


@bp.get("/events/<int:event_id>")
def show(event_id: int) -> ResponseReturnValue:
    """Show an event with its shifts, and the form to sign up for them."""
    person = find_visiting_person()
    return _show(event_id, sign_up_form(person, request.args.get("shift", "")), person)


@bp.post("/events/<int:event_id>/sign-up")
@csrf.exempt
@limited(*SIGN_UP_LIMITS, cost=_asked_for)
def sign_up(event_id: int) -> ResponseReturnValue:
    """Hold places, or join waiting lists, for whoever can read the mail that follows."""
    try:
        sent = read_sent()
        known = known_here(sent.wish.email)
        outcomes = _sign_up(event_id, sent, known)
    except (TokenMissing, EventRefused, HelpRefused, CampaignEnded) as refusal:
        return _show_again(event_id, refusal)
    response = redirect(_way_on(event_id), 303)
    keep_asked(response, event_id, sent.wish.email, outcomes, proved=known.person_id is not None)
    return response


@bp.get("/events/<int:event_id>/signed-up")
def signed_up(event_id: int) -> ResponseReturnValue:
    """Say what became of a wish, to the browser that sent it."""
    event = _event_or_404(event_id)
    told = told_before(event_id)
    shifts = {shift.id: shift for shift in event.shifts}
    return render_template(
        "events/signed_up.html", group=find_group(), event=event, shifts=shifts, told=told, state=SignUpState
    )


@lru_cache(maxsize=256)
def _way_on(event_id: int) -> str:
    return url_for("events.signed_up", event_id=event_id)


def _sign_up(event_id: int, sent: Sent, known: Known) -> list[Outcome]:
    """Run the one change that a sign-up is, with others that come at the same moment."""
    moment, language = now(), str(get_locale())
    return commit_together(
        SIGN_UPS,
        lambda: sign_up_for(event_id, sent.wish, known, moment, instead=sent.instead, language=language),
    )


def _show_again(event_id: int, refusal: Exception) -> ResponseReturnValue:
    """Show the form with its entries and what is wrong with them; nothing is written any more."""
    db.session.rollback()
    form = sign_up_form()
    form.refuse(refusal)
    with reading_only():
        return _show(event_id, form, find_visiting_person(), status=422)


def _show(event_id: int, form: SignUpForm, person: Person | None, status: int = 200) -> ResponseReturnValue:
    event, moment = _event_or_404(event_id), now()
    answer = render_template(
        "events/show.html",
        group=find_group(),
        event=event,
        cancelled=event.status == EventStatus.CANCELLED,
        ended=event.campaign.ended_at is not None,
        offers=offers_of(event, moment),
        place=_place_for(event, person, moment),
        form=form,
        longest_name=LONGEST_NAME,
        longest_email=LONGEST_EMAIL,
    )
    response = current_app.make_response((answer, status))
    if person is None:
        # One reader's entries, yet not no-store: the browser's way back would then lose them all.
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _place_for(event: Event, person: Person | None, moment: datetime) -> str:
    """Give the place as this reader may know it: a hidden one as on their own pages."""
    is_told = event.place_hidden and any(
        one.place_is_exact for one in (own_help.list_in_event(person.id, event.id, moment) if person else ())
    )
    return place_shown(event.place, event.exact_place, hidden=event.place_hidden, signed_up=is_told)


def _event_or_404(event_id: int) -> Event:
    try:
        return queries.get_event(event_id)
    except NoSuchEvent:
        abort(404)
