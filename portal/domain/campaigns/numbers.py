"""Numbers in words of an article: 51, 50,000, 10.5 million, 187만."""

import re
from decimal import Decimal

SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "천": 10**3, "만": 10**4, "백만": 10**6, "억": 10**8,
}  # fmt: skip
_NUMBER = re.compile(rf"(\d+(?:,\d{{3}})*(?:\.\d+)?)(?:\s*({'|'.join(SCALES)}))?", re.IGNORECASE)


def numbers_in(words: str) -> set[int]:
    """Give the whole numbers that stand in words in digits, each with its scale: 10,500,000 for "10.5 million"."""
    values = (
        Decimal(digits.replace(",", "")) * SCALES.get(scale.lower(), 1)
        for digits, scale in _NUMBER.findall(words)
    )
    return {int(value) for value in values if value == value.to_integral_value()}
