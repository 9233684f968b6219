"""Reads of the outbox and of leases."""

from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.domain.messages.models import Lease, MailState, OutboxMail


def list_due_mails(moment: datetime, limit: int) -> list[OutboxMail]:
    """Give the mails to be sent now, oldest first."""
    due = (
        select(OutboxMail)
        .where(OutboxMail.state == MailState.QUEUED, OutboxMail.next_try_at <= moment)
        .order_by(OutboxMail.next_try_at, OutboxMail.id)
        .limit(limit)
    )
    return list(db.session.scalars(due))


def get_lease_holder(name: str) -> str:
    """Give who holds a lease, or held it last; raises NoResultFound."""
    return db.session.scalars(select(Lease.holder).where(Lease.name == name)).one()
