"""Reads of persons."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, or_, select, union

from portal.db import db, table_of
from portal.domain.people.models import Person, PersonWord
from portal.domain.people.rules import fold_email
from portal.domain.people.words import are_many, begins_with, ids_by_words, more_than

# So many names, and so many addresses, that begin as typed are looked at: more nobody reads.
MOST_LOOKED_AT = 1000


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
    """Give the persons looked for, the newest first, or the newest before one; all of them for an empty search.

    Of a search that fits very many only some are looked at: see `fits_many`.
    """
    wanted = select(Person).order_by(Person.id.desc()).limit(most)
    if before_id is not None:
        wanted = wanted.where(Person.id < before_id)
    ids = ids_sought(sought, MOST_LOOKED_AT) if sought else None
    return list(db.session.scalars(wanted if ids is None else wanted.where(Person.id.in_(ids))))


def fits_many(sought: str) -> bool:
    """Tell whether a search fits more persons than are looked at."""
    many = are_many_sought(sought, MOST_LOOKED_AT)
    return many is not None and bool(db.session.scalar(select(many)))


def ids_sought(text: str, most: int | None = None) -> Select[tuple[int]] | None:
    """Give the ids of those whose name, as words, or whose address begins as typed; None where nothing was typed.

    With `most`, so many names and so many addresses are looked at.
    """
    by_name, by_email = ids_by_words(table_of(PersonWord), text, most), _by_email(text, most)
    found = [one for one in (by_name, by_email) if one is not None]
    return select(union(*found).subquery().c[0]) if found else None


def are_many_sought(text: str, most: int) -> ColumnElement[bool] | None:
    """Give the condition that `ids_sought` with this `most` can't find all; None where nothing was typed."""
    by_email, by_name = _by_email(text, most + 1), are_many(table_of(PersonWord), text, most)
    found = [by_name, None if by_email is None else more_than(by_email, most)]
    told = [one for one in found if one is not None]
    return or_(*told) if told else None


def _by_email(text: str, most: int | None) -> Select[tuple[int]] | None:
    address = fold_email(text)
    if not address or "\0" in address:
        return None
    person = table_of(Person)
    found = select(person.c.id).where(begins_with(person.c.email, address))
    if most is None:
        return found
    return select(found.order_by(person.c.email).limit(most).subquery().c[0])
