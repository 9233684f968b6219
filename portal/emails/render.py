"""Mails as values: one function a kind, a row of the outbox in, subject and both texts out.

Subjects and texts are discreet: no campaign's or event's title, no role, no cause. What it is about stands behind
the link.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale, get_locale

from portal import links
from portal.domain.campaigns.queries import find_group
from portal.domain.donations import queries
from portal.domain.donations.models import Donation
from portal.domain.messages.models import OutboxMail
from portal.domain.people.queries import get_person
from portal.emails import accounts, helping
from portal.emails.helping import CalendarFile
from portal.money import format_money

# Addresses that are enough by themselves, whoever has them.
TOKEN = re.compile(r"(/(?:s|reminders|calendar)/)[\w.~-]+")


@dataclass(frozen=True)
class Email:
    """A mail ready to go to one address."""

    to: str
    sender_name: str
    sender: str
    subject: str
    text: str
    html: str
    calendar: CalendarFile | None = None
    # Where one click, or a mail program by itself (RFC 8058), ends mails of this sort; empty where none may be ended.
    unsubscribe_url: str = ""

    @property
    def masked_text(self) -> str:
        """The text as it may be kept: whoever reads the outbox can't follow its links."""
        return TOKEN.sub(r"\1…", self.text)


def render(mail: OutboxMail) -> Email:
    """Give the mail that a row of the outbox stands for; raises NothingToSay, and KeyError for an unknown kind."""
    person = get_person(mail.person_id)
    group = find_group()
    if group is None:
        raise LookupError("no group is set up, so nobody can be named as the sender")
    with force_locale(person.language):
        facts = KINDS[mail.kind](mail) | {"group": group}
        subject, text, html = (
            render_template(f"emails/{mail.kind}/{part}", **facts)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    return Email(
        to=facts.get("to") or person.email,
        sender_name=group.name,
        sender=group.contact_email,
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        html=html,
        calendar=facts.get("calendar"),
        unsubscribe_url=facts.get("unsubscribe_url", ""),
    )


def _thank_you(mail: OutboxMail) -> dict[str, Any]:
    donation = queries.get_donation(mail.about["donation_id"])
    paid = queries.get_payment_of(donation.id)
    return {
        "donation": donation,
        "amount": format_money(paid.amount, str(get_locale())),
        "receipt_url": _receipt_url(donation),
    }


def _not_arrived(mail: OutboxMail) -> dict[str, Any]:
    donation = queries.get_donation(mail.about["donation_id"])
    return {
        "donation": donation,
        "amount": format_money(donation.total, str(get_locale())),
        "return_url": f"{current_app.config['PUBLIC_URL']}{donation.return_path}",
    }


def _receipt_link(mail: OutboxMail) -> dict[str, Any]:
    donation = queries.get_donation(mail.about["donation_id"])
    return {"donation": donation, "receipt_url": _receipt_url(donation)}


def _receipt_url(donation: Donation) -> str:
    link = links.Link(links.RECEIPT, donation.public_id, donation.link_nonce)
    return f"{current_app.config['PUBLIC_URL']}/s/{links.sign(link, current_app.config['SECRET_KEY'])}"


KINDS: dict[str, Callable[[OutboxMail], dict[str, Any]]] = {
    "thank_you": _thank_you,
    "receipt_link": _receipt_link,
    "not_arrived": _not_arrived,
    "help_link": helping.facts_of_link,
    **accounts.KINDS,
    "host_asked": helping.facts_of_hosting,
    "proposal_decided": helping.facts_of_hosting,
    **dict.fromkeys(helping.ABOUT, helping.facts_of),
    "host_message": helping.facts_of_message,
}
