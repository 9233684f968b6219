"""Opening, keeping and closing an account, and what nobody is told on the way."""

import re

import pytest
from flask_security import verify_password
from sqlalchemy import select

from portal import links
from portal.db import db
from portal.domain.accounts.models import Role, SignIn, User
from portal.domain.people.models import Person
from portal.domain.volunteers.models import SignUp
from portal.web import signed_in
from tests.blueprints.accounts.browser import EMAIL, PASSWORD, Member
from tests.factories.events import make_host, make_shift
from tests.factories.people import make_person
from tests.factories.volunteers import make_sign_up
from tests.foundation.statements import traced

NEW = "new@example.org"


def test_an_account_is_opened_by_a_mailed_link_and_a_password(member: Member) -> None:
    assert member.send("/register", email=EMAIL).status == 303
    assert member.mails() == [("password_link", EMAIL)]
    page = member.follow()
    assert page.heading == "Choose a password"
    assert member.count(User) == 0, "looking opens nothing"
    token = page.field("csrf_token").get("value") or ""
    entries = {"csrf_token": token, "name": "민아", "password": PASSWORD}
    assert member.page.post("/account/password", entries).status == 303
    assert member.is_signed_in()
    user = member.user()
    assert user is not None
    assert user.password.startswith("$argon2id$")
    assert PASSWORD not in user.password
    assert member.page.get(f"/s/{member.token(links.PASSWORD)}").status == 303


def test_a_guest_becomes_a_member_with_one_field_and_loses_nothing(member: Member) -> None:
    with member.app.app_context():
        sign_up_id = make_sign_up_of(EMAIL)
    member.follow(links.HELP)
    assert "Make an account" in member.page.get("/me").text
    page = member.page.get("/account/password")
    typed = [one.get("name") for one in page.all(".//form//input") if one.get("type") not in ("hidden",)]
    assert typed == ["password"]
    token = page.field("csrf_token").get("value") or ""
    member.page.post("/account/password", {"csrf_token": token, "password": PASSWORD})
    other = member.another_browser()
    assert other.sign_in().location == "/me"
    assert f"/me/sign-ups/{sign_up_id}" in other.page.get("/me").source
    assert member.page.get(f"/s/{member.token(links.HELP)}").status == 303, (
        "links from earlier mails still open"
    )
    assert member.count(Person) == 1


def test_a_link_that_set_a_password_sets_no_second_one(member: Member) -> None:
    member.has_account()
    token = member.token()
    form = member.follow().field("csrf_token").get("value") or ""
    member.page.post("/account/password", {"csrf_token": form, "password": "another four quiet words"})
    assert member.another_browser().page.get(f"/s/{token}").status == 410


def test_a_link_to_ones_help_does_not_set_the_password_of_an_account(member: Member) -> None:
    member.has_account().follow(links.HELP)
    assert member.page.get("/account/password").status == 404


@pytest.mark.parametrize("path", ["/register", "/forgot"])
def test_what_is_told_of_an_address_is_the_same_whether_it_is_known_or_not(member: Member, path: str) -> None:
    member.has_account()
    told = []
    for email in (EMAIL, "nobody@example.org"):
        browser = Member(member.app)
        answer = browser.send(path, email=email)
        told.append((answer.status, answer.location, browser.page.get(path).text))
    assert told[0] == told[1]


def test_an_unknown_address_gets_no_mail_for_a_lost_password_and_leaves_no_person(member: Member) -> None:
    member.send("/forgot", email="nobody@example.org")
    assert (member.mails(), member.count(Person)) == ([], 0)
    assert member.noted() == ["account.asked_for_password"]


def test_as_much_is_written_for_a_lost_password_of_an_unknown_address_as_of_a_known_one(
    member: Member,
) -> None:
    """How long it takes is measured in bench/; writing is what takes the time."""
    member.has_account()
    known, again, unknown = (_written(member, one) for one in (EMAIL, EMAIL, "nobody@example.org"))
    assert known == unknown == ["outbox_mail", "audit_entry"]
    # The first of them did nothing: the same mail is queued already.
    assert again == ["outbox_mail", *known]
    assert member.mails() == [("password_link", EMAIL)]


