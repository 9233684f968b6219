"""Changes to persons."""

from sqlalchemy import select

from portal.db import db, insert_into, table_of
from portal.domain.people.models import Person
from portal.domain.people.rules import fold_email


def remember_person(email: str, language: str = "en") -> int:
    """Give the id of the person of this address, making one when it is new; safe when two do it at once."""
    person = table_of(Person)
    folded = fold_email(email)
    made = (
        insert_into(Person)
        .values(email=folded, language=language)
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(person.c.id)
    )
    new_id = db.session.scalar(made)
    if new_id is not None:
        return int(new_id)
    return db.session.execute(select(person.c.id).where(person.c.email == folded)).scalar_one()
