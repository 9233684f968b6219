"""Killed in the middle of it: one worker, and a few processes under a small crowd; tests/long has the large one."""

import sys
from pathlib import Path

import pytest

from tests.journeys.postbox import Postbox
from tests.journeys.proof import assert_paid_once
from tests.journeys.running import Lantern
from tests.long.crowd import Giver
from tests.long.killing import assert_a_crowd_survives, kill

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the processes to kill under /proc")


def test_the_next_worker_goes_on_at_once_where_one_was_killed_in_the_middle_of_sending(
    lantern: Lantern,
) -> None:
    giver = Giver(1, lantern.address, seed=id(lantern))
    with lantern.mailbox.hanging():
        given = giver.give()
        lantern.mailbox.has_one_in_hand()
        assert kill(lantern, "worker")
    assert_paid_once(lantern, given.public_id, given.minor, given.email, mails_may_repeat=True)


@pytest.mark.parametrize("seed", [2018])
def test_after_3_kills_over_12_gifts_nothing_is_lost_and_nothing_is_counted_twice(
    tmp_path: Path, postbox: Postbox, seed: int
) -> None:
    assert_a_crowd_survives(Lantern(tmp_path / "data", postbox), seed, kills=3, gifts=12)
