"""The file of all gifts beside a bare loop: csv.writer over a cursor of sqlite3 that selects the same columns."""

import csv
import io
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.lists import Reader

BAR = 0.5
MOST_MB, MOST_SECONDS = 50, 1.0
ROWS_A_RUN = 100_000
AT_ONCE = 1000

BARE = """
SELECT donation.number, donation.created_at, donation.paid_at, donation.campaign_id,
 coalesce(nullif(donation.name, ''), person.name, ''), person.email, donation.state, donation.gift_minor,
 donation.card_costs_minor, donation.currency, payment.amount_minor, payment.currency, payment.fee_minor,
 payment.net_minor, coalesce(ledger_entry.currency, payment.currency), payment."case", payment.provider_id,
 receipt.series, receipt.number
FROM donation LEFT JOIN person ON person.id = donation.person_id
LEFT JOIN payment ON payment.donation_id = donation.id
LEFT JOIN ledger_entry ON ledger_entry.payment_id = payment.id AND ledger_entry.kind = 'fee'
LEFT JOIN receipt ON receipt.donation_id = donation.id
WHERE donation.livemode = 0 ORDER BY donation.created_at DESC, donation.id DESC
"""


@dataclass
class Streamed:
    """What came of the file: rows for each second of processor time, bare and ours, and the whole file once."""

    bare: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    rows: int = 0
    first_rows: float = 0
    more_mb: float = 0

    @property
    def ratio(self) -> float:
        """The median of our rows a second by that of the bare loop."""
        return median(self.ours) / median(self.bare)

    @property
    def met(self) -> bool:
        """Whether all bars are met."""
        return self.ratio >= BAR and self.first_rows < MOST_SECONDS and self.more_mb <= MOST_MB


def measure(reader: Reader, database: Path, rounds: int) -> Streamed:
    """Run both loops in turn, and then take the whole file once."""
    found = Streamed()
    _take_whole(reader, found)
    for _ in range(rounds):
        found.bare.append(_rows_a_second(_bare_rows(database)))
        found.ours.append(_rows_a_second(_our_rows(reader)))
    return found


def _rows_a_second(rows: Iterator[int]) -> float:
    """Count rows as they come, up to a run's many, by processor time."""
    count, before = 0, time.process_time()
    for some in rows:
        count += some
        if count >= ROWS_A_RUN:
            break
    return count / (time.process_time() - before)


def _bare_rows(database: Path) -> Iterator[int]:
    with closing(sqlite3.connect(database)) as connection:
        cursor = connection.execute(BARE)
        while rows := cursor.fetchmany(AT_ONCE):
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            text.getvalue().encode()
            yield len(rows)


def _our_rows(reader: Reader) -> Iterator[int]:
    for piece in _pieces(reader):
        yield piece.count(b"\n")


def _pieces(reader: Reader) -> Iterator[bytes]:
    answer = reader.client.get("/desk/gifts.csv", buffered=False)
    if answer.status_code != 200:
        raise RuntimeError(f"the file: {answer.status}")
    with closing(answer):
        yield from answer.response


def _take_whole(reader: Reader, found: Streamed) -> None:
    idle, began = _resident_mb(), time.monotonic()
    for place, piece in enumerate(_pieces(reader)):
        if place == 1:
            found.first_rows = time.monotonic() - began
        found.rows += piece.count(b"\n")
        found.more_mb = max(found.more_mb, _resident_mb() - idle)
    found.rows -= 1  # the header


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1024 / 1024
