"""Calendar files and the address that a calendar asks; and reminders that end with one click."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.volunteers import service
from portal.domain.volunteers.models import SignUp
from portal.domain.volunteers.queries import get_sign_up
from tests.blueprints.volunteers.helper import Helper
from tests.foundation.pages import Page

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
TELLING = {"title": "A talk nobody may know of", "place_hidden": True, "exact_place": "12 Quay Street"}


def test_one_shift_comes_as_a_file_with_a_discreet_name(mina: Helper) -> None:
    held = mina.sign_up()
    mina.follow()
    got = mina.page.get(f"/me/sign-ups/{held}/calendar")
    assert got.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert got.headers["Content-Disposition"] == 'attachment; filename="shift.ics"'
    assert got.headers["Cache-Control"] == "no-store"
    assert _entries(got) == [(_uid(mina, held), "CONFIRMED")]


def test_the_personal_calendar_needs_no_cookie_and_sets_none(mina: Helper) -> None:
    held = mina.sign_up()
    got = _feed(mina)
    assert (got.status, got.headers.get("Set-Cookie")) == (200, None)
    assert got.headers["Cache-Control"].startswith("private")
    assert _entries(got) == [(_uid(mina, held), "CONFIRMED")]


def test_the_page_tells_the_calendars_address_and_it_works(mina: Helper, other: Helper) -> None:
    held = mina.sign_up()
    address = mina.follow().by_id("feed").get("value") or ""
    assert address.startswith(mina.app.config["PUBLIC_URL"])
    got = other.page.get(address.removeprefix(mina.app.config["PUBLIC_URL"]))
    assert _entries(got) == [(_uid(mina, held), "CONFIRMED")]


def test_calendars_tell_nothing_of_what_it_is_about(mina: Helper) -> None:
    held = mina.sign_up(event=TELLING, shift={"role": "Speaker"})
    mina.follow()
    for got in (_feed(mina), mina.page.get(f"/me/sign-ups/{held}/calendar")):
        told = got.source + str(got.headers)
        assert [word for word in ("talk", "Quay", "Speaker", "Mina", "mina@") if word in told] == []


def test_a_cancelled_shift_is_told_as_cancelled_for_a_while(mina: Helper) -> None:
    held = mina.sign_up()
    with mina.database():
        service.cancel(get_sign_up(held), now())
    assert _entries(_feed(mina)) == [(_uid(mina, held), "CANCELLED")]
    with mina.database():
        db.session.get_one(SignUp, held).changed_at = now() - timedelta(days=31)
    assert _entries(_feed(mina)) == []


def test_what_nobody_proved_is_in_no_calendar(mina: Helper) -> None:
    mina.sign_up(proved=False)
    assert _entries(_feed(mina)) == []


def test_who_waits_has_nothing_in_the_calendar_until_a_place_comes_free(mina: Helper, other: Helper) -> None:
    theirs = other.sign_up(shift={"places": 1})
    mine = mina.sign_up(shift_id=other.row(theirs).shift_id)
    assert _entries(_feed(mina)) == []
    with mina.database():
        service.cancel(get_sign_up(theirs), now())
    assert _entries(_feed(mina)) == [(_uid(mina, mine), "CONFIRMED")]


def test_a_new_address_makes_the_old_one_stop_and_leaves_the_links_alone(mina: Helper) -> None:
    mina.sign_up()
    old, link = mina.token(links.CALENDAR), mina.token(links.HELP)
    assert mina.press(mina.follow(), "/me/calendar/renew").status == 303
    refused = mina.page.get(f"/calendar/{old}")
    assert (refused.status, "VCALENDAR" in refused.source) == (410, False)
    assert _feed(mina).status == 200
    assert mina.page.get(f"/s/{link}").status == 303


@pytest.mark.parametrize("purpose", [links.HELP, links.PROVE, links.REMINDERS])
def test_another_link_of_the_person_is_no_calendar(mina: Helper, purpose: str) -> None:
    mina.sign_up()
    assert mina.page.get(f"/calendar/{mina.token(purpose)}").status == 404


@pytest.mark.parametrize("path", ["calendar", "reminders"])
@pytest.mark.parametrize("token", ["x", "a.b.c", "x" * 3000])
def test_a_made_up_token_opens_nothing(mina: Helper, path: str, token: str) -> None:
    assert mina.page.get(f"/{path}/{token}").status == 404


def test_the_reminders_page_changes_nothing_until_its_button_is_pressed(mina: Helper) -> None:
    mina.sign_up()
    path = f"/reminders/{mina.token(links.REMINDERS)}"
    seen = mina.page.get(path)
    mina.page.client.head(path)
    assert (seen.status, seen.headers.get("Set-Cookie")) == (200, None)
    assert mina.person().wants_reminders is True
    assert seen.one(".//form").get("action") == path


@pytest.mark.both_databases
def test_reminders_end_with_one_click_in_a_mail_program_however_often(mina: Helper) -> None:
    mina.sign_up()
    path = f"/reminders/{mina.token(links.REMINDERS)}"
    for _ in range(2):
        answer = Page(mina.page.client.post(path, data=ONE_CLICK))
        assert (answer.status, answer.headers.get("Set-Cookie")) == (200, None)
    assert mina.person().wants_reminders is False
    assert mina.page.get(path).heading == "Reminders are off"


@pytest.mark.parametrize("purpose", [links.HELP, links.PROVE, links.CALENDAR])
def test_another_link_of_the_person_ends_no_reminders(mina: Helper, purpose: str) -> None:
    mina.sign_up()
    assert mina.page.post(f"/reminders/{mina.token(purpose)}", ONE_CLICK).status == 404
    assert mina.person().wants_reminders is True


def test_a_withdrawn_link_ends_no_reminders(mina: Helper) -> None:
    mina.sign_up()
    path = f"/reminders/{mina.token(links.REMINDERS, nonce='another')}"
    assert mina.page.post(path, ONE_CLICK).status == 410
    assert mina.person().wants_reminders is True


def _feed(browser: Helper) -> Page:
    return browser.page.get(f"/calendar/{browser.token(links.CALENDAR)}")


def _entries(got: Page) -> list[tuple[str, str]]:
    calendar = Calendar.from_ical(got.source)
    return [(str(entry["UID"]), str(entry["STATUS"])) for entry in calendar.walk("VEVENT")]


def _uid(browser: Helper, sign_up_id: int) -> str:
    return f"{browser.row(sign_up_id).uid}@127.0.0.1"
