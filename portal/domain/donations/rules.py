"""Rules of giving as pure functions of plain values: what may be given, and how a donation moves."""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portal.domain.donations.errors import (
    AmountAboveMaximum,
    AmountBelowMinimum,
    ChoicesRefused,
    FrequencyUnknown,
    MessageTooLong,
    MessageUnreadable,
    NameToShowMissing,
)
from portal.domain.donations.models import DonationState, PaymentCase
from portal.domain.people.errors import DetailsRefused, NameMissing
from portal.domain.people.rules import read_name
from portal.money import (
    AmountMissing,
    AmountNotANumber,
    AmountRefused,
    CardFee,
    Money,
    gross_up,
    minor_digits,
    parse_amount,
)

LONGEST_MESSAGE = 1000
# A payment page lives this long. Stripe takes 30 minutes to 24 hours; short ones are of less use to card testers.
CHECKOUT_LIFETIME = timedelta(minutes=60)

# Smallest and largest gift in minor units. Stripe's own floor lies lower (0.50 EUR or its worth); below these
# the fixed part of the card fee eats the gift, and above them a group should talk to the giver first.
LIMITS = {
    "EUR": (100, 1_000_000),
    "USD": (100, 1_000_000),
    "GBP": (100, 1_000_000),
    "KRW": (1_000, 15_000_000),
    "JPY": (100, 1_500_000),
}


def limits(currency: str) -> tuple[Money, Money]:
    """Give the smallest and the largest gift taken in this currency."""
    unit = 10 ** minor_digits(currency)
    low, high = LIMITS.get(currency, (20 * unit, 200_000 * unit))
    return Money(low, currency), Money(high, currency)


@dataclass(frozen=True)
class Choices:
    """What a reader chose on the give form, checked."""

    gift: Money
    card_costs: Money
    show_name: bool
    name: str
    message: str


@dataclass(frozen=True)
class Entries:
    """What a reader sent from the give form, as text; `amount` is a preset in minor units."""

    amount: str
    own_amount: str
    frequency: str
    cover_fee: bool
    show_name: bool
    name: str
    message: str


def read_choices(entries: Entries, currency: str, presets: tuple[int, ...], fee: CardFee | None) -> Choices:
    """Turn the entries of a give form into choices.

    Raises ChoicesRefused, which tells all that is wrong at once, field by field.
    """
    wrong: dict[str, Exception] = {}
    gift, name, message = Money(0, currency), "", ""
    try:
        gift = _read_gift(entries, currency, presets)
    except (AmountRefused, AmountBelowMinimum, AmountAboveMaximum) as refusal:
        wrong["amount"] = refusal
    try:
        name = _read_name(entries.name, entries.show_name)
    except (NameToShowMissing, DetailsRefused) as refusal:
        wrong["name"] = refusal
    try:
        message = _read_message(entries.message)
    except (MessageTooLong, MessageUnreadable) as refusal:
        wrong["message"] = refusal
    if entries.frequency != "once":
        wrong["frequency"] = FrequencyUnknown()
    if wrong:
        raise ChoicesRefused(wrong)
    costs = gross_up(gift, fee) - gift if entries.cover_fee and fee else Money(0, currency)
    return Choices(gift, costs, entries.show_name, name, message)


def _read_gift(entries: Entries, currency: str, presets: tuple[int, ...]) -> Money:
    """A typed amount beats a tapped one."""
    if entries.own_amount.strip():
        gift = parse_amount(entries.own_amount, currency)
    elif not entries.amount:
        raise AmountMissing
    elif entries.amount in {str(preset) for preset in presets}:
        gift = Money(int(entries.amount), currency)
    else:
        raise AmountNotANumber
    smallest, largest = limits(currency)
    if gift.minor < smallest.minor:
        raise AmountBelowMinimum(smallest)
    if gift.minor > largest.minor:
        raise AmountAboveMaximum(largest)
    return gift


def _read_name(typed: str, show_name: bool) -> str:
    """Give the name to show; one that is not to be shown is not kept at all."""
    try:
        name = read_name(typed)
    except NameMissing as missing:
        if show_name:
            raise NameToShowMissing from missing
        return ""
    return name if show_name else ""


