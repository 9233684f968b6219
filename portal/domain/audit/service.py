"""The one way into the audit log. There is none that changes or deletes, here or in the database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.db import Prepared, table_of
from portal.domain.audit.models import AuditEntry
from portal.domain.audit.rules import kind_of, read_action, read_facts, read_subject

_new_entry = Prepared(lambda insert: insert(table_of(AuditEntry)))


def note(
    who: int | None,
    action: str,
    subject: str,
    moment: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note in the session's transaction what somebody did, or was refused.

    `who` is a person's id, None for somebody who is not signed in; `action` is short words with dots between
    ("event.approved"); `subject` is "event:12", or "" where there is none. `before` and `after` are told by
    state and number, never by the name of a person: the entry stays when the person is taken out.
    Raises ValueError for an action that is none, and for a key that promises a secret or a mail's text.
    """
    _new_entry.run(
        at=moment,
        person_id=who,
        kind=kind_of(read_action(action)),
        action=action,
        subject=read_subject(subject),
        before=read_facts(before),
        after=read_facts(after),
    )