def test_a_wrong_password_and_an_unknown_address_are_told_alike(member: Member) -> None:
    member.has_account()
    wrong = member.sign_in("not the password")
    nobody = Member(member.app, "nobody@example.org").sign_in("not the password")
    assert wrong.status == nobody.status == 422
    assert _without_entries(wrong.source) == _without_entries(nobody.source.replace("nobody@", "mina@"))
    assert member.noted().count("account.sign_in_failed") == 2


@pytest.mark.both_databases
def test_an_address_that_no_database_would_look_for_is_told_like_any_other(
    member: Member, database: str
) -> None:
    assert Member(member.app, "nul\0@example.org").sign_in("not the password").status == 422


@pytest.mark.settings(RATELIMIT_SIGN_IN_ADDRESS="3 per hour", RATELIMIT_SIGN_IN="100 per hour")
def test_one_account_is_not_tried_without_end_and_signing_in_does_not_count(member: Member) -> None:
    member.has_account()
    assert [member.another_browser().sign_in().status for _ in range(5)] == [303] * 5
    assert [member.sign_in(f"wrong {n}").status for n in range(4)] == [422, 422, 422, 429]
    assert Member(member.app, "other@example.org").has_account().sign_in().status == 303


@pytest.mark.parametrize("password", ["short", "x" * 129, "aaaaaaaaaaaaaa", EMAIL])
def test_a_password_that_is_easily_guessed_or_endless_is_refused_and_nothing_is_set(
    member: Member, password: str
) -> None:
    member.has_account().sign_in()
    answer = member.send("/me/account/password", current=PASSWORD, password=password)
    assert (answer.status, answer.field("password").get("aria-invalid")) == (422, "true")
    assert member.another_browser().sign_in().status == 303


def test_long_passwords_in_any_script_are_kept_as_they_were_typed(member: Member) -> None:
    password = "조용한 네 단어 여기 " + "x" * 100
    member.has_account(password=password)
    assert member.sign_in(password).status == 303
    assert member.another_browser().sign_in(password[:72]).status == 422


def test_a_new_address_counts_once_its_link_is_used_and_the_old_one_is_told(member: Member) -> None:
    member.has_account().sign_in()
    member.send("/me/account/email", email=NEW, password=PASSWORD)
    assert member.another_browser().sign_in().status == 303, "nothing has changed yet"
    page = member.follow(links.EMAIL)
    token = page.field("csrf_token").get("value") or ""
    assert member.page.post("/account/email", {"csrf_token": token}).status == 303
    assert member.another_browser().sign_in().status == 422
    assert Member(member.app, NEW).sign_in().status == 303
    assert [kind for kind, _ in member.mails()] == ["email_link", "email_changed"]


def test_a_link_mailed_to_the_old_address_sets_no_password_once_there_is_a_new_one(member: Member) -> None:
    member.has_account().sign_in()
    mailed_before = member.token(links.PASSWORD)
    member.send("/me/account/email", email=NEW, password=PASSWORD)
    token = member.follow(links.EMAIL).field("csrf_token").get("value") or ""
    member.page.post("/account/email", {"csrf_token": token})
    finder = member.another_browser()
    assert finder.page.get(f"/s/{mailed_before}").status == 410
    assert Member(member.app, NEW).sign_in().status == 303


def test_a_new_password_withdraws_an_address_that_somebody_else_asked_for(member: Member) -> None:
    member.has_account()
    thief = member.another_browser()
    thief.sign_in()
    thief.send("/me/account/email", email="thief@example.org", password=PASSWORD)
    mailed = thief.token(links.EMAIL)
    token = member.follow().field("csrf_token").get("value") or ""
    member.page.post("/account/password", {"csrf_token": token, "password": "another four quiet words"})
    assert thief.page.get(f"/s/{mailed}").status == 410
    user = member.user()
    assert user is not None
    assert (user.email, user.new_email, user.new_email_nonce) == (EMAIL, None, None)


def test_two_persons_are_not_joined_by_a_new_address(member: Member) -> None:
    member.has_account().sign_in()
    member.send("/me/account/email", email=NEW, password=PASSWORD)
    page = member.follow(links.EMAIL)
    with member.app.app_context():
        make_person(email=NEW)
        db.session.commit()
    token = page.field("csrf_token").get("value") or ""
    assert member.page.post("/account/email", {"csrf_token": token}).status == 422
    with member.app.app_context():
        assert set(db.session.scalars(select(Person.email))) == {EMAIL, NEW}


