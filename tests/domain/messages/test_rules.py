"""When a mail is tried again."""

from datetime import timedelta

from portal.domain.messages.rules import RETRY_AFTER_MINUTES, wait_before_try, was_last_try


def test_waiting_grows_and_ends_after_about_a_day() -> None:
    waits = [wait_before_try(attempts) for attempts in range(1, len(RETRY_AFTER_MINUTES) + 2)]
    assert waits == sorted(waits)
    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=48)
    assert not was_last_try(len(RETRY_AFTER_MINUTES))
    assert was_last_try(len(RETRY_AFTER_MINUTES) + 1)
