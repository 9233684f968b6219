"""What makes two e-mail addresses the same one, and what a name and an address may be."""

import re
import unicodedata
from functools import lru_cache
from typing import TypeGuard

from email_validator import EmailNotValidError, validate_email

from portal.domain.people.errors import (
    EmailMissing,
    EmailUnreadable,
    NameMissing,
    NameNotOneLine,
    NameTooLong,
    NameWithAddress,
)

LONGEST_EMAIL = 254
LONGEST_NAME = 200
# These turn the direction of what follows, so that a text can read as another; no name needs them.
TURNING = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
# What stands before the @ of nearly every address: whether one of these can be read depends on its domain alone.
PLAIN_MAILBOX = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")
WEB_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


def read_name(typed: str) -> str:
    """Give a name exactly as it was typed, which may be any name.

    Raises NameTooLong, NameNotOneLine, NameWithAddress or NameMissing.
    """
    if len(typed) > LONGEST_NAME:
        raise NameTooLong(LONGEST_NAME)
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in TURNING for c in typed):
        raise NameNotOneLine
    if WEB_ADDRESS.search(typed):
        raise NameWithAddress
    if not any(unicodedata.category(character)[0] in "LNPS" for character in typed):
        raise NameMissing
    return typed


def read_email(typed: str) -> str:
    """Give a typed address as it is kept; raises EmailMissing or EmailUnreadable. Nobody's mail server is asked."""
    if not typed.strip():
        raise EmailMissing
    if "=?" in typed:
        # RFC 2047: mail programs would read it as another text than the one that is kept here.
        raise EmailUnreadable
    read = _find_normalized(typed.strip())
    if read is None or len(fold_email(read)) > LONGEST_EMAIL:
        raise EmailUnreadable
    return fold_email(read)


def _find_normalized(address: str) -> str | None:
    mailbox, _at, domain = address.rpartition("@")
    # No rule on length can matter to these, so the domain alone decides.
    if len(address) <= 100 and PLAIN_MAILBOX.fullmatch(mailbox):
        of_domain = _find_domain(domain)
        return None if of_domain is None else f"{mailbox}@{of_domain}"
    return _ask_library(address)


def _ask_library(address: str) -> str | None:
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


@lru_cache(maxsize=256)
def _find_domain(domain: str) -> str | None:
    """Most people have theirs at a few providers, and this takes most of the time of reading an address."""
    read = _ask_library(f"a@{domain}")
    return None if read is None else read.removeprefix("a@")


def fold_email(address: str) -> str:
    """Give the form in which an address is kept: composed, without edges, lower case.

    The part before the @ may by RFC 5321 tell cases apart, but no provider in use does, and people type both.
    """
    return unicodedata.normalize("NFC", address).strip().lower()


def is_storable_email(address: str | None) -> TypeGuard[str]:
    """Tell whether an address that another system gave us can be kept: there, short enough, and plain text.

    Money is booked either way; RFC 5321 allows 254 characters.
    """
    if not address or len(fold_email(address)) > LONGEST_EMAIL:
        return False
    return "@" in address and not any(unicodedata.category(character) == "Cc" for character in address)