def _read_message(typed: str) -> str:
    message = typed.replace("\r\n", "\n").strip()
    if len(message) > LONGEST_MESSAGE:
        raise MessageTooLong(LONGEST_MESSAGE)
    if any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in message):
        raise MessageUnreadable
    return message


class Observed(StrEnum):
    """What the payment provider says of one checkout."""

    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


_S, _O = DonationState, Observed

# The one table by which a donation moves: (state, what is observed of its latest checkout) -> state.
# Paid is never left here; money that goes back is a matter of the ledger. News that comes late, such as "open"
# after "expired", changes nothing; what a closed checkout cannot say is kept as it was.
TRANSITIONS: dict[tuple[DonationState, Observed], DonationState] = {
    (_S.STARTED, _O.OPEN): _S.OPEN,
    (_S.STARTED, _O.PROCESSING): _S.PROCESSING,
    (_S.STARTED, _O.PAID): _S.PAID,
    (_S.STARTED, _O.FAILED): _S.FAILED,
    (_S.STARTED, _O.EXPIRED): _S.EXPIRED,
    (_S.OPEN, _O.OPEN): _S.OPEN,
    (_S.OPEN, _O.PROCESSING): _S.PROCESSING,
    (_S.OPEN, _O.PAID): _S.PAID,
    (_S.OPEN, _O.FAILED): _S.FAILED,
    (_S.OPEN, _O.EXPIRED): _S.EXPIRED,
    (_S.PROCESSING, _O.OPEN): _S.PROCESSING,
    (_S.PROCESSING, _O.PROCESSING): _S.PROCESSING,
    (_S.PROCESSING, _O.PAID): _S.PAID,
    (_S.PROCESSING, _O.FAILED): _S.FAILED,
    (_S.PROCESSING, _O.EXPIRED): _S.PROCESSING,
    (_S.PAID, _O.OPEN): _S.PAID,
    (_S.PAID, _O.PROCESSING): _S.PAID,
    (_S.PAID, _O.PAID): _S.PAID,
    (_S.PAID, _O.FAILED): _S.PAID,
    (_S.PAID, _O.EXPIRED): _S.PAID,
    (_S.FAILED, _O.OPEN): _S.FAILED,
    (_S.FAILED, _O.PROCESSING): _S.FAILED,
    (_S.FAILED, _O.PAID): _S.PAID,
    (_S.FAILED, _O.FAILED): _S.FAILED,
    (_S.FAILED, _O.EXPIRED): _S.FAILED,
    (_S.EXPIRED, _O.OPEN): _S.EXPIRED,
    (_S.EXPIRED, _O.PROCESSING): _S.PROCESSING,
    (_S.EXPIRED, _O.PAID): _S.PAID,
    (_S.EXPIRED, _O.FAILED): _S.FAILED,
    (_S.EXPIRED, _O.EXPIRED): _S.EXPIRED,
}


def next_state(state: DonationState, observed: Observed, of_latest_checkout: bool) -> DonationState:
    """Give where a donation stands after what was observed; of an earlier checkout only money on its way counts."""
    bank_refused = state is DonationState.PROCESSING and observed is Observed.FAILED
    if not of_latest_checkout and observed not in (Observed.PAID, Observed.PROCESSING) and not bank_refused:
        return state
    return TRANSITIONS[state, observed]


def may_try_again(state: DonationState) -> bool:
    """Tell whether a new checkout may be opened for a donation that stands here."""
    return state in (DonationState.STARTED, DonationState.OPEN, DonationState.FAILED, DonationState.EXPIRED)


def judge_payment(asked: Money, moved: Money, paid_before: bool) -> PaymentCase:
    """Name how a payment compares with what its checkout asked for."""
    if paid_before:
        return PaymentCase.DOUBLE
    if asked.currency != moved.currency:
        return PaymentCase.CURRENCY_DIFFERS
    return PaymentCase.EXPECTED if asked.minor == moved.minor else PaymentCase.AMOUNT_DIFFERS


CHECK_AGAIN_AFTER = (60, 120, 300, 600, 1800, 3600)


def wait_before_check(checks: int) -> timedelta:
    """Give how long to wait before asking the provider again about a checkout that was asked about `checks` times."""
    return timedelta(seconds=CHECK_AGAIN_AFTER[min(checks, len(CHECK_AGAIN_AFTER) - 1)])
