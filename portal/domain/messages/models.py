"""The outbox: mails to be sent, as rows; and leases, so that one worker at a time does a piece of work."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import now
from portal.db import Base, UtcDateTime


class MailState(StrEnum):
    """Where a mail stands.

    `failed` is for a person to look at, after the last try; `dropped` was not sent, as it had nothing true to say any
    more or nobody wished for it.
    """

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


# Mails about gifts: money is the treasurer's, and such a mail tells who gave what.
OF_MONEY = frozenset({"thank_you", "receipt_link", "not_arrived"})


def _is_of_money(context: Any) -> bool:
    return context.get_current_parameters()["kind"] in OF_MONEY


class OutboxMail(Base):
    """One mail: what it is about, as ids; the text, with signed links masked, once it was rendered."""

    __tablename__ = "outbox_mail"
    __table_args__ = (
        Index("ix_outbox_mail_due", "state", "next_try_at"),
        # Each carries a list of the desk's, newest first: all, and those in one state.
        Index("ix_outbox_mail_newest", "of_money", "id"),
        Index("ix_outbox_mail_in_state", "of_money", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    of_money: Mapped[bool] = mapped_column(default=_is_of_money)
    unique_key: Mapped[str] = mapped_column(String(120), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default=MailState.QUEUED)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_error: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(String(200))
    masked_text: Mapped[str | None] = mapped_column(Text)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Lease(Base):
    """A piece of work that one worker holds until a moment; a dead worker's lease runs out by itself."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime] = mapped_column(UtcDateTime)
