"""Helping in any order: places, lines and mails agree after every step (tests/foundation/helping.py)."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.foundation.helping import Helping

# Some hundred steps each time, other ones each time; tests/long goes through many more.
A_FEW = settings(
    max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.both_databases
@pytest.mark.usefixtures("db_session")
def test_whatever_happens_in_whatever_order_places_lines_and_mails_agree() -> None:
    run_state_machine_as_test(Helping, settings=A_FEW)
