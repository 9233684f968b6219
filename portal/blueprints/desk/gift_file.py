"""The treasurer's file of gifts: which columns it has, and how a row of them is written."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext

from portal.money import minor_digits
from portal.web.csv_file import harmless


def header(timezone: str) -> list[str]:
    """Give the names of the columns, in the reader's language; times are those of the group's zone."""
    return [
        gettext("Donation"),
        gettext("Given (%(timezone)s)", timezone=timezone),
        gettext("Paid (%(timezone)s)", timezone=timezone),
        gettext("Campaign"),
        gettext("Name"),
        gettext("E-mail"),
        gettext("State"),
        gettext("Gift"),
        gettext("Card costs"),
        gettext("Currency"),
        gettext("Received"),
        gettext("Currency received"),
        gettext("Fee"),
        gettext("Net"),
        gettext("Currency of fee and net"),
        gettext("As asked"),
        gettext("Payment"),
        gettext("Receipt"),
        gettext("Test or live"),
    ]


def batches_of_cells(
    batches: Iterable[Iterable[Any]], titles: Mapping[int, str], timezone: str, *, livemode: bool
) -> Iterator[list[list[str]]]:
    """Give the rows of `export.stream_gifts` as cells.

    Of a gift with several payments only the first row says what was asked for, so that a column can be summed.
    """
    zone, last, mode = ZoneInfo(timezone), 0, "live" if livemode else "TEST"
    for batch in batches:
        cells = []
        for row in batch:
            cells.append(_cells(row, titles, zone, mode, first=row.id != last))
            last = row.id
        yield cells


def _cells(row: Any, titles: Mapping[int, str], zone: ZoneInfo, mode: str, *, first: bool) -> list[str]:
    return [
        str(row.number),
        _time(row.created_at, zone),
        _time(row.paid_at, zone),
        harmless(titles.get(row.campaign_id, "")),
        harmless(row.name),
        harmless(row.email or ""),
        row.state,
        plain(row.gift_minor, row.currency) if first else "",
        plain(row.card_costs_minor, row.currency) if first else "",
        row.currency,
        plain(row.gross_minor, row.gross_currency),
        row.gross_currency or "",
        plain(row.fee_minor, row.fee_currency),
        plain(row.net_minor, row.fee_currency),
        "" if row.fee_minor is None else row.fee_currency,
        row.case or "",
        harmless(row.provider_id or ""),
        "" if row.receipt_number is None else f"{row.receipt_series}-{row.receipt_number:06d}",
        mode,
    ]


def plain(minor: int | None, currency: str | None) -> str:
    """Give an amount in minor units as a decimal without sign or separator: 1234.50; empty for none."""
    if minor is None or currency is None:
        return ""
    digits = minor_digits(currency)
    if not digits:
        return str(minor)
    whole, rest = divmod(abs(minor), 10**digits)
    return f"{'-' if minor < 0 else ''}{whole}.{rest:0{digits}d}"


def _time(moment: datetime | None, zone: ZoneInfo) -> str:
    return "" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"
