"""Being signed in: in which browsers, until when, and that a copied cookie is worth nothing afterwards."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.accounts import rules
from portal.domain.accounts.models import Role, SignIn, User
from tests.blueprints.accounts.browser import EMAIL, PASSWORD, Member
from tests.factories.people import make_person

NEW = "another four quiet words"


def test_a_cookie_copied_before_signing_out_opens_nothing_afterwards(member: Member) -> None:
    member.has_account().sign_in()
    thief = member.copy()
    assert (member.is_signed_in(), thief.is_signed_in()) == (True, True)
    member.send("/sign-out", page="/me/account")
    assert (member.is_signed_in(), thief.is_signed_in()) == (False, False)
    assert member.count(SignIn) == 0


def test_signing_out_closes_what_a_mailed_link_had_opened_in_that_browser(member: Member) -> None:
    member.has_account().follow(links.HELP)
    assert EMAIL in member.page.get("/me").text
    member.sign_in()
    member.follow(links.HELP)
    member.send("/sign-out", page="/me/account")
    assert EMAIL not in member.page.get("/me").text


def test_who_signs_in_sees_their_own_help_and_not_that_of_a_link_followed_before(member: Member) -> None:
    member.has_account()
    guest = Member(member.app, "guest@example.org")
    with member.app.app_context():
        make_person(email=guest.email)
        db.session.commit()
    member.page.get(f"/s/{guest.token(links.HELP)}", follow_redirects=True)
    assert guest.email in member.page.get("/me").text
    member.sign_in()
    page = member.page.get("/me")
    assert (EMAIL in page.text, guest.email in page.text) == (True, False)


def test_another_password_signs_out_every_other_browser_and_not_this_one(member: Member) -> None:
    member.has_account().sign_in()
    other = member.another_browser()
    other.sign_in()
    changed = member.send("/me/account/password", current=PASSWORD, password=NEW)
    assert changed.status == 303
    assert (member.is_signed_in(), other.is_signed_in()) == (True, False)
    assert other.sign_in().status == 422
    assert other.sign_in(NEW).status == 303
    assert ("password_set", member.email) in member.mails()


@pytest.mark.parametrize(
    ("path", "page", "entries"),
    [
        ("/me/account/password", "", {"current": PASSWORD, "password": NEW}),
        ("/me/account/browsers/end", "/me/account", {}),
        ("/verify", "", {"password": PASSWORD}),
    ],
)
def test_a_cookie_copied_before_is_worth_nothing_once_its_owner_has_seen_to_it(
    member: Member, path: str, page: str, entries: dict[str, str]
) -> None:
    member.has_account().sign_in()
    thief = member.copy()
    assert thief.is_signed_in()
    assert member.send(path, page=page, **entries).status == 303
    assert (member.is_signed_in(), thief.is_signed_in()) == (True, False)
    assert member.count(SignIn) == 1


@pytest.mark.parametrize("path", ["/me/account/password", "/verify"])
def test_a_wrong_password_leaves_the_cookie_as_it_is(member: Member, path: str) -> None:
    member.has_account().sign_in()
    with member.page.client.session_transaction() as session:
        before = session["sign-in"]
    member.send(path, current="wrong", password="wrong but long enough")
    with member.page.client.session_transaction() as session:
        assert session["sign-in"] == before


def test_a_cookie_copied_from_a_browser_that_was_signed_out_from_another_one_opens_nothing(
    member: Member,
) -> None:
    member.has_account().sign_in()
    thief, other = member.copy(), member.another_browser()
    other.sign_in()
    with member.app.app_context():
        first = db.session.scalars(select(SignIn.id).order_by(SignIn.id)).first()
    other.send(f"/me/account/browsers/{first}/end", page="/me/account")
    assert [one.is_signed_in() for one in (member, thief, other)] == [False, False, True]


@pytest.mark.parametrize("signs_out", [True, False])
def test_signing_in_again_in_the_same_browser_ends_the_cookie_before(member: Member, signs_out: bool) -> None:
    member.has_account().sign_in()
    thief = member.copy()
    form = member.page.get("/me/account").field("csrf_token").get("value") or ""
    if signs_out:
        member.send("/sign-out", page="/me/account")
        form = member.page.get("/sign-in").field("csrf_token").get("value") or ""
    member.page.post("/sign-in", {"csrf_token": form, "email": member.email, "password": PASSWORD})
    assert (member.is_signed_in(), thief.is_signed_in()) == (True, False)
    assert member.count(SignIn) == 1


def test_a_password_set_by_link_signs_out_every_browser(member: Member) -> None:
    member.has_account().sign_in()
    reader = member.another_browser()
    token = reader.follow().field("csrf_token").get("value") or ""
    assert reader.page.post("/account/password", {"csrf_token": token, "password": NEW}).status == 303
    assert (member.is_signed_in(), reader.is_signed_in()) == (False, True)


def test_one_browser_or_all_others_are_signed_out_from_the_list(member: Member) -> None:
    member.has_account().sign_in()
    second, third = member.another_browser(), member.another_browser()
    second.sign_in()
    third.sign_in()
    with member.app.app_context():
        ids = list(db.session.scalars(select(SignIn.id).order_by(SignIn.id)))
    member.send(f"/me/account/browsers/{ids[1]}/end", page="/me/account")
    assert [one.is_signed_in() for one in (member, second, third)] == [True, False, True]
    member.send("/me/account/browsers/end", page="/me/account")
    assert [one.is_signed_in() for one in (member, second, third)] == [True, False, False]


def test_nobody_signs_out_somebody_else(member: Member) -> None:
    member.has_account().sign_in()
    other = Member(member.app, "other@example.org").has_account()
    other.sign_in()
    with member.app.app_context():
        first = db.session.scalars(select(SignIn.id).order_by(SignIn.id)).first()
    other.send(f"/me/account/browsers/{first}/end", page="/me/account")
    assert member.is_signed_in()
    assert "account.signed_out" not in member.noted(), "nobody was"


@pytest.mark.parametrize(("sign_in_id", "status"), [(0, 303), (2**31, 404), (2**63, 404), (10**40, 404)])
def test_a_browser_that_can_not_be_is_not_signed_out(member: Member, sign_in_id: int, status: int) -> None:
    member.has_account().sign_in()
    assert member.send(f"/me/account/browsers/{sign_in_id}/end", page="/me/account").status == status
    assert member.is_signed_in()
    assert "account.signed_out" not in member.noted()


@pytest.mark.parametrize(
    ("roles", "idle", "absolute"),
    [
        ((), rules.IDLE, rules.ABSOLUTE),
        ((Role.TREASURER,), rules.IDLE_AT_DESK, rules.ABSOLUTE_AT_DESK),
    ],
)
def test_who_is_not_seen_for_long_or_signed_in_for_very_long_is_signed_out(
    member: Member, roles: tuple[Role, ...], idle: timedelta, absolute: timedelta
) -> None:
    member.has_account(*roles).sign_in()
    short = timedelta(minutes=1)
    for column, age, stays in (
        ("seen_at", idle - short, True),
        ("began_at", absolute - short, True),
        ("began_at", absolute + short, False),
        ("began_at", timedelta(), True),
        ("seen_at", idle + short, False),
    ):
        _set(member.app, column, age)
        assert member.is_signed_in() is stays, (column, age)


def test_being_seen_is_noted_now_and_then_so_that_who_comes_daily_stays(member: Member) -> None:
    member.has_account().sign_in()
    _set(member.app, "seen_at", rules.IDLE - timedelta(minutes=1))
    assert member.is_signed_in()
    with member.app.app_context():
        seen = db.session.scalars(select(SignIn.seen_at)).one()
    assert now() - seen < timedelta(minutes=1)


def test_what_a_browser_held_before_signing_in_is_gone(member: Member) -> None:
    member.has_account()
    with member.page.client.session_transaction() as session:
        session["sign-in"], session["_user_id"], session["planted"] = "chosen by somebody else", "x", "y"
    planted = member.copy()
    member.sign_in()
    with member.page.client.session_transaction() as session:
        assert "planted" not in session
        assert session["sign-in"] != "chosen by somebody else"
    assert (member.is_signed_in(), planted.is_signed_in()) == (True, False)


def test_an_account_that_is_switched_off_is_signed_out_at_once(member: Member) -> None:
    member.has_account().sign_in()
    with member.app.app_context():
        db.session.execute(update(User).values(active=False))
        db.session.commit()
    assert not member.is_signed_in()
    assert member.sign_in().status == 422


def test_the_database_holds_nothing_that_a_cookie_could_be_made_of(member: Member) -> None:
    member.has_account().sign_in()
    with member.page.client.session_transaction() as session:
        secret = session["sign-in"]
    with member.app.app_context():
        row = db.session.scalars(select(SignIn)).one()
        assert secret not in (row.digest, row.browser)
        assert len(row.digest) == 64


def test_a_token_in_a_header_or_an_address_signs_nobody_in(member: Member) -> None:
    member.has_account().sign_in()
    with member.app.test_request_context():
        user = db.session.scalars(select(User)).one()
        token = user.get_auth_token()
    other = member.another_browser()
    for path, headers in (
        ("/me/account", {"Authentication-Token": token}),
        (f"/me/account?auth_token={token}", {}),
    ):
        assert other.page.client.get(path, headers=headers).status_code == 303


def _set(app: Flask, column: str, age: timedelta) -> None:
    with app.app_context():
        db.session.execute(update(SignIn).values({column: now() - age}))
        db.session.commit()
