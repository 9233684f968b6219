"""Changes to persons."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from portal.clock import now
from portal.db import Prepared, db, table_of
from portal.domain.people.models import Person, make_nonce
from portal.domain.people.rules import fold_email

_person = table_of(Person)


_new_person = Prepared(
    lambda insert: insert(_person).on_conflict_do_nothing(index_elements=["email"]).returning(_person.c.id)
)
_known_person = Prepared(lambda _insert: select(_person.c.id).where(_person.c.email == bindparam("email")))


@dataclass(frozen=True)
class Met:
    """A person by id, and whether the address was never seen before."""

    id: int
    is_new: bool


def meet_person(email: str, language: str = "en") -> Met:
    """Give the person of this address, made when it is new; safe when two do it at once."""
    folded = fold_email(email)
    new_id = _new_person.value(
        email=folded,
        language=language,
        name="",
        proved_at=None,
        link_nonce=make_nonce(),
        calendar_nonce=make_nonce(),
        wants_reminders=True,
        created_at=now(),
    )
    if new_id is not None:
        return Met(int(new_id), is_new=True)
    return Met(int(_known_person.value(email=folded)), is_new=False)


def remember_person(email: str, language: str = "en") -> int:
    """Give the id of the person of this address, made when it is new."""
    return meet_person(email, language).id


def rename_person(person_id: int, name: str) -> None:
    """Change the name that a person goes by."""
    db.session.get_one(Person, person_id).name = name
    db.session.flush()


def set_reminders(person_id: int, wanted: bool) -> None:
    """Note whether a person wants to be reminded of what they signed up for."""
    db.session.get_one(Person, person_id).wants_reminders = wanted
    db.session.flush()


def renew_calendar(person_id: int) -> None:
    """Withdraw the address of a person's calendar; it gets another one."""
    db.session.get_one(Person, person_id).calendar_nonce = make_nonce()
    db.session.flush()


def forget_person(person_id: int) -> None:
    """Take away what a person told of themselves, and the person where nothing in the books refers to them."""
    person = db.session.get_one(Person, person_id)
    person.name, person.proved_at, person.wants_reminders = "", None, True
    person.link_nonce, person.calendar_nonce = make_nonce(), make_nonce()
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.delete(person)
    except IntegrityError:
        # A gift of theirs stays in the books, and with it the address that its receipt went to.
        db.session.expire(person)
