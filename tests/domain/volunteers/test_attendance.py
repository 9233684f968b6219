"""Who was there: marked at the door, closed with hours, thanked or not, and what a host writes reaches whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.clock import now
from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.events.errors import EventRefused
from portal.domain.events.models import EventStatus, Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers import attendance, due, hosting, queries, service
from portal.domain.volunteers.claims import Known
from portal.domain.volunteers.errors import (
    CheckInNotOpen,
    HelpRefused,
    HoursNotOpen,
    NoSuchSignUp,
    NotPossible,
)
from portal.domain.volunteers.models import HostMessage, SignUp
from portal.domain.volunteers.rules import Mark
from portal.domain.volunteers.sign_up import sign_up
from tests.factories.donations import make_donation
from tests.factories.events import make_event, make_shift
from tests.factories.people import make_person
from tests.factories.volunteers import make_sign_up, wish

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]


@pytest.mark.parametrize(
    ("marks", "state", "late", "has_come"),
    [
        ([Mark.HERE], "attended", False, True),
        ([Mark.LATE], "attended", True, True),
        ([Mark.MISSED], "no-show", False, False),
        ([Mark.HERE, Mark.LATE], "attended", True, True),
        ([Mark.LATE, Mark.HERE], "attended", False, True),
        ([Mark.MISSED, Mark.LATE], "attended", True, True),
        ([Mark.HERE, Mark.MISSED], "no-show", False, False),
        ([Mark.LATE, Mark.EXPECTED], "confirmed", False, False),
        ([Mark.MISSED, Mark.EXPECTED], "confirmed", False, False),
        ([Mark.EXPECTED], "confirmed", False, False),
    ],
)
def test_a_host_marks_who_is_here_and_can_put_a_slip_right(
    marks: list[Mark], state: str, late: bool, has_come: bool
) -> None:
    one, by = expected(), make_person().id
    for given in marks:
        attendance.mark(by, one.id, given, now())
    assert (one.state, one.late, one.arrived_at is not None) == (state, late, has_come)
    assert (one.shift.taken, one.shift.waiting) == (1, 0)


def test_the_same_mark_twice_is_one() -> None:
    one, by, first = expected(), make_person().id, now()
    for later in (0, 5):
        attendance.mark(by, one.id, Mark.HERE, first + timedelta(minutes=later))
    assert (one.arrived_at, one.version) == (first, 3)
    actions = list(db.session.scalars(select(AuditEntry.action)))
    assert actions.count("sign_up.marked") == 1


@pytest.mark.parametrize(("minutes", "is_open"), [(61, False), (60, True), (-600, True)])
def test_the_door_opens_an_hour_before(minutes: int, is_open: bool) -> None:
    one = expected()
    moment = one.shift.starts_at - timedelta(minutes=minutes)
    if is_open:
        attendance.mark(make_person().id, one.id, Mark.HERE, moment)
        return
    with pytest.raises(CheckInNotOpen) as refused:
        attendance.mark(make_person().id, one.id, Mark.HERE, moment)
    assert refused.value.opens_at == one.shift.starts_at - timedelta(hours=1)


@pytest.mark.parametrize("proved", [True, False])
def test_only_who_is_confirmed_can_be_marked(proved: bool) -> None:
    shift = begun(places=1, vetted=True)
    pending = make_sign_up(shift, moment=now() - timedelta(days=2), proved=proved)
    waiting = make_sign_up(shift, moment=now() - timedelta(days=2))
    for one in (pending, waiting):
        with pytest.raises(NotPossible):
            attendance.mark(make_person().id, one.id, Mark.HERE, now())
    with pytest.raises(NoSuchSignUp):
        attendance.mark(make_person().id, 999, Mark.HERE, now())


def test_nobody_is_marked_where_it_was_called_off() -> None:
    one = expected()
    one.shift.event.status = EventStatus.CANCELLED
    with pytest.raises(CheckInNotOpen):
        attendance.mark(make_person().id, one.id, Mark.HERE, now())
    with pytest.raises(HoursNotOpen):
        attendance.close_shift(make_person().id, one.shift_id, {one.id: 60}, now())


def test_hours_are_written_down_for_who_helped_and_the_others_were_not_there() -> None:
    shift = begun(places=4)
    ann, bo, cy = (make_sign_up(shift, moment=now() - timedelta(days=2)) for _ in range(3))
    foreign = expected()
    by = make_person().id
    attendance.mark(by, ann.id, Mark.LATE, now())
    attendance.mark(by, bo.id, Mark.MISSED, now())
    sent = {ann.id: 90, bo.id: 120, cy.id: 0, foreign.id: 600}
    assert attendance.close_shift(by, shift.id, sent, now()) == 2
    assert [(one.state, one.minutes, one.late) for one in (ann, bo, cy)] == [
        ("attended", 90, True),
        ("attended", 120, False),
        ("no-show", None, False),
    ]
    assert (foreign.state, foreign.minutes) == ("confirmed", None)
    assert shift.taken == 3
    sent = {ann.id: 0, bo.id: 0, cy.id: 30}
    assert attendance.close_shift(by, shift.id, sent, now()) == 1
    assert [one.state for one in (ann, bo, cy)] == ["no-show", "no-show", "attended"]
    attendance.close_shift(by, shift.id, sent, now())
    actions = list(db.session.scalars(select(AuditEntry.action)))
    assert actions.count("shift.hours_closed") == 2


def test_who_was_not_on_the_form_yet_when_it_was_opened_is_left_as_they_are() -> None:
    shift = begun(places=2)
    ann, newer = (make_sign_up(shift, moment=now() - timedelta(days=2)) for _ in range(2))
    assert attendance.close_shift(make_person().id, shift.id, {ann.id: 60}, now()) == 1
    assert [one.state for one in (ann, newer)] == ["attended", "confirmed"]


def test_who_was_not_there_after_all_did_not_arrive_either() -> None:
    one, by = expected(), make_person().id
    attendance.mark(by, one.id, Mark.HERE, now())
    later = one.shift.starts_at + timedelta(hours=1)
    attendance.close_shift(by, one.shift_id, {one.id: 0}, later)
    assert (one.state, one.arrived_at, one.late, one.minutes) == ("no-show", None, False, None)


def test_the_same_words_sent_twice_at_once_are_mailed_once() -> None:
    one, by, other, first = expected(), make_person().id, make_person().id, now()
    sent = [
        attendance.write_to_shift(author, one.shift_id, text, first + timedelta(seconds=later))
        for author, text, later in [
            (by, "Hi", 0),
            (by, "Hi", 1),
            (by, "Ho", 2),
            (other, "Hi", 3),
            (by, "Hi", 300),
        ]
    ]
    assert sent == [1] * 5
    texts = list(db.session.scalars(select(HostMessage.text).order_by(HostMessage.id)))
    assert texts == ["Hi", "Ho", "Hi", "Hi"]
    mailed = select(OutboxMail.person_id).where(OutboxMail.kind == "host_message")
    assert list(db.session.scalars(mailed)) == [one.person_id] * 4


def test_no_hours_before_a_shift_has_begun() -> None:
    one = expected()
    with pytest.raises(HoursNotOpen):
        attendance.close_shift(
            make_person().id, one.shift_id, {one.id: 60}, one.shift.starts_at - timedelta(seconds=1)
        )
    assert one.state == "confirmed"


def test_who_did_not_come_is_not_thanked() -> None:
    shift = begun(hours_ago=6)
    here, missed, unmarked = (make_sign_up(shift, moment=now() - timedelta(days=2)) for _ in range(3))
    attendance.mark(make_person().id, here.id, Mark.HERE, now())
    attendance.mark(make_person().id, missed.id, Mark.MISSED, now())
    due.thank_due(now(), 50)
    told = set(db.session.scalars(select(OutboxMail.person_id).where(OutboxMail.kind == "shift_thanks")))
    assert told == {here.person_id, unmarked.person_id}


def test_who_is_here_stays_when_the_rest_is_called_off_or_taken_out() -> None:
    shift = begun(minutes_ago=-30)
    here = make_sign_up(shift, moment=now() - timedelta(days=2))
    attendance.mark(make_person().id, here.id, Mark.HERE, now())
    (again,) = sign_up(shift.event_id, wish(shift, email=email_of(here)), Known(here.person_id), now())
    assert (again.state, shift.taken) == ("attended", 1)
    with pytest.raises(NotPossible):
        service.cancel(here, now())
    make_donation(person_id=here.person_id)
    service.take_out(here.person_id or 0, now())
    assert (here.person_id, here.name, here.state, shift.taken) == (None, "", "attended", 1)
    hosting.call_off(make_person().id, shift.event_id, now())
    assert here.state == "attended"


def test_places_that_somebody_is_sitting_on_are_not_taken_away() -> None:
    shift = begun(minutes_ago=-30)
    here = make_sign_up(shift, moment=now() - timedelta(days=2))
    attendance.mark(make_person().id, here.id, Mark.HERE, now())
    with pytest.raises(HelpRefused):
        service.change_places(shift, 0, now())


def test_a_message_reaches_who_holds_a_proved_place_and_nobody_else() -> None:
    shift = make_shift(places=2)
    holder = make_sign_up(shift, email="holder@example.org")
    make_sign_up(shift, email="claimed@example.org", proved=False)
    make_sign_up(shift, email="waiting@example.org")
    make_sign_up(make_shift(shift.event), email="other@example.org")
    by = make_person().id
    assert attendance.write_to_shift(by, shift.id, "The door is blue.", now()) == 1
    rows = db.session.execute(
        select(Person.email, OutboxMail.about)
        .join(Person, OutboxMail.person_id == Person.id)
        .where(OutboxMail.kind == "host_message")
    ).all()
    message = db.session.scalars(select(HostMessage)).one()
    assert [tuple(row) for row in rows] == [
        ("holder@example.org", {"sign_ups": [holder.id], "message": message.id})
    ]
    assert (message.text, message.person_id) == ("The door is blue.", by)
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "shift.written_to"))
    assert (entry.after, "blue" in str(entry.before) + str(entry.after)) == ({"reached": 1}, False)


def test_a_message_to_nobody_is_none() -> None:
    assert attendance.write_to_shift(make_person().id, make_shift().id, "Hello?", now()) == 0
    assert db.session.query(HostMessage).count() == 0


@pytest.mark.parametrize("status", ["cancelled", "proposed"])
def test_nobody_is_written_to_about_what_does_not_take_place(status: str) -> None:
    shift = make_shift(make_event(status=status))
    with pytest.raises((HelpRefused, EventRefused)):
        attendance.write_to_shift(make_person().id, shift.id, "Hello.", now())


def test_a_roster_has_everybody_but_who_gave_the_place_back() -> None:
    shift = begun(places=2)
    first, second, third = (make_sign_up(shift, moment=now() - timedelta(days=2)) for _ in range(3))
    service.cancel(second, now() - timedelta(days=1))
    assert [one.id for one in queries.list_roster(shift.id)] == [first.id, third.id]


def begun(*, minutes_ago: int = 30, hours_ago: int = 0, **facts: object) -> Shift:
    """A shift of two hours that began a while ago."""
    start = now() - timedelta(hours=hours_ago, minutes=minutes_ago)
    return make_shift(starts_at=start, **({"places": 3} | facts))


def expected() -> SignUp:
    """Somebody with a confirmed place in a shift that has begun."""
    return make_sign_up(begun(), moment=now() - timedelta(days=2))


def email_of(one: SignUp) -> str:
    assert one.person is not None
    return one.person.email
