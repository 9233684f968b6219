"""Reads of persons."""

from collections.abc import Iterable

from sqlalchemy import Select, select, union

from portal.db import db, table_of
from portal.domain.people.models import Person, PersonWord
from portal.domain.people.rules import fold_email
from portal.domain.people.words import begins_with, ids_by_words


def get_person(person_id: int) -> Person:
    """Give the person of this id; raises NoResultFound."""
    return db.session.get_one(Person, person_id)


def find_person(person_id: int) -> Person | None:
    """Give the person of this id."""
    return db.session.get(Person, person_id)


def find_person_by_email(email: str) -> Person | None:
    """Give the person of this address, however it is typed."""
    return db.session.scalar(select(Person).where(Person.email == fold_email(email)))


def persons_by_id(person_ids: Iterable[int]) -> dict[int, Person]:
    """Give those of these persons that are still there."""
    found = db.session.scalars(select(Person).where(Person.id.in_(list(person_ids))))
    return {person.id: person for person in found}


def list_persons(sought: str, before_id: int | None, most: int) -> list[Person]:
    """Give the persons looked for, the newest first, or the newest before one; all of them for an empty search."""
    wanted = select(Person).order_by(Person.id.desc()).limit(most)
    if before_id is not None:
        wanted = wanted.where(Person.id < before_id)
    ids = ids_sought(sought) if sought else None
    return list(db.session.scalars(wanted if ids is None else wanted.where(Person.id.in_(ids))))


def ids_sought(text: str) -> Select[tuple[int]] | None:
    """Give the ids of those whose name, as words, or whose address begins as typed; None where nothing was typed."""
    by_name = ids_by_words(table_of(PersonWord), text)
    address = fold_email(text)
    if not address or "\0" in address:
        return by_name
    by_email = select(Person.id).where(begins_with(Person.email, address))  # type: ignore[arg-type]
    return by_email if by_name is None else select(union(by_name, by_email).subquery().c[0])
