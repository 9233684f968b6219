"""People at the desk: found with events in one box, one record each, addresses on request, vetting."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.audit.models import AuditEntry
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers.models import NameLook, SignUp, SignUpState
from tests.blueprints.desk.conftest import SignIn
from tests.blueprints.desk.press import press
from tests.factories.donations import make_donation
from tests.factories.events import make_event, make_shift
from tests.factories.people import make_mail, make_person
from tests.factories.volunteers import make_sign_up
from tests.foundation.pages import PageClient, text_of
from tests.foundation.statements import counted


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "typed", ["민아", "김민", "\u1106\u1175\u11ab\u110b\u1161", "kim.mina@", "KIM.MINA@example.org"]
)
def test_a_person_is_found_by_name_or_address(app: Flask, signed_in: SignIn, typed: str) -> None:
    browser = signed_in(Role.ORGANIZER)
    ident = _person(app, name="김민아", email="kim.mina@example.org")
    _person(app, name="Somebody else")
    assert _found(browser, typed) == [ident]


def test_people_and_events_are_found_in_one_box(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ORGANIZER)
    with app.app_context():
        event = make_event(title="서울 읽기 모임").id
        make_event(title="Language café")
        db.session.commit()
    _person(app, name="읽기")
    page = browser.get("/desk/people?q=읽기")
    assert [text_of(one) for one in page.all("main//li/a")] == ["서울 읽기 모임", "읽기"]
    assert f"/hosting/events/{event}" in page.links
    assert "Language café" in browser.get("/desk/people?q=CAFE\u0301").text


def test_a_search_that_fits_very_many_says_that_not_all_are_listed(
    app: Flask, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.domain.people.queries.MOST_LOOKED_AT", 2)
    browser = signed_in(Role.ORGANIZER)
    for name in ("Mina Kim", "Mina Park", "Mina"):
        _person(app, name=name)
    assert "not all of them are listed" in browser.get("/desk/people?q=mina").text
    for path in ("/desk/people?q=mina+kim", "/desk/people"):
        assert "not all of them are listed" not in browser.get(path).text


@pytest.mark.parametrize("typed", ["%", "_", "<b>", "%00", "'", "\U0010ffff"])
def test_signs_find_nobody_and_break_nothing(app: Flask, signed_in: SignIn, typed: str) -> None:
    browser = signed_in(Role.ORGANIZER)
    _person(app, name="Mina")
    page = browser.get("/desk/people", query_string={"q": typed})
    assert page.status == 200
    assert "Nobody is called that." in page.text


def test_a_list_of_people_tells_no_address_and_is_paged(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ORGANIZER)
    with app.app_context():
        made = [make_person(name="Mina").id for _ in range(60)]
        db.session.commit()
    page = browser.get("/desk/people?q=mina")
    assert "@" not in page.text
    (older,) = (link for link in page.links if "before=" in link)
    both = _idents(page.links) + _idents(browser.get(older).links)
    assert both == made[::-1]


def test_a_record_shows_shifts_hours_and_mails_and_no_address(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ORGANIZER)
    with app.app_context():
        past = make_shift(starts_at=now() - timedelta(days=3), hours=3, role="Welcome desk")
        helped = make_sign_up(past, email="mina@example.org", name="민아", moment=now() - timedelta(days=9))
        make_mail(kind="shift_reminder", person_id=helped.person_id)
        ident = helped.person_id
        db.session.commit()
    page = browser.get(f"/desk/people/{ident}")
    assert page.heading == "민아"
    for told in ("Welcome desk", "Hours helped 3", "Reminder of a shift"):
        assert told in page.text
    assert "mina@example.org" not in page.source


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ((Role.ORGANIZER,), False),
        ((Role.ORGANIZER, Role.TREASURER), True),
        ((Role.ADMIN,), True),
    ],
)
def test_gifts_and_mails_about_them_are_only_for_those_who_keep_the_money(
    app: Flask, signed_in: SignIn, roles: tuple[Role, ...], shown: bool
) -> None:
    browser = signed_in(*roles)
    ident = _person(app, name="Ada")
    with app.app_context():
        public_id = make_donation(person_id=ident, number=77).public_id
        make_donation(person_id=ident, livemode=True, number=78)
        make_mail(kind="thank_you", person_id=ident)
        db.session.commit()
    page = browser.get(f"/desk/people/{ident}")
    assert (f"/desk/gifts/{public_id}" in page.links) is shown
    assert ("Donation 77" in page.text) is shown
    assert ("Thanks for a gift" in page.text) is shown
    assert "Donation 78" not in page.text


def test_an_address_is_shown_on_request_and_the_look_is_noted(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ORGANIZER, name="Aoife")
    with app.app_context():
        person_id = make_sign_up(make_shift(), email="mina@example.org").person_id
        db.session.commit()
    path = f"/desk/people/{person_id}"
    page = browser.get(path)
    assert _noted(app) == []
    shown = press(browser, page, f"{path}/address")
    assert shown.status == 200
    assert "mina@example.org" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert _noted(app) == [("person.address_seen", f"person:{person_id}")]
    with app.app_context():
        looks = db.session.scalars(db.select(NameLook.looked_by).order_by(NameLook.id)).all()
        assert looks == ["Aoife", "Aoife, with my e-mail address"]


def test_an_address_is_not_shown_without_the_button(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ORGANIZER)
    ident = _person(app, email="mina@example.org")
    answer = browser.post(f"/desk/people/{ident}/address", {"csrf_token": "made up"})
    assert answer.status == 400
    assert "mina@example.org" not in answer.source
    assert browser.get(f"/desk/people/{ident}/address").status == 405
    assert _noted(app) == []


def test_a_sign_up_is_vetted_once_whoever_presses_how_often(app: Flask, signed_in: SignIn) -> None:
    first, second = signed_in(Role.ORGANIZER, name="Aoife"), signed_in(Role.ORGANIZER, name="Brid")
    person_id, sign_up_id = _to_vet(app)
    path = f"/desk/people/{person_id}"
    pages = [browser.get(path) for browser in (first, second)]
    answers = [
        press(browser, page, f"{path}/sign-ups/{sign_up_id}/vet")
        for browser, page in zip((first, second), pages, strict=True)
    ]
    assert [answer.location for answer in answers] == [path, path]
    assert "Vetted. Who holds a place is told by mail." in first.get(path).text
    assert "This sign-up has changed since the page was made." in second.get(path).text
    with app.app_context():
        sign_up = db.session.get_one(SignUp, sign_up_id)
        assert (sign_up.state, sign_up.vetted_by) == (SignUpState.CONFIRMED, "Aoife")
        told = db.select(OutboxMail).where(OutboxMail.kind == "sign_up_confirmed")
        assert len(db.session.scalars(told).all()) == 2  # proved, and vetted
    assert _noted(app) == [("sign_up.vetted", f"sign-up:{sign_up_id}")]


def test_only_a_sign_up_of_this_person_that_asks_for_it_is_vetted(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ORGANIZER)
    person_id, sign_up_id = _to_vet(app)
    with app.app_context():
        plain = make_sign_up(make_shift(), email="plain@example.org")
        others = [
            (plain.person_id, sign_up_id),
            (plain.person_id, plain.id),
            (person_id, 2**31),
            (person_id, 99),
        ]
        db.session.commit()
    token = browser.get(f"/desk/people/{person_id}").field("csrf_token").get("value") or ""
    for whose, which in others:
        browser.post(f"/desk/people/{whose}/sign-ups/{which}/vet", {"csrf_token": token})
    with app.app_context():
        assert db.session.scalars(db.select(SignUp.vetted_at)).all() == [None, None]
    assert _noted(app) == []


def test_nothing_but_the_button_is_read_from_what_is_sent(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ORGANIZER)
    person_id, sign_up_id = _to_vet(app)
    path = f"/desk/people/{person_id}"
    token = browser.get(path).field("csrf_token").get("value") or ""
    more = {"name": "X", "email": "x@example.org", "roles": "admin", "vetted_by": "X", "state": "cancelled"}
    browser.post(f"{path}/sign-ups/{sign_up_id}/vet", {"csrf_token": token, **more})
    browser.post(f"{path}/address", {"csrf_token": token, **more})
    with app.app_context():
        assert db.session.get_one(SignUp, sign_up_id).vetted_by == "Aoife"
        assert db.session.get_one(Person, person_id).email != "x@example.org"


def test_treasurers_volunteers_and_strangers_see_no_people(
    app: Flask, signed_in: SignIn, page: PageClient
) -> None:
    person_id, sign_up_id = _to_vet(app)
    path = f"/desk/people/{person_id}"
    for browser in (signed_in(Role.TREASURER), signed_in()):
        assert browser.get("/desk/people").status == 404
        assert browser.get(path).status == 404
    assert page.get(path).status == 303
    with app.app_context():
        assert db.session.scalars(db.select(NameLook)).all() == []


def test_unknown_people_are_not_found(signed_in: SignIn) -> None:
    browser = signed_in(Role.ORGANIZER)
    for path in ("/desk/people/4242", "/desk/people/99999999999", "/desk/people?before=x"):
        assert browser.get(path).status == 404


def test_many_people_and_shifts_take_as_many_statements_as_few(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ADMIN)

    def count(path: str) -> int:
        with counted(app) as statements:
            assert browser.get(path).status == 200
        return len(statements)

    def add(shifts: int) -> int:
        with app.app_context():
            for n in range(shifts):
                # One after the other, and the last with somebody in front: places, a line, and mails.
                shift = make_shift(starts_at=now() + timedelta(days=n + 2, hours=shifts), places=1)
                if n == 0:
                    make_sign_up(shift)
                person_id = make_sign_up(shift, email="mina@example.org", name="Mina").person_id
            db.session.commit()
            assert person_id is not None
            return person_id

    paths = ("/desk/people?q=mina", f"/desk/people/{add(2)}")
    few = [count(path) for path in paths]
    add(12)
    for _ in range(20):
        _person(app, name="Mina")
    assert [count(path) for path in paths] == few


def _person(app: Flask, **facts: Any) -> int:
    with app.app_context():
        ident = make_person(**facts).id
        db.session.commit()
    return ident


def _to_vet(app: Flask) -> tuple[int, int]:
    with app.app_context():
        made = make_sign_up(make_shift(vetted=True, vetting_note="A reference."))
        assert made.person_id is not None
        ids = made.person_id, made.id
        db.session.commit()
    return ids


def _noted(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()
        return [(one.action, one.subject) for one in entries if one.kind in ("person", "sign_up")]


def _found(browser: PageClient, typed: str) -> list[int]:
    return _idents(browser.get("/desk/people", query_string={"q": typed}).links)


def _idents(links: list[str]) -> list[int]:
    return [int(link.rsplit("/", 1)[1]) for link in links if link.startswith("/desk/people/")]
