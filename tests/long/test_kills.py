"""`kill -9` of server, worker and stand-in while a hundred people give: nothing is lost, nothing counted twice.

The moments are random; LANTERN_KILLS_SEED repeats those of a run that failed. Only `dev.py test --long` comes here.
"""

import os
import random
import sys
from pathlib import Path

import pytest

from tests.journeys.postbox import Postbox
from tests.journeys.running import Lantern
from tests.long.crowd import give_all
from tests.long.killing import (
    assert_a_crowd_survives,
    assert_late_news_changes_nothing,
    assert_nothing_lost_and_nothing_twice,
    freeze_worker,
    kill,
    stand_in_alone,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the processes to kill under /proc")


@pytest.mark.both_databases
def test_after_20_kills_over_100_gifts_nothing_is_lost_and_nothing_is_counted_twice(
    database: str, tmp_path: Path, postbox: Postbox, seed: int
) -> None:
    address = {} if database.startswith("sqlite") else {"DATABASE_URL": database}
    lantern = Lantern(tmp_path / "data", postbox, **address)
    given = assert_a_crowd_survives(lantern, seed, kills=20, gifts=100)
    assert_late_news_changes_nothing(lantern, given)


def test_one_run_of_the_worker_catches_up_with_60_gifts_of_which_no_worker_and_no_webhook_knew(
    tmp_path: Path, postbox: Postbox, seed: int
) -> None:
    lantern = Lantern(tmp_path / "data", postbox)
    with lantern.running():
        lantern.stand_in.deliveries("never")
        freeze_worker(lantern)
        given = give_all(lantern.address, 60, seed, after_each=lambda _: None)
        kill(lantern, "worker")  # what is frozen does not hear that it should end
    with stand_in_alone(lantern):
        assert lantern.command("worker", "--once").returncode == 0
        assert_nothing_lost_and_nothing_twice(lantern, given)


@pytest.fixture
def seed() -> int:
    """The dice of this run."""
    return int(os.environ.get("LANTERN_KILLS_SEED") or random.randrange(1_000_000))
