"""What whoever makes an event says of it, read from what was typed."""

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from portal.domain.events.errors import (
    CampaignUnknown,
    ChoiceUnknown,
    EntriesRefused,
    EventRefused,
    ExactPlaceMissing,
    LanguageUnknown,
    TextMissing,
    TextTooLong,
    TextUnreadable,
    ZoneUnknown,
)
from portal.domain.events.models import NamesSeenBy
from portal.domain.people.rules import TURNING
from portal.languages import LANGUAGES

LONGEST = {
    "title": 140,
    "summary": 2_000,
    "place": 200,
    "exact_place": 300,
    "what_to_bring": 500,
    "role": 120,
    "note": 1_000,
    "message": 1_000,
}
Read = TypeVar("Read")


@dataclass(frozen=True)
class Details:
    """What an event is, but for its shifts."""

    campaign_id: int
    title: str
    summary: str
    timezone: str
    place: str
    exact_place: str
    place_hidden: bool
    what_to_bring: str
    languages: tuple[str, ...]
    names_seen_by: NamesSeenBy

    @property
    def zone(self) -> ZoneInfo:
        """The zone that its times are told in."""
        return ZoneInfo(self.timezone)

    def columns(self) -> dict[str, Any]:
        """Give the values of an event's row."""
        return asdict(self) | {"languages": list(self.languages)}


@dataclass(frozen=True)
class DetailEntries:
    """What was typed and chosen, as text."""

    campaign: str
    title: str
    summary: str
    timezone: str
    place: str
    exact_place: str
    place_hidden: bool
    what_to_bring: str
    languages: Sequence[str]
    names_seen_by: str


class Reading:
    """One look through what was typed, that goes on where something is wrong, so that all of it is told at once."""

    def __init__(self) -> None:
        self.wrong: dict[str, Exception] = {}

    def take(self, field: str, read: Callable[[], Read], otherwise: Read) -> Read:
        """Give what `read` makes of a field; what is wrong with it is kept under the field's name."""
        try:
            return read()
        except EventRefused as refusal:
            self.wrong[field] = refusal
            return otherwise

    def refuse_wrong(self) -> None:
        """Raise EntriesRefused where anything is wrong."""
        if self.wrong:
            raise EntriesRefused(self.wrong)


def read_details(entries: DetailEntries, campaign_ids: Collection[int]) -> Details:
    """Turn entries into details, for one of these campaigns; raises EntriesRefused with all that is wrong."""
    reading = Reading()
    bring, seen_by = entries.what_to_bring, entries.names_seen_by
    details = Details(
        campaign_id=reading.take("campaign", lambda: _campaign(entries.campaign, campaign_ids), 0),
        title=reading.take("title", lambda: read_line(entries.title, LONGEST["title"]), ""),
        summary=reading.take("summary", lambda: read_text(entries.summary, LONGEST["summary"]), ""),
        timezone=reading.take("timezone", lambda: _zone(entries.timezone), "UTC"),
        place=reading.take("place", lambda: read_line(entries.place, LONGEST["place"]), ""),
        exact_place=reading.take("exact_place", lambda: _exact_place(entries), ""),
        place_hidden=entries.place_hidden,
        what_to_bring=reading.take("what_to_bring", lambda: _to_bring(bring), ""),
        languages=reading.take("languages", lambda: _languages(entries.languages), ()),
        names_seen_by=reading.take("names_seen_by", lambda: _seen_by(seen_by), NamesSeenBy.HOSTS),
    )
    reading.refuse_wrong()
    return details


def read_line(typed: str, most: int, *, needed: bool = True) -> str:
    """Give one line of text without its edges; raises TextMissing, TextTooLong, TextUnreadable."""
    text = read_text(typed, most, needed=needed)
    if "\n" in text:
        raise TextUnreadable
    return text


def read_text(typed: str, most: int, *, needed: bool = True) -> str:
    """Give text of several lines without its edges; raises TextMissing, TextTooLong, TextUnreadable."""
    text = typed.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise TextTooLong(most)
    if any(_is_unreadable(character) for character in text):
        raise TextUnreadable
    if needed and not any(unicodedata.category(character)[0] in "LNPS" for character in text):
        raise TextMissing
    return text


def _is_unreadable(character: str) -> bool:
    hidden = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in TURNING
    return hidden and character != "\n"


def read_number(typed: str) -> int | None:
    """Give a whole number as it is typed in plain digits; None for anything else, and for ten digits or more."""
    text = typed.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def offered_zones() -> tuple[str, ...]:
    """Give the names of the time zones that are named after places, in the order of the alphabet."""
    return tuple(sorted(name for name in _zones() if "/" in name and not name.startswith("Etc/")))


def _campaign(typed: str, campaign_ids: Collection[int]) -> int:
    chosen = read_number(typed)
    if chosen is None or chosen not in campaign_ids:
        raise CampaignUnknown
    return chosen


def _zone(typed: str) -> str:
    if typed.strip() not in _zones():
        raise ZoneUnknown
    return typed.strip()


def _exact_place(entries: DetailEntries) -> str:
    exact = read_line(entries.exact_place, LONGEST["exact_place"], needed=False)
    if entries.place_hidden and not exact:
        raise ExactPlaceMissing
    return exact


def _to_bring(typed: str) -> str:
    return read_text(typed, LONGEST["what_to_bring"], needed=False)


def _languages(chosen: Sequence[str]) -> tuple[str, ...]:
    known = tuple(code for code in LANGUAGES if code in chosen)
    if not known or set(chosen) - set(LANGUAGES):
        raise LanguageUnknown
    return known


def _seen_by(typed: str) -> NamesSeenBy:
    try:
        return NamesSeenBy(typed)
    except ValueError:
        raise ChoiceUnknown from None
