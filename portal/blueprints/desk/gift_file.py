"""The treasurer's file of gifts: which columns it has, and how a row of them is written."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
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
) -> Iterator[list[tuple[Any, ...]]]:
    """Give the rows of `export.stream_gifts` as cells.

    Of a gift with several payments only the first row says what was asked for, so that a column can be summed.
    """
    zone, last, mode = ZoneInfo(timezone), 0, "live" if livemode else "TEST"
    safe_titles = {ident: harmless(title) for ident, title in titles.items()}
    for batch in batches:
        cells = []
        # By place and not by name, and without a call for what most rows have: of a million that saves half the time.
        for (
            ident, number, created_at, paid_at, campaign_id, name, email, state, gift, card_costs, currency,
            gross, gross_currency, fee, net, fee_currency, case, provider_id, series, receipt_number,
        ) in batch:  # fmt: skip
            cells.append((
                number,
                local_time(created_at, zone),
                local_time(paid_at, zone) if paid_at else "",
                safe_titles.get(campaign_id, ""),
                name if name[:1].isalnum() else harmless(name),
                email if email and email[0].isalnum() else harmless(email or ""),
                state,
                plain(gift, currency) if ident != last else "",
                plain(card_costs, currency) if ident != last else "",
                currency,
                plain(gross, gross_currency),
                gross_currency,
                plain(fee, fee_currency),
                plain(net, fee_currency),
                "" if fee is None else fee_currency,
                case,
                provider_id if provider_id and provider_id[0].isalnum() else harmless(provider_id or ""),
                f"{series}-{receipt_number:06d}" if receipt_number else "",
                mode,
            ))  # fmt: skip
            last = ident
        yield cells


# The same amounts come again and again, and so do their fees.
@lru_cache(maxsize=4096)
def plain(minor: int | None, currency: str | None) -> str:
    """Give an amount in minor units as a decimal without sign or separator: 1234.50; empty for none."""
    if minor is None or currency is None:
        return ""
    digits = minor_digits(currency)
    if not digits:
        return str(minor)
    whole, rest = divmod(abs(minor), 10**digits)
    return f"{'-' if minor < 0 else ''}{whole}.{rest:0{digits}d}"


def local_time(stored: Any, zone: ZoneInfo) -> str:
    """Give a moment, as the database keeps it, as calendars and clocks of a zone show it."""
    text = stored if isinstance(stored, str) else stored.isoformat(" ")
    hour, ahead = _ahead(text[:15], zone)
    return hour + text[13:19] if hour else str(datetime.fromisoformat(text[:19]) + ahead)


# Clocks are set forward and back at full and half hours, so for ten minutes a zone is ahead of UTC by as much.
@lru_cache(maxsize=4096)
def _ahead(ten_minutes: str, zone: ZoneInfo) -> tuple[str, timedelta]:
    """Give how far ahead of UTC a zone is in minutes that are told by their beginning: "2026-11-23 09:3".

    And, in front, day and hour there, where that is all that differs; else nothing.
    """
    moment = datetime.fromisoformat(f"{ten_minutes}0")
    ahead = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
    return "" if ahead % timedelta(hours=1) else str(moment + ahead)[:13], ahead
