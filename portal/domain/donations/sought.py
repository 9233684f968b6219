"""Which gifts a treasurer looks for, as statements that an index carries each, however many gifts there are.

A gift's key is when it was started, with its id: that never changes, so that no gift is shown twice or left out however
long somebody reads. Test and live gifts are never in one list.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union,
)

from portal.db import LARGEST_ID, table_of
from portal.domain.donations.models import (
    ODD,
    Checkout,
    Donation,
    DonationState,
    DonationWord,
    EventState,
    Payment,
    ProviderEvent,
    Receipt,
)
from portal.domain.people.models import Person
from portal.domain.people.queries import are_many_sought, ids_sought
from portal.domain.people.words import are_many, ids_by_words
from portal.money import AmountRefused, Money, parse_amount

LONGEST_SEARCH = 200
# On a page so many names, on gifts and of people, that begin as typed are looked at: more nobody reads.
MOST_LOOKED_AT = 100
RECEIPT_NUMBER = re.compile(r"((?:TEST-)?\d{4})-(\d{1,9})", re.IGNORECASE | re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_donation, _payment, _person = table_of(Donation), table_of(Payment), table_of(Person)
_event, _checkout = table_of(ProviderEvent), table_of(Checkout)


@dataclass(frozen=True)
class GiftKey:
    """Where a page of gifts ends."""

    created_at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.created_at - EPOCH) // timedelta(microseconds=1)}-{self.id}"


def read_key(text: str) -> GiftKey | None:
    """Give the key that a text from an address stands for; None for a text that stands for none."""
    found = re.fullmatch(r"([0-9]{1,17})-([0-9]{1,10})", text)
    if found is None or int(found[2]) > LARGEST_ID:
        return None
    return GiftKey(EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))


@dataclass(frozen=True)
class Month:
    """A month as calendars of a zone have it, told by its first day."""

    first: date
    timezone: str

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when, and until before when, it is."""
        following = (self.first + timedelta(days=32)).replace(day=1)
        zone = ZoneInfo(self.timezone)
        start, end = (datetime(day.year, day.month, 1, tzinfo=zone) for day in (self.first, following))
        return start.astimezone(UTC), end.astimezone(UTC)


