"""Deciding on proposals at the desk: read first, with a word to the hosts, and only on what was read."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.clock import now
from portal.domain.accounts.models import Role
from portal.domain.events.models import Event
from tests.blueprints.hosting.member import Member
from tests.foundation.pages import Page, PageClient, text_of


def test_a_volunteer_proposes_an_organizer_approves_and_everybody_sees_it(
    app: Flask, ann: Member, orla: Member
) -> None:
    page = read(orla, proposed(ann))
    assert "This event moves nobody across a border" in page.text
    assert "@" not in text_of(page.one(".//main"))
    event = ann.only(Event)
    done = orla.send(
        page, f"/desk/events/{event.id}/approve", seen=page.field("seen").get("value"), note="Lovely."
    )
    assert (done.status, done.location) == (303, "/desk/events")
    assert ann.only(Event).status == "published"
    assert ann.mails("proposal_decided") == ["ann@example.org"]
    assert "Accepted. An organizer writes: Lovely." in ann.page.get("/hosting").text
    assert PageClient(app.test_client()).get(f"/events/{event.id}").status == 200
    assert "Nothing waits for you." in orla.page.get("/desk/events").text
    assert f"/desk/events/{event.id}" not in orla.page.get("/desk").links
    assert f"/hosting/events/{event.id}" in orla.page.get("/desk/events").links


def test_a_yes_without_a_word_speaks_of_none(ann: Member, orla: Member) -> None:
    assert decide(orla, proposed(ann), "approve").status == 303
    page = ann.page.get("/hosting")
    assert "Accepted by an organizer." in page.text
    assert "writes:" not in page.text


def test_each_event_that_comes_stands_once_at_the_desk(ann: Member, orla: Member) -> None:
    later, sooner = ann.event(title="Choir"), ann.event(title="Walk")
    for event_id, days in ((later, 3), (later, 5), (sooner, 2)):
        ann.shift(event_id, starts_at=now() + timedelta(days=days))
    links = [one for one in orla.page.get("/desk/events").links if one.startswith("/hosting/events/")]
    assert links == [f"/hosting/events/{sooner}", f"/hosting/events/{later}"]
    assert orla.page.get(links[0]).status == 200


def test_a_no_needs_a_word_and_the_host_reads_it(ann: Member, orla: Member) -> None:
    event_id = proposed(ann)
    refused = decide(orla, event_id, "decline", note=" ")
    assert (refused.status, "Write to the hosts why not" in text_of(refused.by_id("note-errors"))) == (
        422,
        True,
    )
    assert ann.only(Event).status == "proposed"
    assert decide(orla, event_id, "decline", note="Too late.").status == 303
    assert (ann.only(Event).status, ann.only(Event).decision_note) == ("declined", "Too late.")
    assert "Not accepted. An organizer writes: Too late." in ann.page.get("/hosting").text


@pytest.mark.parametrize("second", ["approve", "decline"])
def test_two_organizers_at_once_decide_once(app: Flask, ann: Member, orla: Member, second: str) -> None:
    event_id = proposed(ann)
    other = Member(app, "oona@example.org", Role.ORGANIZER)
    pages = [read(one, event_id) for one in (orla, other)]
    sent: dict[str, Any] = {"seen": pages[0].field("seen").get("value")}
    assert orla.send(pages[0], f"/desk/events/{event_id}/approve", note="Yes.", **sent).status == 303
    late = other.send(pages[1], f"/desk/events/{event_id}/{second}", note="No.", **sent)
    assert (late.status, "The event has changed since" in late.text) == (422, True)
    assert (ann.only(Event).status, ann.only(Event).decision_note) == ("published", "Yes.")
    assert len(ann.mails("proposal_decided")) == 1


@pytest.mark.parametrize("seen", ["", "x", "2020-01-01T00:00:00+00:00", "2020-01-01"])
def test_what_changed_since_it_was_read_is_not_published(ann: Member, orla: Member, seen: str) -> None:
    event_id = proposed(ann)
    page = decide(orla, event_id, "approve", seen=seen)
    assert (page.status, "was changed while you looked at it" in page.text) == (422, True)
    assert (ann.only(Event).status, ann.mails("proposal_decided")) == ("proposed", [])


@pytest.mark.parametrize("role", [None, Role.TREASURER])
def test_nobody_else_decides_nor_reads_what_waits(app: Flask, ann: Member, role: Role | None) -> None:
    event_id = proposed(ann)
    stranger = Member(app, "x@example.org", *([role] if role else []))
    for one in (ann, stranger):
        assert one.page.get("/desk/events").status == one.page.get(f"/desk/events/{event_id}").status == 404
        for decision in ("approve", "decline"):
            sent = {"seen": ann.only(Event).proposed_at.isoformat(), "note": "Me."}
            assert one.press(f"/desk/events/{event_id}/{decision}", **sent).status == 404
    assert ann.only(Event).status == "proposed"


@pytest.mark.parametrize("ident", ["0", "99", "9999999999"])
def test_a_proposal_that_is_not_there_is_not_found(orla: Member, ident: str) -> None:
    assert orla.page.get(f"/desk/events/{ident}").status == 404


def test_a_proposal_that_was_taken_back_is_nobody_s_to_decide(ann: Member, orla: Member) -> None:
    event_id = proposed(ann)
    page = read(orla, event_id)
    ann.press(f"/hosting/events/{event_id}/take-back")
    sent = {"seen": page.field("seen").get("value")}
    assert orla.send(page, f"/desk/events/{event_id}/approve", **sent).status == 404
    assert ann.only(Event).status == "draft"


def test_my_help_leads_to_my_events_and_to_the_desk_for_those_who_work_there(
    ann: Member, orla: Member
) -> None:
    ways = {"/hosting", "/me/account", "/desk"}
    assert ways & set(ann.page.get("/me").links) == {"/hosting", "/me/account"}
    assert ways <= set(orla.page.get("/me").links)


def proposed(member: Member) -> int:
    answer = member.press("/hosting/new", **member.proposal())
    return int((answer.location or "").rpartition("/")[2])


def read(organizer: Member, event_id: int) -> Page:
    assert f"/desk/events/{event_id}" in organizer.page.get("/desk/events").links
    return organizer.page.get(f"/desk/events/{event_id}")


def decide(organizer: Member, event_id: int, decision: str, **entries: Any) -> Page:
    page = read(organizer, event_id)
    sent = {"seen": page.field("seen").get("value")} | entries
    return organizer.send(page, f"/desk/events/{event_id}/{decision}", **sent)


@pytest.fixture
def orla(app: Flask) -> Member:
    """An organizer's browser."""
    return Member(app, "orla@example.org", Role.ORGANIZER)
