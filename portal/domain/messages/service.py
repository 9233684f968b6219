"""Changes to the outbox and to leases."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, column, delete, or_, select, table, update

from portal.db import Prepared, db, table_of
from portal.domain.audit.service import note
from portal.domain.messages.errors import MailNotFailed
from portal.domain.messages.models import OF_MONEY, Lease, MailState, OutboxMail
from portal.domain.messages.rules import wait_before_try, was_last_try

_mail = table_of(OutboxMail)
_new_mail = Prepared(lambda insert: insert(_mail).on_conflict_do_nothing(index_elements=["unique_key"]))
_no_mail = Prepared(lambda _insert: delete(_mail).where(_mail.c.unique_key == bindparam("unique_key")))
# By name and not by import: people rank above the outbox.
_anybody = Prepared(lambda _insert: select(column("id", Integer)).select_from(table("person")).limit(1))
_new_lease = Prepared(lambda insert: insert(table_of(Lease)).on_conflict_do_nothing())


def queue_mail(kind: str, unique_key: str, person_id: int, about: dict[str, Any], moment: datetime) -> bool:
    """Queue one mail to a person; a second one of the same key is not queued. Tells whether it was."""
    queued = _new_mail.run(
        kind=kind,
        of_money=kind in OF_MONEY,
        unique_key=unique_key,
        person_id=person_id,
        about=about,
        state=MailState.QUEUED,
        message_id=secrets.token_hex(16),
        attempts=0,
        next_try_at=moment,
        queued_at=moment,
    )
    return bool(queued.rowcount)


def queue_and_forget(kind: str, moment: datetime) -> None:
    """Write a mail and take it away again: what takes as long as queueing one, where there is none to be sent."""
    somebody = _anybody.value()
    if somebody is not None:
        key = f"nobody:{secrets.token_hex(16)}"
        queue_mail(kind, key, somebody, {}, moment)
        _no_mail.run(unique_key=key)


def forget_mails(person_id: int, kinds: Iterable[str]) -> None:
    """Delete a person's mails of these kinds, sent or not."""
    of_them = OutboxMail.person_id == person_id, OutboxMail.kind.in_(list(kinds))
    db.session.execute(delete(OutboxMail).where(*of_them))


def mark_sent(mail: OutboxMail, subject: str, masked_text: str, moment: datetime) -> None:
    """Note that a mail was handed over, with its text as it may be kept."""
    mail.state, mail.sent_at, mail.last_error = MailState.SENT, moment, None
    mail.subject, mail.masked_text = subject, masked_text
    mail.attempts += 1
    db.session.flush()


def mark_not_sent(mail: OutboxMail, error: str, moment: datetime) -> None:
    """Note that a mail could not be handed over; it is tried again later, or left for a person to see."""
    mail.attempts += 1
    mail.last_error = error[:500]
    mail.state = MailState.FAILED if was_last_try(mail.attempts) else MailState.QUEUED
    mail.next_try_at = moment + wait_before_try(mail.attempts)
    db.session.flush()


def mark_dropped(mail: OutboxMail) -> None:
    """Note that a mail will not be sent, as what it was to tell is no longer so."""
    mail.state, mail.last_error = MailState.DROPPED, None
    db.session.flush()


def send_again(mail_id: int, by: int, moment: datetime) -> None:
    """Queue a mail that failed once more, as if it had never been tried; raises MailNotFailed for any other."""
    queued = db.session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == mail_id, OutboxMail.state == MailState.FAILED)
        .values(state=MailState.QUEUED, attempts=0, next_try_at=moment, last_error=None)
    )
    if not queued.rowcount:  # type: ignore[attr-defined]
        raise MailNotFailed
    note(by, "mail.sent_again", f"mail:{mail_id}", moment, {"state": "failed"}, {"state": "queued"})


def take_lease(name: str, holder: str, length: timedelta, moment: datetime) -> bool:
    """Take or extend a lease; False when somebody else holds it."""
    _new_lease.run(name=name, holder=holder, until=moment)
    taken = db.session.execute(
        update(Lease)
        .where(Lease.name == name, or_(Lease.holder == holder, Lease.until <= moment))
        .values(holder=holder, until=moment + length)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def release_lease(name: str, holder: str, moment: datetime) -> None:
    """Give a lease back before its time."""
    db.session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(until=moment))
