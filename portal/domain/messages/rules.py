"""When a mail is tried again."""

from datetime import timedelta

RETRY_AFTER_MINUTES = (1, 2, 5, 15, 60, 180, 360, 720)


def wait_before_try(attempts: int) -> timedelta:
    """Give how long to wait after this many tries that failed."""
    return timedelta(minutes=RETRY_AFTER_MINUTES[min(attempts, len(RETRY_AFTER_MINUTES)) - 1])


def was_last_try(attempts: int) -> bool:
    """Tell whether a mail that failed this often is left for a person to look at (after about a day)."""
    return attempts > len(RETRY_AFTER_MINUTES)


def seen_by(*, organizes: bool, keeps_money: bool) -> frozenset[bool]:
    """Give which mails somebody may see and send again, by whether they are about gifts."""
    return frozenset(of_money for of_money, allowed in ((False, organizes), (True, keeps_money)) if allowed)
