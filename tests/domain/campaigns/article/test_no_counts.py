"""Numbers that a reader takes for no count, right beside a word that could be counted."""

import pytest

from tests.factories.documents import find_in_text

NO_COUNTS = [
    "Anyone under eighteen needs it.",
    "She joined the Group of Seven ministers.",
    "On 2018-06-05 people came.",
    "On 5 June people came.",
    "By June 30 families had left.",
    "On the 5 of June families left.",
    "COVID-19 patients wait.",
    "On the B7 boats pass, and the 3D maps help.",
    "The 12-hour walks go on.",
    "At 9.30 people come.",
    "By 17:00 families left.",
    "It is at 120 Old Harbour Road.",
    "They said so [412].",
    "It fell to -5 degrees, then to −12 degrees and minus 20 degrees.",
    "Prices are 300 times as high.",
    "It grew 120 fold.",
    "See pages 120 to 340.",
    "They wait for three quarters of an hour.",
]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_a_number_beside_a_word_for_several_may_count_none_of_them(text: str) -> None:
    assert [figure.text for figure in find_in_text(text).figures] == []


def test_the_number_behind_a_month_may_be_a_count() -> None:
    assert [figure.text for figure in find_in_text("In June 300 families left.").figures] == ["300"]
