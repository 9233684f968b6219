"""Rules of signing in, as functions of plain values."""

from datetime import datetime, timedelta

from portal.domain.accounts.errors import PasswordTooLong, PasswordTooPlain, PasswordTooShort

# ASVS 5.0, 6.2.1 and 6.2.9: length is what counts; 64 and more must be possible.
LEAST_PASSWORD, MOST_PASSWORD = 12, 128
MAIL_KINDS = ("password_link", "password_set", "email_link", "email_changed")
# Signed in for so long after the last look, and never longer than that in all (ASVS 5.0, 7.3.1 and 7.3.2).
IDLE, ABSOLUTE = timedelta(days=7), timedelta(days=30)
# Whoever can change roles or take out lists is signed in for a day's work.
IDLE_AT_DESK, ABSOLUTE_AT_DESK = timedelta(hours=8), timedelta(days=3)
# Typed not longer ago than this before roles and exports.
FRESH_FOR = timedelta(minutes=15)
# A look is noted no more often than this.
NOTED_EVERY = timedelta(minutes=5)


def read_password(typed: str, email: str) -> str:
    """Give a password that may be set; raises PasswordTooShort, PasswordTooLong or PasswordTooPlain."""
    if len(typed) < LEAST_PASSWORD:
        raise PasswordTooShort(LEAST_PASSWORD)
    if len(typed) > MOST_PASSWORD:
        raise PasswordTooLong(MOST_PASSWORD)
    plain = typed.casefold()
    if len(set(plain)) < 4 or plain in (email.casefold(), email.casefold()[::-1]):
        raise PasswordTooPlain
    return typed


def has_ended(began_at: datetime, seen_at: datetime, at_desk: bool, now: datetime) -> bool:
    """Tell whether somebody is signed in no more: not seen for too long, or for too long in all."""
    idle, absolute = (IDLE_AT_DESK, ABSOLUTE_AT_DESK) if at_desk else (IDLE, ABSOLUTE)
    return now - seen_at >= idle or now - began_at >= absolute


def is_fresh(fresh_at: datetime, now: datetime) -> bool:
    """Tell whether the password was typed a little while ago."""
    return now - fresh_at < FRESH_FOR
