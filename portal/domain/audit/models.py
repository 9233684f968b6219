"""The audit log: who did what, to what, when; what was before and what is after."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime

LONGEST_ACTION = 60
LONGEST_SUBJECT = 120


class AuditEntry(Base):
    """One thing that was done or refused; never changed or deleted, which the database sees to by itself."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        # The log is read by key, newest first: all of it by the primary key, a part of it by one of these.
        Index("ix_audit_entry_subject_id", "subject", "id"),
        Index("ix_audit_entry_kind_id", "kind", "id"),
        Index("ix_audit_entry_person_id_id", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Who did it; None for somebody who is not signed in, and for the portal itself. No foreign key: it would keep a
    # person from being taken out, or change an entry that may not change. No id of a person is given twice, so that
    # one that nobody has any more names nobody.
    person_id: Mapped[int | None]
    # The first word of the action, by which the log is looked through.
    kind: Mapped[str] = mapped_column(String(LONGEST_ACTION))
    action: Mapped[str] = mapped_column(String(LONGEST_ACTION))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
