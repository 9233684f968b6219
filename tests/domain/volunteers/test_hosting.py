"""What hosts change: whoever comes is told, once each; nobody's name is shown to more people than was promised."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.clock import now
from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.events.errors import EventNotPossible, NamesPromised, ShiftBegun, ShiftInThePast
from portal.domain.events.models import Event, EventStatus, NamesSeenBy, Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers import hosting
from portal.domain.volunteers.errors import TooManyPlaces
from tests.factories.events import make_event, make_shift
from tests.factories.people import make_person
from tests.factories.volunteers import make_sign_up

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"title": "Better"}, []),
        ({"summary": "Better."}, []),
        (
            {"title": "Better", "place": "Rivermouth East"},
            ["a@example.org", "b@example.org", "c@example.org"],
        ),
        ({"exact_place": "Hall 2"}, ["a@example.org", "b@example.org", "c@example.org"]),
        ({"what_to_bring": "Shoes."}, ["a@example.org", "b@example.org", "c@example.org"]),
        ({"languages": ("ko",)}, ["a@example.org", "b@example.org", "c@example.org"]),
        ({}, []),
    ],
)
def test_whoever_comes_or_waits_is_told_once_of_what_matters_to_them(
    facts: dict[str, Any], told: list[str]
) -> None:
    event = crowded()
    changed = hosting.changes_between(hosting.details_of(event), replace(hosting.details_of(event), **facts))
    assert sorted(changed) == sorted(facts)
    assert hosting.count_to_tell(event.id, now(), changed) == len(told)
    count = hosting.change_details(
        make_person().id, event.id, replace(hosting.details_of(event), **facts), now()
    )
    assert count == len(told)
    assert mailed("event_changed") == told
    assert {name: getattr(event, name) for name in facts} == {
        name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()
    }


def test_a_second_change_is_told_again_and_each_is_noted_with_what_was_before() -> None:
    event, by = crowded(), make_person().id
    for place in ("East", "West", "West"):
        hosting.change_details(by, event.id, replace(hosting.details_of(event), place=place), now())
    assert len(mailed("event_changed")) == 6
    assert [(one.person_id, one.before, one.after) for one in noted("event.changed")] == [
        (by, {"place": "Rivermouth"}, {"place": "East"}),
        (by, {"place": "East"}, {"place": "West"}),
    ]


def test_campaign_and_zone_stay_whatever_is_sent() -> None:
    event = crowded()
    sent = replace(hosting.details_of(event), campaign_id=event.campaign_id + 1, timezone="Asia/Seoul")
    assert hosting.change_details(make_person().id, event.id, sent, now()) == 0
    assert (event.timezone, noted("event.changed")) == ("Europe/Dublin", [])


@pytest.mark.parametrize(
    ("status", "before", "after", "refused"),
    [
        ("published", "hosts", "shift", True),
        ("published", "shift", "hosts", False),
        ("proposed", "hosts", "shift", False),
    ],
)
def test_names_are_never_seen_by_more_people_than_was_promised(
    status: str, before: str, after: str, refused: bool
) -> None:
    event = make_event(status=status, names_seen_by=before)
    wider = replace(hosting.details_of(event), names_seen_by=NamesSeenBy(after))
    if refused:
        with pytest.raises(NamesPromised):
            hosting.change_details(make_person().id, event.id, wider, now())
        assert event.names_seen_by == before
    else:
        hosting.change_details(make_person().id, event.id, wider, now())
        assert event.names_seen_by == after


def test_a_shift_gets_other_times_and_places_and_whom_it_touches_is_told() -> None:
    event = crowded()
    shift, by = event.shifts[0], make_person().id
    later = shift.starts_at + timedelta(days=1)
    hosting.change_shift(by, shift.id, later, later + timedelta(hours=1), 3, now())
    assert (shift.starts_at, shift.places, shift.taken, shift.waiting) == (later, 3, 2, 0)
    assert mailed("sign_up_changed") == ["a@example.org", "b@example.org"]
    assert mailed("sign_up_moved_up") == ["b@example.org"]
    (entry,) = noted("event.shift_changed")
    assert (entry.person_id, entry.before["places"], entry.after["places"]) == (by, 1, 3)


def test_a_shift_that_stays_as_it_is_tells_nobody() -> None:
    shift = crowded().shifts[0]
    hosting.change_shift(make_person().id, shift.id, shift.starts_at, shift.ends_at, shift.places, now())
    assert (mailed("sign_up_changed"), noted("event.shift_changed")) == ([], [])


@pytest.mark.parametrize(
    ("was_in", "is_in", "places", "refusal"),
    [(-1, 24, 1, ShiftBegun), (24, -1, 1, ShiftInThePast), (24, 24, 10_001, TooManyPlaces)],
)
def test_a_shift_is_moved_neither_out_of_the_past_nor_into_it(
    was_in: int, is_in: int, places: int, refusal: type[Exception]
) -> None:
    shift = make_shift(starts_at=now() + timedelta(hours=was_in))
    at = now() + timedelta(hours=is_in)
    with pytest.raises(refusal):
        hosting.change_shift(make_person().id, shift.id, at, at + timedelta(hours=1), places, now())


def test_calling_off_tells_everybody_who_comes_and_is_done_once() -> None:
    event, by = crowded(), make_person().id
    assert hosting.count_coming(event.id, now()) == 3
    assert hosting.call_off(by, event.id, now()) == 3
    assert mailed("sign_up_cancelled") == ["a@example.org", "b@example.org", "c@example.org", "c@example.org"]
    with pytest.raises(EventNotPossible):
        hosting.call_off(by, event.id, now())
    with pytest.raises(EventNotPossible):
        hosting.change_details(by, event.id, hosting.details_of(event), now())
    with pytest.raises(EventNotPossible):
        shift = event.shifts[0]
        hosting.change_shift(by, shift.id, shift.starts_at, shift.ends_at, 9, now())
    assert len(noted("event.called_off")) == 1


@pytest.mark.parametrize("status", ["draft", "proposed", "declined"])
def test_what_was_never_published_can_not_be_called_off(status: EventStatus) -> None:
    event = make_event(status=status)
    with pytest.raises(EventNotPossible):
        hosting.call_off(make_person().id, event.id, now())


def crowded() -> Event:
    """An event with somebody who holds a place, somebody who waits, somebody with two shifts, and one that is over."""
    event = make_event()
    first = make_shift(event, places=1)
    make_sign_up(first, email="a@example.org")
    make_sign_up(first, email="b@example.org")
    for days in (11, 12):
        make_sign_up(make_shift(event, in_days(days)), email="c@example.org")
    over = make_shift(event, in_days(-3))
    make_sign_up(over, email="d@example.org", moment=in_days(-9))
    db.session.expire(event, ["shifts"])
    db.session.execute(Shift.__table__.update().values(sequence=0))  # type: ignore[attr-defined]
    event.shifts.sort(key=lambda shift: shift.id)
    return event


def in_days(days: int) -> datetime:
    return now() + timedelta(days=days)


def mailed(kind: str) -> list[str]:
    found = select(Person.email).join(OutboxMail, OutboxMail.person_id == Person.id)
    return list(db.session.scalars(found.where(OutboxMail.kind == kind).order_by(Person.email)))


def noted(action: str) -> list[Any]:
    return list(
        db.session.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id))
    )
