"""The worker's sweep of the outbox: render, send, note; a mail is sent again only when the kill hit the send."""

import logging
from urllib.parse import urlsplit

from flask import current_app

from portal.clock import now
from portal.db import db
from portal.domain.messages import queries, service
from portal.domain.messages.models import OutboxMail
from portal.emails.render import render
from portal.emails.send import Folder, MailNotSent, Server, compose, mail_server

log = logging.getLogger(__name__)
BATCH = 50


def send_due_mails(everything: bool = False) -> int:
    """Send what is due, one batch of it or with `everything` all; gives how many were sent."""
    sent = 0
    # A mail that was tried is not due any more, whether it was sent or waits for its next try.
    while due := [mail.id for mail in queries.list_due_mails(now(), BATCH)]:
        db.session.rollback()
        sent += _send_over_one_connection(due)
        if not everything:
            break
    db.session.rollback()
    return sent


def _send_over_one_connection(due: list[int]) -> int:
    try:
        with mail_server(current_app.config["SMTP_URL"]) as server:
            return sum(_send(server, mail_id) for mail_id in due)
    except MailNotSent as error:
        for mail_id in due:
            service.mark_not_sent(db.session.get_one(OutboxMail, mail_id), str(error), now())
        db.session.commit()
        log.warning("the mail server can't be reached, %s mails wait: %s", len(due), error)
        return 0


def _send(server: "Folder | Server", mail_id: int) -> bool:
    mail = db.session.get_one(OutboxMail, mail_id)
    message_id = mail.message_id
    try:
        email = render(mail)
        host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
        db.session.rollback()
        server.take(compose(email, message_id, now(), host))
    except Exception as error:
        why = str(error) if isinstance(error, MailNotSent) else type(error).__name__
        db.session.rollback()
        service.mark_not_sent(db.session.get_one(OutboxMail, mail_id), why, now())
        db.session.commit()
        log.warning("mail %s could not be sent: %s", mail_id, why)
        return False
    service.mark_sent(db.session.get_one(OutboxMail, mail_id), email.subject, email.masked_text, now())
    db.session.commit()
    return True
