"""What a donor typed into the pay page, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from stripe_sandbox.cards import Card, find_card
from stripe_sandbox.rules import is_email

LONGEST_NAME = 200


@dataclass
class Entry:
    """The filled-in form. ``errors`` has one sentence by field name; a card is paid with only when it is empty."""

    email: str = ""
    name: str = ""
    expiry: str = ""
    card: Card | None = None
    month: int = 0
    year: int = 0
    errors: dict[str, str] = field(default_factory=dict)


def read_entry(
    form: Mapping[str, str], known_email: str | None, this_month: tuple[int, int], card: bool
) -> Entry:
    """Check a submitted form. A known e-mail wins over the field; ``this_month`` is (year, month); ``card`` says
    whether the card fields count."""
    entry = Entry(
        email=known_email or form.get("email", "").strip(),
        name=" ".join(form.get("name", "").split())[:LONGEST_NAME],
        expiry=form.get("expiry", "").strip()[:12],
    )
    if not is_email(entry.email):
        entry.errors["email"] = "Your e-mail address is not complete."
    if card:
        _read_card(entry, form, this_month)
    return entry


def _read_card(entry: Entry, form: Mapping[str, str], this_month: tuple[int, int]) -> None:
    entry.card = find_card(form.get("card_number", ""))
    if entry.card is None:
        entry.errors["card_number"] = "Your card number is not valid."
    match = re.fullmatch(r"(0?[1-9]|1[0-2])\s*[/-]?\s*(?:20)?(\d\d)", entry.expiry, re.ASCII)
    if match:
        entry.month, entry.year = int(match[1]), 2000 + int(match[2])
    if not match:
        entry.errors["expiry"] = "Your card's expiration date is not complete."
    elif (entry.year, entry.month) < this_month:
        entry.errors["expiry"] = "Your card's expiration date is in the past."
    digits = 4 if entry.card and entry.card.brand == "amex" else 3
    if not re.fullmatch(
        rf"\d{{{digits}}}" if entry.card else r"\d{3,4}", form.get("cvc", "").strip(), re.ASCII
    ):
        entry.errors["cvc"] = "Your card's security code is not complete."
