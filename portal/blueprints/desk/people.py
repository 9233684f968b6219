"""People: found with events in one box, and one record of each, with gifts only for those who keep the money."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.blueprints.desk.forms import ButtonForm
from portal.blueprints.desk.gifts import state_words
from portal.blueprints.desk.mail_words import kind_words, mails_seen_by
from portal.blueprints.desk.outbox import read_id
from portal.clock import now
from portal.db import db, reading_only, writing
from portal.domain.accounts.models import User
from portal.domain.campaigns.queries import find_group
from portal.domain.donations.listing import list_of_person
from portal.domain.events.queries import list_events_sought
from portal.domain.messages.queries import list_mails_of
from portal.domain.people.models import Person
from portal.domain.people.queries import find_person, fits_many, list_persons
from portal.domain.volunteers import queries, vetting
from portal.domain.volunteers.errors import HelpRefused
from portal.web import own_help
from portal.web.refusals import sentence
from portal.web.signed_in import get_user

bp = Blueprint("people", __name__)

ON_A_PAGE = 50
LONGEST_SEARCH = 200


@bp.get("/people")
def index() -> ResponseReturnValue:
    """Find people and events by name, or list the newest people."""
    sought = request.args.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    before = read_id(request.args.get("before", ""))
    found = list_persons(sought, before, ON_A_PAGE + 1)
    people = found[:ON_A_PAGE]
    return render_template(
        "desk/people.html",
        group=find_group(),
        sought=sought,
        people=people,
        fits_many=bool(sought) and fits_many(sought),
        events=list_events_sought(sought, ON_A_PAGE),
        before=before,
        older=people[-1].id if len(found) > ON_A_PAGE else None,
        longest_search=LONGEST_SEARCH,
    )


@bp.get("/people/<int:person_id>")
def show(person_id: int) -> ResponseReturnValue:
    """Show one person's record; that somebody looked is noted for the person to see."""
    user = get_user()
    with writing():
        if find_person(person_id) is None:
            abort(404)
        vetting.note_look_at_record(person_id, _name_of(user), now())
        db.session.commit()
    return _record(_person_or_404(person_id))


@bp.post("/people/<int:person_id>/address")
def show_address(person_id: int) -> ResponseReturnValue:
    """Show a person's record with their e-mail address, which is noted in the audit log and for the person to see."""
    user = get_user()
    _person_or_404(person_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    seen = gettext("%(name)s, with my e-mail address", name=_name_of(user))
    vetting.note_look_at_address(person_id, user.person_id, seen, now())
    db.session.commit()
    with reading_only():
        return _record(_person_or_404(person_id), with_address=True)


@bp.post("/people/<int:person_id>/sign-ups/<int:sign_up_id>/vet")
def vet(person_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Note that an organizer has seen what a role asks for."""
    user = get_user()
    _person_or_404(person_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    try:
        vetting.vet_sign_up(person_id, sign_up_id, user.person_id, _name_of(user), now())
    except HelpRefused as refusal:
        db.session.rollback()
        flash(sentence(refusal))
    else:
        db.session.commit()
        flash(gettext("Vetted. Who holds a place is told by mail."))
    return redirect(url_for("people.show", person_id=person_id), 303)


def _record(person: Person, *, with_address: bool = False) -> str:
    sign_ups, group, seen = queries.list_all_of(person.id), find_group(), mails_seen_by(get_user())
    keeps_money = True in seen
    livemode = current_app.config["LIVEMODE"]
    return render_template(
        "desk/person.html",
        group=group,
        timezone=group.timezone if group else "UTC",
        person=person,
        with_address=with_address,
        help=own_help.sort(sign_ups, queries.positions(sign_ups), now()),
        keeps_money=keeps_money,
        gifts=list_of_person(person.id, livemode=livemode) if keeps_money else [],
        states=state_words(),
        mails=list_mails_of(person.id, seen, ON_A_PAGE),
        kinds=kind_words(),
        form=ButtonForm(),
    )


def _name_of(user: User) -> str:
    return user.person.name or gettext("an organizer")


def _person_or_404(person_id: int) -> Person:
    person = find_person(person_id)
    if person is None:
        abort(404)
    return person
