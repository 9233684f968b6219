"""What makes two e-mail addresses the same one."""

import unicodedata
from typing import TypeGuard

LONGEST_EMAIL = 254


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
