"""Reads of the outbox."""

from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.domain.messages.models import MailState, OutboxMail


def list_due_mails(moment: datetime, limit: int) -> list[OutboxMail]:
    """Give the mails to be sent now, oldest first."""
    due = (
        select(OutboxMail)
        .where(OutboxMail.state == MailState.QUEUED, OutboxMail.next_try_at <= moment)
        .order_by(OutboxMail.next_try_at, OutboxMail.id)
        .limit(limit)
    )
    return list(db.session.scalars(due))
