"""A person's own help: seen by link, proved with one button, given back, renamed, and left without a trace."""

from datetime import timedelta

import pytest

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.people.models import Person
from portal.domain.volunteers import mailed_links, service
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.queries import get_sign_up
from tests.blueprints.volunteers.helper import MINA, Helper
from tests.foundation.pages import text_of
from tests.foundation.statements import traced

STATES = SignUpState
HIDDEN = {"place_hidden": True, "place": "Rivermouth", "exact_place": "12 Quay Street"}


def test_without_a_link_my_help_asks_where_to_mail_one(mina: Helper) -> None:
    seen = mina.page.get("/me")
    assert (seen.status, seen.heading) == (200, "My help")
    assert seen.field("email").get("type") == "email"


def test_the_link_is_mailed_to_who_helps_and_the_answer_is_the_same_for_anybody(mina: Helper) -> None:
    mina.sign_up()
    told = [_ask(mina, email) for email in (" Mina@Example.org ", "nobody@example.org")]
    assert told[0] == told[1]
    assert mina.mails().count("help_link") == 1
    assert mina.count(Person) == 1, "asking must not make a person"


def test_asking_for_the_link_is_the_same_work_for_anybody(mina: Helper) -> None:
    mina.sign_up()
    seen = mina.page.get("/me")
    for email in (MINA, "nobody@example.org"):
        with traced(mina.app) as statements:
            mina.press(seen, "/me/link", email=email)
        written = [one for one in statements if one.startswith("INSERT")]
        assert 1 <= len(written) <= 2
        assert "outbox_mail" in written[-1]


def test_somebody_who_only_gave_is_not_mailed_about_help(mina: Helper) -> None:
    with mina.database():
        db.session.add(Person(email=MINA))
    _ask(mina, MINA)
    assert mina.mails() == []


@pytest.mark.parametrize("typed", ["", "mina@", "a" * 300 + "@example.org"])
def test_an_address_that_no_mail_can_go_to_is_told_beside_its_field(mina: Helper, typed: str) -> None:
    answer = mina.press(mina.page.get("/me"), "/me/link", email=typed)
    assert (answer.status, answer.field("email").get("aria-invalid")) == (422, "true")


@pytest.mark.settings(RATELIMIT_LINK_MAIL="2 per hour")
def test_one_mailbox_is_not_flooded_whoever_asks(mina: Helper, other: Helper) -> None:
    asked = [_ask_status(browser, MINA) for browser in (mina, other, mina)]
    assert asked == [303, 303, 429]
    assert _ask_status(mina, "else@example.org") == 303


@pytest.mark.settings(RATELIMIT_LINK="2 per hour")
def test_one_network_address_can_not_ask_for_ever(mina: Helper) -> None:
    assert [_ask_status(mina, f"{number}@example.org") for number in range(3)] == [303, 303, 429]


def test_my_help_tells_where_each_sign_up_stands(mina: Helper, other: Helper) -> None:
    mina.sign_up(shift={"role": "Tea"})
    mina.sign_up(shift={"role": "School", "vetted": True, "starts_at": now() + timedelta(days=12)})
    full = other.sign_up(shift={"places": 1, "role": "Door", "starts_at": now() + timedelta(days=14)})
    mina.sign_up(shift_id=mina.row(full).shift_id)
    late = {"role": "Late", "starts_at": now() + timedelta(days=16)}
    mina.sign_up(shift=late, proved=False)
    rows = [text_of(item) for item in mina.follow().all(".//li[@class]")]
    assert len(rows) == 4
    told = zip(
        rows,
        ("Confirmed", "an organizer looks", "number 1 in line", "Not confirmed yet, held until"),
        strict=True,
    )
    assert [(row, words) for row, words in told if words not in row] == []


def test_what_is_not_proved_stands_on_top_with_the_way_to_do_it(mina: Helper) -> None:
    mina.sign_up(proved=False)
    seen = mina.follow()
    assert "One shift waits for you" in seen.text
    assert "/me/confirm" in seen.links


def test_a_past_shift_of_one_hour_is_told_as_one_would_say_it(mina: Helper) -> None:
    past = now() - timedelta(days=3)
    mina.sign_up(shift={"starts_at": past, "hours": 1}, moment=past - timedelta(days=2))
    assert "One shift, 1 hour. Thank you." in mina.follow().text


def test_past_shifts_are_counted_with_their_hours(mina: Helper) -> None:
    past = now() - timedelta(days=3)
    for hours in (1, 2):
        start = past + timedelta(days=hours - 1)
        mina.sign_up(shift={"starts_at": start, "hours": hours}, moment=past - timedelta(days=9))
    assert "2 shifts, 3 hours" in mina.follow().text


