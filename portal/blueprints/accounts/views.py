"""Accounts: opened and kept by their people; what is signed in, where, and until when."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_security import hash_password

from portal.blueprints.accounts.forms import (
    AddressForm,
    ButtonForm,
    ChangeEmailForm,
    ChangePasswordForm,
    ChoosePasswordForm,
    PasswordForm,
    RefusableForm,
    SignInForm,
    way_on,
)
from portal.clock import now
from portal.db import db
from portal.domain.accounts import queries, service
from portal.domain.accounts.errors import AccountRefused, SignInFailed, WrongPassword
from portal.domain.accounts.models import User
from portal.domain.campaigns.queries import find_group
from portal.domain.events import proposals
from portal.domain.events.errors import EventRefused
from portal.domain.people.service import rename_person
from portal.web import account_links, known, signed_in
from portal.web.limits import Limit, limited, typed_address, was_done

bp = Blueprint("accounts", __name__)
LINK_LIMITS = Limit("RATELIMIT_LINK"), Limit("RATELIMIT_LINK_MAIL", typed_address)
SIGN_IN_LIMITS = Limit("RATELIMIT_SIGN_IN"), Limit("RATELIMIT_SIGN_IN_ADDRESS", typed_address)


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Show the form to sign in; who is signed in goes on."""
    if signed_in.find_user() is not None:
        return redirect(way_on(url_for(signed_in.first_page())), 303)
    return _show_sign_in(SignInForm())


@bp.post("/sign-in")
@limited(*SIGN_IN_LIMITS, counts=lambda response: not was_done(response))
def enter() -> ResponseReturnValue:
    """Sign somebody in; for an unknown address it takes as long and says the same."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _show_sign_in(form), 422
    user = queries.find_user_by_email(form.email.data or "")
    found = (user.id, user.person_id) if user and user.active else (None, None)
    if not signed_in.is_password_of(user if found[0] else None, form.password.data or "") or found[0] is None:
        service.note_failed_sign_in(found[1], now())
        db.session.commit()
        form.refuse("password", SignInFailed())
        return _show_sign_in(form), 422
    signed_in.sign_in(found[0])
    return known.forget_visit(redirect(way_on(url_for(signed_in.first_page())), 303))


@bp.post("/sign-out")
def leave() -> ResponseReturnValue:
    """Sign this browser out."""
    if ButtonForm().validate_on_submit():
        signed_in.sign_out()
        flash(gettext("You are signed out."))
    # The next to sit here may be somebody else: nor does a mailed link that was followed here open anything more.
    return known.forget_browser(redirect(url_for("accounts.sign_in"), 303))


@bp.get("/register")
def register() -> ResponseReturnValue:
    """Ask for the address of a new account."""
    return render_template("accounts/register.html", form=AddressForm(), group=find_group())


@bp.post("/register")
@limited(*LINK_LIMITS)
def ask_to_join() -> ResponseReturnValue:
    """Mail the link that opens an account; what is told is the same for an address that has one."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("accounts/register.html", form=form, group=find_group()), 422
    service.ask_to_join(form.email.data or "", now(), str(get_locale()))
    db.session.commit()
    flash(gettext("A mail with a link is on its way. It opens the page where you choose a password."))
    return redirect(url_for("accounts.register"), 303)


@bp.get("/forgot")
def forgot() -> ResponseReturnValue:
    """Ask for the address of an account whose password is lost."""
    return render_template("accounts/forgot.html", form=AddressForm(), group=find_group())


@bp.post("/forgot")
@limited(*LINK_LIMITS)
def ask_for_password() -> ResponseReturnValue:
    """Mail the link that sets a password; what is told is the same for an address that nobody has here."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgot.html", form=form, group=find_group()), 422
    service.ask_for_password(form.email.data or "", now())
    db.session.commit()
    flash(gettext("If somebody has this address here, a mail with a link is on its way to it."))
    return redirect(url_for("accounts.forgot"), 303)


@bp.get("/account/password")
def choose_password() -> ResponseReturnValue:
    """Show the form that opens an account or sets its new password, to whoever followed the link for it."""
    return _show_choice(account_links.get_holder())


@bp.post("/account/password")
def set_password() -> ResponseReturnValue:
    """Open the account, or set its new password, and sign in."""
    holder = account_links.get_holder()
    form = ChoosePasswordForm(holder.email, asks_name=holder.asks_name)
    if not form.validate_on_submit():
        return _show_choice(holder, form), 422
    db.session.rollback()
    hashed = hash_password(form.password.data or "")
    user_id = account_links.set_password(holder, hashed, now())
    if holder.asks_name:
        rename_person(holder.person_id, form.name.data or "")
    db.session.commit()
    signed_in.sign_in(user_id)
    flash(
        gettext("Your account is ready.") if holder.user_id is None else gettext("Your new password is set.")
    )
    return account_links.forget(known.forget_visit(redirect(url_for("volunteers.me"), 303)))


@bp.get("/me/account")
def account() -> ResponseReturnValue:
    """Show somebody their account, and where it is signed in."""
    user = signed_in.get_user()
    return render_template(
        "accounts/account.html",
        user=user,
        here=signed_in.get_sign_in(),
        browsers=queries.list_sign_ins(user.id),
        form=ButtonForm(),
        group=find_group(),
    )


@bp.get("/me/account/password")
def ask_password() -> ResponseReturnValue:
    """Show the form for another password."""
    return _show("change_password", ChangePasswordForm(signed_in.get_user().email))


@bp.post("/me/account/password")
@limited(Limit("RATELIMIT_SIGN_IN"), counts=lambda response: not was_done(response))
def change_password() -> ResponseReturnValue:
    """Set a new password; every other browser is signed out."""
    user = signed_in.get_user()
    form = ChangePasswordForm(user.email)
    if not form.validate_on_submit() or not _is_their_password(user, form, "current"):
        return _show("change_password", form), 422
    hashed = hash_password(form.password.data or "")
    service.set_password(signed_in.get_user(), hashed, now(), kept_id=signed_in.get_sign_in().id)
    service.freshen(signed_in.get_sign_in().id, now())
    signed_in.renew()
    flash(gettext("Your new password is set, and every other browser is signed out."))
    return redirect(url_for("accounts.account"), 303)


@bp.get("/me/account/email")
def ask_email() -> ResponseReturnValue:
    """Show the form for another address."""
    return _show("change_email", ChangeEmailForm())


@bp.post("/me/account/email")
@limited(Limit("RATELIMIT_LINK"))
def change_email() -> ResponseReturnValue:
    """Mail a link to a new address; nothing changes before it is followed."""
    user = signed_in.get_user()
    form = ChangeEmailForm()
    if not form.validate_on_submit() or not _is_their_password(user, form, "password"):
        return _show("change_email", form), 422
    service.ask_to_change_email(signed_in.get_user(), form.email.data or "", now())
    db.session.commit()
    flash(gettext("A mail with a link is on its way to the new address. Until it is used, nothing changes."))
    return redirect(url_for("accounts.account"), 303)


@bp.get("/account/email")
def confirm_email() -> ResponseReturnValue:
    """Show the one button that makes a proved address the account's; looking changes nothing."""
    user = account_links.get_user_with_new_email()
    return render_template("accounts/email.html", user=user, form=ButtonForm(), group=find_group())


