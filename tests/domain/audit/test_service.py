"""The audit log: what is noted stays, in either database, and is read newest first by key."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from portal.db import LARGEST_ID, db, reading_only
from portal.domain.audit import queries, service
from portal.domain.audit.models import AuditEntry
from portal.domain.audit.queries import list_entries
from portal.domain.audit.service import note
from portal.domain.people.service import forget_person
from tests.factories.people import make_mail, make_person
from tests.foundation.statements import counted

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROW = "INTO audit_entry (id, at, kind, action, subject) VALUES (1, '2026-11-23', 'event', 'event.forged', '')"
pytestmark = pytest.mark.usefixtures("db_session")


@pytest.mark.both_databases
def test_an_entry_says_who_did_what_to_what_and_when_and_what_was_before_and_is_after() -> None:
    mina = make_person(name="민아")
    note(mina.id, "event.approved", "event:12", NOW, {"status": "proposed"}, {"status": "published"})
    (entry,) = list_entries()
    assert (entry.who, entry.person_id) == ("민아", mina.id)
    assert (entry.action, entry.subject, entry.at) == ("event.approved", "event:12", NOW)
    assert (entry.before, entry.after) == ({"status": "proposed"}, {"status": "published"})


@pytest.mark.both_databases
def test_what_nobody_signed_in_did_is_noted_too_and_nothing_before_is_null() -> None:
    note(None, "sign_in.failed", "", NOW, after={})
    (entry,) = list_entries()
    assert (entry.who, entry.person_id, entry.before, entry.after) == (None, None, None, None)
    nulls = "SELECT count(*) FROM audit_entry WHERE before IS NULL AND after IS NULL"
    assert db.session.scalar(sa.text(nulls)) == 1


def test_an_entry_goes_with_the_change_that_it_tells_of() -> None:
    note(None, "event.approved", "event:12", NOW)
    db.session.rollback()
    assert list_entries() == []


def test_a_refused_entry_leaves_nothing_behind() -> None:
    for action, after in (("approved", None), ("event.approved", {"password": "x"})):
        with pytest.raises(ValueError, match=r"an action|nothing secret"):
            note(None, action, "", NOW, after=after)
    assert list_entries() == []


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET action = 'event.forged'",
        "UPDATE audit_entry SET at = '2020-01-01' WHERE id = 1",
    ]
    + ["DELETE FROM audit_entry", "DELETE FROM audit_entry WHERE id = 1"],
)
def test_the_database_refuses_to_change_or_delete_an_entry(change: str) -> None:
    _one_that_is_kept()
    _refused(change)


@pytest.mark.both_databases
def test_the_database_refuses_to_put_an_entry_in_the_place_of_another(app: Flask) -> None:
    _one_that_is_kept()
    with app.app_context():
        on_sqlite = db.engine.dialect.name == "sqlite"
    _refused(
        f"INSERT OR REPLACE {ROW}"
        if on_sqlite
        else f"INSERT {ROW} ON CONFLICT (id) DO UPDATE SET action = excluded.action"
    )


@pytest.mark.both_databases
def test_the_database_refuses_to_empty_the_log() -> None:
    _one_that_is_kept()
    if db.engine.dialect.name == "sqlite":
        return  # it has no TRUNCATE: a DELETE of everything is tried above
    _refused("TRUNCATE audit_entry")
    _refused("TRUNCATE audit_entry CASCADE")


def test_no_code_changes_or_deletes_an_entry() -> None:
    entry = make_entry_object()
    entry.action = "event.forged"
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        db.session.flush()
    db.session.rollback()
    public = {
        name for name, value in vars(service).items() if getattr(value, "__module__", "") == service.__name__
    }
    assert {name for name in public if not name.startswith("_")} == {"note"}


@pytest.mark.both_databases
def test_who_has_left_is_named_by_no_entry_and_nobody_else_gets_their_number() -> None:
    mina = make_person(name="Mina")
    note(mina.id, "shift.cancelled", f"person:{mina.id}", NOW)
    assert [(one.who, one.about) for one in list_entries()] == [("Mina", "Mina")]
    mina_id = mina.id
    forget_person(mina_id)
    db.session.commit()
    assert make_person(name="Somebody else").id > mina_id
    assert [(one.who, one.about, one.person_id) for one in list_entries()] == [(None, None, mina_id)]


@pytest.mark.both_databases
def test_people_that_an_entry_tells_of_by_number_are_named_too() -> None:
    mina, aoife = make_person(name="Mina").id, make_person(name="Aoife").id
    note(None, "event.host_changed", "event:12", NOW, {"person": mina}, {"person": aoife, "place": aoife})
    for odd in (True, 0, -1, LARGEST_ID + 1, "1", [mina], {"person": mina}):
        note(None, "event.host_changed", "event:12", NOW, after={"person": odd})
    *odd_ones, entry = list_entries()
    assert entry.people == {mina: "Mina", aoife: "Aoife"}
    assert [one.people for one in odd_ones] == [{}] * 7


def test_who_left_but_stays_in_the_books_is_named_by_no_entry() -> None:
    donor = make_mail(person_id=make_person(name="Mina").id).person_id
    note(donor, "shift.cancelled", "", NOW)
    forget_person(donor)
    assert [one.who for one in list_entries()] == [""]


@pytest.mark.both_databases
def test_entries_are_read_newest_first_a_page_at_a_time() -> None:
    for number in range(7):
        note(None, "event.approved", f"event:{number}", NOW - timedelta(days=number))
    first = list_entries(most=3)
    second = list_entries(before_id=first[-1].id, most=3)
    last = list_entries(before_id=second[-1].id, most=3)
    assert [one.subject for one in first + second + last] == [
        f"event:{number}" for number in range(6, -1, -1)
    ]
    assert list_entries(before_id=last[-1].id) == []
    assert len(list_entries(before_id=2**70)) == 7


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"action_prefix": "event"}, [1, 2, 3]),
        ({"action_prefix": "event.shift"}, [2]),
        ({"action_prefix": "event.approved"}, [1]),
        ({"action_prefix": "event.appro"}, []),
        ({"action_prefix": "event.%"}, []),
        ({"action_prefix": "even"}, []),
        ({"subject": "event:12"}, [1, 3]),
        ({"subject": "event:1"}, []),
        ({"subject": "event:12\0"}, [1, 3]),
        ({"action_prefix": "event", "subject": "event:12"}, [1, 3]),
        ({"who": "Mina"}, [1, 4]),
        ({"who": "Mina", "action_prefix": "event"}, [1]),
    ],
)
def test_a_part_of_the_log_is_read_alone(wanted: dict[str, Any], found: list[int]) -> None:
    mina, aoife = make_person(name="Mina").id, make_person(name="Aoife").id
    note(mina, "event.approved", "event:12", NOW, after={"number": 1})
    note(aoife, "event.shift.changed", "event:2", NOW, after={"number": 2})
    note(aoife, "event.approved_again", "event:12", NOW, after={"number": 3})
    note(mina, "events.closed", "", NOW, after={"number": 4})
    if "who" in wanted:
        wanted = wanted | {"who": mina}
    assert sorted((one.after or {})["number"] for one in list_entries(**wanted)) == found


@pytest.mark.parametrize(
    "subject", ["person:", "person:x", f"person:{LARGEST_ID + 1}", "person:١", "event:1", ""]
)
@pytest.mark.both_databases
def test_a_subject_that_is_no_person_names_nobody(subject: str) -> None:
    make_person(name="Mina")
    note(None, "event.approved", subject, NOW)
    assert [(one.subject, one.about) for one in list_entries()] == [(subject, None)]


@pytest.mark.parametrize("many", [1, 40])
def test_entries_with_all_names_take_two_statements(app: Flask, many: int) -> None:
    for _ in range(many):
        note(make_person(name="Mina").id, "role.given", f"person:{make_person(name='Aoife').id}", NOW)
    db.session.commit()
    with counted(app) as statements, reading_only():
        found = list_entries()
    assert len(found) == many
    assert {(one.who, one.about) for one in found} == {("Mina", "Aoife")}
    assert len(statements) == 2, statements


@pytest.mark.parametrize(
    ("wanted", "searched"),
    [
        ({}, "INTEGER PRIMARY KEY"),
        ({"subject": "event:1"}, "ix_audit_entry_subject_id"),
        ({"action_prefix": "event"}, "ix_audit_entry_kind_id"),
        ({"who": 1}, "ix_audit_entry_person_id_id"),
    ],
)
def test_the_log_is_read_by_key_and_never_sorted(wanted: dict[str, Any], searched: str) -> None:
    statement = queries._wanted(9, *(wanted.get(name) for name in ("subject", "action_prefix", "who")))
    bare = statement.limit(50).compile(db.engine, compile_kwargs={"literal_binds": True})
    (plan,) = db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {bare}"))
    assert f"USING {'INDEX ' if wanted else ''}{searched} (" in plan.detail


def _one_that_is_kept() -> None:
    note(None, "event.approved", "event:12", NOW)
    db.session.commit()


def _refused(change: str) -> None:
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        db.session.execute(sa.text(change))
    db.session.rollback()
    assert [(one.action, one.subject, one.at) for one in list_entries()] == [
        ("event.approved", "event:12", NOW)
    ]


def make_entry_object() -> AuditEntry:
    _one_that_is_kept()
    return db.session.scalars(sa.select(AuditEntry)).one()