def test_a_hidden_place_is_told_to_whoever_is_expected_there_and_to_nobody_else(mina: Helper) -> None:
    held = mina.sign_up(event=HIDDEN, proved=False)
    for path in ("/me", f"/me/sign-ups/{held}", "/me/confirm"):
        mina.follow()
        assert "Quay Street" not in mina.page.get(path).source, path
    mina.press(mina.page.get("/me/confirm"), "/me/confirm")
    assert "Quay Street" in mina.page.get(f"/me/sign-ups/{held}").text
    assert "Quay Street" in mina.page.get("/me").text


def test_a_hidden_place_of_a_vetted_role_waits_for_the_organizer(mina: Helper) -> None:
    held = mina.sign_up(event=HIDDEN, shift={"vetted": True})
    assert "Quay Street" not in mina.follow(links.SIGN_UP, sign_up=held).source
    with mina.database():
        service.vet(get_sign_up(held), "Aoife", now())
    assert "Quay Street" in mina.page.get(f"/me/sign-ups/{held}").text


def test_a_hidden_place_is_no_longer_told_to_who_gave_it_back(mina: Helper) -> None:
    held = mina.sign_up(event=HIDDEN)
    mina.press(mina.follow(links.SIGN_UP, sign_up=held), f"/me/sign-ups/{held}/cancel")
    assert "Quay Street" not in mina.page.get(f"/me/sign-ups/{held}").source


@pytest.mark.both_databases
def test_one_button_confirms_and_pressing_it_again_changes_nothing(mina: Helper) -> None:
    held = mina.sign_up(proved=False)
    seen = mina.follow(links.PROVE)
    assert (seen.heading, mina.row(held).state) == ("Confirm your place", STATES.PENDING)
    assert [mina.press(seen, "/me/confirm").status for _ in range(2)] == [303, 303]
    assert (mina.row(held).state, mina.person().name) == (STATES.CONFIRMED, "Mina")
    assert mina.mails() == ["sign_up_confirm", "sign_up_confirmed"]
    assert mina.page.get("/me/confirm").heading == "Everything is confirmed"


@pytest.mark.both_databases
def test_of_two_shifts_at_one_time_the_page_asks_which(mina: Helper) -> None:
    held, fresh = _two_at_one_time(mina)
    asked = mina.press(mina.follow(links.PROVE), "/me/confirm")
    assert asked.status == 422
    choices = [item for item in asked.all("input") if item.get("type") == "radio"]
    assert {choice.get("value") for choice in choices} == {str(held), str(fresh)}
    assert [mina.row(one).state for one in (held, fresh)] == [STATES.CONFIRMED, STATES.PENDING]
    name = choices[0].get("name") or ""
    assert mina.press(asked, "/me/confirm", **{name: str(held)}).status == 303
    assert [mina.row(one).state for one in (held, fresh)] == [STATES.CANCELLED, STATES.CONFIRMED]


def test_the_choice_is_there_before_the_button_was_pressed(mina: Helper) -> None:
    held, fresh = _two_at_one_time(mina, roles=("Tea", "Door"))
    seen = mina.follow(links.PROVE)
    radios = [item.get("value") for item in seen.all("input") if item.get("type") == "radio"]
    assert set(radios) == {str(held), str(fresh)}
    told = [text_of(label).split("  ")[0] for label in seen.all("label")]
    assert [("confirmed already" in label) for label in told if label.startswith("Tea")] == [True]
    assert [("confirmed already" in label) for label in told if label.startswith("Door")] == [False]
    assert "The other one goes to whoever is next." in seen.text
    assert "Two of your shifts are at the same time." in seen.text
    assert not seen.all(".//*[@id='problems']")


@pytest.mark.parametrize(
    ("vetted", "full", "heading", "told"),
    [
        (False, False, "Confirm your place", "Thank you, that is confirmed."),
        (True, False, "Confirm your place", "An organizer gets to know you next."),
        (False, True, "Keep your place in the line", "You keep your place in the line."),
    ],
)
def test_the_words_after_the_button_promise_no_more_than_there_is(
    mina: Helper, other: Helper, vetted: bool, full: bool, heading: str, told: str
) -> None:
    taken = other.row(other.sign_up(shift={"places": 1 if full else 2, "vetted": vetted})).shift_id
    mina.sign_up(shift_id=taken, proved=False)
    seen = mina.follow(links.PROVE)
    assert (seen.heading, "Keep my place in the line" in seen.text) == (heading, full)
    after = mina.page.get(mina.press(seen, "/me/confirm").location or "")
    (notice,) = after.all(".//p[@role='status']")
    assert "that is confirmed" in text_of(notice) and text_of(notice).endswith(told)


