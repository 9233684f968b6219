"""Statements that are prepared belong to the transaction that they run in, the innermost one."""

import pytest
from sqlalchemy import select

from portal.db import db
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
