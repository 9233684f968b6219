"""What the stand-in takes off a payment: 2.5 % and a fixed part by currency. Made up, but of a usual size."""

from stripe_sandbox.money import ZERO_DECIMAL

PERMILLE = 25
FIXED = {"eur": 25, "usd": 30, "gbp": 20, "krw": 400, "jpy": 40}
FIXED_OTHERWISE = 30
FIXED_ZERO_DECIMAL = 40


def fee_for(amount: int, currency: str) -> int:
    """The fee in minor units for a charge of ``amount`` minor units; the percentage is rounded half up."""
    otherwise = FIXED_ZERO_DECIMAL if currency in ZERO_DECIMAL else FIXED_OTHERWISE
    return (amount * PERMILLE + 500) // 1000 + FIXED.get(currency, otherwise)
