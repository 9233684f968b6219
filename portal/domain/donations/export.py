"""All gifts that a treasurer looks for, as rows for a file: read batch by batch, however many there are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine, Select, and_, func

from portal.db import reading_only, table_of
from portal.domain.donations.models import Donation, LedgerEntry, LedgerKind, Payment, Receipt
from portal.domain.donations.sought import GiftFilter, GiftKey, page_of_gifts

AT_ONCE = 2000

_donation, _payment, _entry = table_of(Donation), table_of(Payment), table_of(LedgerEntry)
_receipt = table_of(Receipt)


class GiftRow(NamedTuple):
    """A row as the database's driver gives it: amounts in minor units, moments as they are stored, see `moment_of`."""

    id: int
    number: int
    created_at: Any
    paid_at: Any
    campaign_id: int
    name: str
    email: str | None
    state: str
    gift_minor: int
    card_costs_minor: int
    currency: str
    gross_minor: int | None
    gross_currency: str | None
    fee_minor: int | None
    net_minor: int | None
    fee_currency: str | None
    case: str | None
    provider_id: str | None
    receipt_series: str | None
    receipt_number: int | None


def stream_gifts(engine: Engine, wanted: GiftFilter) -> Iterator[list[tuple[Any, ...]]]:
    """Give batches of `GiftRow` values, newest gifts first: a row for each payment, and one for a gift without any.

    Each batch is a short reading transaction of its own: whoever takes the file slowly holds up nobody. A gift's key
    never changes, so none is told twice or left out in between. Needs no request and no session.
    """
    before: GiftKey | None = None
    while rows := _read_batch(engine, wanted, before):
        yield rows
        last = GiftRow(*rows[-1])
        before = GiftKey(moment_of(last.created_at).replace(tzinfo=UTC), last.id)


def _read_batch(engine: Engine, wanted: GiftFilter, before: GiftKey | None) -> list[tuple[Any, ...]]:
    """Give the next rows, of each gift all or none; empty at the end."""
    most = AT_ONCE
    while True:
        with reading_only(), engine.connect() as connection:
            # Past SQLAlchemy, which takes as long to make its rows of a million of them as the database does.
            cursor = connection.execute(_batch(wanted, before, most)).cursor
            rows: list[tuple[Any, ...]] = list(cursor.fetchall()) if cursor else []
        if len(rows) < most:
            return rows
        # The last gift may have payments beyond these rows; it begins the next batch.
        whole = most
        while whole and rows[whole - 1][0] == rows[-1][0]:
            whole -= 1
        if whole:
            return rows[:whole]
        most *= 2


def moment_of(stored: Any) -> datetime:
    """Give a moment, in UTC without its zone, as SQLite or PostgreSQL keep it."""
    return datetime.fromisoformat(stored) if isinstance(stored, str) else stored


def _batch(wanted: GiftFilter, before: GiftKey | None, most: int) -> Select[Any]:
    page = page_of_gifts(wanted, before, most, every_name=True)
    of_fee = and_(_entry.c.payment_id == _payment.c.id, _entry.c.kind == LedgerKind.FEE)
    told = {
        **{column.key: column for column in page.exported_columns},
        "gross_minor": _payment.c.amount_minor,
        "gross_currency": _payment.c.currency,
        "fee_minor": _payment.c.fee_minor,
        "net_minor": _payment.c.net_minor,
        "fee_currency": func.coalesce(_entry.c.currency, _payment.c.currency),
        "case": _payment.c.case,
        "provider_id": _payment.c.provider_id,
        "receipt_series": _receipt.c.series,
        "receipt_number": _receipt.c.number,
    }
    joined = (
        page.outerjoin(_payment, _payment.c.donation_id == _donation.c.id)
        .outerjoin(_entry, of_fee)
        .outerjoin(_receipt, _receipt.c.donation_id == _donation.c.id)
    )
    columns = (told[name].label(name) for name in GiftRow._fields)
    return joined.with_only_columns(*columns, maintain_column_froms=True).order_by(_payment.c.id)
