"""Rows of persons and of the outbox."""

from itertools import count
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person

_numbers = count(1)


def make_person(**facts: Any) -> Person:
    """Add a person with an address of their own."""
    defaults: dict[str, Any] = {"email": f"person{next(_numbers)}@example.org"}
    person = Person(**(defaults | facts))
    db.session.add(person)
    db.session.flush()
    return person


def make_mail(**facts: Any) -> OutboxMail:
    """Add a queued mail, to a person of its own unless `person_id` names one."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "kind": "thank_you",
        "unique_key": f"test:{number}",
        "message_id": f"test-{number}",
        "about": {},
        "next_try_at": now(),
    }
    values = defaults | facts
    values.setdefault("person_id", None)
    if values["person_id"] is None:
        values["person_id"] = make_person().id
    mail = OutboxMail(**values)
    db.session.add(mail)
    db.session.flush()
    return mail
