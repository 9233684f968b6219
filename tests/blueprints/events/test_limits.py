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


@pytest.mark.settings(RATELIMIT_SIGN_UP_MAIL="2 per minute")
def test_nobodys_mailbox_is_flooded_through_us(helper: Helper) -> None:
    shifts = [helper.shift(starts_at=NOON + timedelta(days=day)) for day in range(4)]
    typed = [EMAIL, f" {EMAIL.upper()} ", EMAIL, "other@example.org"]
    statuses = [
        helper.sign_up(one, email=email, headers={"X-Forwarded-For": f"203.0.113.{one}"}).status
        for one, email in zip(shifts, typed, strict=True)
    ]
    assert statuses == [303, 303, 429, 303]
    assert helper.mails() == ["sign_up_confirm"] * 3


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
