"""Rules of publishing, as pure functions of plain values."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


def is_named_only(receiver: str, organizations: Iterable[str], own: Iterable[str]) -> bool:
    """Tell whether a receiver is only an organization that the story names: those receive nothing, and are told so.

    `own` are the group and its partners, whom an article may name as well.
    """
    name = plain_name(receiver)
    return name in map(plain_name, organizations) and name not in map(plain_name, own)


def plain_name(name: str) -> str:
    """Give what a reader takes for the same name: The River-Fund., river  fund."""
    signs = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in signs.removeprefix("the ") if sign.isalnum())


def check_ran_out(checked_on: date | None, today: date) -> bool:
    """Tell whether the check of a receiver is too old for a campaign to be published with it."""
    return checked_on is not None and today - checked_on > CHECK_HOLDS


@dataclass(frozen=True, slots=True)
class Checked:
    """A receiver in its country, and the day on which both were looked up; empty where they are not told."""

    receiver: str
    country: str
    on: date | None

    def is_replaced_by(self, other: "Checked") -> bool:
        """Tell whether what was told of the receiver is not what the other one tells; to complete it is no change."""
        pairs = ((self.receiver, other.receiver), (self.country, other.country))
        return any(was and was != now for was, now in pairs)


def check_is_of_another(before: Checked, after: Checked, since: date | None, today: date) -> bool:
    """Tell whether the day of a check is from before its receiver stood there, `since` when it does.

    One that is named only now has to be looked up anew, and with another day than the one that stood beside it.
    """
    if after.on is None:
        return False
    told = ((before.receiver, after.receiver), (before.country, after.country))
    is_named_now = any(now and was != now for was, now in told)
    if is_named_now and before.on is not None and after.on <= before.on:
        return True
    if before.on == after.on:
        return False
    from_when = today if is_named_now and before.is_replaced_by(after) else since
    return from_when is not None and after.on < from_when


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
