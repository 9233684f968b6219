"""Object ids that look like Stripe's: a prefix for the kind and enough random characters not to be guessed."""

import secrets
import string

ALPHABET = string.ascii_letters + string.digits


def random_text(length: int) -> str:
    """That many random letters and digits, from the system's secure source."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_id(prefix: str) -> str:
    """A fresh id such as ``evt_1a2B…``; Checkout Sessions get Stripe's longer form."""
    if prefix == "cs":
        return f"cs_test_a1{random_text(56)}"
    if prefix == "req":
        return f"req_{random_text(14)}"
    return f"{prefix}_{random_text(24)}"
