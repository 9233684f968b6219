"""Limits on sign-ups: for each network address, each mailbox and in all."""

from datetime import timedelta

import pytest

from tests.blueprints.events.browser import EMAIL, Helper
from tests.blueprints.events.test_views import NOON


@pytest.mark.settings(RATELIMIT_SIGN_UP="2 per minute")
def test_one_network_address_cannot_sign_up_without_end_and_mistyping_does_not_count(helper: Helper) -> None:
    shifts = [helper.shift(starts_at=NOON + timedelta(days=day)) for day in range(3)]
    assert helper.sign_up(shifts[0], name="").status == 422
    statuses = [helper.sign_up(one, email=f"{one}@example.org").status for one in shifts]
    assert statuses == [303, 303, 429]
    other = {"X-Forwarded-For": "203.0.113.9"}
    assert helper.sign_up(shifts[2], email="other@example.org", headers=other).status == 303


def test_nobodys_mailbox_is_flooded_and_nobody_is_locked_out_through_it(helper: Helper) -> None:
    shifts = [helper.shift(places=9, starts_at=NOON + timedelta(days=day)) for day in range(12)]
    spellings = [EMAIL, f" {EMAIL.upper()} ", "mina@\uff45xample.org"]
    statuses = [
        Helper(helper.app).sign_up(one, email=spellings[n % 3]).status for n, one in enumerate(shifts)
    ]
    assert statuses == [303] * 12
    assert len({row[0] for row in helper.rows()}) == 1
    assert len(helper.mails()) == 8


def test_an_address_that_mail_programs_read_as_another_is_refused(helper: Helper) -> None:
    answer = helper.sign_up(helper.shift(), email="=?utf-8?q?=6dina?=@example.org")
    assert (answer.status, helper.rows(), helper.mails()) == (422, [], [])


@pytest.mark.settings(RATELIMIT_SIGN_UP="3 per minute")
def test_each_ticked_shift_counts(helper: Helper) -> None:
    event_id = helper.event()
    shifts = [helper.shift(event_id, starts_at=NOON + timedelta(days=day)) for day in range(4)]
    assert helper.sign_up(*shifts[:3]).status == 303
    assert helper.sign_up(shifts[3]).status == 429


@pytest.mark.settings(RATELIMIT_SIGN_UP_OVERALL="2 per minute")
def test_sign_ups_in_all_are_limited_too(helper: Helper) -> None:
    shift_id = helper.shift(places=9)
    statuses = [
        helper.sign_up(
            shift_id, email=f"h{n}@example.org", headers={"X-Forwarded-For": f"203.0.113.{n}"}
        ).status
        for n in range(3)
    ]
    assert statuses == [303, 303, 429]
    assert helper.counts(shift_id) == (2, 0)
