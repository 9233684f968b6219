"""Money: integer minor units and an ISO currency; the one module that converts and reads what people type."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Self

from babel import Locale
from babel.numbers import format_currency

# ISO 4217 currencies without, and with three, minor digits, of those that Stripe takes.
# Source: Stripe docs "currencies"; UGX and ISK have none in ISO (their wire form is the gateway's business).
WHOLE_CURRENCIES = frozenset(
    {
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "MGA",
        "PYG",
        "RWF",
        "UGX",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    }
)
THREE_DIGIT_CURRENCIES = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})

LONGEST_ENTRY, LONGEST_AMOUNT = 200, 40
_GROUPED = re.compile(r"\d{1,3}(?:(?P<sep>[.,' ])\d{3})(?:(?P=sep)\d{3})*")


class MoneyError(ValueError):
    """Two amounts that do not go together, or an amount that cannot be."""


def minor_digits(currency: str) -> int:
    """Give how many digits stand behind the point in this currency (EUR 2, KRW 0, KWD 3)."""
    if currency in WHOLE_CURRENCIES:
        return 0
    return 3 if currency in THREE_DIGIT_CURRENCIES else 2


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units (cents, won) of one currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            raise MoneyError("minor units are a whole number")
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise MoneyError(f"{self.currency!r} is no ISO currency")

    def __add__(self, other: Self) -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Self) -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def _same(self, other: Self) -> None:
        if self.currency != other.currency:
            raise MoneyError(f"{self.currency} and {other.currency} cannot be added")

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))


# A page says the same few amounts again and again, and each takes Babel a tenth of a millisecond.
@lru_cache(maxsize=1024)
def format_money(money: Money, locale: str, whole_short: bool = False) -> str:
    """Give an amount as people of a locale write it; `whole_short` leaves out decimals that are all zero."""
    if not whole_short or money.minor % 10 ** minor_digits(money.currency):
        return format_currency(money.decimal, money.currency, locale=locale)
    whole = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(money.decimal, money.currency, whole, locale=locale, currency_digits=False)


@dataclass(frozen=True, slots=True)
class CardFee:
    """What a card payment costs: a share in basis points (250 is 2.5 %) and a fixed sum in minor units."""

    basis_points: int
    fixed_minor: int

    def of(self, total_minor: int) -> int:
        """Give the fee on a charged total, the share rounded half up."""
        return (total_minor * self.basis_points + 5_000) // 10_000 + self.fixed_minor


def gross_up(gift: Money, fee: CardFee) -> Money:
    """Give the smallest total that leaves the whole gift after the card fee on that total."""
    total = (gift.minor + fee.fixed_minor) * 10_000 // (10_000 - fee.basis_points)
    while total - fee.of(total) < gift.minor:
        total += 1
    while total - 1 - fee.of(total - 1) >= gift.minor:
        total -= 1
    return Money(total, gift.currency)


class AmountRefused(Exception):
    """A typed amount that cannot be taken; each way of failing is a class of its own."""


class AmountMissing(AmountRefused):
    """Nothing was typed."""


class AmountNotANumber(AmountRefused):
    """Not a plain number, such as 1e9 or ten."""


class AmountNotPositive(AmountRefused):
    """Zero or less."""


@dataclass
class AmountTooPrecise(AmountRefused):
    """More digits behind the point than the currency has."""

    digits: int


@dataclass
class AmountAmbiguous(AmountRefused):
    """Could be read as thousands or as a fraction: 1,000 is a thousand to one reader and one to the next."""

    as_thousands: Money
    as_fraction: Money


def parse_amount(text: str, currency: str) -> Money:
    """Read an amount as a person types it: 1,50 and 1.50, full-width and Arabic digits, the currency's own sign.

    Raises an AmountRefused that says why it was not taken.
    """
    if len(text) > LONGEST_ENTRY:
        raise AmountNotANumber  # before anything reads it: the patterns below take long over long texts
    if any(c.isdigit() and not c.isdecimal() for c in text):
        raise AmountNotANumber  # superscripts and circled figures would fold into plain digits
    number = _plain_digits(text, currency)
    if not number:
        raise AmountMissing
    if len(number) > LONGEST_AMOUNT:
        raise AmountNotANumber
    negative = number.startswith("-")
    # "25,-" and "25.–" say on price tags from Oslo to Vienna that there are no cents.
    number = re.sub(r"[.,][-–—]$", "", number.removeprefix("-").removeprefix("+"))
    if not re.fullmatch(r"\d[\d.,' ]*|[.,]\d+", number):
        raise AmountNotANumber
    money = Money(_minor_units(number, currency), currency)
    if negative or money.minor <= 0:
        raise AmountNotPositive
    return money


def _plain_digits(text: str, currency: str) -> str:
    """Fold the text to ASCII digits and separators, without the currency's name or sign at either end."""
    folded = unicodedata.normalize("NFKC", text).replace("\u066b", ".").replace("\u066c", ",")
    folded = (
        folded.replace("\u2019", "'").replace("\u2212", "-").replace("\u3002", ".").replace("\u060c", ",")
    )
    digits = "".join(
        str(unicodedata.digit(c)) if c.isdecimal() else " " if c.isspace() else c for c in folded
    )
    signs = {"EUR": "€", "GBP": "£", "USD": "$", "KRW": "₩", "JPY": "¥"}.get(currency, currency)
    words = {"KRW": "원", "JPY": "円", "EUR": "euro"}.get(currency, currency)
    edge = rf"(?:{re.escape(signs)}|{currency}|{words})"
    return re.sub(
        rf"^\s*(-?)\s*{edge}?\s*(.*?)\s*{edge}?\s*$", r"\1\2", digits, flags=re.IGNORECASE | re.DOTALL
    )


def _minor_units(number: str, currency: str) -> int:
    digits = minor_digits(currency)
    grouped = _GROUPED.fullmatch(number)
    if grouped:
        return _read_grouped(number, grouped["sep"], currency)
    whole, fraction = _split_fraction(number)
    if not re.fullmatch(r"\d*|\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*", whole):
        raise AmountNotANumber
    if len(fraction) > digits:
        raise AmountTooPrecise(digits)
    return int((re.sub(r"\D", "", whole) or "0") + fraction.ljust(digits, "0"))


def _split_fraction(number: str) -> tuple[str, str]:
    """Split at the last point or comma, which is the decimal one when it stands once."""
    match = re.fullmatch(r"(?P<whole>.*?)[.,](?P<fraction>\d*)", number)
    last = max(number.rfind("."), number.rfind(","))
    if match is None or last < 0:
        return number, ""
    whole, fraction = number[:last], number[last + 1 :]
    if number[last] in whole:
        raise AmountNotANumber
    return whole, fraction


def _read_grouped(number: str, separator: str, currency: str) -> int:
    """Read 1,000 or 1.000.000: plain thousands, unless one separator could also be the decimal point."""
    whole = int(re.sub(r"\D", "", number))
    digits = minor_digits(currency)
    as_thousands = Money(whole * 10**digits, currency)
    if digits and separator in ".," and number.count(separator) == 1 and not number.startswith("0"):
        left, right = number.split(separator)
        if right[digits:].strip("0"):
            raise AmountTooPrecise(digits)
        as_fraction = Money(int(left + right[:digits]), currency)
        raise AmountAmbiguous(as_thousands, as_fraction)
    if number.startswith("0") and separator in ".,":
        raise AmountTooPrecise(digits)
    return as_thousands.minor
