"""200 people race for 20 places, ten times: 20 hold one, 180 wait in the order in which they came, nobody is lost.

Then ten give theirs back at one moment, and twenty of two events theirs at one time.
Only `dev.py test --long` comes here.
"""

import pytest
from flask import Flask

from tests.foundation.halls import four_processes, leave_at_once, leave_two_shifts_at_once, rush

ROUNDS = 10


@pytest.mark.both_databases
def test_200_people_race_for_20_places_by_four_processes_ten_times_and_10_places_come_free_at_once(
    app: Flask, settings: dict[str, str]
) -> None:
    with four_processes(settings) as address:
        for _ in range(ROUNDS):
            shift_id = rush(app, address, people=200, places=20)
            leave_at_once(app, address, shift_id, leavers=10)
            leave_two_shifts_at_once(app, address, leavers=10)
