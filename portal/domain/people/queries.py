"""Reads of persons."""

from portal.db import db
from portal.domain.people.models import Person


def get_person(person_id: int) -> Person:
    """Give the person of this id; raises NoResultFound."""
    return db.session.get_one(Person, person_id)
