"""The amounts to tap on a campaign's page."""

from dataclasses import dataclass

from portal.money import CardFee, Money, gross_up


@dataclass(frozen=True, slots=True)
class Preset:
    """An amount to tap, with what covering the card costs would add to it; None where no fee is known."""

    amount: Money
    addition: Money | None


def presets(amounts: tuple[Money, ...], fee: CardFee | None) -> tuple[Preset, ...]:
    """Give the amounts to tap, each with the exact sum that would cover its card costs."""
    return tuple(Preset(amount, gross_up(amount, fee) - amount if fee else None) for amount in amounts)
