"""Roles: who has them, given and taken by an admin, and the table of who may do what."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms import StringField

from portal.blueprints.desk.access_words import deeds_of
from portal.clock import now
from portal.db import db
from portal.domain.accounts import queries, service
from portal.domain.accounts.errors import AccountRefused, NoSuchUser
from portal.domain.accounts.models import Role
from portal.domain.campaigns.queries import find_group
from portal.web import signed_in
from portal.web.access import EXTENSION
from portal.web.forms import SentForm
from portal.web.refusals import sentence

bp = Blueprint("roles", __name__)


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
    if not form.validate_on_submit():
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
    deeds = deeds_of(current_app.extensions[EXTENSION])
    return render_template("desk/who_may.html", deeds=deeds, group=find_group())


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
