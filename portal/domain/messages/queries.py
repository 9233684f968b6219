"""Reads of the outbox and of leases."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, union_all

from portal.db import LARGEST_ID, db
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
    return list_mails((False, True), MailState.FAILED, None, 100)


def get_lease_holder(name: str) -> str:
    """Give who holds a lease, or held it last; raises NoResultFound."""
    return db.session.scalars(select(Lease.holder).where(Lease.name == name)).one()


def count_mails(person_id: int, since: datetime) -> int:
    """Give how many mails were queued for a person since a moment."""
    queued = select(func.count()).where(OutboxMail.person_id == person_id, OutboxMail.queued_at > since)
    return db.session.scalar(queued) or 0


def list_mails_about_gift(donation_id: int, person_id: int | None) -> list[OutboxMail]:
    """Give the mails about a gift, newest first; carried by the index of mails by person, who has few."""
    about_it = OutboxMail.about["donation_id"].as_integer() == donation_id
    of_person = OutboxMail.person_id == person_id, OutboxMail.of_money.is_(True), about_it
    return list(db.session.scalars(select(OutboxMail).where(*of_person).order_by(OutboxMail.id.desc())))


def list_mails(
    of_money: Collection[bool], state: MailState | None, before_id: int | None, most: int
) -> list[OutboxMail]:
    """Give the newest mails, or the newest before one, of those about gifts, of the others, or of both.

    Each of the two is carried by an index in its order: there may be millions of one and hardly any of the other.
    """
    parts = []
    for one in sorted(of_money):
        part = select(OutboxMail.id).where(
            OutboxMail.of_money.is_(one), OutboxMail.id < (before_id or LARGEST_ID)
        )
        if state is not None:
            part = part.where(OutboxMail.state == state)
        newest = part.order_by(OutboxMail.id.desc()).limit(most).subquery()
        parts.append(select(newest.c.id))
    wanted = select(OutboxMail).where(OutboxMail.id.in_(union_all(*parts)))
    return list(db.session.scalars(wanted.order_by(OutboxMail.id.desc()).limit(most)))


def find_mail_among(mail_id: int, of_money: Collection[bool]) -> OutboxMail | None:
    """Give a mail, if it is of those that may be seen: about gifts, about anything else, or both."""
    mail = find_mail(mail_id)
    return mail if mail is not None and mail.of_money in of_money else None


def list_mails_of(person_id: int, of_money: Collection[bool], most: int) -> list[OutboxMail]:
    """Give the newest mails to a person; carried by the index of mails by person, who has few."""
    own = select(OutboxMail).where(OutboxMail.person_id == person_id, OutboxMail.of_money.in_(list(of_money)))
    return list(db.session.scalars(own.order_by(OutboxMail.id.desc()).limit(most)))
