"""Mailed links about somebody's help: where they lead, what they leave behind, and why they don't open."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask

from portal import links
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers.models import SignUp, SignUpState
from tests.blueprints.volunteers.helper import Helper
from tests.foundation.pages import PageClient

LONG_AGO = timedelta(days=500)


@pytest.mark.parametrize(("purpose", "path"), [(links.HELP, "/me"), (links.PROVE, "/me/confirm")])
def test_a_link_to_somebodys_help_leaves_the_address_bar_at_once(
    mina: Helper, purpose: str, path: str
) -> None:
    mina.sign_up()
    token = mina.token(purpose)
    answer = mina.page.get(f"/s/{token}")
    assert (answer.status, urlsplit(answer.location).path) == (303, path)
    assert token not in str(answer.headers)
    assert mina.page.get(path).status == 200


def test_a_link_to_one_sign_up_leads_to_its_page(mina: Helper) -> None:
    sign_up_id = mina.sign_up()
    answer = mina.page.get(f"/s/{mina.token(links.SIGN_UP, sign_up=sign_up_id)}")
    assert urlsplit(answer.location).path == f"/me/sign-ups/{sign_up_id}"


@pytest.mark.parametrize("purpose", [links.HELP, links.PROVE, links.SIGN_UP])
def test_a_scanner_that_follows_every_link_changes_nothing(mina: Helper, purpose: str) -> None:
    sign_up_id = mina.sign_up(proved=False)
    before = _everything(mina)
    for _ in range(3):
        mina.page.client.head(f"/s/{mina.token(purpose, sign_up=sign_up_id)}")
        seen = mina.follow(purpose, sign_up=sign_up_id)
        for path in seen.links:
            if path.startswith("/me"):
                mina.page.get(path)
    assert _everything(mina) == before
    assert mina.row(sign_up_id).state == SignUpState.PENDING


@pytest.mark.parametrize("purpose", [links.HELP, links.PROVE, links.SIGN_UP])
def test_a_link_that_was_withdrawn_opens_nothing(mina: Helper, purpose: str) -> None:
    sign_up_id = mina.sign_up()
    refused = mina.page.get(f"/s/{mina.token(purpose, sign_up=sign_up_id, nonce='another')}")
    assert (refused.status, refused.headers.get("Set-Cookie")) == (410, None)
    assert "/me" in refused.links
    assert mina.page.get(f"/me/sign-ups/{sign_up_id}").status == 404


def test_the_link_of_somebody_who_was_taken_out_opens_nothing(mina: Helper, other: Helper) -> None:
    mina.sign_up()
    token = mina.token(links.HELP)
    mina.press(mina.follow(), "/me/leave")
    assert other.page.get(f"/s/{token}").status == 410


@pytest.mark.parametrize("purpose", [links.REMINDERS, links.CALENDAR])
def test_an_address_of_another_kind_is_no_link_to_follow(mina: Helper, purpose: str) -> None:
    mina.sign_up()
    assert mina.page.get(f"/s/{mina.token(purpose)}").status == 404


def test_a_link_that_ran_out_offers_a_new_one_by_mail(mina: Helper) -> None:
    mina.sign_up()
    refused = mina.page.get(f"/s/{mina.token(links.HELP, age=LONG_AGO)}")
    assert (refused.status, "run out" in refused.text) == (410, True)
    told = mina.press(refused, "/s/new", link=refused.field("link").get("value") or "")
    assert (told.status, mina.mails()[-1]) == (303, "help_link")
    assert "on its way" in mina.page.get(told.location or "").text
    assert mina.page.get("/me/confirm").status == 404, "asking for a link must not be as good as having it"


def test_a_link_that_ran_out_and_was_withdrawn_is_not_mailed_anew(mina: Helper) -> None:
    mina.sign_up()
    refused = mina.page.get(f"/s/{mina.token(links.HELP, age=LONG_AGO)}")
    entries = {"link": mina.token(links.HELP, age=LONG_AGO, nonce="another")}
    assert mina.press(refused, "/s/new", **entries).status == 410
    assert "help_link" not in mina.mails()


def test_an_expired_link_of_another_kind_mails_nothing(mina: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(links.LIFETIMES, "other", links.VISIT)
    mina.sign_up()
    seen = mina.page.get("/me")
    entries = {"link": mina.token("other", age=LONG_AGO)}
    assert mina.press(seen, "/s/new", **entries).status == 404
    assert "help_link" not in mina.mails()


@pytest.mark.settings(RATELIMIT_LINK="1 per hour")
def test_new_links_are_limited(mina: Helper) -> None:
    mina.sign_up()
    refused = mina.page.get(f"/s/{mina.token(links.HELP, age=LONG_AGO)}")
    link = refused.field("link").get("value") or ""
    assert [mina.press(refused, "/s/new", link=link).status for _ in range(2)] == [303, 429]


def test_a_token_does_not_reach_the_log(
    app: Flask, page: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for endpoint in ("volunteers.calendar", "volunteers.reminders"):
        app.view_functions[endpoint] = lambda **_: 1 // 0
    for path in ("calendar", "reminders"):
        assert page.get(f"/{path}/a-token-of-somebody").status == 500
    assert "Exception on /calendar/…" in caplog.text
    assert "a-token-of" not in caplog.text


def _everything(mina: Helper) -> tuple[object, ...]:
    person = mina.person()
    with mina.app.app_context():
        return (
            mina.count(OutboxMail),
            mina.count(SignUp),
            mina.count(Person),
            person.proved_at,
            person.link_nonce,
            person.calendar_nonce,
            person.name,
            person.wants_reminders,
        )
