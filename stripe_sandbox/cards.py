"""The test cards and what each one does (Stripe: testing). Any other number is not valid here."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Decline:
    """Why a bank said no: the API's codes and the sentence the donor reads."""

    code: str
    decline_code: str | None
    sentence: str
    risk: str = "normal"


@dataclass(frozen=True)
class Card:
    """A test card: what the API shows of it, whether the bank asks back, whether it declines."""

    number: str
    brand: str
    asks_back: bool = False
    decline: Decline | None = None

    @property
    def last4(self) -> str:
        """The last four digits, the only ones ever stored."""
        return self.number[-4:]


GENERIC = Decline("card_declined", "generic_decline", "Your card was declined. Please try another card.")
NOT_AUTHENTICATED = Decline(
    "payment_intent_authentication_failure",
    None,
    "Your bank could not confirm that it was you. Try again, or use another card.",
)
_NO_FUNDS = Decline(
    "card_declined", "insufficient_funds", "There is not enough money on this card. Please try another card."
)
_EXPIRED = Decline("expired_card", None, "This card has expired. Please try another card.")
_WRONG_CVC = Decline("incorrect_cvc", None, "The security code (CVC) does not match this card.")
_PROCESSING = Decline(
    "processing_error",
    None,
    "Something went wrong while the card was processed. Please try again in a moment.",
)
_LOST = Decline("card_declined", "lost_card", GENERIC.sentence)
_STOLEN = Decline("card_declined", "stolen_card", GENERIC.sentence)
_VELOCITY = Decline(
    "card_declined",
    "card_velocity_exceeded",
    "This card has been used too often in a short time. Please try another card.",
)
_CARDS = (
    Card("4242424242424242", "visa"),
    Card("5555555555554444", "mastercard"),
    Card("378282246310005", "amex"),
    Card("4000000000000002", "visa", decline=GENERIC),
    Card("4000000000009995", "visa", decline=_NO_FUNDS),
    Card("4000000000009987", "visa", decline=_LOST),
    Card("4000000000009979", "visa", decline=_STOLEN),
    Card("4000000000000069", "visa", decline=_EXPIRED),
    Card("4000000000000127", "visa", decline=_WRONG_CVC),
    Card("4000000000000119", "visa", decline=_PROCESSING),
    Card("4000000000006975", "visa", decline=_VELOCITY),
    Card("4000002760003184", "visa", asks_back=True),
    Card("4000002500003155", "visa", asks_back=True),
    Card("4000008400001629", "visa", asks_back=True, decline=GENERIC),
)
_BY_NUMBER = {card.number: card for card in _CARDS}
_BY_LAST4 = {card.last4: card for card in _CARDS}


def find_card(number: str) -> Card | None:
    """The test card of that number, spaces and dashes aside; None for any other number."""
    return _BY_NUMBER.get(re.sub(r"[\s-]", "", number))


def card_ending(last4: str) -> Card:
    """The test card with those last four digits, for a challenge that is answered later; KeyError for none."""
    return _BY_LAST4[last4]
