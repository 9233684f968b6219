"""How a person's sign-ups are grouped and told: standing, place, hours, and what their calendar hears of."""

from datetime import timedelta

import pytest

from portal.clock import now
from portal.db import db
from portal.domain.events.models import EventStatus
from portal.domain.volunteers import queries, service
from portal.domain.volunteers.models import SignUp
from portal.web import own_help
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up

pytestmark = pytest.mark.usefixtures("db_session")
HIDDEN = {"place_hidden": True, "place": "Rivermouth", "exact_place": "12 Quay Street"}


def test_each_standing_has_its_name() -> None:
    full = make_shift(places=1)
    told = [
        _see(make_sign_up(make_shift(), proved=False)),
        _see(make_sign_up(make_shift(vetted=True))),
        _see(make_sign_up(full)),
        _see(make_sign_up(full)),
        _see(make_sign_up(full, proved=False)),
        _see(_cancelled(make_sign_up(make_shift()))),
        _see(_over()),
    ]
    assert [one.standing for one in told] == [
        "unproved", "vetting", "confirmed", "waiting", "unproved-waiting", "returned", "over",
    ]  # fmt: skip


def test_a_shift_that_was_called_off_is_not_told_as_given_back() -> None:
    made = make_sign_up(make_shift())
    service.call_off(made.shift.event, now())
    assert _see(made).standing == "off"


def test_an_event_called_off_after_a_shift_was_over_leaves_its_thanks() -> None:
    made = _over()
    made.shift.event.status = EventStatus.CANCELLED
    assert _see(made).standing == "over"


@pytest.mark.parametrize(
    ("facts", "proved", "told"),
    [({}, True, True), ({}, False, False), ({"vetted": True}, True, False), ({"places": 0}, True, False)],
)
def test_a_hidden_place_is_told_to_those_who_are_expected_there(
    facts: dict[str, object], proved: bool, told: bool
) -> None:
    made = make_sign_up(make_shift(make_event(**HIDDEN), **facts), proved=proved)
    seen = _see(made)
    assert (seen.place_is_exact, "Quay Street" in seen.place) == (told, told)


def test_a_public_place_is_told_to_everybody() -> None:
    made = make_sign_up(make_shift(make_event(exact_place="Library")), proved=False)
    assert "Library" in _see(made).place


@pytest.mark.parametrize(("hours", "told"), [([2, 1], 3), ([0.5, 1], 1.5), ([26], 26), ([], 0)])
def test_hours_are_those_of_the_shifts(hours: list[float], told: float) -> None:
    sign_ups = [
        _over(hours=length, email="mina@example.org", days=3 * n + 3) for n, length in enumerate(hours)
    ]
    help_ = own_help.sort(sign_ups, {}, now())
    assert (help_.hours, str(help_.hours)) == (told, str(told))


def test_coming_shifts_are_told_soonest_first_and_past_ones_latest_first() -> None:
    coming = [make_sign_up(make_shift(starts_at=now() + timedelta(days=day))) for day in (9, 3)]
    past = [_over(days=day) for day in (9, 3)]
    help_ = own_help.sort([*coming, *past], {}, now())
    assert [one.sign_up for one in help_.coming] == coming[::-1]
    assert [one.sign_up for one in help_.past] == past[::-1]


def test_a_waiting_list_can_be_left_until_the_shift_begins() -> None:
    shift = make_shift(places=0, starts_at=now() + timedelta(hours=1))
    assert _see(make_sign_up(shift)).may_give_back
    held = make_sign_up(make_shift(starts_at=now() + timedelta(hours=1)))
    assert not _see(held).may_give_back


def test_a_calendar_hears_of_past_shifts_for_a_year_and_of_nobody_elses() -> None:
    mine, old = _over(email="mina@example.org"), _over(email="mina@example.org", days=500)
    make_sign_up(make_shift())
    assert mine.person_id == old.person_id is not None
    assert own_help.list_for_calendar(mine.person_id or 0, now()) == [mine]


def _see(sign_up: SignUp) -> own_help.Own:
    db.session.flush()
    return own_help.see(sign_up, now(), queries.positions([sign_up]))


def _cancelled(sign_up: SignUp) -> SignUp:
    service.cancel(sign_up, now())
    return sign_up


def _over(*, days: float = 3, hours: float = 2, email: str = "") -> SignUp:
    start = (now() - timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    return make_sign_up(
        make_shift(starts_at=start, hours=hours), moment=start - timedelta(days=9), email=email
    )
