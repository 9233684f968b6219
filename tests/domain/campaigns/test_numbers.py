"""Whole numbers in words of an article, each with its scale, in English and Korean."""

import pytest

from portal.domain.campaigns.numbers import numbers_in


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("51 articles", {51}),
        ("between 50,000 and 200,000", {50_000, 200_000}),
        ("10.5 million of 24.9 million", {10_500_000, 24_900_000}),
        ("2 trillion", {2 * 10**12}),
        ("187만 명", {1_870_000}),
        ("2천만 명", {20_000_000}),
        ("3조 원", {3 * 10**12}),
        ("3 백만", {3_000_000}),
        ("no number", set()),
    ],
)
def test_a_number_counts_with_its_scale(words: str, values: set[int]) -> None:
    assert numbers_in(words) == values
