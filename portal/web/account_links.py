"""Mailed links about accounts: the one that sets a password, and the one that proves a new address."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import links
from portal.domain.accounts import queries, service
from portal.domain.accounts.models import User
from portal.domain.people.queries import find_person
from portal.web import cookies, known
from portal.web.refusals import sentence

__all__ = ["sentence"]
COOKIE, PATH = "lantern-account", "/account"
PAGES = {links.PASSWORD: "accounts.choose_password", links.EMAIL: "accounts.confirm_email"}


@dataclass(frozen=True)
class Holder:
    """Whoever followed a link that sets a password; `user_id` is None where there is no account yet."""

    person_id: int
    email: str
    asks_name: bool
    user_id: int | None


def follow(link: links.Link) -> Response:
    """Give the redirect to a link's page, with the cookie that opens it; raises links.LinkWithdrawn."""
    _get_user_with_new_email(link) if link.purpose == links.EMAIL else _get_holder(link)
    response = redirect(url_for(PAGES[link.purpose]), 303)
    cookies.set_for_visit(
        response, COOKIE, links.sign_visit(link, current_app.config["SECRET_KEY"]), path=PATH
    )
    return response


def get_holder() -> Holder:
    """Give who may set a password here: by the link for it, or by one to their help where there is no account yet.

    Raises links.LinkRefused.
    """
    if COOKIE in request.cookies:
        return _get_holder(_read(links.PASSWORD))
    person = known.get_followed_person()
    if queries.find_user_of(person.id) is not None:
        # A link to one's help is kept for a year: it opens an account, and sets nobody's password.
        raise links.LinkForOtherPurpose
    return Holder(person.id, person.email, not person.name, None)


def get_user_with_new_email() -> User:
    """Give the account whose new address is proved by the link that was followed; raises links.LinkRefused."""
    return _get_user_with_new_email(_read(links.EMAIL))


def set_password(holder: Holder, password_hash: str, moment: datetime) -> int:
    """Open the account, or set its password; gives its id. Raises AccountExists."""
    if holder.user_id is None:
        return service.open_account(holder.person_id, password_hash, moment)
    service.set_password(queries.get_user(holder.user_id), password_hash, moment)
    return holder.user_id


def forget(response: Response) -> Response:
    """Take away that a link was followed."""
    cookies.forget(response, COOKIE, path=PATH)
    return response


def _read(purpose: str) -> links.Link:
    value = request.cookies.get(COOKIE)
    if value is None:
        raise links.LinkNotFollowed
    return links.read_visit_of(value, current_app.config["SECRET_KEY"], purpose)


def _get_holder(link: links.Link) -> Holder:
    person = find_person(int(link.subject))
    if person is None:
        raise links.LinkWithdrawn
    user = queries.find_user_of(person.id)
    if link.nonce != (user.password_nonce if user else person.link_nonce):
        raise links.LinkWithdrawn
    return Holder(person.id, person.email, not person.name, user.id if user else None)


def _get_user_with_new_email(link: links.Link) -> User:
    user = queries.find_user_of(int(link.subject))
    if user is None or user.new_email is None or link.nonce != user.new_email_nonce:
        raise links.LinkWithdrawn
    return user
