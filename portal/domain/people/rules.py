"""What makes two e-mail addresses the same one."""

import unicodedata


def fold_email(address: str) -> str:
    """Give the form in which an address is kept: composed, without edges, lower case.

    The part before the @ may by RFC 5321 tell cases apart, but no provider in use does, and people type both.
    """
    return unicodedata.normalize("NFC", address).strip().lower()
