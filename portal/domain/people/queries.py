"""Reads of persons."""

from sqlalchemy import select

from portal.db import db
from portal.domain.people.models import Person
from portal.domain.people.rules import fold_email


def get_person(person_id: int) -> Person:
    """Give the person of this id; raises NoResultFound."""
    return db.session.get_one(Person, person_id)


def find_person(person_id: int) -> Person | None:
    """Give the person of this id."""
    return db.session.get(Person, person_id)


def find_person_by_email(email: str) -> Person | None:
    """Give the person of this address, however it is typed."""
    return db.session.scalar(select(Person).where(Person.email == fold_email(email)))