def test_each_choice_says_what_is_kept_and_sends_what_is_given_back(mina: Helper) -> None:
    held, fresh = _two_at_one_time(mina, roles=("Tea", "Door"))
    asked = mina.press(mina.follow(links.PROVE), "/me/confirm")
    labels = {label.get("for"): text_of(label) for label in asked.all("label")}
    told = {
        labels[item.get("id")].split()[0]: item.get("value")
        for item in asked.all("input")
        if item.get("type") == "radio"
    }
    assert told == {"Tea": str(fresh), "Door": str(held)}


def test_a_made_up_choice_gives_back_nobody_elses_place(mina: Helper, other: Helper) -> None:
    theirs = other.sign_up()
    mina.sign_up(proved=False)
    seen = mina.follow(links.PROVE)
    entries = {"pair-1-2": str(theirs), "pair-x": "²", "pair-": "9" * 40, "pair-y": "-1"}
    assert mina.press(seen, "/me/confirm", **entries).status == 303
    assert other.row(theirs).state == STATES.CONFIRMED


def test_a_place_is_given_back_once_however_often_the_button_is_pressed(mina: Helper) -> None:
    held = mina.sign_up()
    seen = mina.follow(links.SIGN_UP, sign_up=held)
    path = f"/me/sign-ups/{held}/cancel"
    assert [mina.press(seen, path).status for _ in range(2)] == [303, 303]
    assert mina.row(held).state == STATES.CANCELLED
    assert mina.mails().count("sign_up_given_back") == 1
    seen = mina.page.get(f"/me/sign-ups/{held}")
    assert [text_of(told)[:5] for told in seen.all(".//p[@role='status']")] == ["Done:", "Done:"]
    assert "No longer yours" in seen.text


def test_after_the_deadline_the_page_names_whom_to_write_to(mina: Helper) -> None:
    held = mina.sign_up(shift={"starts_at": now() + timedelta(hours=5)})
    seen = mina.follow(links.SIGN_UP, sign_up=held)
    assert "write to" in seen.text
    assert "Give this place back" not in seen.text
    mina.press(mina.page.get("/me/leave"), f"/me/sign-ups/{held}/cancel")
    assert mina.row(held).state == STATES.CONFIRMED
    assert mina.page.get(f"/me/sign-ups/{held}").all(".//p[@role='status']")


def test_a_place_that_came_free_can_be_turned_down_after_the_deadline(mina: Helper, other: Helper) -> None:
    theirs = other.sign_up(shift={"places": 1, "starts_at": now() + timedelta(hours=5)})
    mine = mina.sign_up(shift_id=other.row(theirs).shift_id)
    with mina.database():
        service.cancel(get_sign_up(theirs), now())
    assert mina.row(mine).state == STATES.CONFIRMED
    seen = mina.follow(links.SIGN_UP, sign_up=mine)
    assert "No thanks, pass it on" in seen.text
    mina.press(seen, f"/me/sign-ups/{mine}/cancel")
    assert mina.row(mine).state == STATES.CANCELLED


@pytest.mark.parametrize("place", ["", "/calendar"])
def test_somebody_elses_sign_up_is_not_found(mina: Helper, other: Helper, place: str) -> None:
    mina.sign_up()
    theirs = other.sign_up()
    mina.follow()
    for ident in (theirs, 10**9, 10**30):
        assert mina.page.get(f"/me/sign-ups/{ident}{place}").status == 404


def test_somebody_elses_place_can_not_be_given_back(mina: Helper, other: Helper) -> None:
    mina.sign_up()
    theirs = other.sign_up()
    assert mina.press(mina.follow(), f"/me/sign-ups/{theirs}/cancel").status == 404
    assert other.row(theirs).state == STATES.CONFIRMED


@pytest.mark.parametrize("name", ["김민아", "Ngọc-Ánh 🌊", " x "])
def test_the_name_changes_to_exactly_what_was_typed(mina: Helper, name: str) -> None:
    mina.sign_up()
    assert mina.press(mina.follow(), "/me/name", name=name).status == 303
    assert mina.person().name == name
    assert mina.page.get("/me").field("name").get("value") == name


