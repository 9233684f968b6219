"""Tables as files for a spreadsheet: sent as they are read, with no cell that it would run as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from flask import Response

# Spreadsheets take a cell that begins so for a formula, full-width signs too. Source: OWASP, "CSV Injection".
RUNS = frozenset("=+-@\t\r\n＝＋－＠")
BYTE_ORDER_MARK = "\ufeff"


def harmless(text: str) -> str:
    """Give a text as a cell that a spreadsheet only shows: what it could run gets an apostrophe in front.

    Also behind spaces, which some leave out when they read a file.
    """
    first = text[:1]
    if first not in RUNS and not (first.isspace() and text.lstrip()[:1] in RUNS):
        return text
    return f"'{text}"


def csv_answer(file_name: str, header: Sequence[str], batches: Iterable[Iterable[Sequence[Any]]]) -> Response:
    """Give a file whose header goes out before a batch is asked for, and each batch once it is there; None is empty.

    Cells are sent as they are: whoever builds them makes those harmless that hold what people typed.
    """
    answer = Response(_pieces(header, batches), mimetype="text/csv", content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer


def _pieces(header: Sequence[str], batches: Iterable[Iterable[Sequence[Any]]]) -> Iterator[bytes]:
    # Excel takes UTF-8 for what it is only with the mark in front.
    yield _lines([header], BYTE_ORDER_MARK)
    for batch in batches:
        yield _lines(batch)


def _lines(rows: Iterable[Sequence[Any]], before: str = "") -> bytes:
    text = StringIO(newline="")
    text.write(before)
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
