"""A person's own help by signed link: what they signed up for, proved, given back; their name, and leaving."""

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal import links
from portal.blueprints.volunteers.forms import (
    AskForm,
    ButtonForm,
    NameForm,
    given_up,
)
from portal.clock import now
from portal.db import db
from portal.domain.accounts.errors import AccountRefused
from portal.domain.accounts.queries import find_user_of
from portal.domain.campaigns.queries import find_group
from portal.domain.people import service as people
from portal.domain.people.models import Person
from portal.domain.people.queries import find_person_by_email
from portal.domain.people.rules import LONGEST_NAME
from portal.domain.volunteers import mailed_links, queries, service
from portal.domain.volunteers.errors import ClashesWithHeld, NoSuchSignUp, NotPossible, TooLateToChange
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.rules import ACTIVE
from portal.extensions import csrf
from portal.web import known, own_help, signed_links
from portal.web.limits import Limit, limited, typed_address
from portal.web.refusals import sentence

bp = Blueprint("volunteers", __name__)


@bp.get("/me")
def me() -> ResponseReturnValue:
    """Show a person's own help to whoever followed a link of theirs; ask others where to mail it."""
    person = known.find_visiting_person()
    return _ask() if person is None else _show_help(person)


@bp.post("/me/link")
@limited(Limit("RATELIMIT_LINK"), Limit("RATELIMIT_LINK_MAIL", typed_address))
def mail_link() -> ResponseReturnValue:
    """Mail a person the link to their help; what is told is the same for an address that is not known here."""
    form = AskForm()
    if not form.validate_on_submit():
        return _ask(form), 422
    _mail_link_to(form.email.data or "")
    flash(gettext("If somebody helps here with this address, a mail with the link is on its way to it."))
    return redirect(url_for("volunteers.me"), 303)


@bp.get("/me/confirm")
def confirm() -> ResponseReturnValue:
    """Show what waits for its address to be proved, and one button; looking changes nothing."""
    return _show_unproved(known.get_visiting_person())


@bp.post("/me/confirm")
def prove() -> ResponseReturnValue:
    """Take the address as proved; where two shifts are at the same time, ask which."""
    person, form = known.get_visiting_person(), ButtonForm()
    try:
        fresh = service.prove(person.id, now(), given_up())
    except ClashesWithHeld as clash:
        db.session.rollback()
        form.form_errors.append(sentence(clash))
        return _show_unproved(person, form), 422
    except TooLateToChange as refusal:
        db.session.rollback()
        form.form_errors.append(sentence(refusal))
        return _show_unproved(person, form), 422
    told = _thanks_for(fresh)
    db.session.commit()
    flash(told)
    return redirect(url_for("volunteers.me"), 303)


@bp.get("/me/sign-ups/<int:sign_up_id>")
def sign_up(sign_up_id: int) -> ResponseReturnValue:
    """Show one sign-up with all that is told of its shift."""
    one = _own_or_404(sign_up_id)
    return render_template(
        "volunteers/sign_up.html",
        one=own_help.see(one, now(), queries.positions([one])),
        form=ButtonForm(),
        group=find_group(),
    )


@bp.post("/me/sign-ups/<int:sign_up_id>/cancel")
def cancel(sign_up_id: int) -> ResponseReturnValue:
    """Give a place back, turn down one that came free, or leave the line; doing it again changes nothing."""
    one = _own_or_404(sign_up_id)
    try:
        if one.state in ACTIVE:
            service.cancel_by_person(one, now())
        db.session.commit()
        flash(gettext("Done: it is no longer yours, and goes to whoever is next."))
    except (TooLateToChange, NotPossible, NoSuchSignUp) as refusal:
        db.session.rollback()
        flash(sentence(refusal))
    return redirect(url_for("volunteers.sign_up", sign_up_id=sign_up_id), 303)


@bp.post("/me/name")
def rename() -> ResponseReturnValue:
    """Change the name that a person goes by."""
    person, form = known.get_visiting_person(), NameForm()
    if not form.validate_on_submit():
        return _show_help(person, form), 422
    people.rename_person(person.id, form.name.data or "")
    db.session.commit()
    flash(gettext("Your name is changed."))
    return redirect(url_for("volunteers.me"), 303)


@bp.post("/me/reminders")
def set_reminders() -> ResponseReturnValue:
    """Turn reminders on or off, as the button said."""
    wanted = request.form.get("wanted") == "y"
    people.set_reminders(known.get_visiting_person().id, wanted)
    db.session.commit()
    flash(
        gettext("You will be reminded a day before each shift.") if wanted else gettext("Reminders are off.")
    )
    return redirect(url_for("volunteers.me"), 303)


@bp.post("/me/links/renew")
def renew_links() -> ResponseReturnValue:
    """Make every link mailed so far stop working, this browser's too, and mail a new one."""
    mailed_links.renew_links(known.get_visiting_person().id, now())
    db.session.commit()
    flash(gettext("All links are withdrawn. A new one is on its way by mail, and opens this page again."))
    return _forgotten("volunteers.me")


@bp.post("/me/calendar/renew")
def renew_calendar() -> ResponseReturnValue:
    """Give the calendar a new address; the old one stops working."""
    people.renew_calendar(known.get_visiting_person().id)
    db.session.commit()
    flash(gettext("Your calendar has a new address. The old one no longer works."))
    return redirect(url_for("volunteers.me"), 303)


