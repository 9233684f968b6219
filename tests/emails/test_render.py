"""Mails as they are read: whole texts, discreet, in practice words while no real money moves."""

import pytest
from flask import Flask

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.messages.models import OutboxMail
from portal.emails import accounts
from portal.emails.helping import ABOUT
from portal.emails.render import KINDS, Email, render
from tests.factories.campaigns import make_campaign, make_group, make_story
from tests.factories.donations import make_donation, make_payment
from tests.factories.people import make_mail, make_person

pytestmark = pytest.mark.usefixtures("db_session")
TELLING = ["north korea", "refugee", "campaign", "the way out", "defect"]


def test_the_thank_you_says_what_arrived_and_nothing_about_the_cause() -> None:
    mail = render(thank_you())
    assert mail.subject == "Thank you for donation 1042 (practice)"
    link = mail.text.split("what the gift is for:\n")[1].split("\n")[0]
    assert mail.text.replace(link, "LINK") == (
        "PRACTICE: no real money moved, and this is not a receipt.\n\n"
        "Thank you.\n\n"
        "Your gift of €25.90 has arrived. It is donation 1042.\n\n"
        "Your receipt, and what the gift is for:\nLINK\n\n"
        "The link is yours alone: whoever has it can see the receipt. On that page you can also make it stop "
        "working.\n\n"
        "A question, or something is not right? Answer this mail, or write to circle@example.org.\n\n"
        "Test Circle\n"
    )
    assert link.startswith("http://127.0.0.1:5000/s/")


def test_with_real_money_nothing_speaks_of_practice(app: Flask) -> None:
    app.jinja_env.globals.update(practice=False)
    mail = render(thank_you(livemode=True))
    assert "ractice" not in mail.subject + mail.text + mail.html
    assert "PRACTICE" not in mail.text + mail.html


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(ABOUT) - set(accounts.KINDS)))
def test_no_mail_says_what_it_is_for(kind: str) -> None:
    row = thank_you()
    row.kind = kind
    mail = render(row)
    everything = f"{mail.subject}\n{mail.text}\n{mail.html}\n{mail.sender_name}".lower()
    assert [word for word in TELLING if word in everything] == []


@pytest.mark.parametrize("kind", ["thank_you", "receipt_link"])
def test_what_is_kept_of_a_mail_opens_nothing(app: Flask, kind: str) -> None:
    row = thank_you()
    row.kind = kind
    mail = render(row)
    token = token_of(mail)
    assert links.read(token, app.config["SECRET_KEY"]).purpose == links.RECEIPT
    assert token not in mail.masked_text
    assert "/s/…" in mail.masked_text


def test_the_html_says_the_same_and_escapes_what_people_typed() -> None:
    make_group(name="A & B <Circle>")
    mail = render(thank_you())
    assert "A &amp; B &lt;Circle&gt;" in mail.html
    assert token_of(mail) in mail.html


def test_a_bank_that_did_not_send_the_money_is_told_with_the_way_to_try_again() -> None:
    row = thank_you()
    row.kind = "not_arrived"
    mail = render(row)
    assert mail.subject == "Donation 1042 has not arrived (practice)"
    assert "did not send the €25.90 of donation 1042. Nothing was charged" in mail.text
    assert "http://127.0.0.1:5000/donations/" in mail.text
    assert "/s/" not in mail.text


def test_a_subject_is_one_line() -> None:
    assert "\n" not in render(thank_you()).subject


def token_of(mail: Email) -> str:
    """The token of the link in a mail's text."""
    return mail.text.split("/s/")[1].split()[0]


def thank_you(livemode: bool = False) -> OutboxMail:
    """A queued thank-you for a gift with its card costs, to a campaign whose title must not be told."""
    campaign = make_campaign(story=make_story(title="The way out for refugees"), slug="the-way-out")
    donation = make_donation(
        campaign, state="paid", number=1042, card_costs_minor=90, paid_at=now(), livemode=livemode
    )
    person = make_person(email="mina@example.org")
    donation.person_id = person.id
    make_payment(donation)
    mail = make_mail(person_id=person.id, about={"donation_id": donation.id})
    db.session.commit()
    return mail
