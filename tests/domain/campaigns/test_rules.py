"""The rule of publishing: no money without a described receiver and a dated look at the sanctions lists."""

from datetime import date
from typing import Any

import pytest

from portal.domain.campaigns.rules import missing_for_money

TODAY = date(2026, 11, 22)
COMPLETE: dict[str, Any] = {
    "receiver": "Test Circle",
    "country": "IE",
    "purpose": "lessons",
    "checked_on": TODAY,
    "checked_by": "the treasurer",
    "lists": "UN, EU, UK, US",
}


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, ()),
        ({"receiver": " "}, ("receiver",)),
        ({"country": ""}, ("country",)),
        ({"purpose": ""}, ("purpose",)),
        ({"checked_on": None}, ("checked_on",)),
        ({"checked_on": date(2026, 11, 23)}, ("checked_on",)),
        ({"checked_by": None}, ("checked_by",)),
        ({"lists": None}, ("lists",)),
        ({"lists": "UN, EU, UK"}, ("lists",)),
        ({"receiver": "", "checked_by": " "}, ("receiver", "checked_by")),
    ],
)
def test_money_needs_receiver_country_purpose_and_a_check_that_was_made(
    change: dict[str, Any], missing: tuple[str, ...]
) -> None:
    assert missing_for_money(**(COMPLETE | change), today=TODAY) == missing
