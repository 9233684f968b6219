"""The desk's first screen: what needs whoever sits there, by their roles and with one button each."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal.blueprints.desk.mail_words import kind_words
from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.donations.models import DonationState, EventState, PaymentCase
from portal.domain.events.models import Event, EventStatus
from portal.domain.volunteers.service import take_out
from portal.emails.render import KINDS
from tests.blueprints.desk.conftest import SignIn
from tests.factories.accounts import make_user
from tests.factories.donations import make_checkout, make_donation, make_payment, make_provider_event
from tests.factories.events import make_event, make_host, make_shift
from tests.factories.people import make_mail
from tests.factories.volunteers import make_sign_up
from tests.foundation.pages import Page, text_of

ORGANIZERS = ["host", "decide", "vet", "fill", "mail"]
TREASURERS = ["gift", "money mail"]


@pytest.mark.parametrize(
    ("role", "needed"),
    [
        (Role.ORGANIZER, ORGANIZERS),
        (Role.TREASURER, TREASURERS),
        (Role.ADMIN, ["host", "decide", "vet", "fill", "both mails", "gift"]),
    ],
)
def test_each_role_is_told_of_what_it_can_do_something_about(
    app: Flask, signed_in: SignIn, busy: dict[str, str], role: Role, needed: list[str]
) -> None:
    told = _needs(signed_in(role).get("/desk"))
    assert sorted(told) == sorted(busy[one] for one in needed)


def test_every_button_leads_to_a_page_that_is_about_it(signed_in: SignIn, busy: dict[str, str]) -> None:
    admin = signed_in(Role.ADMIN)
    for what, url in _needs(admin.get("/desk")).items():
        assert admin.get(url).status == 200, what


def test_what_is_urgent_stands_first(signed_in: SignIn, busy: dict[str, str]) -> None:
    first, second, third, *_ = _needs(signed_in(Role.ADMIN).get("/desk"))
    assert {first, second, third} == {busy["both mails"], busy["gift"], busy["host"]}


def test_an_event_whose_only_host_went_needs_another_one(app: Flask, signed_in: SignIn) -> None:
    organizer = signed_in(Role.ORGANIZER)
    with app.app_context():
        event, host = make_event(title="Choir"), make_user()
        make_shift(event, places=1, taken=1)
        make_host(event, host.person)
        person_id, event_id = host.person_id, event.id
        db.session.commit()
    assert _needs(organizer.get("/desk")) == {}
    with app.app_context():
        take_out(person_id, now())
        db.session.commit()
    assert _needs(organizer.get("/desk")) == {"Find a host for “Choir”": f"/hosting/events/{event_id}"}


def test_a_gift_that_could_not_be_booked_yet_says_so(app: Flask, signed_in: SignIn) -> None:
    with app.app_context():
        checkout = make_checkout(make_donation(number=77, state=DonationState.OPEN))
        make_provider_event(session_id=checkout.session_id, state=EventState.FAILED)
        db.session.commit()
    page = signed_in(Role.TREASURER).get("/desk")
    assert list(_needs(page)) == ["Look at donation 77"]
    assert "could not be booked yet" in page.text


def test_a_proposal_that_was_decided_on_needs_nobody_any_more(app: Flask, signed_in: SignIn) -> None:
    organizer = signed_in(Role.ORGANIZER)
    with app.app_context():
        event_id = make_event(title="Choir", status=EventStatus.PROPOSED).id
        db.session.commit()
    assert list(_needs(organizer.get("/desk"))) == ["Decide on “Choir”"]
    with app.app_context():
        db.session.execute(update(Event).where(Event.id == event_id).values(status=EventStatus.DRAFT))
        db.session.commit()
    assert organizer.get("/desk").heading == "Nothing needs you today"


def test_a_mail_of_every_kind_has_a_name_at_the_desk(app: Flask) -> None:
    with app.test_request_context():
        assert set(kind_words()) == set(KINDS)


def _needs(page: Page) -> dict[str, str]:
    """Give what a page says is needed, and where its button leads."""
    return {
        text_of(row.find(".//strong")): row.find(".//a").get("href") or ""  # type: ignore[arg-type,union-attr]
        for row in page.all(".//li[@class='todo']")
    }


@pytest.fixture
def busy(app: Flask) -> dict[str, str]:
    """A day on which one of each waits; gives what each is called."""
    with app.app_context():
        make_event(title="Choir", status=EventStatus.PROPOSED, proposed_at=now())
        soon = now() + timedelta(days=3)
        hosted = make_event()
        make_host(hosted, make_user().person)
        make_sign_up(make_shift(hosted, role="Tutor", places=1, vetted=True, starts_at=soon))
        make_shift(hosted, role="Cook", places=2, starts_at=soon)
        make_shift(make_event(title="Reading"), places=1, taken=1)
        make_payment(make_donation(number=12, state=DonationState.PAID), case=PaymentCase.DOUBLE)
        for of_money in (True, False):
            make_mail(state="failed", last_error="the server answered 550", of_money=of_money)
        db.session.commit()
    one_mail = "1 mail could not be sent"
    return {
        "host": "Find a host for “Reading”",
        "decide": "Decide on “Choir”",
        "vet": "See somebody for “Tutor”",
        "fill": "2 places left: Cook",
        "mail": one_mail,
        "money mail": one_mail,
        "both mails": "2 mails could not be sent",
        "gift": "Look at donation 12",
    }