def read_month(text: str, timezone: str) -> Month | None:
    """Give the month that a text like 2026-11 names; None for any other text."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if found is None or not (1970 <= int(found[1]) <= 9000 and 1 <= int(found[2]) <= 12):
        return None
    return Month(date(int(found[1]), int(found[2]), 1), timezone)


@dataclass(frozen=True)
class GiftFilter:
    """Which gifts are looked for; what is None or empty leaves all.

    `currencies` are those in which a number in the search may be an amount.
    """

    livemode: bool
    campaign_id: int | None = None
    state: DonationState | None = None
    month: Month | None = None
    stuck: bool = False
    sought: str = ""
    currencies: tuple[str, ...] = ()


_COLUMNS = (
    _donation.c.id,
    _donation.c.public_id,
    _donation.c.number,
    _donation.c.created_at,
    _donation.c.paid_at,
    _donation.c.campaign_id,
    _donation.c.person_id,
    _donation.c.state,
    _donation.c.gift_minor,
    _donation.c.card_costs_minor,
    _donation.c.currency,
    # The name that came with the gift, else the one that its person goes by.
    func.coalesce(func.nullif(_donation.c.name, ""), _person.c.name, "").label("name"),
    _person.c.email,
)


def page_of_gifts(
    wanted: GiftFilter, before: GiftKey | None, most: int, *, every_name: bool = False
) -> Select[Any]:
    """Give the statement for the newest gifts before a key.

    A search is a union of finds, each by an index of its own; without one the list is the order of an index. Of names
    that begin as typed only so many are looked at, see `fits_many`, or each with `every_name`.
    """
    sources = _donation.outerjoin(_person, _person.c.id == _donation.c.person_id)
    finds = _finds(wanted, before, most, None if every_name else MOST_LOOKED_AT)
    if finds is None:
        plain = select(*_COLUMNS).select_from(sources).where(*limits_of(wanted, before))
        return plain.order_by(_donation.c.created_at.desc(), _donation.c.id.desc()).limit(most)
    every = finds.subquery()
    # By their keys alone, so that only what is shown is read as a whole.
    newest = select(every).order_by(every.c.created_at.desc(), every.c.id.desc()).limit(most)
    found = newest.subquery("found")
    joined = select(*_COLUMNS).select_from(found.join(sources, _donation.c.id == found.c.id))
    return joined.order_by(found.c.created_at.desc(), found.c.id.desc())


def fits_many(wanted: GiftFilter) -> Select[Any] | None:
    """Give the statement that tells whether a search fits more names than a page looks at; None for no search."""
    words = table_of(DonationWord)
    on_gifts = are_many(words, _text(wanted), MOST_LOOKED_AT)
    of_people = are_many_sought(_text(wanted), MOST_LOOKED_AT)
    told = [one for one in (on_gifts, of_people) if one is not None]
    return select(or_(*told)) if told else None


def limits_of(
    wanted: GiftFilter, before: GiftKey | None, *, by_index: bool = True
) -> list[ColumnElement[bool]]:
    """Give what every gift looked for is, without what is typed in the search.

    Without `by_index` it says so in a way that no index is taken for.
    """
    livemode: ColumnElement[Any] = _donation.c.livemode if by_index else cast(_donation.c.livemode, Integer)
    limits: list[ColumnElement[bool]] = [livemode == (wanted.livemode if by_index else int(wanted.livemode))]
    if wanted.campaign_id is not None:
        campaign = _donation.c.campaign_id if by_index else cast(_donation.c.campaign_id, Integer)
        limits.append(campaign == wanted.campaign_id)
    if wanted.state is not None:
        limits.append(_donation.c.state == wanted.state)
    if wanted.stuck and wanted.sought:
        limits.append(_donation.c.id.in_(union(*_stuck())))
    if wanted.month is not None:
        start, end = wanted.month.span
        limits += [_donation.c.created_at >= start, _donation.c.created_at < end]
    if before is not None:
        # As a pair, which both databases look up in an index; "a < x or a = x and b < y" they would walk.
        limits.append(tuple_(_donation.c.created_at, _donation.c.id) < (before.created_at, before.id))
    return limits


def _text(wanted: GiftFilter) -> str:
    return wanted.sought[:LONGEST_SEARCH].replace("\0", "").strip()


def _finds(
    wanted: GiftFilter, before: GiftKey | None, most: int, looked_at: int | None
) -> CompoundSelect[Any] | None:
    # SQLite would else read all gifts of this livemode, or of the campaign, to look each up among the few found.
    held = limits_of(wanted, before, by_index=False)
    key = select(_donation.c.id, _donation.c.created_at).where(*held)
    if not wanted.sought:
        return union(*(key.where(_donation.c.id.in_(ids)) for ids in _stuck())) if wanted.stuck else None
    text = _text(wanted)
    finds = [key.where(condition) for condition in _exact(text, wanted.livemode)]
    for amount in _amounts(text, wanted.currencies):
        of_it = select(_donation.c.id, _donation.c.created_at).where(
            *limits_of(wanted, before),
            _donation.c.gift_minor == amount.minor,
            _donation.c.currency == amount.currency,
        )
        # Many gifts may be of one amount: only the newest of them can be on this page.
        newest = of_it.order_by(_donation.c.created_at.desc(), _donation.c.id.desc()).limit(most).subquery()
        finds.append(select(newest.c.id, newest.c.created_at))
    if (named := ids_by_words(table_of(DonationWord), text, looked_at)) is not None:
        finds.append(key.where(_donation.c.id.in_(named)))
    if (people := ids_sought(text, looked_at)) is not None:
        finds.append(key.where(_donation.c.person_id.in_(people)))
    return union(*finds)


def _stuck() -> list[Select[Any]]:
    return [
        select(_payment.c.donation_id).where(literal_column(ODD)),
        select(_checkout.c.donation_id).join(_event, waiting_event()),
    ]


def waiting_event() -> ColumnElement[bool]:
    """Give the join of a checkout with the provider's events of it that could not be booked yet."""
    unapplied = _event.c.state.in_([EventState.RECEIVED, EventState.FAILED])
    return and_(_event.c.session_id == _checkout.c.session_id, unapplied)


def _exact(text: str, livemode: bool) -> Iterator[ColumnElement[bool]]:
    yield _donation.c.public_id == text
    yield _donation.c.id.in_(select(_payment.c.donation_id).where(_payment.c.provider_id == text))
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        yield and_(_donation.c.livemode == livemode, _donation.c.number == int(text))
    if found := RECEIPT_NUMBER.fullmatch(text):
        receipt = table_of(Receipt)
        of_receipt = receipt.c.series == found[1].upper(), receipt.c.number == int(found[2])
        yield _donation.c.id.in_(select(receipt.c.donation_id).where(*of_receipt))


def _amounts(text: str, currencies: Iterable[str]) -> Iterator[Money]:
    for currency in currencies:
        try:
            amount = parse_amount(text, currency)
        except AmountRefused:
            continue
        if amount.minor <= LARGEST_ID:
            yield amount
