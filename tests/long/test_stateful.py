"""Helping in any order, many more steps than tests/domain/volunteers/test_stateful.py takes each time."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.foundation.helping import Helping

MANY = settings(
    max_examples=400, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.both_databases
@pytest.mark.usefixtures("db_session")
def test_whatever_happens_in_whatever_order_places_lines_and_mails_agree_for_twenty_thousand_steps() -> None:
    run_state_machine_as_test(Helping, settings=MANY)
