"""Changing an event: what changes and who is told is shown before it is done, and only its hosts can do it."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role, User
from portal.domain.events.models import Event, EventHost, Shift
from portal.domain.messages.models import OutboxMail
from tests.blueprints.hosting.member import Member
from tests.foundation.pages import text_of

DUBLIN = ZoneInfo("Europe/Dublin")
DETAILS: dict[str, Any] = {
    "title": "Language café",
    "summary": "Two hours of talking, with tea.",
    "place": "Rivermouth",
    "exact_place": "Library, 2nd floor",
    "what_to_bring": "Nothing.",
    "languages": ["en", "ko"],
    "names_seen_by": "hosts",
}
PATHS = ["", "/edit", "/copy", "/call-off", "/shifts/{shift}"]
FORMS = [
    "/propose", "/take-back", "/hosts", "/hosts/remove", "/hosts/accept", "/hosts/decline", "/edit", "/edit/preview",
    "/shifts/{shift}", "/call-off", "/copy", "/copy/preview",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_pages_of_an_event_are_its_hosts_and_the_organizers_alone(
    app: Flask, ann: Member, bo: Member, path: str
) -> None:
    event_id = ann.event()
    shift_id = ann.shift(event_id)
    bo.shift(bo.event())
    address = f"/hosting/events/{event_id}{path.format(shift=shift_id)}"
    assert ann.page.get(address).status == 200
    assert bo.page.get(address).status == 404
    statuses = [Member(app, f"{role}@example.org", role).page.get(address).status for role in Role]
    assert dict(zip(Role, statuses, strict=True)) == {"organizer": 200, "treasurer": 404, "admin": 200}
    nobody = Member(app, "nobody@example.org")
    nobody.page.client.delete_cookie("session")
    assert nobody.page.get(address).status in (303, 404)


@pytest.mark.parametrize("path", FORMS)
def test_nobody_else_changes_anything_of_it(ann: Member, bo: Member, path: str) -> None:
    event_id = ann.event()
    shift_id = ann.shift(event_id)
    ann.taken_by(shift_id, "mina@example.org")
    before = state_of(ann)
    answer = bo.press(
        f"/hosting/events/{event_id}{path.format(shift=shift_id)}",
        **DETAILS | {"first_day": "2030-01-01", "no_crossing": "y", "no_payment_inside": "y", "person": ann.person_id},
        day="2030-01-01", starts="10:00", ends="12:00", email="bo@example.org",
    )  # fmt: skip
    assert answer.status == 404
    assert state_of(ann) == before


def test_a_shift_of_another_event_is_not_found_through_ones_own(ann: Member, bo: Member) -> None:
    own, other = ann.event(), bo.event()
    foreign = bo.shift(other)
    assert ann.page.get(f"/hosting/events/{own}/shifts/{foreign}").status == 404
    sent = {"day": "2030-01-01", "starts": "10:00", "ends": "12:00", "places": "5"}
    assert ann.press(f"/hosting/events/{own}/shifts/{foreign}", **sent).status == 404
    assert ann.row(Shift, foreign).places == 2


@pytest.mark.parametrize("ident", ["999999999999999999999", "2147483648", "0"])
def test_an_event_that_can_not_be_is_not_found(ann: Member, ident: str) -> None:
    assert ann.page.get(f"/hosting/events/{ident}").status == 404
    assert ann.press(f"/hosting/events/{ident}/hosts/accept").status == 404
    assert ann.press(f"/hosting/events/{ident}/hosts/decline").status == 404


def test_the_preview_of_a_change_says_what_and_how_many_and_keeps_nothing(ann: Member) -> None:
    event_id = crowded(ann)
    page = ann.press(
        f"/hosting/events/{event_id}/edit/preview", **DETAILS | {"place": "East", "title": "Café"}
    )
    assert page.status == 200
    shown = text_of(page.by_id("preview"))
    assert "Town or quarter: Rivermouth → East" in shown
    assert "Title: Language café" in shown
    assert "2 people will be told by mail." in shown
    assert page.field("place").get("value") == "East"
    assert (ann.row(Event, event_id).place, ann.mails("event_changed")) == ("Rivermouth", [])

    done = ann.press(f"/hosting/events/{event_id}/edit", **DETAILS | {"place": "East", "title": "Café"})
    assert (done.status, ann.row(Event, event_id).place) == (303, "East")
    assert ann.mails("event_changed") == ["min@example.org", "mina@example.org"]
    assert "2 people are told by mail" in ann.page.get(done.location or "").text


def test_sending_the_same_change_twice_tells_once(ann: Member) -> None:
    event_id = crowded(ann)
    for _ in range(2):
        ann.press(f"/hosting/events/{event_id}/edit", **DETAILS | {"place": "East"})
    assert len(ann.mails("event_changed")) == 2


def test_better_words_tell_nobody(ann: Member) -> None:
    event_id = crowded(ann)
    page = ann.press(f"/hosting/events/{event_id}/edit/preview", **DETAILS | {"summary": "Better."})
    assert "Nobody has to be told." in text_of(page.by_id("preview"))
    ann.press(f"/hosting/events/{event_id}/edit", **DETAILS | {"summary": "Better."})
    assert (ann.row(Event, event_id).summary, ann.mails("event_changed")) == ("Better.", [])


def test_names_are_not_shown_to_more_people_than_was_promised(ann: Member) -> None:
    event_id = crowded(ann)
    for path in ("edit", "edit/preview"):
        page = ann.press(f"/hosting/events/{event_id}/{path}", **DETAILS | {"names_seen_by": "shift"})
        assert (page.status, "only the hosts see" in text_of(page.by_id("names_seen_by-errors"))) == (
            422,
            True,
        )
    assert ann.row(Event, event_id).names_seen_by == "hosts"


def test_what_can_not_be_changed_is_not_read(ann: Member) -> None:
    event_id, other = crowded(ann), ann.campaign()
    before = ann.row(Event, event_id)
    sent = {"campaign": other, "timezone": "Asia/Seoul", "status": "draft", "proposed_by": 1, "demo": "y"}
    assert ann.press(f"/hosting/events/{event_id}/edit", **DETAILS | sent).status == 303
    after = ann.row(Event, event_id)
    for name in ("campaign_id", "timezone", "status", "proposed_by", "demo"):
        assert getattr(after, name) == getattr(before, name), name


def test_wrong_entries_of_a_change_are_told_and_kept(ann: Member) -> None:
    event_id = crowded(ann)
    page = ann.press(f"/hosting/events/{event_id}/edit", **DETAILS | {"title": " ", "place": "East"})
    assert (page.status, page.field("place").get("value")) == (422, "East")
    assert ann.row(Event, event_id).place == "Rivermouth"


def test_a_shift_gets_another_time_and_its_people_are_told(ann: Member) -> None:
    event_id = crowded(ann)
    shift_id = shift_of(ann, event_id)
    page = ann.page.get(f"/hosting/events/{event_id}/shifts/{shift_id}")
    assert "2 people hold a place or wait" in page.text
    day = (now() + timedelta(days=30)).date()
    sent = {"day": f"{day}", "starts": "18:00", "ends": "01:00", "places": "1"}
    assert ann.press(f"/hosting/events/{event_id}/shifts/{shift_id}", **sent).status == 303
    shift = ann.row(Shift, shift_id)
    assert f"{shift.starts_at.astimezone(DUBLIN):%Y-%m-%d %H:%M}" == f"{day} 18:00"
    assert (shift.ends_at - shift.starts_at, shift.taken, shift.waiting) == (timedelta(hours=7), 1, 1)
    assert ann.mails("sign_up_changed") == ["min@example.org", "mina@example.org"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": "x"}, "day"),
        ({"day": "2020-01-01"}, "day"),
        ({"starts": "9"}, "starts"),
        ({"ends": ""}, "ends"),
        ({"places": "0"}, "places"),
        ({"places": "501"}, "places"),
        ({"day": "2030-03-31", "starts": "01:30"}, "starts"),
    ],
)
def test_a_shift_with_wrong_entries_stays_as_it_was(ann: Member, wrong: dict[str, str], field: str) -> None:
    event_id = crowded(ann)
    shift_id = shift_of(ann, event_id)
    before = ann.row(Shift, shift_id)
    sent = {"day": "2030-06-01", "starts": "10:00", "ends": "12:00", "places": "5"} | wrong
    page = ann.press(f"/hosting/events/{event_id}/shifts/{shift_id}", **sent)
    assert page.status == 422
    assert text_of(page.by_id(f"{field}-errors"))
    after = ann.row(Shift, shift_id)
    assert (after.starts_at, after.ends_at, after.places) == (before.starts_at, before.ends_at, before.places)
    assert ann.mails("sign_up_changed") == []


def test_calling_off_asks_once_and_tells_everybody_once(ann: Member) -> None:
    event_id = crowded(ann)
    page = ann.page.get(f"/hosting/events/{event_id}/call-off")
    assert "2 people are told by mail at once" in page.text
    for _ in range(2):
        assert ann.send(page, f"/hosting/events/{event_id}/call-off").status == 303
    assert ann.row(Event, event_id).status == "cancelled"
    assert ann.mails("sign_up_cancelled") == ["min@example.org", "mina@example.org"]
    for path in ("/call-off", "/edit", f"/shifts/{shift_of(ann, event_id)}"):
        assert ann.page.get(f"/hosting/events/{event_id}{path}").status == 404
    assert ann.press(f"/hosting/events/{event_id}/edit", **DETAILS).status == 404


@pytest.mark.parametrize("trusted", [True, False])
def test_a_copy_has_the_same_shifts_on_other_days_and_nobody_in_them(ann: Member, trusted: bool) -> None:
    if trusted:
        ann.trust()
    event_id = crowded(ann)
    day = (now() + timedelta(days=90)).date()
    sent = {"first_day": f"{day}", "no_crossing": "y", "no_payment_inside": "y"}
    page = ann.press(f"/hosting/events/{event_id}/copy/preview", **sent)
    assert (page.status, text_of(page.by_id("preview-title"))) == (200, "1 shift")
    assert ann.count(Event) == 1
    made = ann.press(f"/hosting/events/{event_id}/copy", **sent)
    copy_id = int((made.location or "").rpartition("/")[2])
    copied, shift = ann.row(Event, copy_id), ann.row(Shift, shift_of(ann, copy_id))
    assert (copied.status, copied.proposed_by) == ("published" if trusted else "proposed", ann.person_id)
    assert f"{shift.starts_at.astimezone(DUBLIN):%Y-%m-%d}" == f"{day}"
    assert (shift.taken, shift.waiting, shift.role) == (0, 0, "Language partner")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_day": "x"}, "first_day"),
        ({"first_day": "2020-01-01"}, "first_day"),
        ({"no_crossing": ""}, "no_crossing"),
    ],
)
def test_a_copy_with_wrong_entries_is_not_made(ann: Member, wrong: dict[str, str], field: str) -> None:
    event_id = crowded(ann)
    sent = {"first_day": "2030-01-01", "no_crossing": "y", "no_payment_inside": "y"} | wrong
    page = ann.press(
        f"/hosting/events/{event_id}/copy", **{name: value for name, value in sent.items() if value}
    )
    assert (page.status, bool(text_of(page.by_id(f"{field}-errors"))), ann.count(Event)) == (422, True, 1)


def test_a_co_host_is_asked_by_address_and_is_one_once_they_say_yes(ann: Member, bo: Member) -> None:
    event_id = ann.event()
    ann.shift(event_id)
    path = f"/hosting/events/{event_id}"
    told = [
        ann.page.get(ann.press(f"{path}/hosts", email=to).location or "")
        for to in ("BO@example.org", "x@example.org")
    ]
    notices = {text_of(one) for page in told for one in page.all(".//p[@role='status']")}
    assert len(notices) == 1
    assert not [page for page in told if "bo@example.org" in page.source or "Bo" in page.text]
    assert ann.mails("host_asked") == ["bo@example.org"]
    assert bo.page.get(path).status == 404
    assert "Somebody asks for your help" in bo.page.get("/hosting").text
    assert bo.press(f"{path}/hosts/accept").status == 303
    assert bo.page.get(path).status == 200
    assert "Bo" in text_of(ann.page.get(path).one(".//main"))
    assert "bo@example.org" not in ann.page.get(path).source


def test_an_account_that_is_closed_is_not_asked(ann: Member, bo: Member) -> None:
    event_id = ann.event()
    with bo.database():
        db.session.get_one(User, bo.user_id).active = False
    assert ann.press(f"/hosting/events/{event_id}/hosts", email="bo@example.org").status == 303
    assert (ann.mails("host_asked"), ann.count(EventHost)) == ([], 1)


def test_who_says_no_or_was_never_asked_is_no_host(ann: Member, bo: Member) -> None:
    event_id = ann.event()
    path = f"/hosting/events/{event_id}/hosts"
    assert bo.press(f"{path}/accept").status == bo.press(f"{path}/decline").status == 404
    ann.press(path, email="bo@example.org")
    assert bo.press(f"{path}/decline").status == 303
    assert bo.press(f"{path}/accept").status == 404
    assert ann.count(EventHost) == 1


def test_hosts_are_taken_off_but_the_last_one_stays(ann: Member, bo: Member) -> None:
    event_id = ann.event()
    ann.shift(event_id)
    path = f"/hosting/events/{event_id}/hosts"
    assert (
        "Ask another person to be a host first"
        in ann.page.get(ann.press(f"{path}/decline").location or "").text
    )
    ann.press(path, email="bo@example.org")
    bo.press(f"{path}/accept")
    ann.press(f"{path}/remove", person=bo.person_id)
    assert bo.page.get(f"/hosting/events/{event_id}").status == 404
    for sent in ("", "x", "-1", "٣", "9" * 40, str(ann.person_id)):
        ann.press(f"{path}/remove", person=sent)
    assert ann.only(EventHost).person_id == ann.person_id


@pytest.mark.settings(RATELIMIT_HOST_MAIL="2 per day")
def test_one_account_asks_only_so_many_people_a_day(ann: Member) -> None:
    path = f"/hosting/events/{ann.event()}/hosts"
    assert [ann.press(path, email=f"{n}@example.org").status for n in range(3)] == [303, 303, 429]


def crowded(member: Member) -> int:
    """An event of one shift, with a person who holds a place and one who waits."""
    with_title = member.event(**DETAILS)
    shift_id = member.shift(with_title, places=1)
    member.taken_by(shift_id, "mina@example.org", "min@example.org")
    return with_title


def shift_of(member: Member, event_id: int) -> int:
    with member.app.app_context():
        return db.session.scalars(db.select(Shift.id).where(Shift.event_id == event_id)).one()


def state_of(member: Member) -> list[Any]:
    with member.app.app_context():
        tables = (Event, Shift, EventHost, OutboxMail)
        return [tuple(row) for model in tables for row in db.session.execute(db.select(model.__table__))]
