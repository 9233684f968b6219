"""The worker's sweep of the outbox: render, send, note; a mail is sent again only when the kill hit the send.

One worker at a time sends. Before each mail it makes sure that it still is the one (`goes_on`), so that a server that
answers slowly can't make two of them send the same mail; a single send is over well before that has run out.
"""

import logging
from collections.abc import Callable
from enum import Enum, auto
from urllib.parse import urlsplit

from flask import current_app

from portal.clock import now
from portal.db import db
from portal.domain.messages import queries, service
from portal.emails.helping import NothingToSay
from portal.emails.render import Email, render
from portal.emails.send import ConnectionLost, Folder, MailNotSent, Server, compose, mail_server

log = logging.getLogger(__name__)
BATCH = 50
# After this many connections in a row that took no mail, the rest stays for the next round.
MOST_FAILURES = 3


def send_due_mails(everything: bool = False, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Send what is due, one batch of it or with `everything` all; gives how many were sent.

    `goes_on` is asked before each mail, in a transaction that is committed: whether this worker may still send.
    """
    sent, failures = 0, 0
    # A mail that was tried is not due any more, whether it was sent or waits for its next try.
    while due := [mail.id for mail in queries.list_due_mails(now(), BATCH)]:
        db.session.rollback()
        taken, end = _send_over_one_connection(due, goes_on)
        sent += taken
        failures = 0 if taken or end is _End.DONE else failures + 1
        if not everything or end is _End.STOPPED or failures >= MOST_FAILURES:
            break
    db.session.rollback()
    return sent


class _End(Enum):
    """How a connection to the mail server ended."""

    DONE = auto()
    AWAY = auto()  # it never was, so all mails wait
    LOST = auto()  # it broke: the mail under way waits, those behind it are still due
    STOPPED = auto()  # another worker sends now


def _send_over_one_connection(due: list[int], goes_on: Callable[[], bool]) -> tuple[int, _End]:
    sent = 0
    try:
        with mail_server(current_app.config["SMTP_URL"]) as server:
            for mail_id in due:
                if not goes_on():
                    return sent, _End.STOPPED
                sent += _send(server, mail_id)
    except ConnectionLost:
        return sent, _End.LOST
    except MailNotSent as error:
        for mail_id in due:
            _mark_not_sent(mail_id, str(error))
        db.session.commit()
        log.warning("the mail server can't be reached, %s mails wait: %s", len(due), error)
        return sent, _End.AWAY
    return sent, _End.DONE


def _send(server: "Folder | Server", mail_id: int) -> bool:
    """Send one mail and note it; raises ConnectionLost, with the try noted."""
    mail = queries.find_due_mail(mail_id, now())
    if mail is None:  # sent by another worker, or forgotten with its person
        db.session.commit()
        return False
    try:
        message_id = mail.message_id
        email = render(mail)
        db.session.commit()
        server.take(compose(email, message_id, now(), _host()))
    except NothingToSay:
        service.mark_dropped(mail)
        db.session.commit()
        return False
    except Exception as error:
        why = str(error) if isinstance(error, MailNotSent) else type(error).__name__
        db.session.rollback()
        _mark_not_sent(mail_id, why)
        db.session.commit()
        log.warning("mail %s could not be sent: %s", mail_id, why)
        if isinstance(error, ConnectionLost):
            raise
        return False
    _mark_sent(mail_id, message_id, email)
    return True


def _host() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def _mark_sent(mail_id: int, message_id: str, email: Email) -> None:
    mail = queries.find_mail(mail_id)
    # SQLite gives the id of a mail that was forgotten meanwhile to the next one.
    if mail is not None and mail.message_id == message_id:
        service.mark_sent(mail, email.subject, email.masked_text, now())
    db.session.commit()


def _mark_not_sent(mail_id: int, why: str) -> None:
    mail = queries.find_due_mail(mail_id, now())
    if mail is not None:
        service.mark_not_sent(mail, why, now())
