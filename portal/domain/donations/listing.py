"""The treasurer's lists of gifts: newest first, with what moved for each, in few statements that are always as many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import contains_eager

from portal.db import db, table_of
from portal.domain.campaigns.models import Campaign, CampaignRevision, CampaignTotal
from portal.domain.campaigns.queries import current_revision
from portal.domain.donations.models import (
    Checkout,
    Donation,
    LedgerEntry,
    LedgerKind,
    Payment,
    PaymentCase,
    ProviderEvent,
    Receipt,
)
from portal.domain.donations.sought import GiftFilter, GiftKey, fits_many, page_of_gifts, waiting_event
from portal.domain.people.models import Person
from portal.money import Money

ON_A_PAGE = 50

_payment, _entry = table_of(Payment), table_of(LedgerEntry)
_event, _checkout = table_of(ProviderEvent), table_of(Checkout)


class Trouble(StrEnum):
    """Why a gift needs a treasurer's look."""

    DOUBLE = PaymentCase.DOUBLE.value
    AMOUNT_DIFFERS = PaymentCase.AMOUNT_DIFFERS.value
    CURRENCY_DIFFERS = PaymentCase.CURRENCY_DIFFERS.value
    # The provider told us something of it that could not be booked yet.
    NOT_BOOKED = "not_booked"


@dataclass(frozen=True, slots=True)
class Listed:
    """A gift as the list shows it; sums are of its payments, one for each currency that moved."""

    id: int
    public_id: str
    number: int
    created_at: datetime
    paid_at: datetime | None
    campaign_id: int
    person_id: int | None
    name: str
    email: str | None
    gift: Money
    card_costs: Money
    state: str
    gross: tuple[Money, ...]
    # Empty as long as the provider has not told the fee of every payment.
    fee: tuple[Money, ...]
    net: tuple[Money, ...]
    troubles: tuple[Trouble, ...]

    @property
    def key(self) -> GiftKey:
        """Its place in the order of gifts."""
        return GiftKey(self.created_at, self.id)


@dataclass(frozen=True)
class GiftPage:
    """A page of gifts; `older` is where the next one goes on, None on the last.

    `fits_many` says that what was typed fits so many names that not all of them were looked at.
    """

    gifts: list[Listed]
    older: GiftKey | None
    fits_many: bool = False


def list_gifts(wanted: GiftFilter, before: GiftKey | None = None, most: int = ON_A_PAGE) -> GiftPage:
    """Give the newest gifts, or the newest before a key, in three statements, or in four for a search."""
    rows = list(db.session.execute(page_of_gifts(wanted, before, most + 1)))
    shown = rows[:most]
    ids = [row.id for row in shown]
    moved, waiting = _moved_by_gift(ids), set(db.session.scalars(_not_booked(ids)))
    gifts = [_listed(row, moved.get(row.id, []), row.id in waiting) for row in shown]
    asked = fits_many(wanted)
    many = asked is not None and bool(db.session.scalar(asked))
    return GiftPage(gifts, gifts[-1].key if len(rows) > most else None, many)


@dataclass(frozen=True, slots=True)
class Moved:
    """One payment of a gift; fee and net are None as long as the provider has not told them."""

    donation_id: int
    case: str
    amount: Money
    fee: Money | None
    net: Money | None


def _moved_by_gift(donation_ids: Iterable[int]) -> dict[int, list[Moved]]:
    """The ledger knows in which currency a fee was: that of the account, and not always the payment's."""
    fee_currency = func.coalesce(_entry.c.currency, _payment.c.currency).label("fee_currency")
    of_fee = and_(_entry.c.payment_id == _payment.c.id, _entry.c.kind == LedgerKind.FEE)
    found = (
        select(_payment, fee_currency)
        .select_from(_payment.outerjoin(_entry, of_fee))
        .where(_payment.c.donation_id.in_(list(donation_ids)))
        .order_by(_payment.c.id)
    )
    moved: dict[int, list[Moved]] = {}
    for row in db.session.execute(found):
        moved.setdefault(row.donation_id, []).append(
            Moved(
                row.donation_id,
                row.case,
                Money(row.amount_minor, row.currency),
                None if row.fee_minor is None else Money(row.fee_minor, row.fee_currency),
                None if row.net_minor is None else Money(row.net_minor, row.fee_currency),
            )
        )
    return moved


def _not_booked(donation_ids: Iterable[int]) -> Select[tuple[int]]:
    of_them = _checkout.c.donation_id.in_(list(donation_ids))
    return select(_checkout.c.donation_id).join(_event, waiting_event()).where(of_them).distinct()


