"""Roles: who has them, given and taken by an admin, and the table of who may do what."""

from collections import defaultdict

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import StringField

from portal.clock import now
from portal.db import LARGEST_ID, db
from portal.domain.accounts import queries, service
from portal.domain.accounts.errors import AccountRefused, NoSuchUser
from portal.domain.accounts.models import Role
from portal.domain.campaigns.queries import find_group
from portal.web import signed_in
from portal.web.access import EXTENSION, Audience, Rule
from portal.web.forms import SentForm
from portal.web.refusals import sentence

bp = Blueprint("roles", __name__)
AUDIENCES = {
    Audience.ANYONE: lazy_gettext("anyone"),
    Audience.GIVER: lazy_gettext("whoever has the address of the gift"),
    Audience.LINK: lazy_gettext("whoever followed a mailed link, or is signed in"),
    Audience.ADDRESS: lazy_gettext("whoever has the address"),
    Audience.PROVIDER: lazy_gettext("the payment provider"),
    Audience.SIGNED_IN: lazy_gettext("whoever is signed in"),
    Audience.HOST: lazy_gettext("hosts of the event"),
    Audience.ORGANIZER: lazy_gettext("organizers"),
    Audience.TREASURER: lazy_gettext("treasurers"),
    Audience.ADMIN: lazy_gettext("admins"),
}


class RoleForm(SentForm):
    """A role, and the address of an account."""

    email = StringField()
    role = StringField()


@bp.get("/roles")
def index() -> ResponseReturnValue:
    """List the accounts with roles."""
    return _show(RoleForm())


@bp.post("/roles/give")
def give() -> ResponseReturnValue:
    """Give the account of an address a role, or the trust to publish events alone."""
    form = RoleForm()
    user = queries.find_user_by_email(form.email.data or "")
    if not form.validate_on_submit() or user is None:
        form.email.errors = [*form.email.errors, sentence(NoSuchUser())]
        return _show(form), 422
    by = signed_in.get_user().person_id
    if form.role.data == "host":
        service.trust_host(user.id, True, by, now())
    else:
        service.give_role(user.id, _role_or_404(form.role.data), by, now())
    db.session.commit()
    flash(gettext("Done. They have it from their next click on."))
    return redirect(url_for("roles.index"), 303)


@bp.post("/roles/<int:user_id>/take")
def take(user_id: int) -> ResponseReturnValue:
    """Take a role, or the trust, from an account."""
    form = RoleForm()
    if not form.validate_on_submit() or user_id > LARGEST_ID:
        abort(404)
    by = signed_in.get_user().person_id
    try:
        if form.role.data == "host":
            service.trust_host(user_id, False, by, now())
        else:
            service.take_role(user_id, _role_or_404(form.role.data), by, now())
    except AccountRefused as refusal:
        db.session.rollback()
        form.form_errors.append(sentence(refusal))
        return _show(form), 422
    db.session.commit()
    flash(gettext("Done. It is gone from their next click on."))
    return redirect(url_for("roles.index"), 303)


@bp.get("/who-may-do-what")
def who_may() -> ResponseReturnValue:
    """Show the table that the portal itself goes by."""
    declared: dict[str, Rule] = current_app.extensions[EXTENSION]
    pages: dict[str, dict[str, frozenset[Audience]]] = defaultdict(dict)
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        verb = "POST" if "POST" in (rule.methods or ()) else "GET"
        pages[rule.rule][verb] = declared[rule.endpoint].audiences
    return render_template("desk/who_may.html", pages=pages, who=_in_words, group=find_group())


def _in_words(audiences: frozenset[Audience]) -> str:
    return ", ".join(str(words) for audience, words in AUDIENCES.items() if audience in audiences)


def _show(form: RoleForm) -> str:
    return render_template(
        "desk/roles.html",
        form=form,
        users=queries.list_users_with_roles(),
        choices=[*Role, "host"],
        group=find_group(),
    )


def _role_or_404(name: str | None) -> Role:
    try:
        return Role(name or "")
    except ValueError:
        abort(404)
