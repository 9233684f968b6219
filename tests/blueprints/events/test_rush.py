"""More people than places at one moment, over HTTP: the small form of tests/long/test_rush.py."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.db import db
from portal.domain.events.models import Shift
from portal.domain.volunteers.models import SignUp
from tests.factories.campaigns import make_group
from tests.factories.events import make_shift
from tests.foundation.halls import four_processes, leave_at_once, leave_two_shifts_at_once, rush

HALL = 200


@pytest.mark.both_databases
def test_24_people_race_for_6_places_by_four_processes_and_3_of_them_leave_at_once(
    app: Flask, settings: dict[str, str]
) -> None:
    with four_processes(settings) as address:
        shift_id = rush(app, address, people=24, places=6)
        leave_at_once(app, address, shift_id, leavers=3)


@pytest.mark.both_databases
def test_nobody_gets_places_in_two_shifts_at_one_time_when_both_come_free_at_one_moment(
    app: Flask, settings: dict[str, str]
) -> None:
    with four_processes(settings) as address:
        leave_two_shifts_at_once(app, address, leavers=6)


def test_the_default_limits_let_a_hall_of_200_people_on_one_address_through(app: Flask) -> None:
    with app.app_context():
        make_group()
        shift = make_shift(places=20)
        event_id, shift_id = shift.event_id, shift.id
        db.session.commit()
        db.session.remove()
    assert [_sign_up(app, event_id, shift_id, number) for number in range(HALL)] == [303] * HALL
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignUp)) == HALL
        found = db.session.get_one(Shift, shift_id)
        assert (found.taken, found.waiting) == (20, HALL - 20)


def _sign_up(app: Flask, event_id: int, shift_id: int, number: int) -> int:
    entries = {"shift": shift_id, "name": "Ada", "email": f"hall-{number}@example.org", "adult": "y"}
    own = {"Sec-Fetch-Site": "same-origin"}
    return app.test_client().post(f"/events/{event_id}/sign-up", data=entries, headers=own).status_code
