"""The one clock: everything that asks what time it is asks here."""

from datetime import UTC, datetime


def now() -> datetime:
    """Give the current time as an aware datetime in UTC."""
    return datetime.now(UTC)
