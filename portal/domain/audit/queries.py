"""Reads of the audit log, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, String, column, or_, select, table

from portal.db import LARGEST_ID, db
from portal.domain.audit.models import AuditEntry
from portal.domain.audit.rules import kind_of, read_subject

# By name and not by import: people rank above the log, and may note in it.
_person = table("person", column("id", Integer), column("name", String))


@dataclass(frozen=True)
class Noted:
    """An entry as it is read: `who` is the name that somebody goes by, empty for somebody without one.

    It is None where nobody was signed in, and where the person is not there any more; `person_id` tells the two
    apart. `about` is the name of the person whom the entry is about, in the same way, and `people` has the names of
    those whose ids stand under "person" in what was before and is after.
    """

    id: int
    at: datetime
    person_id: int | None
    who: str | None
    action: str
    subject: str
    about: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    people: dict[int, str]


def list_entries(
    before_id: int | None = None,
    subject: str | None = None,
    action_prefix: str | None = None,
    who: int | None = None,
    most: int = 50,
) -> list[Noted]:
    """Give entries in two statements, newest first, those before an entry if `before_id` names one.

    `action_prefix` is one or more of an action's first words: "event", or "event.approved"; `who` is a person's id.
    """
    found = list(db.session.scalars(_wanted(before_id, subject, action_prefix, who).limit(most)))
    names = _names_of({person_id for one in found for person_id in _people_in(one)})
    return [
        Noted(
            id=one.id,
            at=one.at,
            person_id=one.person_id,
            who=names.get(one.person_id or 0),
            action=one.action,
            subject=one.subject,
            about=names.get(_person_in(one.subject) or 0),
            before=one.before,
            after=one.after,
            people={person_id: names[person_id] for person_id in _people_in(one) if person_id in names},
        )
        for one in found
    ]


def _wanted(
    before_id: int | None, subject: str | None, action_prefix: str | None, who: int | None
) -> Select[tuple[AuditEntry]]:
    wanted = select(AuditEntry).order_by(AuditEntry.id.desc())
    if before_id is not None:
        wanted = wanted.where(AuditEntry.id < min(before_id, LARGEST_ID))
    if subject:
        wanted = wanted.where(AuditEntry.subject == read_subject(subject))
    if who is not None:
        wanted = wanted.where(AuditEntry.person_id == who)
    if action_prefix:
        wanted = wanted.where(AuditEntry.kind == kind_of(action_prefix))
        if "." in action_prefix:
            longer = AuditEntry.action.startswith(f"{action_prefix}.", autoescape=True)
            wanted = wanted.where(or_(AuditEntry.action == action_prefix, longer))
    return wanted


def _person_in(subject: str) -> int | None:
    kind, _, key = subject.partition(":")
    return int(key) if kind == "person" and key.isascii() and key.isdigit() else None


def _people_in(one: AuditEntry) -> set[int]:
    told = [(facts or {}).get("person") for facts in (one.before, one.after)]
    ids = [one.person_id, _person_in(one.subject), *told]
    # No isinstance: True is an int, and nobody's number.
    return {ident for ident in ids if type(ident) is int and 0 < ident <= LARGEST_ID}


def _names_of(person_ids: Iterable[int]) -> dict[int, str]:
    named = select(_person.c.id, _person.c.name).where(_person.c.id.in_(list(person_ids)))
    return {row.id: row.name for row in db.session.execute(named)}
