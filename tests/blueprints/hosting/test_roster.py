"""The roster: names and no addresses, each look noted and shown, one button to check in, hours, and messages."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.volunteers.models import HostMessage, NameLook, SignUp
from tests.blueprints.hosting.member import Member
from tests.blueprints.volunteers.helper import Helper
from tests.foundation.pages import Page, PageClient, text_of
from tests.foundation.statements import counted

LONG_AGO = {"moment": now() - timedelta(days=3)}
PATHS = ["/roster", "/shifts/{shift}/hours", "/shifts/{shift}/message"]


@pytest.mark.both_databases
def test_a_roster_has_names_and_no_addresses_and_each_look_is_shown_to_those_on_it(
    app: Flask, ann: Member
) -> None:
    event_id, shift_id = door(ann)
    ann.taken_by(shift_id, "mina@example.org", "min@example.org", **LONG_AGO)
    page = ann.page.get(f"/hosting/events/{event_id}/roster")
    assert names(page) == ["mina", "min"]
    assert "@" not in text_of(page.one(".//main"))
    assert looks(ann) == [("Ann", "mina@example.org"), ("Ann", "min@example.org")]

    Member(app, "org@example.org", Role.ORGANIZER, name="Orla").page.get(f"/hosting/events/{event_id}/roster")
    ann.page.get(f"/hosting/events/{event_id}/shifts/{shift_id}/hours")
    mina = Helper(app, PageClient(app.test_client()), "mina@example.org").follow()
    shown = [text_of(one) for one in mina.all(".//section[@aria-labelledby='looks-title']//li")]
    assert len(shown) == 2
    assert any(one.startswith("Orla") for one in shown)
    assert any(one.startswith("Ann") and "(2 times that day)" in one for one in shown)


def test_looking_at_one_shift_notes_nobody_of_another(ann: Member) -> None:
    event_id, shift_id = door(ann)
    other = ann.shift(event_id, starts_at=now() + timedelta(days=1))
    ann.taken_by(shift_id, "mina@example.org", **LONG_AGO)
    ann.taken_by(other, "min@example.org")
    page = ann.page.get(f"/hosting/events/{event_id}/roster?shift={other}")
    assert (names(page), [email for _, email in looks(ann)]) == (["min"], ["min@example.org"])


def test_a_stranger_s_look_is_refused_and_reaches_no_name(ann: Member, bo: Member) -> None:
    event_id, shift_id = door(ann)
    ann.taken_by(shift_id, "mina@example.org", **LONG_AGO)
    own, _ = door(bo)
    for path in PATHS:
        assert bo.page.get(f"/hosting/events/{event_id}{path.format(shift=shift_id)}").status == 404
    assert bo.page.get(f"/hosting/events/{own}/roster?shift={shift_id}").status == 404
    for path in PATHS[1:]:
        assert bo.page.get(f"/hosting/events/{own}{path.format(shift=shift_id)}").status == 404
    assert looks(ann) == []


def test_an_event_that_was_never_published_has_no_roster(ann: Member) -> None:
    event_id = ann.event(status="proposed")
    shift_id = ann.shift(event_id)
    for path in PATHS:
        assert ann.page.get(f"/hosting/events/{event_id}{path.format(shift=shift_id)}").status == 404


def test_one_button_checks_somebody_in_and_another_takes_it_back(ann: Member) -> None:
    event_id, shift_id = door(ann)
    (one, two) = ann.taken_by(shift_id, "mina@example.org", "min@example.org", **LONG_AGO)
    page = ann.page.get(f"/hosting/events/{event_id}/roster")
    for button, state, late in (
        ("here", "attended", False),
        ("expected", "confirmed", False),
        ("late", "attended", True),
    ):
        answer = ann.send(page, f"/hosting/events/{event_id}/sign-ups/{one}/mark", mark=button)
        assert (answer.status, answer.location) == (
            303,
            f"/hosting/events/{event_id}/roster?shift={shift_id}",
        )
        row = ann.row(SignUp, one)
        assert (row.state, row.late) == (state, late)
    ann.send(page, f"/hosting/events/{event_id}/sign-ups/{two}/mark", mark="missed")
    seen = ann.page.get(f"/hosting/events/{event_id}/roster")
    assert "1 of 2 are here" in seen.text
    assert "Here, late" in seen.text and "Did not come" in seen.text


@pytest.mark.parametrize("mark", ["", "HERE", "attended", "x"])
def test_a_mark_that_is_no_button_is_refused(ann: Member, mark: str) -> None:
    event_id, shift_id = door(ann)
    (one,) = ann.taken_by(shift_id, "mina@example.org", **LONG_AGO)
    assert ann.press(f"/hosting/events/{event_id}/sign-ups/{one}/mark", mark=mark).status == 422
    assert ann.row(SignUp, one).state == "confirmed"


def test_nobody_is_marked_through_another_event(ann: Member, bo: Member) -> None:
    event_id, shift_id = door(ann)
    (one,) = ann.taken_by(shift_id, "mina@example.org", **LONG_AGO)
    own, _ = door(bo)
    for path in (f"{own}/sign-ups/{one}", f"{event_id}/sign-ups/{one}", f"{own}/sign-ups/99999999999"):
        assert bo.press(f"/hosting/events/{path}/mark", mark="here").status == 404
    assert ann.row(SignUp, one).state == "confirmed"


def test_before_the_door_opens_there_is_no_button_and_a_sent_mark_is_told_when(ann: Member) -> None:
    event_id = ann.event()
    shift_id = ann.shift(event_id)
    (one,) = ann.taken_by(shift_id, "mina@example.org")
    page = ann.page.get(f"/hosting/events/{event_id}/roster")
    assert page.all(".//button[@name='mark']") == []
    told = ann.press(f"/hosting/events/{event_id}/sign-ups/{one}/mark", mark="here")
    assert (
        "Who is here can be marked from" in ann.page.get(told.location or "").one(".//p[@role='status']").text
    )
    assert ann.row(SignUp, one).state == "confirmed"
    assert ann.page.get(f"/hosting/events/{event_id}/shifts/{shift_id}/hours").status == 404


@pytest.mark.parametrize(
    ("typed", "told"), [("1", "1 hour"), ("2", "2 hours"), ("0,33", "0.33 hours"), ("1.5", "1.5 hours")]
)
def test_hours_stand_on_the_roster_as_one_would_write_them(ann: Member, typed: str, told: str) -> None:
    event_id, shift_id = door(ann, hours_ago=5)
    (one,) = ann.taken_by(shift_id, "mina@example.org", **LONG_AGO)
    ann.press(f"/hosting/events/{event_id}/shifts/{shift_id}/hours", **{f"hours-{one}": typed})
    page = ann.page.get(f"/hosting/events/{event_id}/roster?shift={shift_id}")
    (stands,) = page.all(".//p[@class='roster-name']/span")
    assert text_of(stands) == f"Here, {told}"
    assert "Change the hours" in page.text
    assert "Close with hours" not in page.text


def test_hours_are_written_down_counted_on_my_help_and_can_be_put_right(app: Flask, ann: Member) -> None:
    event_id, shift_id = door(ann, hours_ago=5)
    one, two, three = ann.taken_by(shift_id, "a@example.org", "b@example.org", "c@example.org", **LONG_AGO)
    ann.press(f"/hosting/events/{event_id}/sign-ups/{one}/mark", mark="here")
    path = f"/hosting/events/{event_id}/shifts/{shift_id}/hours"
    page = ann.page.get(path)
    assert [page.field(f"hours-{ident}").get("value") for ident in (one, two, three)] == ["2", "", ""]
    sent: dict[str, Any] = {f"hours-{one}": "1.5", f"hours-{two}": "0,75", f"hours-{three}": ""}
    answer = ann.send(page, path, **sent)
    assert answer.status == 303
    assert "Written down: 2 people helped." in ann.page.get(answer.location or "").text
    rows = [ann.row(SignUp, ident) for ident in (one, two, three)]
    assert [(row.state, row.minutes) for row in rows] == [
        ("attended", 90),
        ("attended", 45),
        ("no-show", None),
    ]
    helped = Helper(app, PageClient(app.test_client()), "a@example.org").follow()
    assert "One shift, 1.5 hours. Thank you." in helped.text
    missed = Helper(app, PageClient(app.test_client()), "c@example.org").follow()
    assert "A host noted that you did not come" in missed.text
    assert "Thank you." not in text_of(missed.one(".//main"))


@pytest.mark.parametrize("wrong", ["two", "-1", "25", "1.234", "1e3", "١", "nan"])
def test_hours_that_can_not_be_read_are_told_and_nothing_is_written(ann: Member, wrong: str) -> None:
    event_id, shift_id = door(ann)
    one, two = ann.taken_by(shift_id, "a@example.org", "b@example.org", **LONG_AGO)
    sent: dict[str, Any] = {f"hours-{one}": wrong, f"hours-{two}": "1"}
    page = ann.press(f"/hosting/events/{event_id}/shifts/{shift_id}/hours", **sent)
    assert (page.status, page.field(f"hours-{one}").get("aria-invalid")) == (422, "true")
    assert page.field(f"hours-{one}").get("value") == wrong
    assert page.field(f"hours-{two}").get("aria-invalid") is None
    assert [ann.row(SignUp, ident).state for ident in (one, two)] == ["confirmed", "confirmed"]


def test_a_message_is_previewed_sent_once_to_each_and_says_who_got_it_by_number(ann: Member) -> None:
    event_id, shift_id = door(ann, places=3)
    ann.taken_by(shift_id, "mina@example.org", "min@example.org", **LONG_AGO)
    ann.taken_by(shift_id, "claim@example.org", proved=False, **LONG_AGO)
    path = f"/hosting/events/{event_id}/shifts/{shift_id}/message"
    page = ann.press(f"{path}/preview", text="The door is <blue>.\nRing twice.")
    assert page.status == 200
    assert "The door is <blue>. Ring twice." in text_of(page.by_id("preview"))
    assert "Send to 2 people" in page.text
    assert (ann.count(HostMessage), ann.mails("host_message")) == (0, [])
    assert "@" not in text_of(page.one(".//main"))

    done = ann.send(page, path, text="The door is <blue>.\r\nRing twice.")
    assert "Sent to 2 people." in ann.page.get(done.location or "").text
    assert ann.mails("host_message") == ["min@example.org", "mina@example.org"]
    message = ann.only(HostMessage)
    assert (message.text, message.person_id) == ("The door is <blue>.\nRing twice.", ann.person_id)


@pytest.mark.parametrize("wrong", ["", "  ", "x" * 1001, "a\0b"])
def test_a_message_that_can_not_be_sent_is_told(ann: Member, wrong: str) -> None:
    event_id, shift_id = door(ann)
    ann.taken_by(shift_id, "mina@example.org", **LONG_AGO)
    path = f"/hosting/events/{event_id}/shifts/{shift_id}/message"
    for way in (path, f"{path}/preview"):
        assert ann.press(way, text=wrong).status == 422
    assert ann.mails("host_message") == []


@pytest.mark.settings(RATELIMIT_HOST_MAIL="2 per day")
def test_one_account_writes_only_so_often_a_day(ann: Member) -> None:
    event_id, shift_id = door(ann)
    ann.taken_by(shift_id, "mina@example.org", **LONG_AGO)
    path = f"/hosting/events/{event_id}/shifts/{shift_id}/message"
    assert [ann.press(path, text=f"Hello {n}").status for n in range(3)] == [303, 303, 429]
    assert len(ann.mails("host_message")) == 2


def test_a_roster_asks_as_much_for_many_as_for_few(ann: Member) -> None:
    event_id, shift_id = door(ann, places=40)
    ann.taken_by(shift_id, "a@example.org", **LONG_AGO)
    few = statements_of(ann, f"/hosting/events/{event_id}/roster")
    ann.taken_by(shift_id, *(f"p{n}@example.org" for n in range(12)), **LONG_AGO)
    assert statements_of(ann, f"/hosting/events/{event_id}/roster") == few


def statements_of(member: Member, path: str) -> int:
    with counted(member.app) as statements:
        assert member.page.get(path).status == 200
    return len(statements)


def door(member: Member, *, hours_ago: int = 0, **facts: Any) -> tuple[int, int]:
    """An event of the member with a shift that began half an hour ago, or more hours; gives both ids."""
    event_id = member.event()
    start = now() - timedelta(hours=hours_ago, minutes=30)
    return event_id, member.shift(event_id, starts_at=start, **({"places": 4} | facts))


def names(page: Page) -> list[str]:
    return [text_of(one) for one in page.all(".//p[@class='roster-name']/bdi")]


def looks(member: Member) -> list[tuple[str, str]]:
    with member.app.app_context():
        rows = select(NameLook).order_by(NameLook.id)
        found = []
        for look in db.session.scalars(rows):
            person = db.session.get_one(SignUp, look.sign_up_id).person
            found.append((look.looked_by, person.email if person else ""))
        return found
