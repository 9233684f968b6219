"""The entries of a campaign's form: read from what was sent or from a text, and put together to a text again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.blueprints.desk.campaign_labels import CHECK, CREDIT, OPENING, RECEIVER, ROWS, STORY, Rows
from portal.domain.campaigns.addresses import free_name
from portal.domain.campaigns.errors import Problem
from portal.domain.campaigns.rules import LISTS_TO_CHECK
from portal.domain.campaigns.written import MOST_ROWS, cleaned, first_line_of_words, take_apart, write_text

MOST_AMOUNTS = 4
AMOUNTS = tuple(f"amount-{number}" for number in range(1, MOST_AMOUNTS + 1))
LISTS = tuple(f"lists-{name}" for name in LISTS_TO_CHECK)
# Every entry that stands once; nothing else that is sent is read.
SINGLE = (
    *(entry.name for entry in (*OPENING, STORY, *RECEIVER, *CHECK)),
    *(f"credit-{entry.name}" for entry in CREDIT),
    *AMOUNTS,
    *LISTS,
    *("goal", "usual_amount", "country", "drawing", "opening_figure"),
)
_COMPARED, _NO_SOURCE = "last_checked", "no_source"
# What makes no row by itself: it says something of what the row tells.
_OF_OTHERS = frozenset({_COMPARED, _NO_SOURCE})
_NUMBERS = ("year", "low", "high", "value")
_SAID_ANYWAY = ("said_by", "year", _COMPARED)
Row = dict[str, str]


@dataclass
class Entries:
    """What stands in the form: entries by name, and rows of entries by the name of their list."""

    single: dict[str, str]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def flat(self) -> Iterator[tuple[str, str]]:
        """Give every entry that holds something, by its name in the form."""
        yield from ((name, value) for name, value in self.single.items() if value)
        for rows in ROWS:
            for index, row in enumerate(self.rows[rows.name]):
                yield from ((f"{rows.name}-{index}-{name}", value) for name, value in row.items())

    def add_row(self, name: str) -> None:
        """Add an empty row to a list, as long as there is room for one."""
        if len(self.rows[name]) < MOST_ROWS:
            self.rows[name].append({entry.name: "" for entry in _rows_of(name).entries})

    def compare(self, today: date) -> None:
        """Note that everything that needs a source was compared with the article today."""
        for row in (row for rows in self.rows.values() for row in rows if _COMPARED in row):
            row[_COMPARED] = today.isoformat()

    def take_out(self, name: str, index: int) -> None:
        """Take a row out of a list, if it is there."""
        del self.rows[name][index : index + 1]


def sent_entries(sent: Mapping[str, str]) -> Entries:
    """Give the entries that were sent, each read by its name."""
    return Entries(
        {name: cleaned(sent.get(name, "")) for name in SINGLE},
        {rows.name: list(_sent_rows(sent, rows)) for rows in ROWS},
    )


def _sent_rows(sent: Mapping[str, str], rows: Rows) -> Iterator[Row]:
    for index in range(MOST_ROWS):
        row = {entry.name: sent.get(f"{rows.name}-{index}-{entry.name}") for entry in rows.entries}
        if any(value is not None for value in row.values()):
            yield {name: cleaned(value or "") for name, value in row.items()}


def entries_of(text: str) -> Entries:
    """Give the entries that a campaign's text fills in."""
    front, words = take_apart(text)
    receiver, credit = front.get("receiver") or {}, front.get("credit") or {}
    check = receiver.get("check") or {}
    amounts = [_without_currency(amount) for amount in front.get("amounts") or ()]
    usual = _without_currency(front.get("usual_amount"))
    single = {name: _shown(front.get(name)) for name in SINGLE}
    single |= {
        "words": words,
        "goal": _without_currency(front.get("goal")),
        "receiver": _shown(receiver.get("name")),
        "country": _shown(receiver.get("country")),
        "purpose": _shown(receiver.get("purpose")),
        "checked_on": _shown(check.get("checked_on")),
        "checked_by": _shown(check.get("checked_by")),
        "usual_amount": str(amounts.index(usual) + 1) if usual in amounts else "",
        **dict(zip(AMOUNTS, amounts, strict=False)),
        **{f"lists-{name}": "y" if name in (check.get("lists") or ()) else "" for name in LISTS_TO_CHECK},
        **{f"credit-{entry.name}": _shown(credit.get(entry.name)) for entry in CREDIT},
    }
    return Entries(
        single,
        {rows.name: [_row_of(item, rows) for item in front.get(rows.name) or ()] for rows in ROWS},
    )


def _row_of(item: Mapping[str, Any], rows: Rows) -> Row:
    row = {entry.name: _shown(item.get(entry.name)) for entry in rows.entries}
    # Nobody is a source too, once somebody has said so.
    nobody = {_NO_SOURCE: "y" if item.get("said_by") is None else ""}
    return row | (nobody if _NO_SOURCE in row else {})


