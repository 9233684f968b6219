"""Proposals: what waits for an organizer is nobody else's to see, what was decided is told, and who hosts."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.clock import now
from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.campaigns.models import Campaign
from portal.domain.events import proposals, queries
from portal.domain.events.errors import (
    EventChanged,
    EventNotPossible,
    LastHost,
    NoSuchEvent,
    NotAsked,
    PromiseMissing,
    ShiftInThePast,
    TooManyHosts,
)
from portal.domain.events.models import Event, EventHost, EventPromise, EventStatus, Promise, Shift
from portal.domain.events.rules import TRANSITIONS, EventAction, next_status, refuse_unpromised
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers import hosting
from portal.domain.volunteers import service as help_service
from portal.domain.volunteers.claims import Known
from portal.domain.volunteers.errors import HelpRefused
from portal.domain.volunteers.sign_up import sign_up
from tests.factories.accounts import make_user
from tests.factories.donations import make_donation
from tests.factories.events import details_of, make_event, make_host, make_shift, plan_shift
from tests.factories.people import make_person
from tests.factories.volunteers import make_sign_up, wish

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]
BOTH = tuple(Promise)
# The table once more, by hand: each status with the actions that it knows and where they lead.
KNOWN = {
    "draft": {"edit": "draft", "propose": "proposed", "publish": "published"},
    "proposed": {"edit": "proposed", "take back": "draft", "approve": "published", "decline": "declined"},
    "declined": {"edit": "declined", "propose": "proposed", "publish": "published"},
    "published": {"edit": "published", "call off": "cancelled"},
    "cancelled": {},
}
NOT_PUBLIC = ("draft", "proposed", "declined")


@pytest.mark.parametrize(("status", "action"), list(product(EventStatus, EventAction)))
def test_an_event_moves_by_the_table_and_by_nothing_else(status: EventStatus, action: EventAction) -> None:
    leads_to = KNOWN[status].get(action)
    if leads_to is None:
        assert (status, action) not in TRANSITIONS
        with pytest.raises(EventNotPossible):
            next_status(status, action)
    else:
        assert next_status(status, action) == leads_to


def test_a_proposal_waits_with_its_shifts_host_and_promises_and_is_noted() -> None:
    ann, moment = make_person(), now()
    event = proposals.propose(
        ann.id, details_of(), [plan_shift(), plan_shift(role="Tutor")], BOTH, moment, trusted=False
    )
    assert (event.status, event.proposed_by, event.proposed_at) == ("proposed", ann.id, moment)
    assert [(one.role, one.places) for one in event.shifts] == [("Reader", 2), ("Tutor", 2)]
    assert queries.is_host(event.id, ann.id)
    ticked = [(one.promise, one.person_id, one.ticked_at) for one in queries.list_promises(event.id)]
    assert sorted(ticked) == [("no_crossing", ann.id, moment), ("no_payment_inside", ann.id, moment)]
    assert noted() == [("event.proposed", ann.id, f"event:{event.id}")]


def test_a_trusted_host_publishes_alone() -> None:
    details = details_of()
    before = help_version(details.campaign_id)
    event = proposals.propose(make_person().id, details, [plan_shift()], BOTH, now(), trusted=True)
    assert event.status == EventStatus.PUBLISHED
    assert help_version(details.campaign_id) > before
    assert [action for action, *_ in noted()] == ["event.published"]


@pytest.mark.parametrize("ticked", [(), (Promise.NO_CROSSING,), (Promise.NO_PAYMENT_INSIDE,)])
@pytest.mark.parametrize("trusted", [True, False])
def test_without_both_promises_nothing_can_be_proposed_not_even_by_the_trusted(
    ticked: tuple[Promise, ...], trusted: bool
) -> None:
    with pytest.raises(PromiseMissing):
        refuse_unpromised(ticked)
    with pytest.raises(PromiseMissing):
        proposals.propose(make_person().id, details_of(), [plan_shift()], ticked, now(), trusted=trusted)
    db.session.rollback()
    assert count(Event) == count(EventPromise) == 0


@pytest.mark.parametrize("trusted", [True, False])
def test_the_same_form_sent_twice_at_once_makes_one_event(trusted: bool) -> None:
    by, other, first = make_person().id, make_person().id, now()
    details = details_of()
    made = [
        proposals.propose(
            author, details, [plan_shift(role=role)], BOTH, first + timedelta(seconds=later), trusted=trusted
        ).id
        for author, role, later in [(by, "A", 0), (by, "A", 1), (by, "B", 2), (other, "A", 3), (by, "A", 300)]
    ]
    assert made[0] == made[1]
    assert len(set(made)) == 4
    assert db.session.scalar(select(func.count()).select_from(Event)) == 4
    assert db.session.scalar(select(func.count()).select_from(Shift)) == 4


def test_what_was_taken_back_a_moment_ago_can_be_proposed_as_another() -> None:
    by, details, planned = make_person().id, details_of(), [plan_shift()]
    first = proposals.propose(by, details, planned, BOTH, now(), trusted=False)
    proposals.take_back(by, first.id, now())
    second = proposals.propose(by, details, planned, BOTH, now(), trusted=False)
    assert (first.id != second.id, first.status, second.status) == (True, "draft", "proposed")


def test_an_event_in_the_past_can_not_be_proposed() -> None:
    with pytest.raises(ShiftInThePast):
        proposals.propose(make_person().id, details_of(), [plan_shift(now())], BOTH, now(), trusted=False)


@pytest.mark.parametrize(
    ("decide", "status", "action"),
    [
        (proposals.approve, "published", "event.approved"),
        (proposals.decline, "declined", "event.declined"),
    ],
)
def test_a_decision_is_told_to_each_host_with_its_note(
    decide: Callable[..., None], status: str, action: str
) -> None:
    event, aoife = proposed(), make_person()
    make_host(event, second := make_person())
    make_host(event, accepted_at=None)
    decide(aoife.id, event.id, "Lovely, but the room is small.", now())
    assert (event.status, event.decision_note) == (status, "Lovely, but the room is small.")
    assert event.decided_at is not None
    told = db.session.scalars(select(OutboxMail.person_id).where(OutboxMail.kind == "proposal_decided"))
    assert set(told) == {event.proposed_by, second.id}
    assert noted()[-1] == (action, aoife.id, f"event:{event.id}")


@pytest.mark.parametrize(("first", "second"), list(product([proposals.approve, proposals.decline], repeat=2)))
def test_only_the_first_of_two_decisions_counts(
    first: Callable[..., None], second: Callable[..., None]
) -> None:
    event = proposed()
    first(make_person().id, event.id, "First.", now())
    with pytest.raises(EventNotPossible):
        second(make_person().id, event.id, "Second.", now())
    assert event.decision_note == "First."


def test_what_was_changed_since_an_organizer_looked_is_not_decided_on() -> None:
    event = proposed()
    seen_at = event.proposed_at
    assert event.proposed_by is not None and seen_at is not None
    changed = details_of(event.campaign, title="Quite another one")
    hosting.change_details(event.proposed_by, event.id, changed, now() + timedelta(minutes=1))
    for decide in (proposals.approve, proposals.decline):
        with pytest.raises(EventChanged):
            decide(make_person().id, event.id, "", now(), seen_at=seen_at)
    proposals.approve(make_person().id, event.id, "", now(), seen_at=event.proposed_at)
    assert event.status == EventStatus.PUBLISHED


@pytest.mark.parametrize(("end", "status"), [(proposals.take_back, "draft"), (proposals.decline, "declined")])
def test_what_was_taken_back_or_declined_can_be_changed_and_proposed_again(
    end: Callable[..., None], status: str
) -> None:
    event = proposed()
    by = event.proposed_by or 0
    end(by, event.id, *(["No."] if end is proposals.decline else []), now())
    assert event.status == status
    hosting.change_details(by, event.id, details_of(event.campaign, title="Smaller"), now())
    assert (event.status, event.title) == (status, "Smaller")
    with pytest.raises(PromiseMissing):
        proposals.propose_again(by, event.id, (), now(), trusted=False)
    proposals.propose_again(by, event.id, BOTH, now(), trusted=False)
    assert (event.status, event.decision_note, event.decided_at) == ("proposed", "", None)
    assert count(EventPromise) == 4


def test_what_was_published_can_not_be_taken_back() -> None:
    with pytest.raises(EventNotPossible):
        proposals.take_back(make_person().id, make_event().id, now())


def test_a_host_is_one_only_once_they_said_yes() -> None:
    event, cy = proposed(), make_person()
    by = event.proposed_by or 0
    for _ in range(2):
        proposals.ask_host(by, event.id, cy.id, now())
    assert not queries.is_host(event.id, cy.id)
    assert queries.list_hosted(cy.id) == []
    assert [one.id for one in queries.list_asked(cy.id)] == [event.id]
    assert [kind for kind in mails() if kind == "host_asked"] == ["host_asked"]
    for _ in range(2):
        proposals.accept_host(cy.id, event.id, now())
    assert queries.is_host(event.id, cy.id)
    assert [one.event.id for one in queries.list_hosted(cy.id)] == [event.id]
    assert queries.list_asked(cy.id) == []
    assert [action for action, *_ in noted()] == ["event.proposed", "event.host_asked", "event.host_added"]


def test_nobody_makes_themselves_a_host() -> None:
    event, stranger = proposed(), make_person()
    with pytest.raises(NotAsked):
        proposals.accept_host(stranger.id, event.id, now())
    assert not queries.is_host(event.id, stranger.id)


def test_the_last_host_can_not_be_taken_off() -> None:
    event, asked = proposed(), make_user()
    by, asked_id = event.proposed_by or 0, asked.person_id
    make_host(event, make_person())  # whose account is closed
    make_host(event, asked.person, accepted_at=None)
    with pytest.raises(LastHost):
        proposals.remove_host(by, event.id, by, now())
    proposals.accept_host(asked_id, event.id, now())
    proposals.remove_host(by, event.id, by, now())
    assert by not in {one.person_id for one in queries.list_host_rows(event.id)}
    with pytest.raises(LastHost):
        proposals.remove_host(asked_id, event.id, asked_id, now())
    with pytest.raises(NotAsked):
        proposals.remove_host(asked_id, event.id, by, now())


def test_an_event_has_only_so_many_hosts() -> None:
    event = proposed()
    for _ in range(proposals.MOST_HOSTS - 1):
        make_host(event)
    with pytest.raises(TooManyHosts):
        proposals.ask_host(event.proposed_by or 0, event.id, make_person().id, now())


def test_who_is_taken_out_hosts_nothing_more_and_the_event_stays() -> None:
    event = proposed()
    by = event.proposed_by or 0
    help_service.take_out(by, now())
    db.session.expire_all()
    assert (db.session.get(Person, by), count(EventHost), count(Event)) == (None, 0, 1)
    assert db.session.get_one(Event, event.id).proposed_by is None
    assert [one.person_id for one in queries.list_promises(event.id)] == [None, None]


def test_who_is_taken_out_but_stays_in_the_books_hosts_nothing_more_either() -> None:
    event = proposed()
    make_donation(person_id=event.proposed_by)
    help_service.take_out(event.proposed_by or 0, now())
    assert (count(EventHost), queries.list_hosted(event.proposed_by or 0)) == (0, [])


@pytest.mark.parametrize("status", NOT_PUBLIC)
def test_what_was_never_published_is_seen_listed_and_signed_up_for_by_nobody(status: str) -> None:
    event = make_event(status=status)
    shift = make_shift(event)
    with pytest.raises(NoSuchEvent):
        queries.get_event(event.id)
    assert queries.list_coming_shifts(now()) == []
    assert queries.list_coming_shifts(now(), event.campaign_id) == []
    with pytest.raises(NoSuchEvent):
        sign_up(event.id, wish(shift), Known(), now())
    assert (shift.taken, shift.waiting, mails()) == (0, 0, [])
    with pytest.raises((EventNotPossible, HelpRefused)):
        help_service.call_off(event, now())
    assert event.status == status


@pytest.mark.parametrize("status", ["published", "cancelled"])
def test_what_was_published_is_seen_by_everybody(status: str) -> None:
    event = make_event(status=status)
    assert queries.get_event(event.id).id == event.id


def test_nobody_moves_up_in_an_event_that_is_not_published() -> None:
    shift = make_shift(places=1)
    first = make_sign_up(shift)
    second = make_sign_up(shift)
    shift.event.status = EventStatus.PROPOSED
    db.session.flush()
    help_service.cancel_by_person(first, now())
    assert second.state == "waiting"


def test_lists_of_hosted_and_proposed_events_tell_when_and_how_full() -> None:
    event = proposed(shifts=2)
    db.session.execute(Shift.__table__.update().values(taken=1))  # type: ignore[attr-defined]
    (one,) = queries.list_proposed()
    assert (one.event.id, one.shifts, one.taken, one.places) == (event.id, 2, 2, 4)
    assert one.starts_at is not None and one.starts_at.tzinfo is not None
    empty = make_event()
    make_host(empty, db.session.get_one(Person, event.proposed_by))
    listed = queries.list_hosted(event.proposed_by or 0)
    assert [(row.event.id, row.shifts, row.places) for row in listed] == [(event.id, 2, 4), (empty.id, 0, 0)]


def proposed(shifts: int = 1) -> Event:
    planned = [plan_shift(role=f"Role {number}") for number in range(shifts)]
    return proposals.propose(make_person().id, details_of(), planned, BOTH, now(), trusted=False)


def noted() -> list[tuple[Any, ...]]:
    rows = select(AuditEntry.action, AuditEntry.person_id, AuditEntry.subject).order_by(AuditEntry.id)
    return [tuple(row) for row in db.session.execute(rows)]


def mails() -> list[str]:
    return list(db.session.scalars(select(OutboxMail.kind).order_by(OutboxMail.id)))


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def help_version(campaign_id: int) -> int:
    return db.session.scalars(select(Campaign.help_version).where(Campaign.id == campaign_id)).one()
