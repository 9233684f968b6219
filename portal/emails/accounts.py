"""Mails about accounts: what each of them is to tell."""

from typing import Any

from flask import current_app

from portal import links
from portal.domain.accounts.queries import find_user_of
from portal.domain.accounts.rules import MAIL_KINDS
from portal.domain.messages.models import OutboxMail
from portal.domain.people.queries import get_person
from portal.emails.helping import NothingToSay


def facts_of(mail: OutboxMail) -> dict[str, Any]:
    """Give what a mail about an account needs; raises NothingToSay."""
    user, person = find_user_of(mail.person_id), get_person(mail.person_id)
    url = current_app.config["PUBLIC_URL"]
    facts: dict[str, Any] = {
        "forgot_url": f"{url}/forgot",
        "has_account": user is not None,
        "unsubscribe_url": "",
    }
    if "to" in mail.about:
        facts["to"] = mail.about["to"]
    if mail.kind == "password_link":
        nonce = user.password_nonce if user else person.link_nonce
        facts["link_url"] = _link(links.PASSWORD, person.id, nonce)
    if mail.kind == "email_link":
        if user is None or user.new_email != mail.about["to"]:
            raise NothingToSay
        facts["link_url"] = _link(links.EMAIL, person.id, user.new_email_nonce or "")
    return facts


def _link(purpose: str, person_id: int, nonce: str) -> str:
    token = links.sign(links.Link(purpose, str(person_id), nonce), current_app.config["SECRET_KEY"])
    return f"{current_app.config['PUBLIC_URL']}/s/{token}"


KINDS = dict.fromkeys(MAIL_KINDS, facts_of)
