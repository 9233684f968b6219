"""Prepared statements, and what is done once, belong to the transaction that they run in, the innermost one."""

import pytest
from sqlalchemy import select

from portal.db import db, first_in_transaction
from portal.domain.people.models import Person
from portal.domain.people.service import remember_person

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]


def test_what_a_nested_transaction_wrote_is_taken_back_with_it() -> None:
    remember_person("stays@example.org")
    nested = db.session.begin_nested()
    remember_person("goes@example.org")
    nested.rollback()
    remember_person("comes-after@example.org")
    db.session.commit()
    assert set(db.session.scalars(select(Person.email))) == {"stays@example.org", "comes-after@example.org"}


def test_what_is_done_once_in_a_transaction_is_done_again_in_the_next() -> None:
    told = [first_in_transaction("help", 1), first_in_transaction("help", 1), first_in_transaction("help", 2)]
    db.session.commit()
    told.append(first_in_transaction("help", 1))
    assert told == [True, False, True, True]


def test_what_is_done_once_is_done_again_after_a_nested_transaction_that_may_have_undone_it() -> None:
    nested = db.session.begin_nested()
    first_in_transaction("help", 1)
    nested.rollback()
    assert first_in_transaction("help", 1)
    within = db.session.begin_nested()
    assert first_in_transaction("help", 1), "the nested one may be taken back alone, and what it did with it"
    within.commit()
