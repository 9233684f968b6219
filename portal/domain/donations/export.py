"""All gifts that a treasurer looks for, as rows for a file: read batch by batch, however many there are."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, Row, Select, and_, func, select

from portal.db import reading_only, table_of
from portal.domain.donations.models import Donation, LedgerEntry, LedgerKind, Payment, Receipt
from portal.domain.donations.sought import GiftFilter, GiftKey, page_of_gifts

AT_ONCE = 1000

_donation, _payment, _entry = table_of(Donation), table_of(Payment), table_of(LedgerEntry)
_receipt = table_of(Receipt)


def stream_gifts(engine: Engine, wanted: GiftFilter) -> Iterator[list[Row[Any]]]:
    """Give batches of rows, newest gifts first: one row for each payment, and one for a gift without any.

    Each batch is a short reading transaction of its own: whoever takes the file slowly holds up nobody. A gift's key
    never changes, so none is told twice or left out in between. Needs no request and no session.
    """
    before: GiftKey | None = None
    while True:
        with reading_only(), engine.connect() as connection:
            rows = connection.execute(_batch(wanted, before)).all()
        if not rows:
            return
        yield list(rows)
        before = GiftKey(rows[-1].created_at, rows[-1].id)


def _batch(wanted: GiftFilter, before: GiftKey | None) -> Select[Any]:
    page = page_of_gifts(wanted, before, AT_ONCE).subquery("page")
    of_fee = and_(_entry.c.payment_id == _payment.c.id, _entry.c.kind == LedgerKind.FEE)
    joined = (
        page.outerjoin(_payment, _payment.c.donation_id == page.c.id)
        .outerjoin(_entry, of_fee)
        .outerjoin(_receipt, _receipt.c.donation_id == page.c.id)
    )
    told = (
        _payment.c.provider_id,
        _payment.c.case,
        _payment.c.amount_minor.label("gross_minor"),
        _payment.c.currency.label("gross_currency"),
        _payment.c.fee_minor,
        _payment.c.net_minor,
        func.coalesce(_entry.c.currency, _payment.c.currency).label("fee_currency"),
        _receipt.c.series.label("receipt_series"),
        _receipt.c.number.label("receipt_number"),
    )
    ordered = page.c.created_at.desc(), page.c.id.desc(), _payment.c.id
    return select(page, *told).select_from(joined).order_by(*ordered)
