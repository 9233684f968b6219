"""Pages of accounts, in every state: (endpoint, state, how to get there, how it answers)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask_security import hash_password

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.accounts import queries, service
from portal.domain.accounts.models import Role, User
from tests.factories.accounts import make_user
from tests.factories.people import make_person
from tests.foundation.members import sign_in
from tests.foundation.pages import Page

PASSWORD = "four quiet words here"
EMAIL = "mina@example.org"


def member(world: Any, *roles: Role, **facts: Any) -> int:
    """Sign somebody in; gives their account's id."""
    with world.app.app_context():
        user = make_user(*roles, **({"email": EMAIL, "name": "민아"} | facts))
        user.password = hash_password(PASSWORD)
        db.session.commit()
        user_id = user.id
    sign_in(world.browser.client, world.app, user_id)
    return user_id


def look(path: str, *roles: Role) -> Callable[[Any], Page]:
    """Look at a page as somebody signed in."""

    def go(world: Any) -> Page:
        member(world, *roles)
        return world.browser.get(path)

    return go


def send(world: Any, path: str, page: str = "", *, signed_in: bool = True, **entries: str) -> Page:
    """Send the form of a page, which is at the same address unless another one is named."""
    if signed_in:
        member(world)
    token = world.browser.get(page or path).field("csrf_token").get("value") or ""
    return world.browser.post(path, {"csrf_token": token, **entries})


def follow(world: Any, purpose: str = links.PASSWORD, *, known: bool = False, named: bool = False) -> Page:
    """Follow a link about an account, and open where it leads."""
    with world.app.app_context():
        user = make_user(email=EMAIL, name="민아") if known else None
        person = user.person if user else make_person(email=EMAIL, name="민아" if named else "")
        if user is not None and purpose == links.EMAIL:
            service.ask_to_change_email(user, "new@example.org", now())
        nonce = (user.new_email_nonce or user.password_nonce) if user else person.link_nonce
        token = links.sign(links.Link(purpose, str(person.id), nonce), world.app.config["SECRET_KEY"])
        db.session.commit()
    return world.browser.get(f"/s/{token}", follow_redirects=True)


def set_password(world: Any, **entries: str) -> Page:
    """Send the form behind the link."""
    token = follow(world).field("csrf_token").get("value") or ""
    return world.browser.post("/account/password", {"csrf_token": token, "name": "민아", **entries})


def set_email(world: Any, *, taken: bool = False) -> Page:
    """Press the button behind the link to a new address."""
    token = follow(world, links.EMAIL, known=True).field("csrf_token").get("value") or ""
    if taken:
        with world.app.app_context():
            make_person(email="new@example.org")
            db.session.commit()
    return world.browser.post("/account/email", {"csrf_token": token})


def enter(world: Any) -> Page:
    """Sign in by the form, with the right password."""
    with world.app.app_context():
        make_user(email=EMAIL, name="민아").password = hash_password(PASSWORD)
        db.session.commit()
    return send(world, "/sign-in", signed_in=False, email=EMAIL, password=PASSWORD)


def see_browsers(world: Any) -> Page:
    """Look at an account that is signed in with two browsers."""
    user_id = member(world)
    with world.app.app_context():
        service.begin_sign_in(user_id, "Old phone", now() - timedelta(days=1))
        db.session.commit()
    return world.browser.get("/me/account")


def end_browser(world: Any) -> Page:
    """Sign the other browser out."""
    page = see_browsers(world)
    with world.app.app_context():
        user = db.session.scalars(db.select(User)).one()
        other = queries.list_sign_ins(user.id)[-1].id
    token = page.field("csrf_token").get("value") or ""
    return world.browser.post(f"/me/account/browsers/{other}/end", {"csrf_token": token})


def close_last_admin(world: Any) -> Page:
    """Try to delete the only account that can give roles."""
    member(world, Role.ADMIN)
    token = world.browser.get("/me/account/close").field("csrf_token").get("value") or ""
    return world.browser.post("/me/account/close", {"csrf_token": token, "password": PASSWORD})


def anonymous(path: str) -> Callable[[Any], Page]:
    """Look at a page without being signed in."""
    return lambda world: world.browser.get(path)


NEW = {"current": PASSWORD, "password": "another four quiet words"}
STATES: list[tuple[Any, ...]] = [
    ("accounts.sign_in", "fresh", anonymous("/sign-in?next=/me/account")),
    ("accounts.sign_in", "already", look("/sign-in"), 303),
    ("accounts.enter", "right", enter, 303),
    ("accounts.enter", "wrong", partial(send, path="/sign-in", signed_in=False, email=EMAIL, password="no"), 422),
    ("accounts.leave", "signed out", partial(send, path="/sign-out", page="/me/account"), 303),
    ("accounts.register", "fresh", anonymous("/register")),
    ("accounts.ask_to_join", "asked", partial(send, path="/register", signed_in=False, email=EMAIL), 303),
    ("accounts.ask_to_join", "no address", partial(send, path="/register", signed_in=False, email="@"), 422),
    ("accounts.forgot", "fresh", anonymous("/forgot")),
    ("accounts.ask_for_password", "asked", partial(send, path="/forgot", signed_in=False, email=EMAIL), 303),
    ("accounts.ask_for_password", "no address", partial(send, path="/forgot", signed_in=False, email=""), 422),
    ("accounts.choose_password", "of somebody new", follow),
    ("accounts.choose_password", "of a helper", partial(follow, named=True)),
    ("accounts.choose_password", "of a member", partial(follow, known=True)),
    ("accounts.choose_password", "without the link", anonymous("/account/password"), 404),
    ("accounts.set_password", "set", partial(set_password, password=PASSWORD), 303),
    ("accounts.set_password", "too short", partial(set_password, password="short", name=""), 422),
    ("accounts.confirm_email", "by link", partial(follow, purpose=links.EMAIL, known=True)),
    ("accounts.set_email", "set", set_email, 303),
    ("accounts.set_email", "taken meanwhile", partial(set_email, taken=True), 422),
    ("accounts.account", "one browser", look("/me/account")),
    ("accounts.account", "two browsers", see_browsers),
    ("accounts.account", "not signed in", anonymous("/me/account"), 303),
    ("accounts.ask_password", "fresh", look("/me/account/password")),
    ("accounts.change_password", "set", partial(send, path="/me/account/password", **NEW), 303),
    ("accounts.change_password", "wrong", partial(send, path="/me/account/password", current="x", password="y"), 422),
    ("accounts.ask_email", "fresh", look("/me/account/email")),
    (
        "accounts.change_email", "asked",
        partial(send, path="/me/account/email", email="new@example.org", password=PASSWORD), 303,
    ),
    ("accounts.change_email", "wrong", partial(send, path="/me/account/email", email="@", password="x"), 422),
    ("accounts.end_browser", "ended", end_browser, 303),
    ("accounts.end_browsers", "ended", partial(send, path="/me/account/browsers/end", page="/me/account"), 303),
    ("accounts.ask_to_close", "fresh", look("/me/account/close")),
    ("accounts.close", "closed", partial(send, path="/me/account/close", password=PASSWORD), 303),
    ("accounts.close", "last admin", close_last_admin, 422),
    ("accounts.verify", "fresh", look("/verify?next=/me/account")),
    ("accounts.freshen", "right", partial(send, path="/verify", password=PASSWORD), 303),
    ("accounts.freshen", "wrong", partial(send, path="/verify", password="x"), 422),
]  # fmt: skip