def _listed(row: Row[Any], moved: list[Moved], waiting: bool) -> Listed:
    cases = dict.fromkeys(one.case for one in moved if one.case != PaymentCase.EXPECTED)
    known = all(one.fee is not None for one in moved)
    return Listed(
        id=row.id,
        public_id=row.public_id,
        number=row.number,
        created_at=row.created_at,
        paid_at=row.paid_at,
        campaign_id=row.campaign_id,
        person_id=row.person_id,
        name=row.name,
        email=row.email,
        gift=Money(row.gift_minor, row.currency),
        card_costs=Money(row.card_costs_minor, row.currency),
        state=row.state,
        gross=sums(one.amount for one in moved),
        fee=sums(one.fee for one in moved if one.fee) if known else (),
        net=sums(one.net for one in moved if one.net) if known else (),
        troubles=(*map(Trouble, cases), *((Trouble.NOT_BOOKED,) if waiting else ())),
    )


def sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """Give the sum of amounts for each of their currencies, in the order in which they come."""
    total: dict[str, Money] = {}
    for amount in amounts:
        total[amount.currency] = total.get(amount.currency, Money(0, amount.currency)) + amount
    return tuple(total.values())


@dataclass(frozen=True)
class Gift:
    """One gift with all that belongs to it; `moved` are its payments, in the order of `payments`."""

    donation: Donation
    person: Person | None
    payments: list[Payment]
    moved: list[Moved]
    entries: list[LedgerEntry]
    receipt: Receipt | None
    waiting: list[ProviderEvent]


def find_gift(public_id: str, *, livemode: bool) -> Gift | None:
    """Give one gift of this livemode with its payments, movements, receipt and what could not be booked yet."""
    of_it = Donation.public_id == public_id, Donation.livemode == livemode
    donation = db.session.scalar(
        select(Donation).join(Donation.campaign).where(*of_it).options(contains_eager(Donation.campaign))
    )
    if donation is None:
        return None
    payments = db.session.scalars(
        select(Payment).where(Payment.donation_id == donation.id).order_by(Payment.id)
    ).all()
    of_payments = LedgerEntry.payment_id.in_([payment.id for payment in payments])
    waiting = select(ProviderEvent).join(Checkout, ProviderEvent.session_id == Checkout.session_id)
    of_checkouts = Checkout.donation_id == donation.id, waiting_event()
    return Gift(
        donation=donation,
        person=None if donation.person_id is None else db.session.get(Person, donation.person_id),
        payments=list(payments),
        moved=_moved_by_gift([donation.id]).get(donation.id, []),
        entries=list(db.session.scalars(select(LedgerEntry).where(of_payments).order_by(LedgerEntry.id))),
        receipt=db.session.scalar(select(Receipt).where(Receipt.donation_id == donation.id)),
        waiting=list(db.session.scalars(waiting.where(*of_checkouts).order_by(ProviderEvent.id))),
    )


def list_of_person(person_id: int, *, livemode: bool, most: int = ON_A_PAGE) -> list[Donation]:
    """Give a person's newest gifts; carried by the index of donations by person."""
    own = select(Donation).where(Donation.person_id == person_id, Donation.livemode == livemode)
    return list(db.session.scalars(own.order_by(Donation.created_at.desc(), Donation.id.desc()).limit(most)))


@dataclass(frozen=True, slots=True)
class CampaignName:
    """A campaign as lists of money name it."""

    id: int
    slug: str
    title: str
    currency: str


_title = func.coalesce(CampaignRevision.story["title"].as_string(), Campaign.slug)
_current = current_revision()


def list_campaign_names() -> list[CampaignName]:
    """Give every campaign there ever was, in their order."""
    named = select(Campaign.id, Campaign.slug, _title, Campaign.currency).outerjoin(
        CampaignRevision, _current
    )
    rows = db.session.execute(named.order_by(Campaign.position, Campaign.id))
    return [CampaignName(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Total:
    """What a campaign has received in one currency, and what was paid for it in fees."""

    title: str
    received: Money
    fees: Money
    gifts: int


def list_totals(*, livemode: bool) -> list[Total]:
    """Give the totals of every campaign and currency, test and live apart."""
    kept = (
        select(_title, CampaignTotal)
        .join(Campaign, Campaign.id == CampaignTotal.campaign_id)
        .outerjoin(CampaignRevision, _current)
        .where(CampaignTotal.livemode == livemode)
        .order_by(Campaign.position, Campaign.id, CampaignTotal.currency)
    )
    return [
        Total(
            title,
            Money(total.received_minor, total.currency),
            Money(total.fees_minor, total.currency),
            total.gifts,
        )
        for title, total in db.session.execute(kept)
    ]
