"""What a figure counts is told in the sentence's own words, as far as they tell of this figure and no further."""

import pytest

from tests.factories.documents import find_in_text

COUNTS = [
    ("At least 90 people drowned off the coast in 2018, it said.", ["people drowned off the coast in 2018"]),
    ("It has 310 pupils and 12 teachers.", ["pupils", "teachers"]),
    ("Some 300 women and children hide there and wait.", ["women and children hide there"]),
    ("Some 40 men are living and hiding in the hills.", ["men are living and hiding in the hills"]),
    ("Rents rose by 10-15 %; wages by 2 %.", ["Rents rose", "wages"]),
    ("Of the 90 villages in the valley, 60 had no food.", ["villages in the valley", "had no food"]),
    ("It is two out of five in a population of 24.9 million.", ["in a population of 24.9 million", "population"]),
    (
        "Some 10.5 million people, more than two in five, have too little to eat.",
        ["people, more than two in five, have too little to eat", "have too little to eat"],
    ),
    ("Some 300 families, or 12 percent, left in May.", ["families, or 12 percent, left in May", "left in May"]),
    ("It has 12 schools, 5 clinics, and a road.", ["schools", "clinics"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "counts"), COUNTS)
def test_a_figure_has_the_words_for_what_it_counts(text: str, counts: list[str]) -> None:
    assert [figure.counts for figure in find_in_text(text).figures] == counts


def test_the_words_end_where_nobody_would_read_on() -> None:
    (figure,) = find_in_text(f"Some 300 families wait {'in the rain ' * 20}for a ferry.").figures

    assert figure.counts.startswith("families wait in the rain")
    assert len(figure.counts.split()) <= 18
