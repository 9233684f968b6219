"""Proposing an event: a preview that loses nothing, promises that must be ticked, and nothing public yet."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.events.models import Event, EventHost, EventPromise, Shift
from tests.blueprints.hosting.member import Member
from tests.foundation.pages import PageClient, text_of
from tests.foundation.statements import counted


def test_a_proposal_is_made_with_its_shifts_and_seen_by_nobody_else(ann: Member, bo: Member) -> None:
    answer = ann.press("/hosting/new", **ann.proposal())
    assert answer.status == 303
    event = ann.only(Event)
    assert answer.location == f"/hosting/events/{event.id}"
    assert (event.status, event.title, event.proposed_by) == ("proposed", "Reading group", ann.person_id)
    assert (ann.count(Shift), ann.count(EventPromise)) == (2, 2)
    assert "Proposed. An organizer looks at it next" in ann.page.get(answer.location).text
    assert "Waits for an organizer" in ann.page.get("/hosting").text
    assert bo.page.get(answer.location).status == bo.page.get(f"/events/{event.id}").status == 404
    assert "Reading group" not in bo.page.get("/hosting").source + bo.page.get("/events").source


@pytest.mark.parametrize(("role", "trusted"), [(None, True), (Role.ORGANIZER, False), (Role.ADMIN, False)])
def test_the_trusted_and_organizers_publish_alone(app: Flask, role: Role | None, trusted: bool) -> None:
    cy = Member(app, "cy@example.org", *([role] if role else []), trusted_host=trusted)
    cy.press("/hosting/new", **cy.proposal())
    event = cy.only(Event)
    assert event.status == "published"
    assert PageClient(app.test_client()).get(f"/events/{event.id}").status == 200


def test_a_treasurer_is_not_trusted_by_that(app: Flask) -> None:
    cy = Member(app, "cy@example.org", Role.TREASURER)
    cy.press("/hosting/new", **cy.proposal())
    assert cy.only(Event).status == "proposed"


def test_the_preview_shows_each_shift_keeps_each_entry_and_stores_nothing(ann: Member) -> None:
    entries = ann.proposal(
        place_hidden="y", changeover="15", ends="14:30", vetted=["0"], role=["Reader", "Host", ""]
    )
    entries["places"] = ["3", "1", ""]
    page = ann.press("/hosting/new/preview", **entries)
    assert page.status == 200
    assert text_of(page.by_id("preview-title")) == "4 shifts"
    button = page.by_id("preview").find(".//button")
    assert button is not None
    assert (text_of(button), page.by_id(button.get("form", "")).get("action")) == ("Propose", "/hosting/new")
    shown = [text_of(one) for one in page.by_id("preview").findall(".//li")]
    assert len(shown) == 4
    assert "10:00 to 12:00, Dublin time: Reader, 3 places Vetted role" in shown[0]
    assert "12:15 to 14:15, Dublin time: Host, 1 place" in shown[3]
    for name in (
        "title",
        "place",
        "exact_place",
        "timezone",
        "first_day",
        "starts",
        "ends",
        "minutes",
        "changeover",
    ):
        assert page.field(name).get("value") == entries[name], name
    assert text_of(page.field("summary")) == entries["summary"]
    assert [one.get("value") for one in page.all("input") if one.get("name") == "role"] == entries["role"]
    ticked = {one.get("id") for one in page.all("input") if one.get("checked") is not None}
    assert ticked == {
        "place_hidden", "languages-en", "languages-ko", "vetted-0", "no_crossing", "no_payment_inside",
    }  # fmt: skip
    assert (ann.count(Event), ann.count(Shift)) == (0, 0)


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"campaign": "99"}, "campaign", "Choose the campaign"),
        ({"title": ""}, "title", "can't stay empty"),
        ({"title": "x" * 141}, "title", "Up to 140 characters"),
        ({"summary": "‮evil"}, "summary", "characters we cannot keep"),
        ({"timezone": "Europe/Atlantis"}, "timezone", "No time zone has this name"),
        ({"exact_place": "", "place_hidden": "y"}, "exact_place", "Type the exact place too"),
        ({"languages": []}, "languages", "at least one language"),
        ({"languages": ["xx"]}, "languages", "at least one language"),
        ({"names_seen_by": "everybody"}, "names_seen_by", "Choose one of what is listed"),
        ({"first_day": "someday"}, "first_day", "no day we can read"),
        ({"first_day": "2020-01-01"}, "first_day", "Choose a later day"),
        ({"last_day": "2020-01-01"}, "last_day", "The last day must be"),
        ({"starts": "25:00"}, "starts", "no time of day"),
        ({"minutes": "0"}, "minutes", "from 15 to 1440"),
        ({"minutes": "600"}, "first_day", "No shift fits"),
        ({"role": [], "places": []}, "roles", "at least one role"),
        ({"role": ["A"], "places": ["many"]}, "roles", "from 1 to 500"),
        ({"no_crossing": ""}, "no_crossing", "Tick both boxes"),
        ({"no_payment_inside": ""}, "no_payment_inside", "Tick both boxes"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(
    ann: Member, wrong: dict[str, Any], field: str, told: str
) -> None:
    entries = {name: value for name, value in ann.proposal(**wrong).items() if value != ""}
    page = ann.press("/hosting/new", **entries)
    assert page.status == 422
    assert told in text_of(page.by_id(f"{field}-errors"))
    assert page.title.startswith("Problem:")
    assert page.by_id("problems") is not None
    assert (ann.count(Event), ann.count(EventHost)) == (0, 0)
    if field not in ("no_crossing", "no_payment_inside"):
        assert ann.press("/hosting/new/preview", **entries).status == 422


def test_a_shift_at_a_time_that_clocks_skip_is_told_with_that_time(ann: Member) -> None:
    entries = ann.proposal(first_day="2027-03-28", starts="00:00", ends="03:00", minutes="60")
    page = ann.press("/hosting/new", **entries)
    assert (page.status, "2027-03-28 01:00 Europe/Dublin" in page.text) == (422, True)
    assert ann.count(Event) == 0


def test_what_no_field_asks_for_changes_nothing(ann: Member, bo: Member) -> None:
    sent = {"status": "published", "proposed_by": bo.person_id, "id": 77, "demo": "1", "source_key": "x"}
    ann.press("/hosting/new", **ann.proposal(**sent))
    event = ann.only(Event)
    assert (event.status, event.proposed_by, event.demo, event.source_key) == (
        "proposed",
        ann.person_id,
        False,
        None,
    )
    assert event.id != 77


def test_a_form_without_its_token_is_refused(ann: Member) -> None:
    for path in ("/hosting/new", "/hosting/new/preview"):
        assert ann.page.post(path, ann.proposal()).status == 400
    assert ann.count(Event) == 0


@pytest.mark.settings(RATELIMIT_PROPOSE="2 per day")
def test_one_account_proposes_only_so_many_a_day(ann: Member, bo: Member) -> None:
    entries = ann.proposal()
    assert [ann.press("/hosting/new", **entries).status for _ in range(3)] == [303, 303, 429]
    assert bo.press("/hosting/new", **entries).status == 303


def test_a_proposal_is_taken_back_and_proposed_again_with_its_boxes(ann: Member) -> None:
    path = ann.press("/hosting/new", **ann.proposal()).location or ""
    assert ann.press(f"{path}/take-back").status == 303
    assert ann.only(Event).status == "draft"
    assert "The event has changed since" in ann.page.get(ann.press(f"{path}/take-back").location or "").text
    refused = ann.press(f"{path}/propose", no_crossing="y")
    assert (refused.status, "Tick both boxes" in text_of(refused.by_id("no_payment_inside-errors"))) == (
        422,
        True,
    )
    assert ann.only(Event).status == "draft"
    again = ann.press(f"{path}/propose", no_crossing="y", no_payment_inside="y")
    assert (again.status, ann.only(Event).status, ann.count(EventPromise)) == (303, "proposed", 4)
    twice = ann.press(f"{path}/propose", no_crossing="y", no_payment_inside="y")
    assert (twice.status, ann.count(EventPromise)) == (422, 4)


def test_the_note_of_an_organizer_is_shown_to_the_hosts(ann: Member) -> None:
    event_id = ann.event(status="declined", decision_note="Too late.\nTry May.", decided_at=now())
    ann.shift(event_id)
    for path in ("/hosting", f"/hosting/events/{event_id}"):
        assert "Too late. Try May." in ann.page.get(path).text


def test_my_events_are_listed_with_as_many_statements_for_many_as_for_few(ann: Member) -> None:
    ann.shift(ann.event())
    few = statements_of(ann)
    for _ in range(5):
        ann.shift(ann.event())
        asked = ann.event(host=False)
        with ann.database():
            db.session.add(
                EventHost(event_id=asked, person_id=ann.person_id, made_at=now() - timedelta(days=1))
            )
    assert statements_of(ann) == few


def statements_of(member: Member) -> int:
    """Count what the list of one's events asks the database."""
    with counted(member.app) as statements:
        assert member.page.get("/hosting").status == 200
    return sum(one.sql.startswith("SELECT") for one in statements)