@bp.post("/account/email")
def set_email() -> ResponseReturnValue:
    """Make the proved address the account's."""
    user = account_links.get_user_with_new_email()
    if not ButtonForm().validate_on_submit():
        return redirect(url_for("accounts.confirm_email"), 303)
    try:
        service.change_email(user, now())
    except AccountRefused as refusal:
        db.session.rollback()
        form = ButtonForm()
        form.form_errors.append(account_links.sentence(refusal))
        return render_template("accounts/email.html", user=user, form=form, group=find_group()), 422
    db.session.commit()
    flash(gettext("Your new address is set. Sign in with it from now on."))
    return account_links.forget(redirect(url_for("accounts.account"), 303))


@bp.post("/me/account/browsers/<int:sign_in_id>/end")
def end_browser(sign_in_id: int) -> ResponseReturnValue:
    """Sign the account out in one of its browsers."""
    if ButtonForm().validate_on_submit():
        service.end_sign_in(signed_in.get_user(), sign_in_id, now())
        db.session.commit()
        flash(gettext("That browser is signed out."))
    return redirect(url_for("accounts.account"), 303)


@bp.post("/me/account/browsers/end")
def end_browsers() -> ResponseReturnValue:
    """Sign the account out everywhere but here."""
    if ButtonForm().validate_on_submit():
        service.end_other_sign_ins(signed_in.get_user(), signed_in.get_sign_in().id, now())
        signed_in.renew()
        flash(gettext("Every other browser is signed out."))
    return redirect(url_for("accounts.account"), 303)


@bp.get("/me/account/close")
def ask_to_close() -> ResponseReturnValue:
    """Say what goes with an account and what stays, and ask for the password."""
    return _show("close", PasswordForm())


@bp.post("/me/account/close")
@limited(Limit("RATELIMIT_SIGN_IN"), counts=lambda response: not was_done(response))
def close() -> ResponseReturnValue:
    """Delete the account; shifts and gifts stay their person's, by mailed links as before."""
    form = PasswordForm()
    if not form.validate_on_submit() or not _is_their_password(signed_in.get_user(), form, "password"):
        return _show("close", form), 422
    try:
        proposals.refuse_only_host(signed_in.get_user().person_id, now())
        service.close_account(signed_in.get_user(), now())
    except (AccountRefused, EventRefused) as refusal:
        db.session.rollback()
        form.refuse("password", refusal)
        return _show("close", form), 422
    db.session.commit()
    signed_in.forget()
    flash(gettext("Your account is deleted. What you signed up for stays, behind the links in our mails."))
    return redirect(url_for("accounts.sign_in"), 303)


@bp.get("/verify")
def verify() -> ResponseReturnValue:
    """Ask somebody who is signed in for their password once more."""
    return render_template("accounts/verify.html", form=PasswordForm(), next=way_on(""), group=find_group())


@bp.post("/verify")
@limited(Limit("RATELIMIT_SIGN_IN"), counts=lambda response: not was_done(response))
def freshen() -> ResponseReturnValue:
    """Go on to what asked for the password."""
    form = PasswordForm()
    if not form.validate_on_submit() or not _is_their_password(signed_in.get_user(), form, "password"):
        return render_template("accounts/verify.html", form=form, next=way_on(""), group=find_group()), 422
    service.freshen(signed_in.get_sign_in().id, now())
    signed_in.renew()
    return redirect(way_on(url_for("volunteers.me")), 303)


def _is_their_password(user: User, form: RefusableForm, name: str) -> bool:
    """Tell whether a field holds the password of who is signed in; the transaction is ended."""
    if signed_in.is_password_of(user, form[name].data or ""):
        return True
    form.refuse(name, WrongPassword())
    return False


def _show_sign_in(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, next=way_on(""), group=find_group())


def _show_choice(holder: account_links.Holder, form: ChoosePasswordForm | None = None) -> str:
    form = form or ChoosePasswordForm(holder.email, asks_name=holder.asks_name)
    return render_template("accounts/choose_password.html", holder=holder, form=form, group=find_group())


def _show(name: str, form: RefusableForm) -> str:
    return render_template(f"accounts/{name}.html", form=form, user=signed_in.get_user(), group=find_group())
