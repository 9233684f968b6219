"""The foot of every page: the way in for who is signed out, the ways on for who is signed in."""

import pytest
from flask import Flask

from portal.db import db
from portal.domain.accounts.models import Role
from tests.blueprints.accounts.browser import Member
from tests.factories.campaigns import make_campaign
from tests.foundation.pages import Page
from tests.foundation.statements import counted

WAYS = {"/sign-in", "/me/account", "/desk"}
# Pages that each reader gets anew, and those that are kept as bytes for everyone.
OWN = ("/", "/campaigns", "/events", "/privacy", "/me/account")
KEPT = ("/campaigns/told", "/campaigns/told/poster")


def test_the_foot_leads_in_who_is_signed_out_and_on_who_is_signed_in(member: Member) -> None:
    member.has_account()
    assert [ways_in(member.page.get(path)) for path in OWN[:-1]] == [["/sign-in"]] * 4
    member.sign_in()
    assert [ways_in(member.page.get(path)) for path in OWN] == [["/me/account"]] * 5


def test_the_foot_leads_who_has_a_role_to_the_desk(member: Member) -> None:
    member.has_account(Role.ORGANIZER).sign_in()
    for path in (*OWN, "/desk"):
        assert ways_in(member.page.get(path)) == ["/desk", "/me/account"]


@pytest.mark.parametrize("path", KEPT)
def test_a_kept_page_is_the_same_for_whoever_is_signed_in(app: Flask, member: Member, path: str) -> None:
    with app.app_context():
        make_campaign(slug="told")
        db.session.commit()
    member.has_account(Role.ORGANIZER).sign_in()
    theirs, others = member.page.get(path), member.another_browser().page.get(path)

    assert theirs.status == 200
    assert theirs.source == others.source
    assert ways_in(theirs) == ["/me/account"], "true of everyone: who is signed out is led to the form"
    assert member.another_browser().page.get("/me/account").location == "/sign-in?next=/me/account"


def test_a_page_of_an_error_asks_not_even_who_is_signed_in(app: Flask, member: Member) -> None:
    member.has_account(Role.ORGANIZER).sign_in()
    with counted(app) as statements:
        missing = member.page.get("/there-is-no-such-page")
    assert (missing.status, ways_in(missing), statements) == (404, ["/me/account"], [])


def ways_in(page: Page) -> list[str]:
    """Give where the foot leads for an account."""
    return [
        link.get("href", "").rstrip("/")
        for link in page.all(".//footer//a")
        if link.get("href", "").rstrip("/") in WAYS
    ]
