"""What an entry of the audit log may hold: little, nothing secret, and nobody's address."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.domain.audit.models import LONGEST_ACTION, LONGEST_SUBJECT

LONGEST_TEXT = 500
LONGEST_LIST = 50
ACTION = re.compile(r"[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+")
SECRET_PARTS = ("passw", "passphrase", "secret", "token", "cookie", "nonce", "signature")
SECRET_WORDS = frozenset(("otp", "totp", "body", "html"))
ADDRESS = re.compile(r"[^\s@<>,;:\"']+@[^\s@<>,;:\"']+")
LEFT_OUT = "…@…"


def read_action(action: str) -> str:
    """Give an action as it is kept: short words with dots between, "event.approved"; raises ValueError."""
    if len(action) > LONGEST_ACTION or not ACTION.fullmatch(action):
        raise ValueError(f"an action is short words with dots between, not {action!r}")
    return action


def kind_of(action: str) -> str:
    """Give the first word of an action."""
    return action.partition(".")[0]


def read_subject(subject: str) -> str:
    """Give a subject as it is kept: cut when it is too long, its kind with hyphens, as in "sign-up:5"."""
    kind, colon, key = _plain(subject).partition(":")
    return f"{kind.replace('_', '-')}{colon}{key}"[:LONGEST_SUBJECT]


def read_facts(facts: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give what was before or is after as it is kept; None where there is nothing to tell.

    Texts are cut at 500 characters and lists at 50 items, and an e-mail address is left out of them: an entry stays
    when the person whose address it was is taken out. Raises ValueError for a key that promises a secret.
    """
    return {_read_key(key): _read_value(value) for key, value in facts.items()} if facts else None


def _read_key(key: str) -> str:
    folded = str(key).lower()
    words = set(re.split(r"[^a-z]+", folded))
    if words & SECRET_WORDS or any(part in folded for part in SECRET_PARTS):
        raise ValueError(f"the audit log keeps nothing secret and no text of a mail, so not {key!r}")
    return _plain(str(key))


def _read_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {_read_key(key): _read_value(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_read_value(held) for held in value[:LONGEST_LIST]]
    return _cut(value.isoformat() if isinstance(value, date) else str(value))


def _cut(text: str) -> str:
    # Cut first: looking for addresses takes longer the longer a text is, and anybody may send one.
    kept = ADDRESS.sub(LEFT_OUT, _plain(text[: 2 * LONGEST_TEXT]))
    return kept if len(kept) <= LONGEST_TEXT else f"{kept[: LONGEST_TEXT - 1]}…"


def _plain(text: str) -> str:
    # PostgreSQL takes no text with a NUL in it, nor half of a pair of surrogates.
    return text.replace("\0", "").encode("utf-8", "replace").decode()