@pytest.mark.parametrize("path", ["password", "email", "close"])
def test_what_changes_an_account_asks_for_its_password(member: Member, path: str) -> None:
    member.has_account().sign_in()
    entries = {"current": "wrong", "password": "wrong but long enough", "email": NEW}
    assert member.send(f"/me/account/{path}", **entries).status == 422
    assert member.another_browser().sign_in().status == 303
    assert member.mails() == []


def test_closing_an_account_leaves_the_person_with_their_shifts(member: Member) -> None:
    member.has_account()
    with member.app.app_context():
        make_sign_up_of(EMAIL)
    member.sign_in()
    assert member.send("/me/account/close", password=PASSWORD).status == 303
    assert [member.count(model) for model in (User, SignIn, Person, SignUp)] == [0, 0, 1, 1]
    assert not member.is_signed_in()


def test_who_is_taken_out_altogether_has_no_account_either(member: Member) -> None:
    member.has_account().sign_in()
    member.send("/forgot", email=EMAIL)
    assert member.send("/me/leave").status == 303
    assert [member.count(model) for model in (User, SignIn, Person)] == [0, 0, 0]


def test_the_last_admin_can_neither_close_the_account_nor_be_taken_out(member: Member) -> None:
    member.has_account(Role.ADMIN).sign_in()
    assert member.send("/me/account/close", password=PASSWORD).status == 422
    assert member.send("/me/leave").location == "/me/leave"
    assert (member.count(User), member.is_signed_in()) == (1, True)


def test_the_only_host_of_an_event_to_come_is_told_of_it_and_keeps_the_account(member: Member) -> None:
    member.has_account().sign_in()
    with member.app.app_context():
        event = make_shift().event
        event.title = "Tea"
        make_host(event, db.session.scalars(select(Person)).one())
        db.session.commit()
    refused = member.send("/me/account/close", password=PASSWORD)
    assert (refused.status, "Nobody but you manages “Tea”" in refused.text) == (422, True)
    assert (member.count(User), member.is_signed_in()) == (1, True)


def test_fields_that_a_form_does_not_have_change_nothing(member: Member) -> None:
    more = {
        "roles": "admin",
        "role": "admin",
        "person_id": "1",
        "active": "",
        "trusted_host": "y",
        "user_id": "1",
    }
    member.send("/register", email=EMAIL, **more)
    token = member.follow().field("csrf_token").get("value") or ""
    member.page.post("/account/password", {"csrf_token": token, "name": "M", "password": PASSWORD, **more})
    member.send("/me/account/password", current=PASSWORD, password="another four quiet words", **more)
    user = member.user()
    assert user is not None
    assert (user.role_names, user.trusted_host, user.active) == (frozenset(), False, True)


def test_a_password_is_hashed_as_often_for_an_address_that_nobody_has(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long it takes is measured in bench/; this is what takes the time."""
    checked: list[str] = []

    def verify(typed: str, kept: str) -> bool:
        checked.append(kept)
        return verify_password(typed, kept)

    monkeypatch.setattr(signed_in, "verify_password", verify)
    member.has_account()
    for email in (EMAIL, "nobody@example.org"):
        checked.clear()
        assert Member(member.app, email).sign_in("not the password").status == 422
        assert [one.split("$")[1:4] for one in checked] == [["argon2id", "v=19", "m=1024,t=1,p=1"]]


def _written(member: Member, email: str) -> list[str]:
    """Ask for a password; gives the tables into which rows are put, in their order."""
    with traced(member.app) as statements:
        Member(member.app).send("/forgot", email=email)
    return [found[1] for sql in dict.fromkeys(statements) if (found := re.match(r"INSERT INTO (\w+)", sql))]


def _without_entries(source: str) -> str:
    return re.sub(r'value="[^"]*"', "", source)


def make_sign_up_of(email: str) -> int:
    """Sign somebody up whose address is proved; gives the sign-up's id."""
    made = make_sign_up(make_shift(), email=email)
    db.session.commit()
    return made.id
