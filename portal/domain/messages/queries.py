"""Reads of the outbox and of leases."""

from datetime import datetime

from sqlalchemy import func, select

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


def find_due_mail(mail_id: int, moment: datetime) -> OutboxMail | None:
    """Give a mail, if it is still there and still to be sent now."""
    mail = db.session.get(OutboxMail, mail_id, populate_existing=True)
    is_due = mail is not None and mail.state == MailState.QUEUED and mail.next_try_at <= moment
    return mail if is_due else None


def find_mail(mail_id: int) -> OutboxMail | None:
    """Give a mail; None once it is forgotten with the person whom it was for."""
    return db.session.get(OutboxMail, mail_id, populate_existing=True)


def list_failed_mails() -> list[OutboxMail]:
    """Give the mails that were tried for a day in vain, the newest first, up to 100."""
    failed = select(OutboxMail).where(OutboxMail.state == MailState.FAILED).order_by(OutboxMail.id.desc())
    return list(db.session.scalars(failed.limit(100)))


def get_lease_holder(name: str) -> str:
    """Give who holds a lease, or held it last; raises NoResultFound."""
    return db.session.scalars(select(Lease.holder).where(Lease.name == name)).one()


def count_mails(person_id: int, since: datetime) -> int:
    """Give how many mails were queued for a person since a moment."""
    queued = select(func.count()).where(OutboxMail.person_id == person_id, OutboxMail.queued_at > since)
    return db.session.scalar(queued) or 0