@pytest.mark.parametrize("name", ["", "www.example.org", "a\u202eb", "x" * 201])
def test_a_name_that_can_not_be_one_is_told_beside_its_field(mina: Helper, name: str) -> None:
    mina.sign_up()
    answer = mina.press(mina.follow(), "/me/name", name=name)
    assert (answer.status, answer.field("name").get("aria-invalid")) == (422, "true")
    assert mina.person().name == "Mina"


def test_reminders_go_off_and_on_as_the_button_says(mina: Helper) -> None:
    mina.sign_up()
    for wanted in ("", "", "y"):
        mina.press(mina.follow(), "/me/reminders", wanted=wanted)
        assert mina.person().wants_reminders is bool(wanted)
    assert mina.page.get("/me").field("wanted").get("value") == ""


def test_who_saw_my_name_is_told_and_so_is_that_nobody_did(mina: Helper, other: Helper) -> None:
    held, theirs = mina.sign_up(), other.sign_up()
    assert "Nobody has opened a list with your name on it." in mina.follow().text
    with mina.database():
        service.note_looks([get_sign_up(held)], "Aoife", now())
        service.note_looks([get_sign_up(theirs)], "Brendan", now())
    seen = mina.page.get("/me").text
    assert ("Aoife" in seen, "Brendan" in seen) == (True, False)


@pytest.mark.both_databases
def test_withdrawing_all_links_closes_every_browser_and_mails_a_new_one(mina: Helper) -> None:
    mina.sign_up()
    old, feed = mina.token(links.HELP), mina.token(links.CALENDAR)
    told = mina.press(mina.follow(), "/me/links/renew")
    assert (told.status, mina.mails()[-1]) == (303, "help_link")
    assert mina.page.get("/me").field("email") is not None
    assert [mina.page.get(path).status for path in (f"/s/{old}", f"/calendar/{feed}")] == [410, 410]
    assert mina.follow().status == 200


def test_a_browser_that_followed_an_old_link_is_shut_out_when_links_are_withdrawn(mina: Helper) -> None:
    held = mina.sign_up()
    seen = mina.follow()
    with mina.database():
        mailed_links.renew_links(mina.person().id, now())
    assert mina.press(seen, f"/me/sign-ups/{held}/cancel").status == 410
    assert mina.row(held).state == STATES.CONFIRMED


@pytest.mark.parametrize(
    "path",
    ["confirm", "name", "reminders", "links/renew", "calendar/renew", "leave", "sign-ups/1/cancel"],
)
def test_nothing_is_changed_without_a_link_followed(mina: Helper, path: str) -> None:
    mina.sign_up(proved=False)
    before = mina.person()
    answer = mina.press(mina.page.get("/me"), f"/me/{path}", name="Eve", wanted="")
    after = mina.person()
    assert answer.status == 404
    for fact in ("name", "link_nonce", "calendar_nonce", "wants_reminders", "proved_at"):
        assert getattr(after, fact) == getattr(before, fact)
    assert mina.count(SignUp) == 1


@pytest.mark.parametrize("path", ["me", "me/confirm", "me/leave", "me/sign-ups/1"])
def test_own_pages_are_stored_and_listed_by_nobody(mina: Helper, path: str) -> None:
    mina.sign_up()
    mina.follow()
    seen = mina.page.get(f"/{path}")
    assert seen.headers["Cache-Control"] == "no-store"
    assert seen.one(".//meta[@name='robots']").get("content") == "noindex"


def test_my_help_takes_few_statements_however_many_sign_ups_there_are(mina: Helper) -> None:
    for day in range(1, 6):
        mina.sign_up(shift={"starts_at": now() + timedelta(days=day + 1)})
    mina.follow()
    with traced(mina.app) as statements:
        mina.page.get("/me")
    assert sum(one.startswith("SELECT") for one in statements) <= 5, statements


def _ask(browser: Helper, email: str) -> tuple[int, str | None, str]:
    answer = browser.press(browser.page.get("/me"), "/me/link", email=email)
    return answer.status, answer.location, browser.page.get("/me").text


def _ask_status(browser: Helper, email: str) -> int:
    return _ask(browser, email)[0]


def _two_at_one_time(mina: Helper, roles: tuple[str, str] = ("Tea", "Door")) -> tuple[int, int]:
    start = (now() + timedelta(days=10)).replace(microsecond=0)
    held = mina.sign_up(shift={"starts_at": start, "role": roles[0]})
    late = {"starts_at": start + timedelta(hours=1), "role": roles[1]}
    return held, mina.sign_up(shift=late, proved=False)
