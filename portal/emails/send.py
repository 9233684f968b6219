"""Sending: to a mail server by SMTP_URL, or, on a developer's computer, into a folder of readable files."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import idna

from portal.emails.calendar import FILE_NAME
from portal.emails.render import Email

# For each word of a server, and for all that one mail takes.
TIMEOUT_SECONDS = 20
SEND_SECONDS = 60


class MailNotSent(Exception):
    """The server did not take a mail; its text says why."""


class ConnectionLost(MailNotSent):
    """The server did not take a mail, and takes no other one over this connection."""


def compose(mail: Email, message_id: str, moment: datetime, host: str) -> EmailMessage:
    """Give the message as it goes over the wire; the same Message-ID however often one row is sent."""
    # Whole lines: a link broken over two is copied by halves. RFC 5322 allows 998 characters.
    message = EmailMessage(SMTP.clone(max_line_length=990, utf8=not mail.to.isascii()))
    message["From"] = Address(mail.sender_name, addr_spec=mail.sender)
    message["To"] = _recipient(mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<{message_id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar is not None:
        kind = {"method": mail.calendar.method, "charset": "utf-8"}
        message.add_attachment(
            mail.calendar.content, maintype="text", subtype="calendar", filename=FILE_NAME, params=kind
        )
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _recipient(address: str) -> str:
    """Give an address as servers take it: a domain in letters beyond ASCII has a form for them."""
    name, _, domain = address.rpartition("@")
    try:
        # By the rules of 2008, as the address was read: those of 2003 lead some names to another domain.
        return f"{name}@{idna.encode(domain).decode()}"
    except idna.IDNAError:
        return address


@contextmanager
def mail_server(url: str) -> Iterator["Folder | Server"]:
    """Give something that takes messages, by SMTP_URL.

    smtp://, smtp+starttls:// and smtps:// with an optional user:password; file:///folder keeps each mail as a
    file. Raises MailNotSent when the server can't be reached.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        yield Folder(Path(unquote(parts.path)))
        return
    try:
        connection = _connect(parts)
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(f"{type(error).__name__}: {error}") from error
    try:
        yield Server(connection)
    finally:
        connection.close()


def _connect(parts: SplitResult) -> smtplib.SMTP:
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context
        )
    elif parts.scheme in ("smtp", "smtp+starttls"):
        connection = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_SECONDS)
        if parts.scheme == "smtp+starttls":
            connection.starttls(context=context)
    else:
        raise MailNotSent("SMTP_URL must start with smtp://, smtp+starttls://, smtps:// or file://")
    if parts.username:
        connection.login(unquote(parts.username), unquote(parts.password or ""))
    return connection


class Server:
    """A mail server over one connection."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection

    def take(self, message: EmailMessage) -> None:
        """Hand a message over; raises MailNotSent, ConnectionLost where the next one needs a new connection."""
        hang_up = threading.Timer(SEND_SECONDS, self._hang_up)
        hang_up.daemon = True
        hang_up.start()
        try:
            self._connection.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            lost = self._connection.sock is None
            raise (ConnectionLost if lost else MailNotSent)(_without_address(error)) from error
        finally:
            hang_up.cancel()

    def _hang_up(self) -> None:
        """End what takes too long: the timeout is for each word of the server, and it may speak slowly."""
        if self._connection.sock is not None:
            with suppress(OSError):
                # The plain socket's: that of one with TLS takes away what another thread reads from.
                socket.socket.shutdown(self._connection.sock, socket.SHUT_RDWR)


def _without_address(error: OSError | smtplib.SMTPException) -> str:
    """Say what a server answered without what it quotes: a log is no place for somebody's address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(answer[0]) for answer in error.recipients.values()})
        return f"the server refused the recipient: {', '.join(codes)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the server answered {error.smtp_code}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "the server does not take addresses with letters beyond ASCII"
    return type(error).__name__


class Folder:
    """A folder that keeps each mail as a file that mail programs open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, message: EmailMessage) -> None:
        """Keep a message, named by its Message-ID so that one sent again is one file."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        (self._folder / f"{name}.eml").write_bytes(message.as_bytes())