def text_of_entries(entries: Entries, currency: str) -> str:
    """Put the entries together to a campaign's text; rows and entries that were left empty stay out of it."""
    one = entries.single
    kept = {name: f"{one[name].strip()} {currency}" for name in AMOUNTS if one[name].strip()}
    amounts = list(kept.values())
    front: dict[str, Any] = {entry.name: one[entry.name].strip() for entry in OPENING}
    front |= {
        "drawing": one["drawing"] or "lantern",
        "opening_figure": one["opening_figure"],
        "currency": currency,
        "goal": f"{one['goal'].strip()} {currency}",
        "amounts": amounts,
        "usual_amount": kept.get(f"amount-{one['usual_amount']}", amounts[0] if amounts else ""),
        "receiver": {
            "name": one["receiver"].strip(),
            "country": one["country"],
            "purpose": one["purpose"].strip(),
            "check": {
                "checked_on": _day(one["checked_on"]),
                "checked_by": one["checked_by"].strip(),
                "lists": [name for name in LISTS_TO_CHECK if one[f"lists-{name}"]],
            },
        },
    }
    front |= {rows.name: list(_items(entries, rows)) for rows in ROWS}
    front["credit"] = {entry.name: one[f"credit-{entry.name}"].strip() for entry in CREDIT}
    return write_text(_without_empty(front), one["words"])


def name_of_problem(problem: Problem, entries: Entries) -> str:
    """Give the name of the entry that a problem is about, as it stands in the form."""
    where = [*problem.where, "", "", ""]
    first, second, third = (str(part) for part in where[:3])
    rows = next((rows for rows in ROWS if rows.name == first), None)
    if rows is not None and second.isdigit():
        index = _kept_rows(entries, rows)[int(second)]
        # A rule of the whole row is the one about the two ends of a range.
        return f"{first}-{index}-{third or 'low'}"
    if first == "key_figures":
        # What is about all of them is that a part has no whole.
        parts = [index for index, row in enumerate(entries.rows[first]) if row["of"].strip()]
        return f"{first}-{min(parts, default=0)}-of"
    if first == "amounts":
        kept = [name for name in AMOUNTS if entries.single[name].strip()]
        return kept[int(second)] if second.isdigit() else AMOUNTS[0]
    if first == "receiver":
        return {"name": "receiver", "check": "lists-UN" if third == "lists" else third}.get(second, second)
    if first == "credit":
        return f"credit-{second or CREDIT[0].name}"
    # What is about the whole of it is that a drawing has nothing to draw.
    return {"blocks": "words", "": "drawing"}.get(first, first)


def line_of_problem(problem: Problem, text: str) -> int | None:
    """Give the line of the story on which a problem stands, counted from 1; None for one of another entry."""
    if problem.where[:1] != ("blocks",):
        return None
    return problem.line - first_line_of_words(text) + 1


def merged(opened: Entries, mine: Entries, theirs: Entries) -> tuple[Entries, list[str]]:
    """Give what two people made of one text: what only they changed is theirs, all else mine.

    With it the names of the entries and lists that both changed, each in another way.
    """
    both = Entries(dict(mine.single), dict(mine.rows))
    clashing = []
    pairs: Iterable[tuple[Any, Any, Any, Any]] = (
        (opened.single, mine.single, theirs.single, both.single),
        (opened.rows, mine.rows, theirs.rows, both.rows),
    )
    for before, ours, others, result in pairs:
        for name, was in before.items():
            if ours[name] == was:
                result[name] = others[name]
            elif others[name] not in (was, ours[name]):
                clashing.append(name)
    return both, clashing


def _items(entries: Entries, rows: Rows) -> Iterator[dict[str, Any]]:
    taken: set[str] = set()
    for index in _kept_rows(entries, rows):
        row = entries.rows[rows.name][index]
        item: dict[str, Any] = {
            name: _value(name, typed.strip()) for name, typed in row.items() if name != _NO_SOURCE
        }
        if row.get(_NO_SOURCE):
            item["said_by"] = item["said_by"] or None
        if "id" in item:
            item["id"] = item["id"] or free_name(row.get("shown") or row.get("says") or "", taken)
            taken.add(item["id"])
        yield {
            name: value for name, value in item.items() if name in _SAID_ANYWAY or value not in ("", None, [])
        }


def _kept_rows(entries: Entries, rows: Rows) -> list[int]:
    """Give the places of the rows that hold anything."""
    return [
        index
        for index, row in enumerate(entries.rows[rows.name])
        if any(value.strip() for name, value in row.items() if name not in _OF_OTHERS)
    ]


def _value(name: str, typed: str) -> Any:
    if name in _NUMBERS:
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 12 else typed or None
    if name == _COMPARED:
        return _day(typed)
    if name == "aliases":
        return [one.strip() for one in typed.split(",") if one.strip()]
    return typed


def _day(typed: str) -> date | str | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        return typed


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)


def _without_currency(amount: Any) -> str:
    return _shown(amount).rpartition(" ")[0] or _shown(amount)


def _without_empty(front: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(front)
    told["credit"] = {name: value for name, value in front["credit"].items() if value}
    if not any(front["receiver"]["check"].values()):
        told["receiver"] = {name: value for name, value in front["receiver"].items() if name != "check"}
    return {name: value for name, value in told.items() if value not in ("", [], {})}


def _rows_of(name: str) -> Rows:
    return next(rows for rows in ROWS if rows.name == name)
