"""Events as those who manage them see them: theirs, new ones, proposed and taken back, and who hosts with them."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from portal.blueprints.hosting.forms import HostForm, PromisesForm, ProposalForm
from portal.clock import now
from portal.db import db, reading_only
from portal.domain.accounts.models import Role, User
from portal.domain.accounts.queries import find_user_by_email
from portal.domain.campaigns.queries import find_group, list_campaign_titles
from portal.domain.events import proposals, queries
from portal.domain.events.details import LONGEST, offered_zones
from portal.domain.events.errors import EventRefused, NoSuchEvent, NoSuchShift
from portal.domain.events.models import Event, EventStatus, Shift
from portal.domain.events.pattern import refuse_past
from portal.domain.volunteers.hosting import count_coming
from portal.languages import LANGUAGES
from portal.web.filters import language
from portal.web.forms import SentForm
from portal.web.limits import Limit, limited, who
from portal.web.refusals import sentence
from portal.web.signed_in import get_user

bp = Blueprint("hosting", __name__, url_prefix="/hosting")


def is_trusted(user: User) -> bool:
    """Tell whether somebody publishes without asking: organizers approve, so theirs need nobody else."""
    return user.trusted_host or any(user.has_role(role) for role in (Role.ORGANIZER, Role.ADMIN))


@bp.get("")
def index() -> ResponseReturnValue:
    """List the events that somebody manages, with how each stands, and those that they are asked to manage."""
    person_id = get_user().person_id
    return render_template(
        "hosting/index.html",
        group=find_group(),
        hosted=queries.list_hosted(person_id),
        asked=queries.list_asked(person_id),
        form=SentForm(),
    )


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Show the form for an event of one's own."""
    group = find_group()
    usual = {"timezone": group.timezone if group else "", "names_seen_by": "hosts", "changeover": "0"}
    return _show_new(ProposalForm(list_campaign_titles(), data=usual))


@bp.post("/new/preview")
def preview() -> ResponseReturnValue:
    """Show which shifts a form makes, with every entry as it was; nothing is kept."""
    with reading_only():
        form = ProposalForm(list_campaign_titles())
        passed = form.validate_on_submit()
        try:
            if passed:
                refuse_past(form.planned, form.details.zone, now())
        except EventRefused as refusal:
            form.refuse(refusal, "first_day")
            passed = False
        return _show_new(form, previewed=passed), 200 if passed else 422


@bp.post("/new")
@limited(Limit("RATELIMIT_PROPOSE", who))
def propose() -> ResponseReturnValue:
    """Propose an event, or publish it where its proposer is trusted."""
    user, form = get_user(), ProposalForm(list_campaign_titles())
    if not form.validate_on_submit():
        return _show_new(form), 422
    try:
        event = proposals.propose(
            user.person_id, form.details, form.planned, form.promises, now(), trusted=is_trusted(user)
        )
    except EventRefused as refusal:
        db.session.rollback()
        form.refuse(refusal, "first_day")
        return _show_new(form), 422
    told, event_id = _sent_in(event), event.id
    db.session.commit()
    flash(told)
    return redirect(url_for("hosting.event", event_id=event_id), 303)


@bp.get("/events/<int:event_id>")
def event(event_id: int) -> ResponseReturnValue:
    """Show an event to those who manage it, with all that they can do."""
    return show_event(own_event_or_404(event_id), HostForm())


@bp.post("/events/<int:event_id>/propose")
@limited(Limit("RATELIMIT_PROPOSE", who))
def propose_again(event_id: int) -> ResponseReturnValue:
    """Propose what was declined or taken back."""
    user, form = get_user(), PromisesForm()
    own_event_or_404(event_id)
    if not form.validate_on_submit():
        return show_event(own_event_or_404(event_id), HostForm(), form), 422
    try:
        again = proposals.propose_again(
            user.person_id, event_id, form.promises, now(), trusted=is_trusted(user)
        )
    except EventRefused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return show_event(own_event_or_404(event_id), HostForm(), form), 422
    told = _sent_in(again)
    db.session.commit()
    flash(told)
    return redirect(url_for("hosting.event", event_id=event_id), 303)


@bp.post("/events/<int:event_id>/take-back")
def take_back(event_id: int) -> ResponseReturnValue:
    """Take a proposal back."""
    own_event_or_404(event_id)
    try:
        proposals.take_back(get_user().person_id, event_id, now())
        db.session.commit()
        flash(gettext("Taken back. Nobody decides on it until you propose it again."))
    except EventRefused as refusal:
        db.session.rollback()
        flash(sentence(refusal))
    return redirect(url_for("hosting.event", event_id=event_id), 303)


