"""Numbers in words of an article: 51, 50,000, 10.5 million, 187만."""

import re
from decimal import Decimal

from portal.domain.campaigns.scales import ENGLISH, KOREAN

# A dozen or a hundred behind digits is no way to write a number. The longest first: 백만 is no 백.
SCALES = {word: scale for word, scale in ENGLISH.items() if scale >= 1_000} | KOREAN
_NUMBER = re.compile(rf"(\d+(?:,\d{{3}})*(?:\.\d+)?)(?:\s*({'|'.join(SCALES)}))?", re.IGNORECASE)


def numbers_in(words: str) -> set[int]:
    """Give the whole numbers that stand in words in digits, each with its scale: 10,500,000 for "10.5 million"."""
    values = (
        Decimal(digits.replace(",", "")) * SCALES.get(scale.lower(), 1)
        for digits, scale in _NUMBER.findall(words)
    )
    return {int(value) for value in values if value == value.to_integral_value()}
