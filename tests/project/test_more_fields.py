"""Fields that a form does not have: sent along with every form that there is, they change nothing."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count, zip_longest
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Integer

from portal.db import UtcDateTime, db
from tests.factories import campaigns, donations, events, people, volunteers
from tests.foundation.databases import let_go
from tests.foundation.pages import Page
from tests.foundation.rows import Rows, all_rows
from tests.project.conftest import OpenWorld
from tests.project.posts import UNSAFE_ENDPOINTS, Entries, Interception, normal_post
from tests.project.walk import World

FreshWorld = Callable[[], World]
PLANTED, PLANTED_ID, PLANTED_DAY = "planted", 70_707, "2071-07-17"
# What no form of ours is made of, in the words that others' forms have for it.
MORE = {
    "roles": "admin", "role_names": "admin", "is_admin": "y", "admin": "y", "permissions": "admin",
    "amount_received": str(PLANTED_ID), "received_minor": str(PLANTED_ID), "email_confirmed_at": PLANTED_DAY,
    "confirmed": "y", "vetted": "y", "password_hash": PLANTED, "_method": "DELETE", "__class__": PLANTED,
}  # fmt: skip
# Columns whose value is one of a few words: each that would do the most harm there.
WORDS = {"status": "published", "state": "paid", "role": "admin", "case": "double", "currency": "KRW"}
# Fields that a form does have, and that its visit leaves empty.
OWN = {
    "donations.give": {"show_name", "name", "message"},
    "donations.try_again": {"show_name", "name", "message"},
    "hosting.propose": {"place_hidden"},
    "hosting.change": {"place_hidden"},
}
RANDOM = re.compile(r"[\w-]{11,}|\d{6,}")


@pytest.mark.parametrize("endpoint", UNSAFE_ENDPOINTS)
def test_a_form_takes_its_own_fields_and_no_others(endpoint: str, fresh_world: FreshWorld) -> None:
    plain, plain_rows = _send(fresh_world(), endpoint, {})
    more, more_rows = _send(fresh_world(), endpoint, _more_than(OWN.get(endpoint, set())))
    assert list(_planted(more_rows)) == []
    assert list(_differences(plain_rows, more_rows)) == []
    assert (more.status, _constant(more.location)) == (plain.status, _constant(plain.location))


def test_every_column_is_among_what_is_sent_along() -> None:
    sent = _more_than(set())
    assert {
        "roles",
        "role",
        "person_id",
        "user_id",
        "status",
        "state",
        "id",
        "active",
        "trusted_host",
    } <= set(sent)
    assert {column.name for column in _columns()} <= set(sent)


def _send(world: World, endpoint: str, more: dict[str, str]) -> tuple[Page, Rows]:
    """Send the normal form of an endpoint with more fields, in its body and its address; gives answer and database."""

    def add(post: Callable[..., Page], path: str, data: Entries | bytes, **kwargs: Any) -> Page:
        if isinstance(data, bytes):
            return post(path, data, query_string=more, **kwargs)
        added = {name: value for name, value in more.items() if name not in data}
        return post(path, {**added, **data}, query_string=added, **kwargs)

    world.browser = Interception(world, endpoint, add)
    page = normal_post(endpoint)(world)
    assert world.browser.found > 0
    rows = all_rows(world.app)
    let_go(world.app)
    return page, rows


def _more_than(own: set[str]) -> dict[str, str]:
    sent = {column.name: _value_for(column) for column in _columns()} | WORDS | MORE
    return {name: value for name, value in sent.items() if name not in own}


def _columns() -> Iterator[Column[Any]]:
    for table in db.metadata.sorted_tables:
        yield from table.columns


def _value_for(column: Column[Any]) -> str:
    """Give what would be seen in the database if it was taken."""
    if isinstance(column.type, Boolean):
        return "" if column.default is not None and column.default.arg is True else "y"
    if isinstance(column.type, Integer):
        return str(PLANTED_ID)
    if isinstance(column.type, Date | UtcDateTime):
        return PLANTED_DAY
    return f'["{PLANTED}"]' if isinstance(column.type, JSON) else PLANTED


def _planted(rows: Rows) -> Iterator[str]:
    for table, found in rows.items():
        for row in found:
            for name, value in row.items():
                if _is_planted(value):
                    yield f"{table}.{name}: {value!r}"


def _is_planted(value: Any) -> bool:
    """Tell a planted value; a number within a longer text, or within a moment, is there by chance."""
    return value == PLANTED_ID or str(value).startswith(PLANTED_DAY) or PLANTED in str(value)


def _differences(plain: Rows, more: Rows) -> Iterator[str]:
    for table, rows in plain.items():
        pairs = zip_longest(
            *(sorted(map(_constant, one), key=repr) for one in (rows, more[table])), fillvalue={}
        )
        for row, other in pairs:
            for name in sorted(row.keys() | other.keys()):
                if row.get(name) != other.get(name):
                    yield f"{table}.{name}: {row.get(name)!r}, and with more fields {other.get(name)!r}"


def _constant(value: Any) -> Any:
    """Give what is the same whenever a form is sent: moments and random texts are only known to be some."""
    if isinstance(value, dict):
        return {name: _constant(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_constant(one) for one in value]
    if isinstance(value, datetime):
        return "a moment"
    if isinstance(value, str):
        return "a hash" if value.startswith("$argon2id$") else RANDOM.sub("…", value)
    return value


@pytest.fixture
def fresh_world(open_world: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> FreshWorld:
    """Makes worlds that are alike, with rows that are numbered from one in each."""

    def make() -> World:
        for factory in (campaigns, donations, events, people, volunteers):
            monkeypatch.setattr(factory, "_numbers", count(1))
        return open_world()

    return make