@bp.post("/events/<int:event_id>/hosts")
@limited(Limit("RATELIMIT_HOST_MAIL", who))
def ask_host(event_id: int) -> ResponseReturnValue:
    """Ask somebody to host too; what is told is the same for an address without an account."""
    form, asks = HostForm(), get_user()
    own_event_or_404(event_id)
    if not form.validate_on_submit():
        return show_event(own_event_or_404(event_id), form), 422
    asked = find_user_by_email(form.email.data or "")
    try:
        if asked is not None and asked.active:
            proposals.ask_host(asks.person_id, event_id, asked.person_id, now())
    except EventRefused as refusal:
        db.session.rollback()
        form.refuse(refusal, "email")
        return show_event(own_event_or_404(event_id), form), 422
    db.session.commit()
    flash(
        gettext(
            "If somebody has an account with this address, a mail asks them. You see them here once they say yes."
        )
    )
    return redirect(url_for("hosting.event", event_id=event_id), 303)


@bp.post("/events/<int:event_id>/hosts/accept")
def accept_host(event_id: int) -> ResponseReturnValue:
    """Become a host, having been asked; 404 for anybody else."""
    try:
        proposals.accept_host(get_user().person_id, event_id, now())
    except EventRefused:
        db.session.rollback()
        abort(404)
    db.session.commit()
    flash(gettext("Thank you. You manage this event together now."))
    return redirect(url_for("hosting.event", event_id=event_id), 303)


@bp.post("/events/<int:event_id>/hosts/decline")
def decline_host(event_id: int) -> ResponseReturnValue:
    """Say no to being a host, or stop being one; 404 for who is none."""
    person_id = get_user().person_id
    was_host = queries.is_host(event_id, person_id)
    try:
        proposals.remove_host(person_id, event_id, person_id, now())
        db.session.commit()
        flash(gettext("Done. You are no host of it."))
    except EventRefused as refusal:
        db.session.rollback()
        if not was_host:
            abort(404)
        flash(sentence(refusal))
        return redirect(url_for("hosting.event", event_id=event_id), 303)
    return redirect(url_for("hosting.index"), 303)


@bp.post("/events/<int:event_id>/hosts/remove")
def remove_host(event_id: int) -> ResponseReturnValue:
    """Take another host off an event."""
    own_event_or_404(event_id)
    sent = request.form.get("person", "")
    person_id = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
    try:
        proposals.remove_host(get_user().person_id, event_id, person_id, now())
        db.session.commit()
        flash(gettext("Done. The event has one host fewer."))
    except EventRefused as refusal:
        db.session.rollback()
        flash(sentence(refusal))
    return redirect(url_for("hosting.event", event_id=event_id), 303)


def own_event_or_404(event_id: int) -> Event:
    """Give an event however it stands; that whoever asks may see it was seen to by the table of access."""
    try:
        return queries.get_own_event(event_id)
    except NoSuchEvent:
        abort(404)


def own_shift_or_404(event_id: int, shift_id: int) -> Shift:
    """Give a shift of this very event: access was seen to by the event's id."""
    try:
        found = queries.get_shift(shift_id)
    except NoSuchShift:
        abort(404)
    return found if found.event_id == event_id else abort(404)


def show_event(event: Event, form: HostForm, promises: PromisesForm | None = None) -> str:
    """Show the page of an event with the form to ask another host, and where it can be proposed that one."""
    hosts = [one for one in queries.list_host_rows(event.id) if one.accepted_at is not None]
    return render_template(
        "hosting/event.html",
        group=find_group(),
        event=event,
        status=EventStatus,
        hosts=hosts,
        own_id=get_user().person_id,
        coming=count_coming(event.id, now()),
        moment=now(),
        form=form,
        promises=promises or PromisesForm(),
        trusted=is_trusted(get_user()),
    )


def spoken() -> list[tuple[str, str]]:
    """Give the languages to tick, by code with their names."""
    return [(code, language(code)) for code in LANGUAGES]


def _show_new(form: ProposalForm, *, previewed: bool = False) -> str:
    return render_template(
        "hosting/new.html",
        group=find_group(),
        form=form,
        previewed=previewed,
        zones=offered_zones(),
        spoken=spoken(),
        weekdays=sorted(get_locale().days["stand-alone"]["wide"].items()),
        longest=LONGEST,
        trusted=is_trusted(get_user()),
    )


def _sent_in(event: Event) -> str:
    if event.status == EventStatus.PUBLISHED:
        return gettext("Published. Everybody can see it and sign up now.")
    return gettext("Proposed. An organizer looks at it next, and a mail tells you what they say.")
