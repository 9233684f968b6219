"""Numbers that say how old somebody is or what a dish costs count nothing, and those beside them still do."""

import pytest

from portal.domain.campaigns.article.found import Article
from tests.factories.documents import find_in_text

STORY = "The boats left the harbour in the night. Nobody saw them go. "
AGES = [
    "Children under 5 are fed first.",
    "Women over 60 get a card, and so do men above 65.",
    "Anyone under eighteen needs a guardian.",
    "Many of the crew are under 30.",
    "Some were under 18 years of age, some over 70 years old.",
    "People aged 65 to 70, girls of age 14 and Ana Example, 34, came by boat.",
]
LISTS = [
    "Menu: soup 4, stew 7.",
    "Lunch menu: soup €4, stew €7.50.",
    "Price list: a bed 12 euros, a hot meal 3 euros.",
    "Tickets: adults 12 euros, children 8 euros.",
    "메뉴: 국밥 8,000원, 냉면 9,000원.",
]


@pytest.mark.parametrize("text", AGES)
def test_an_age_is_no_figure(text: str) -> None:
    assert found_beside(text).figures == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Under 500 people came.", ["Under 500"]),
        ("The share fell to under 30 percent.", ["under 30 percent"]),
        ("Some 40 women over 60 got a card.", ["Some 40"]),
    ],
)
def test_what_is_under_or_over_a_count_is_no_age(text: str, written: list[str]) -> None:
    assert [figure.text for figure in found_beside(text).figures] == written


@pytest.mark.parametrize("text", LISTS)
def test_a_menu_in_one_line_has_no_figures(text: str) -> None:
    assert found_beside(text).figures == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Prices: a loaf costs 4 euros, up from 3 euros in May.", ["4 euros", "3 euros"]),
        ("Menu: the kitchen cooks 40 bowls of soup a day.", ["40"]),
        ("The menu fed 300 people.", ["300"]),
        ("With 40 tickets sold, 300 people came.", ["40", "300"]),
    ],
)
def test_a_sentence_that_names_a_menu_or_prices_is_none(text: str, written: list[str]) -> None:
    assert [figure.text for figure in found_beside(text).figures] == written


def found_beside(text: str) -> Article:
    """Give what is found where this stands between two paragraphs of a story."""
    return find_in_text(f"# Boats\n\n{STORY}\n\n{text}\n\n{STORY}", "text.md")
