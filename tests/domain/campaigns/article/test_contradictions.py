"""What an article says in two ways, each with the sentence that says it; and what only looks like it."""

import pytest

from portal.domain.campaigns.article.found import Contradiction
from tests.factories.documents import find_in_text


def test_two_spellings_come_with_the_sentences_that_have_them() -> None:
    first, second = "The North Harbour Refugee Aid cooks.", "The North Harbor Refugee Aid also reads."
    (told,) = contradictions(f"{first} {second}")

    assert dict(zip(told.says, told.sentences, strict=True)) == {
        "North Harbour Refugee Aid": first,
        "North Harbor Refugee Aid": second,
    }


@pytest.mark.parametrize(
    ("before", "behind", "differ"),
    [
        ("March 2018", "March 2017", True),
        ("March 2018", "2018", False),
        ("March 2018", "March 2018", False),
        ("5 March 2018", "March 2018", False),
    ],
)
def test_dates_of_a_report_that_agree_as_far_as_they_go_are_no_contradiction(
    before: str, behind: str, differ: bool
) -> None:
    text = (
        f"In {before} the office published “Harbour: Needs and Priorities” for all who wait.\n\n"
        f"Further reading\n\n- “Harbour: Needs and Priorities”, Harbour Office, {behind}\n"
    )
    assert bool(contradictions(text)) is differ


@pytest.mark.parametrize(("then", "differ"), [("In 2016", True), ("In 2017", False), ("On Sunday", True)])
def test_the_same_count_of_another_year_is_no_contradiction(then: str, differ: bool) -> None:
    text = (
        "In 2016, 340 families lived in the old harbour camp. "
        f"{then}, 310 families lived in the old harbour camp."
    )
    assert bool(contradictions(text)) is differ


def contradictions(text: str) -> tuple[Contradiction, ...]:
    return find_in_text(f"The camp\n\n{text}\n").contradictions
