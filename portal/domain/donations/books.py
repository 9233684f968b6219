"""Changes to the books: payments, the ledger with the totals that follow it, receipts, and numbers of series."""

from datetime import datetime
from types import SimpleNamespace

from portal.db import Prepared, table_of
from portal.domain.campaigns.service import add_to_total
from portal.domain.donations.gateway import CheckoutSeen
from portal.domain.donations.models import (
    Donation,
    LedgerEntry,
    LedgerKind,
    NumberSeries,
    Payment,
    PaymentCase,
    Receipt,
)
from portal.money import Money

_payment, _series = table_of(Payment), table_of(NumberSeries)
_new_payment = Prepared(
    lambda insert: (
        insert(_payment).on_conflict_do_nothing(index_elements=["provider_id"]).returning(_payment.c.id)
    )
)
_new_entry = Prepared(lambda insert: insert(table_of(LedgerEntry)))
_new_receipt = Prepared(lambda insert: insert(table_of(Receipt)))
_next_number = Prepared(
    lambda insert: (
        insert(_series)
        .on_conflict_do_update(index_elements=["name"], set_={"last": _series.c.last + 1})
        .returning(_series.c.last)
    )
)


def insert_payment(
    found: SimpleNamespace, seen: CheckoutSeen, case: PaymentCase, paid_at: datetime
) -> int | None:
    """Give the new payment's id, or None when it was entered before."""
    moved = seen.moved or Money(0, found.currency)
    return _new_payment.value(
        donation_id=found.donation_id,
        provider_id=seen.payment_id,
        case=case,
        amount_minor=moved.minor,
        currency=moved.currency,
        livemode=found.livemode,
        next_fee_try_at=paid_at,
        paid_at=paid_at,
    )


def enter_in_ledger(
    kind: LedgerKind,
    provider_id: str,
    found: SimpleNamespace | Donation,
    payment_id: int,
    amount: Money,
    moment: datetime,
    gifts: int = 0,
) -> None:
    """Enter one movement and move the campaign's total with it."""
    _new_entry.run(
        kind=kind,
        unique_key=f"{kind}:{provider_id}",
        campaign_id=found.campaign_id,
        payment_id=payment_id,
        amount_minor=amount.minor,
        currency=amount.currency,
        livemode=found.livemode,
        entered_at=moment,
    )
    of_payment = kind is LedgerKind.PAYMENT
    add_to_total(
        found.campaign_id,
        livemode=found.livemode,
        currency=amount.currency,
        received=amount.minor if of_payment else 0,
        fees=0 if of_payment else -amount.minor,
        gifts=gifts,
    )


def issue_receipt(donation_id: int, livemode: bool, moment: datetime) -> None:
    """Give a paid donation its receipt, with the next number of the year's series; test ones have their own."""
    series = f"{moment.year}" if livemode else f"TEST-{moment.year}"
    _new_receipt.run(
        donation_id=donation_id,
        series=series,
        number=take_number(f"receipt-{series}"),
        issued_at=moment,
    )


def take_number(series: str) -> int:
    """Give the next number of a series, starting at 1; a number taken in a transaction that fails is free again."""
    return int(_next_number.value(name=series, last=1))
