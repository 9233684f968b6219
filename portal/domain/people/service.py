"""Changes to persons."""

from sqlalchemy import select

from portal.clock import now
from portal.db import Prepared, db, table_of
from portal.domain.people.models import Person
from portal.domain.people.rules import fold_email

_person = table_of(Person)


_new_person = Prepared(
    lambda insert: insert(_person).on_conflict_do_nothing(index_elements=["email"]).returning(_person.c.id)
)


def remember_person(email: str, language: str = "en") -> int:
    """Give the id of the person of this address, making one when it is new; safe when two do it at once."""
    folded = fold_email(email)
    new_id = _new_person.value(email=folded, language=language, created_at=now())
    if new_id is not None:
        return int(new_id)
    return db.session.execute(select(_person.c.id).where(_person.c.email == folded)).scalar_one()
