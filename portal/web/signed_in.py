"""Who is signed in: Flask-Login's `current_user`, which opens nothing without its row of `sign_in`."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request, session
from flask_login import current_user
from flask_security import Security, UserDatastore, hash_password, login_user, logout_user, verify_password

from portal.clock import now
from portal.db import db, writing
from portal.domain.accounts import queries, rules, service
from portal.domain.accounts.models import SignIn, User, UserRole

KEY = "sign-in"
# Where the cookie's way through the request is kept, so that it is looked up once.
SEEN = "lantern.sign_in"


class Accounts(UserDatastore):
    """What Flask-Security reads accounts from; they are changed by the domain's services alone."""

    def __init__(self) -> None:
        super().__init__(User, UserRole)

    def find_user(self, case_insensitive: bool = False, **facts: str) -> User | None:
        """Give the account whose cookie this is."""
        return db.session.scalar(db.select(User).filter_by(**facts))


def init_accounts(app: Flask) -> None:
    """Sign people in with Flask-Security, whose own pages are left out (ADR 16)."""
    security = Security(app, Accounts(), register_blueprint=False)
    security.login_manager.user_loader(_load_user)
    security.login_manager.request_loader(lambda _request: None)  # no tokens in headers or addresses
    # At every request, of pages too that are the same for everyone and depend on no cookie, they would ask who is
    # signed in: for principals, for a cookie that remembers, for templates.
    every: list[dict[Any, list[Any]]] = [
        app.before_request_funcs, app.after_request_funcs, app.template_context_processors,
    ]  # fmt: skip
    for hooks in every:
        hooks[None] = [one for one in hooks[None] if not _is_of_extension(one)]
    app.jinja_env.globals.update(find_user=find_user)


def _is_of_extension(hook: Callable[..., object]) -> bool:
    return getattr(hook, "__module__", "").partition(".")[0] in (
        "flask_principal",
        "flask_login",
        "flask_security",
    )


def _load_user(uniquifier: str) -> User | None:
    """Give the account that a cookie is for, if that browser is still signed in."""
    sign_in = queries.find_sign_in(session.get(KEY, ""))
    if sign_in is None:
        return None
    user = queries.get_user(sign_in.user_id)
    if not user.active or user.fs_uniquifier != uniquifier:
        return None
    if rules.has_ended(sign_in.began_at, sign_in.seen_at, bool(user.roles), now()):
        return None
    _note_seen(sign_in)
    request.environ[SEEN] = sign_in
    return user


def _note_seen(sign_in: SignIn) -> None:
    if now() - sign_in.seen_at < rules.NOTED_EVERY:
        return
    ident = sign_in.id
    with writing():
        service.note_seen(ident, now())
        db.session.commit()


def find_user() -> User | None:
    """Give the account that is signed in; asks nothing of a browser without a session."""
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies and KEY not in session:
        return None
    user: User = current_user._get_current_object()
    return user if user.is_authenticated else None


def get_user() -> User:
    """Give the account that is signed in; only for pages that `web/access.py` keeps for those who are."""
    user = find_user()
    assert user is not None  # noqa: S101  (the guard has seen to it)
    return user


def first_page() -> str:
    """Give the endpoint at which somebody signed in begins: the desk, or their own help."""
    user = find_user()
    return "desk.today" if user is not None and user.roles else "volunteers.me"


def get_sign_in() -> SignIn:
    """Give the row of the browser that is signed in."""
    get_user()
    sign_in: SignIn = request.environ[SEEN]
    return sign_in


def is_fresh() -> bool:
    """Tell whether the password was typed in this browser a little while ago."""
    return find_user() is not None and rules.is_fresh(get_sign_in().fresh_at, now())


def sign_in(user_id: int) -> None:
    """Sign an account in with this browser, in a transaction of its own; what its session held before is gone."""
    before = find_user()
    if before is not None:
        service.end_sign_in(before, get_sign_in().id, now())
    secret = service.begin_sign_in(user_id, request.user_agent.string, now())
    db.session.commit()
    session.clear()
    session[KEY], session.permanent = secret, True
    login_user(queries.get_user(user_id), remember=False)


def renew() -> None:
    """Give this browser another cookie, and commit that with what was changed before it.

    For whoever has just shown who they are, or signs others out: a copy of the cookie before is to be worth nothing.
    """
    secret = service.renew_sign_in(get_sign_in().id)
    db.session.commit()
    session[KEY] = secret


def sign_out() -> None:
    """Sign this browser out, in a transaction of its own; a copy of its cookie opens nothing any more."""
    user = find_user()
    if user is not None:
        service.end_sign_in(user, get_sign_in().id, now())
        db.session.commit()
    forget()


def forget() -> None:
    """Forget in this browser who was signed in."""
    logout_user()
    session.clear()


def is_password_of(user: User | None, typed: str) -> bool:
    """Tell whether a typed password is an account's; takes as long for one that nobody has. Ends the transaction."""
    kept = user.password if user else None
    db.session.rollback()  # nobody waits for a quarter of a second of hashing
    nobodys = _nobodys_password()
    return verify_password(typed, kept or nobodys) and kept is not None


def _nobodys_password() -> str:
    """Give a hash to check against where there is none, made once by whoever comes first, known or not."""
    kept: dict[str, str] = current_app.extensions.setdefault("lantern.nobodys_password", {})
    if not kept:
        kept["hash"] = hash_password(secrets.token_hex(16))
    return kept["hash"]
