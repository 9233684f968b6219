"""Rules of publishing, as pure functions of plain values."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from portal.domain.campaigns.story import UNDECIDED, Sourced

# The sanctions lists that a receiver must have been looked up in before a page may collect money for it.
LISTS_TO_CHECK = ("UN", "EU", "UK", "US")
# The lists change: whoever publishes looks again once a year.
CHECK_HOLDS = timedelta(days=365)


def missing_for_money(
    *,
    receiver: str,
    country: str,
    purpose: str,
    checked_on: date | None,
    checked_by: str | None,
    lists: str | None,
    today: date,
) -> tuple[str, ...]:
    """Name what stands between a campaign and collecting money; empty when nothing does."""
    named = {name.strip() for name in (lists or "").split(",")}
    conditions = {
        "receiver": bool(receiver.strip()),
        "country": bool(country.strip()),
        "purpose": bool(purpose.strip()),
        "checked_on": checked_on is not None and checked_on <= today,
        "checked_by": bool((checked_by or "").strip()),
        "lists": named.issuperset(LISTS_TO_CHECK),
    }
    return tuple(name for name, fulfilled in conditions.items() if not fulfilled)


def check_ran_out(checked_on: date | None, today: date) -> bool:
    """Tell whether the check of a receiver is too old for a campaign to be published with it."""
    return checked_on is not None and today - checked_on > CHECK_HOLDS


def missing_of_sources(parts: Iterable[Sourced], today: date) -> tuple[str, ...]:
    """Name what stands between figures and their readers, each with the figure's own name: "said_by:in-hiding".

    Who said it must be decided, be it that the article names nobody; and somebody must have compared it with the
    article ("compared:in-hiding"), on a day that has come.
    """
    return tuple(_missing_of_sources(parts, today))


def _missing_of_sources(parts: Iterable[Sourced], today: date) -> Iterator[str]:
    for part in parts:
        if part.said_by == UNDECIDED:
            yield f"said_by:{part.id}"
        if part.last_checked is None or part.last_checked > today:
            yield f"compared:{part.id}"