@bp.get("/me/leave")
def leave() -> ResponseReturnValue:
    """Say what goes and what stays when a person is taken out."""
    person = known.get_visiting_person()
    coming = queries.list_active(person.id, now())
    return render_template("volunteers/leave.html", coming=len(coming), form=ButtonForm(), group=find_group())


@bp.post("/me/leave")
def take_out() -> ResponseReturnValue:
    """Take a person out altogether."""
    try:
        service.take_out(known.get_visiting_person().id, now())
    except AccountRefused as refusal:
        db.session.rollback()
        flash(sentence(refusal))
        return redirect(url_for("volunteers.leave"), 303)
    db.session.commit()
    session.clear()
    return _forgotten("volunteers.goodbye")


@bp.get("/me/goodbye")
def goodbye() -> ResponseReturnValue:
    """Say that somebody was taken out; it knows nobody."""
    return render_template("volunteers/goodbye.html", group=find_group())


@bp.get("/me/sign-ups/<int:sign_up_id>/calendar")
def sign_up_calendar(sign_up_id: int) -> ResponseReturnValue:
    """Give one sign-up as a calendar file."""
    answer = own_help.calendar_answer([_own_or_404(sign_up_id)])
    answer.headers["Content-Disposition"] = f'attachment; filename="{own_help.FILE_NAME}"'
    return answer


@bp.get("/calendar/<token>")
def calendar(token: str) -> ResponseReturnValue:
    """Give a person's shifts to the calendar that asks again and again."""
    person = signed_links.get_person_of(token, links.CALENDAR)
    answer = own_help.calendar_answer(own_help.list_for_calendar(person.id, now()), person.language)
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


@bp.get("/reminders/<token>")
def reminders(token: str) -> ResponseReturnValue:
    """Show whether reminders come, and a button that ends them; looking changes nothing."""
    person = signed_links.get_person_of(token, links.REMINDERS)
    return _show_reminders(token, person)


@bp.post("/reminders/<token>")
@csrf.exempt
def stop_reminders(token: str) -> ResponseReturnValue:
    """End reminders by one click in a mail program (RFC 8058), which follows no redirect and has no cookie."""
    person = signed_links.get_person_of(token, links.REMINDERS)
    people.set_reminders(person.id, False)
    db.session.commit()
    return _show_reminders(token, person)


def _show_reminders(token: str, person: Person) -> ResponseReturnValue:
    return render_template(
        "volunteers/reminders.html", token=token, wanted=person.wants_reminders, group=find_group()
    )


def _ask(form: AskForm | None = None) -> str:
    return render_template("volunteers/ask.html", form=form or AskForm(), group=find_group())


def _mail_link_to(email: str) -> None:
    """Mail the link to who helps here; for anybody else do the same work, and take it back."""
    person = find_person_by_email(email)
    helps = bool(queries.list_all_of(person.id if person else 0))
    person_id = person.id if person and helps else people.meet_person(email).id
    mailed_links.mail_link(person_id, now())
    if helps:
        db.session.commit()
    else:
        db.session.rollback()


def _show_help(person: Person, form: NameForm | None = None) -> str:
    sign_ups, user = queries.list_all_of(person.id), find_user_of(person.id)
    return render_template(
        "volunteers/me.html",
        person=person,
        help=own_help.sort(sign_ups, queries.positions(sign_ups), now()),
        looks=own_help.see_looks(queries.list_looks(person.id), sign_ups),
        feed=own_help.calendar_url(person),
        signed_in=known.is_signed_in(person),
        has_account=user is not None,
        at_desk=user is not None and bool(user.roles),
        form=form or NameForm(name=person.name),
        longest_name=LONGEST_NAME,
        group=find_group(),
    )


def _thanks_for(fresh: list[SignUp]) -> str:
    """Say what the button did, and no more: an address can be confirmed before a place is."""
    if not fresh:
        return gettext("Everything was confirmed already.")
    if any(one.state == SignUpState.PENDING for one in fresh):
        return gettext(
            "Thank you, that is confirmed: this address is yours. An organizer gets to know you next."
        )
    if any(one.state == SignUpState.WAITING for one in fresh):
        return gettext(
            "Thank you, that is confirmed: this address is yours. You keep your place in the line."
        )
    return gettext("Thank you, that is confirmed.")


def _show_unproved(person: Person, form: ButtonForm | None = None) -> str:
    sign_ups = queries.list_active(person.id, now())
    return render_template(
        "volunteers/confirm.html",
        unproved=own_help.sort(sign_ups, queries.positions(sign_ups), now()).unproved,
        # All of them, also after some were chosen: each choice is sent anew.
        pairs=service.find_clashes(sign_ups),
        proved={one.id for one in sign_ups if one.proved_at is not None},
        form=form or ButtonForm(),
        group=find_group(),
    )


def _own_or_404(sign_up_id: int) -> SignUp:
    person = known.get_visiting_person()
    try:
        return queries.get_sign_up_of(person.id, sign_up_id)
    except NoSuchSignUp:
        abort(404)


def _forgotten(endpoint: str) -> ResponseReturnValue:
    """Go on to a page as a browser that nobody is known by."""
    return known.forget_browser(redirect(url_for(endpoint), 303))
