"""Sign-ups as they move: held, proved, waiting, moved up, given back, called off; counts and mails follow."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.clock import now
from portal.db import db
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers import due, queries, service
from portal.domain.volunteers.claims import Known
from portal.domain.volunteers.errors import ClashesWithHeld, TooLateToChange
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.sign_up import sign_up
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up, wish

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]
STATES = SignUpState


def test_a_place_is_held_at_once_and_a_mail_asks_to_prove_the_address() -> None:
    shift = make_shift(places=2)
    (outcome,) = sign_up(shift.event_id, wish(shift, email="mina@example.org"), Known(), now())
    assert (outcome.state, outcome.position) == (STATES.PENDING, None)
    assert _counts(shift) == (1, 0)
    assert _mails() == [("sign_up_confirm", "mina@example.org")]


def test_a_full_shift_lets_the_next_ones_wait_in_their_order() -> None:
    shift = make_shift(places=1)
    outcomes = [sign_up(shift.event_id, wish(shift), Known(), now())[0] for _ in range(3)]
    assert [outcome.position for outcome in outcomes] == [None, 1, 2]
    assert _counts(shift) == (1, 2)


def test_proving_the_address_confirms_and_tells_once() -> None:
    made = make_sign_up(make_shift())
    assert made.state == STATES.CONFIRMED
    assert made.person is not None and made.person_id is not None
    assert (made.person.name, made.person.proved_at is not None) == ("Mina", True)
    assert service.prove(made.person_id, now()) == []
    assert [kind for kind, _ in _mails()] == ["sign_up_confirm", "sign_up_confirmed"]


def test_a_vetted_role_stays_pending_until_an_organizer_has_seen_it() -> None:
    made = make_sign_up(make_shift(vetted=True))
    assert made.state == STATES.PENDING
    service.vet(made, "Aoife", now())
    assert made.state == STATES.CONFIRMED


def test_a_place_given_back_goes_to_the_first_in_line_who_is_told() -> None:
    shift = make_shift(places=1)
    first, second, third = (make_sign_up(shift, email=f"{n}@example.org") for n in "abc")
    service.cancel_by_person(first, now())
    states = [queries.get_sign_up(one.id).state for one in (first, second, third)]
    assert states == [STATES.CANCELLED, STATES.CONFIRMED, STATES.WAITING]
    assert ("sign_up_moved_up", "b@example.org") in _mails()
    assert queries.positions([third]) == {third.id: 1}


def test_who_holds_another_place_at_that_time_is_passed_over_and_keeps_the_turn() -> None:
    shift = make_shift(places=1)
    holder = make_sign_up(shift)
    busy = make_sign_up(shift, email="busy@example.org")
    other = make_shift(make_event(), shift.starts_at + timedelta(hours=1))
    elsewhere = make_sign_up(other, email="busy@example.org")
    free = make_sign_up(shift)
    service.cancel_by_person(holder, now())
    assert (queries.get_sign_up(busy.id).state, free.state) == (STATES.WAITING, STATES.CONFIRMED)
    service.cancel_by_person(free, now())
    assert queries.get_sign_up(busy.id).state == STATES.WAITING
    service.cancel_by_person(elsewhere, now())
    assert queries.get_sign_up(busy.id).state == STATES.CONFIRMED


def test_a_clash_with_a_place_that_this_browser_knows_is_named() -> None:
    shift, known = make_shift(), now()
    held = make_sign_up(shift, email="mina@example.org")
    other = make_shift(make_event(), shift.starts_at + timedelta(hours=1))
    with pytest.raises(ClashesWithHeld) as refused:
        sign_up(other.event_id, wish(other, email="mina@example.org"), Known(held.person_id), known)
    assert refused.value.pairs[0][1].sign_up_id == held.id


def test_the_new_shift_can_be_taken_instead_of_the_old_one() -> None:
    shift = make_shift()
    held = make_sign_up(shift, email="mina@example.org")
    other = make_shift(make_event(), shift.starts_at + timedelta(hours=1))
    asked = wish(other, email="mina@example.org")
    sign_up(other.event_id, asked, Known(held.person_id), now(), instead=[held.shift_id])
    assert queries.get_sign_up(held.id).state == STATES.CANCELLED
    assert _counts(other) == (1, 0)


def test_a_stranger_with_somebodys_address_learns_and_changes_nothing() -> None:
    shift = make_shift()
    held = make_sign_up(shift, email="mina@example.org")
    other = make_shift(make_event(), shift.starts_at + timedelta(hours=1))
    (outcome,) = sign_up(other.event_id, wish(other, email="mina@example.org", name="X"), Known(), now())
    assert outcome.state == STATES.PENDING
    (again,) = sign_up(shift.event_id, wish(shift, email="mina@example.org", name="X"), Known(), now())
    assert (again.state, again.sign_up_id) == (STATES.PENDING, None)
    assert (held.person.name if held.person else "", held.state) == ("Mina", STATES.CONFIRMED)


def test_proving_an_address_asks_which_of_two_shifts_at_one_time() -> None:
    shift = make_shift()
    held = make_sign_up(shift, email="mina@example.org")
    other = make_shift(make_event(), shift.starts_at + timedelta(hours=1))
    fresh = make_sign_up(other, email="mina@example.org", proved=False)
    assert held.person_id is not None
    with pytest.raises(ClashesWithHeld):
        service.prove(held.person_id, now())
    service.prove(held.person_id, now(), give_up=[held.id])
    states = [queries.get_sign_up(one.id).state for one in (held, fresh)]
    assert states == [STATES.CANCELLED, STATES.CONFIRMED]


def test_an_address_that_nobody_proves_is_asked_once_more_and_then_its_place_moves_on() -> None:
    shift = make_shift(places=1)
    begun = now()
    silent = make_sign_up(shift, proved=False, moment=begun, email="silent@example.org")
    waiting = make_sign_up(shift, moment=begun)
    assert due.ask_again_due(begun + timedelta(hours=11), 10) == 0
    assert due.ask_again_due(begun + timedelta(hours=12), 10) == 1
    assert due.ask_again_due(begun + timedelta(hours=13), 10) == 0
    assert due.lapse_due(begun + timedelta(hours=24), 10) == 1
    states = [queries.get_sign_up(one.id).state for one in (silent, waiting)]
    assert states == [STATES.CANCELLED, STATES.CONFIRMED]
    assert [kind for kind, to in _mails() if to == "silent@example.org"] == [
        "sign_up_confirm",
        "sign_up_confirm_again",
    ]


def test_after_the_deadline_a_place_can_t_be_given_back_by_oneself() -> None:
    shift = make_shift(starts_at=now() + timedelta(hours=20))
    made = make_sign_up(shift)
    with pytest.raises(TooLateToChange):
        service.cancel_by_person(made, now())
    assert made.state == STATES.CONFIRMED


def test_fewer_places_send_the_last_ones_back_to_the_head_of_the_line() -> None:
    shift = make_shift(places=3)
    first, second, third, fourth = (make_sign_up(shift) for _ in range(4))
    service.change_places(shift, 1, now())
    assert _counts(shift) == (1, 3)
    assert queries.positions([second, third, fourth]) == {second.id: 1, third.id: 2, fourth.id: 3}
    service.change_places(shift, 4, now())
    assert _counts(shift) == (4, 0)
    assert first.state == STATES.CONFIRMED


def test_an_event_that_is_called_off_tells_everybody_once() -> None:
    shift = make_shift(places=1)
    make_sign_up(shift, email="a@example.org")
    make_sign_up(shift, email="b@example.org")
    service.call_off(shift.event, now())
    service.call_off(shift.event, now())
    told = [to for kind, to in _mails() if kind == "sign_up_cancelled"]
    assert (sorted(told), _counts(shift)) == (["a@example.org", "b@example.org"], (0, 0))


def test_who_is_taken_out_leaves_no_trace_but_counts() -> None:
    past = make_shift(starts_at=now() - timedelta(days=3))
    earlier = now() - timedelta(days=5)
    over = make_sign_up(past, email="gone@example.org", moment=earlier)
    coming = make_sign_up(make_shift(places=1), email="gone@example.org")
    heir = make_sign_up(coming.shift)
    assert over.person_id is not None
    person_id, over_id, coming_id = over.person_id, over.id, coming.id
    service.take_out(person_id, now())
    db.session.expire_all()
    assert db.session.get(Person, person_id) is None
    assert db.session.get(SignUp, coming_id) is None
    left = db.session.get_one(SignUp, over_id)
    assert (left.person_id, left.name, _counts(past)) == (None, "", (1, 0))
    assert "gone@example.org" not in [to for _, to in _mails()]
    assert queries.get_sign_up(heir.id).state == STATES.CONFIRMED


def test_signing_up_again_for_a_shift_makes_no_second_row() -> None:
    shift = make_shift(places=2)
    made = make_sign_up(shift, email="mina@example.org", proved=False)
    sign_up(shift.event_id, wish(shift, email="mina@example.org", name="Min-a"), Known(), now())
    assert (_counts(shift), queries.get_sign_up(made.id).name) == ((1, 0), "Mina")
    service.cancel(made, now())
    again = make_sign_up(shift, email="mina@example.org")
    assert (again.id, again.state, _counts(shift)) == (made.id, STATES.CONFIRMED, (1, 0))


def test_a_claim_made_with_somebodys_address_does_not_cost_them_their_turn() -> None:
    shift = make_shift(places=1)
    holder = make_sign_up(shift)
    waiting = make_sign_up(shift, email="mina@example.org")
    other = make_shift(make_event(), shift.starts_at + timedelta(hours=1))
    make_sign_up(other, email="mina@example.org", proved=False)
    service.cancel_by_person(holder, now())
    assert queries.get_sign_up(waiting.id).state == STATES.CONFIRMED


def test_who_takes_another_shift_instead_is_not_moved_up_into_a_third_at_that_time() -> None:
    held = make_sign_up(make_shift(), email="mina@example.org")
    full = make_shift(make_event(), held.shift.starts_at + timedelta(hours=1), places=1)
    holder = make_sign_up(full)
    waiting = make_sign_up(full, email="mina@example.org")
    service.cancel_by_person(holder, now())
    wanted = make_shift(make_event(), held.shift.starts_at + timedelta(hours=1))
    asked, known = wish(wanted, email="mina@example.org"), Known(held.person_id)
    (outcome,) = sign_up(wanted.event_id, asked, known, now(), instead=[held.shift_id])
    states = [queries.get_sign_up(ident).state for ident in (held.id, outcome.sign_up_id or 0, waiting.id)]
    assert states == [STATES.CANCELLED, STATES.CONFIRMED, STATES.WAITING]


def test_nobody_is_moved_up_whose_own_time_to_prove_the_address_is_over() -> None:
    shift, begun = make_shift(places=1), now()
    make_sign_up(shift, proved=False, moment=begun)
    silent = make_sign_up(shift, proved=False, moment=begun, email="silent@example.org")
    third = make_sign_up(shift, moment=begun)
    assert due.lapse_due(begun + timedelta(hours=24), 10) == 2
    states = [queries.get_sign_up(one.id).state for one in (silent, third)]
    assert states == [STATES.CANCELLED, STATES.CONFIRMED]
    assert ("sign_up_moved_up", "silent@example.org") not in _mails()


def test_fewer_places_let_others_up_elsewhere_in_the_order_in_which_they_wait_there() -> None:
    shift = make_shift(places=2)
    elsewhere = make_shift(make_event(), shift.starts_at + timedelta(hours=1), places=1)
    holder = make_sign_up(elsewhere)
    lines = [make_sign_up(elsewhere, email=f"{n}@example.org") for n in "ab"]
    for name in "ab":
        make_sign_up(shift, email=f"{name}@example.org")
    service.cancel_by_person(holder, now())
    service.change_places(shift, 0, now())
    assert [queries.get_sign_up(one.id).state for one in lines] == [STATES.CONFIRMED, STATES.WAITING]


def test_a_shift_that_moves_lets_in_who_has_time_then() -> None:
    shift = make_shift(places=1)
    holder = make_sign_up(shift)
    busy = make_sign_up(shift, email="busy@example.org")
    make_sign_up(make_shift(make_event(), shift.starts_at), email="busy@example.org")
    service.cancel_by_person(holder, now())
    assert queries.get_sign_up(busy.id).state == STATES.WAITING
    later = shift.starts_at + timedelta(days=1)
    service.change_times(shift, later, later + timedelta(hours=2), now())
    assert queries.get_sign_up(busy.id).state == STATES.CONFIRMED


def test_who_is_taken_out_after_waiting_in_vain_waits_no_more() -> None:
    shift, earlier = make_shift(starts_at=now() - timedelta(days=3), places=1), now() - timedelta(days=5)
    make_sign_up(shift, moment=earlier)
    in_vain = make_sign_up(shift, moment=earlier)
    assert in_vain.person_id is not None
    service.take_out(in_vain.person_id, now())
    assert _counts(shift) == (1, 0)


def test_an_address_that_helps_here_is_told_until_when_like_a_new_one() -> None:
    shift, moment = make_shift(places=4), now()
    make_sign_up(shift, email="mina@example.org")
    told = [
        sign_up(shift.event_id, wish(shift, email=email), Known(), moment)[0]
        for email in ("mina@example.org", "new@example.org")
    ]
    assert told[0].prove_by == told[1].prove_by == moment + timedelta(hours=24)


def test_the_id_of_a_sign_up_that_is_gone_is_never_given_again() -> None:
    shift = make_shift()
    gone = make_sign_up(shift, email="gone@example.org")
    assert gone.person_id is not None
    gone_id = gone.id
    service.take_out(gone.person_id, now())
    assert make_sign_up(shift).id > gone_id


def test_giving_up_one_shift_for_another_does_not_open_a_third_at_that_time() -> None:
    held = make_sign_up(make_shift(), email="mina@example.org")
    full = make_shift(make_event(), held.shift.starts_at + timedelta(hours=1), places=1)
    holder = make_sign_up(full)
    waiting = make_sign_up(full, email="mina@example.org")
    service.cancel_by_person(holder, now())
    fresh_shift = make_shift(make_event(), held.shift.starts_at + timedelta(hours=1))
    fresh = make_sign_up(fresh_shift, email="mina@example.org", proved=False)
    assert held.person_id is not None
    service.prove(held.person_id, now(), give_up=[held.id])
    states = [queries.get_sign_up(one.id).state for one in (fresh, waiting)]
    assert states == [STATES.CONFIRMED, STATES.WAITING]


def _counts(shift: object) -> tuple[int, int]:
    db.session.refresh(shift)
    return shift.taken, shift.waiting  # type: ignore[attr-defined]


def _mails() -> list[tuple[str, str]]:
    rows = select(OutboxMail.kind, Person.email).join(Person, OutboxMail.person_id == Person.id)
    return [(kind, email) for kind, email in db.session.execute(rows.order_by(OutboxMail.id))]
