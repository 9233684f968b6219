"""Helping as people do it: a shift found on the campaign's page, held, confirmed by mail, waited for, given back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.keyboard import tab_to
from tests.journeys.pages.event import EventPage, MyHelpPage
from tests.journeys.proof import told_by
from tests.journeys.running import Lantern
from tests.journeys.volunteer import Volunteer
from tests.journeys.waiting import eventually

Come = Callable[..., Volunteer]
WAYS = pytest.mark.parametrize(
    "way",
    [{}, {"java_script_enabled": False}, {"width": 360}],
    ids=["at a desk", "without script", "on a phone of 360 px"],
)


@WAYS
def test_from_a_campaign_two_pages_and_two_typed_fields_hold_a_place_and_one_button_confirms_it(
    lantern: Lantern, come: Come, way: dict[str, object]
) -> None:
    mina = come(**way)
    event = mina.campaign().choose("Language partner")
    (ticked,) = event.ticked()
    assert event.typed_fields() == ["name", "email"]
    event.sign_up(mina.email, "민아").says("Your place is held")
    (row,) = lantern.records.sign_ups_of(mina.email)
    assert (row.shift_id, row.state, row.proved_at, row.name) == (ticked, "pending", None, "민아")

    asked = mina.mail("Please confirm: your shift on")
    page = mina.follow(asked)
    assert page.buttons() == ["Confirm my place"]
    assert lantern.records.sign_ups_of(mina.email)[0].state == "pending", "looking must change nothing"
    page.press("Confirm my place")
    expect(page.main).to_contain_text("that is confirmed")
    (row,) = lantern.records.sign_ups_of(mina.email)
    assert (row.state, row.proved_at is None) == ("confirmed", False)
    told = mina.mail("Your shift on")
    assert [part.get_content_type() for part in told.iter_attachments()] == ["text/calendar"]
    _assert_discreet(lantern, mina)


def test_a_place_is_held_and_confirmed_by_keyboard_with_the_focus_always_to_be_seen(
    lantern: Lantern, come: Come
) -> None:
    mina, shift = come(), lantern.records.fresh_shift("Washing up")
    event, keys = mina.event(shift.event_id), mina.page.keyboard
    tab_to(mina.page, event.shift(shift.id))
    keys.press("Space")
    tab_to(mina.page, event.name)
    keys.type("Mina")
    tab_to(mina.page, event.email)
    keys.type(mina.email)
    tab_to(mina.page, event.adult)
    keys.press("Space")
    tab_to(mina.page, event.button)
    keys.press("Enter")
    expect(mina.page.locator("h1")).to_contain_text("Your place is held")
    page = mina.follow(mina.mail("Please confirm"))
    tab_to(mina.page, mina.page.get_by_role("button", name="Confirm my place"))
    keys.press("Enter")
    expect(page.main).to_contain_text("that is confirmed")
    assert [row.state for row in lantern.records.sign_ups_of(mina.email)] == ["confirmed"]


@WAYS
def test_who_waits_moves_up_when_a_place_is_given_back_from_the_mail_and_may_say_no_thanks(
    lantern: Lantern, come: Come, way: dict[str, object]
) -> None:
    shift = lantern.records.fresh_shift("Welcome desk")
    lantern.command("places", str(shift.id), "1").check_returncode()
    first, second = come(**way), come(**way)
    first.confirms(shift)
    event = second.event(shift.event_id)
    event.shift(shift.id).check()
    event.sign_up(second.email).says("Number 1 in the line")
    second.follow(second.mail("Please confirm")).press("Keep my place in the line")
    assert _states(lantern, first, second) == ["confirmed", "waiting"]

    page = first.follow(first.mail("Your shift on"))
    page.press("Give this place back")
    expect(page.main).to_contain_text("it is no longer yours")
    moved_up = second.mail("A place for you on")
    assert _states(lantern, first, second) == ["cancelled", "confirmed"]
    assert _calendar_of(first.mail("Given back"))["Content-Type"].params["method"] == "CANCEL"

    page = second.follow(moved_up, which=-1)
    page.press("No thanks, pass it on")
    expect(page.main).to_contain_text("it is no longer yours")
    assert _states(lantern, first, second) == ["cancelled", "cancelled"]
    (row,) = lantern.records.sign_ups_of(second.email)
    assert (row.taken, row.waiting) == (0, 0)


@WAYS
def test_a_clash_is_named_and_asks_which_one(lantern: Lantern, come: Come, way: dict[str, object]) -> None:
    mina = come(**way)
    desk = lantern.records.fresh_shift("Welcome desk")
    partner = next(
        one
        for one in lantern.records.coming_shifts()
        if one.event_id == desk.event_id and one.starts_at[:10] == desk.starts_at[:10]
        if one.role == "Language partner"
    )
    event = mina.event(desk.event_id)
    event.shift(desk.id).check()
    event.shift(partner.id).check()
    event.sign_up(mina.email)
    expect(event.problems).to_contain_text("are at the same time. Tick only one of them.")
    assert lantern.records.sign_ups_of(mina.email) == []
    event.shift(partner.id).uncheck()
    event.sign_up(mina.email).says("Your place is held")

    event = mina.event(desk.event_id)
    event.shift(partner.id).check()
    event.sign_up(mina.email)
    expect(event.form).to_contain_text("Language partner is at the same time as your place at Welcome desk")
    event.instead(desk.id).check()
    event.sign_up(mina.email).says("Your place is held")
    rows = {row.shift_id: row.state for row in lantern.records.sign_ups_of(mina.email)}
    assert rows == {desk.id: "cancelled", partner.id: "pending"}


def test_a_hidden_place_is_shown_only_once_the_place_is_confirmed(lantern: Lantern, come: Come) -> None:
    mina, stranger, shift = come(width=360), come(), lantern.records.fresh_shift("Companion")
    event = mina.event(shift.event_id)
    expect(mina.page.locator("main")).not_to_contain_text(shift.exact_place)
    event.shift(shift.id).check()
    event.sign_up(mina.email).says("Your place is held")
    page = mina.follow(mina.mail("Please confirm"))
    page.press("Confirm my place")
    expect(page.main).not_to_contain_text(shift.exact_place)
    (row,) = lantern.records.sign_ups_of(mina.email)
    assert row.state == "pending", "the role is a vetted one"
    lantern.command("vet", str(row.id), "--by", "Aoife").check_returncode()
    mina.page.goto(f"{lantern.address}/me/sign-ups/{row.id}")
    expect(MyHelpPage(mina.page).main).to_contain_text(shift.exact_place)
    assert EventPage(stranger.page, lantern.address).open(shift.event_id).shift(shift.id).is_visible()
    expect(stranger.page.locator("body")).not_to_contain_text(shift.exact_place)


def test_a_double_click_and_the_way_back_hold_one_place(lantern: Lantern, come: Come) -> None:
    mina, shift = come(), lantern.records.fresh_shift("Washing up")
    event = mina.event(shift.event_id)
    event.shift(shift.id).check()
    event.name.fill("Mina")
    event.email.fill(mina.email)
    event.adult.check()
    event.button.dblclick(no_wait_after=True)
    expect(mina.page.locator("h1")).to_contain_text("Your place is held")
    mina.page.go_back()
    event.button.click()
    expect(mina.page.locator("h1")).to_contain_text("Your place is held")
    (row,) = lantern.records.sign_ups_of(mina.email)
    assert (row.state, row.taken) == ("pending", shift.taken + 1)
    mina.mail("Please confirm")
    assert len(lantern.mails_to(mina.email)) == 1


def _states(lantern: Lantern, *volunteers: Volunteer) -> list[str]:
    return [row.state for one in volunteers for row in lantern.records.sign_ups_of(one.email)]


def _calendar_of(mail: Any) -> Any:
    return next(iter(mail.iter_attachments()))


def _assert_discreet(lantern: Lantern, volunteer: Volunteer) -> None:
    """Fail if a mail says what it is about: a campaign, an event, a role, or the name that somebody goes by."""
    shifts = lantern.records.coming_shifts()
    never = {*lantern.records.never_said(), *(one.title.lower() for one in shifts), "민아"}
    never |= {one.role.lower() for one in shifts}

    def look() -> None:
        assert len(lantern.mails_to(volunteer.email)) == 2

    eventually(look)
    for mail in lantern.mails_to(volunteer.email):
        told = told_by(mail).lower()
        assert [word for word in never if word in told] == []
