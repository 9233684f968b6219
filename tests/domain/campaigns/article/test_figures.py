"""Figures of English sentences: what is one, its value, unit and year, and who says it; and what is none."""

import pytest

from portal.domain.campaigns.article.found import FoundFigure
from tests.factories.documents import find_in_text

FOUND = [
    ("Some 300 families came.", "Some 300", 300, "families"),
    ("They fed twenty-five children a day.", "twenty-five", 25, "children"),
    ("Two hundred and five people signed.", "Two hundred and five", 205, "people"),
    ("A dozen lorries waited.", "A dozen", 12, "lorries"),
    ("Half a million people left.", "Half a million", 500_000, "people"),
    ("About two and a half million people left.", "About two and a half million", 2_500_000, "people"),
    ("It has 1,234,567 inhabitants.", "1,234,567", 1_234_567, "inhabitants"),
    ("The camp has a population of 24.9 million.", "24.9 million", 24_900_000, "people"),
    ("Attack rates reached 48 per 10,000 inhabitants.", "48", 48, None),
    ("Six of his 41 pumps work again.", "Six of his 41", 6, "pumps"),
    ("They spent $4.5 million on it.", "$4.5 million", 4_500_000, "USD"),
    ("They spent US$ 3bn on it.", "US$ 3bn", 3_000_000_000, "USD"),
    ("It cost € 12,000 in all.", "€ 12,000", 12_000, "EUR"),
    ("It cost 12,000 euros in all.", "12,000 euros", 12_000, "EUR"),
    ("It cost 300 Swiss francs.", "300 Swiss francs", 300, "CHF"),
    ("It cost KRW 30,000 a head.", "KRW 30,000", 30_000, "KRW"),
    ("Unemployment is 42 %.", "42 %", 42, "%"),
    ("Some 42 percent of them work.", "Some 42 percent", 42, "%"),
    ("Turnout fell by 3.5 percentage points.", "3.5 percentage points", 3.5, "percentage points"),
    ("Nearly half of the women work.", "Nearly half", 0.5, "share"),
    ("Half were children.", "Half", 0.5, "share"),
    ("One in three goes to bed hungry.", "One in three", 0.3333, "share"),
    ("More than two out of five are hungry.", "More than two out of five", 0.4, "share"),
    ("Four out of every ten houses burned.", "Four out of every ten", 0.4, "share"),
    ("Two-thirds of them are women.", "Two-thirds", 0.6667, "share"),
    ("Three quarters are women.", "Three quarters", 0.75, "share"),
    ("A fifth of the money is gone.", "A fifth", 0.2, "share"),
    ("They took the calls, of which a third concerned children.", "a third", 0.3333, "share"),
    ("A third mention the same bridge.", "A third", 0.3333, "share"),
    ("1 in 250 births ends badly.", "1 in 250", 0.004, "share"),
    ("6 of 41 shelters are open.", "6 of 41", 6, "shelters"),
    ("Twelve out of 35 families moved on.", "Twelve out of 35", 12, "families"),
    ("The number of schools fell to 14.", "14", 14, "schools"),
    ("At least 90 people drowned.", "At least 90", 90, "people"),
    ("No fewer than seven villages burned.", "No fewer than seven", 7, "villages"),
    ("In May 200 families arrived.", "200", 200, "families"),
    ("More than 2000 people marched.", "More than 2000", 2_000, "people"),
    ("The average wait is 14 months.", "14 months", None, None),
]
RANGES = [
    ("Between 50,000 and 200,000 people hide.", "Between 50,000 and 200,000", 50_000, 200_000, "people"),
    ("From 5 to 10 million people are hungry.", "From 5 to 10 million", 5_000_000, 10_000_000, "people"),
    ("Rents rose by 10-15 %.", "10-15 %", 10, 15, "%"),
    ("It costs $4–5 million.", "$4–5 million", 4_000_000, 5_000_000, "USD"),
    ("Three or four families share a stove.", "Three or four", 3, 4, "families"),
    ("They eat 20 to 30 kilograms of rice.", "20 to 30", 20, 30, "kilograms"),
]
NO_FIGURES = [
    "A third country took the rest, and a third man took the train.",
    "The clinic is three hours away.",
    "It began in 1998 and ended in 2017.",
    "On 5 June 2018 they left, and on June 7, 2018, they came back.",
    "From 2015 to 2018 nothing changed, nor in 2017/18 or the 1990s.",
    "See page 12, pp. 3-9 and chapter 4.",
    "The A12 and Highway 7 are closed, and so is Route 66.",
    "Call +353 1 555 0100, (01) 555-0100 or 555-0100.",
    "She lives at 12 Harbour Street, not in Harbour Street 14.",
    "5 min read",
    "The first step is the hardest, the 2nd is not.",
    "It is one of the poorest countries, and the most forgotten one.",
    "“Ten Things You Should Know” is a good text.",
    "Version 2.1 runs on Windows 10.",
    "The office opens at 9.30, closes at 17:00 and again at 7 p.m.",
    "Kim, 34, has a 12-year-old daughter; her son is 9 years old.",
    "They left three years ago and came back two days later.",
    "COVID-19 and the G7 were in the news.",
    "Resolution 2397 and Article 14 forbid it.",
    "They cross into a third country in the second half of the year.",
    "Lunch menu: soup €4, stew €7.50.",
    "The two Koreas talk about three things.",
    "It is open 24/7, 7 days a week.",
    "Children under five are fed first.",
    "The reference is [12], the note (3).",
    "It is three times as big.",
    "He took a three-day course and a 12-hour walk.",
    "https://example.org/2018/06/42-people is an address with 12 in it: www.example.org/12.",
]


@pytest.mark.parametrize(("text", "written", "value", "unit"), FOUND)
def test_a_number_is_found_as_it_is_written(text: str, written: str, value: float, unit: str) -> None:
    (figure,) = figures(text)
    if value is None:
        assert figure.text in written
        return

    assert (figure.text, figure.value, figure.unit) == (written, value, unit)
    assert (figure.low, figure.high, figure.sentence) == (None, None, text)


def test_a_distance_in_brackets_is_the_same_one_again() -> None:
    assert [one.text for one in figures("It lies 40 km (25 miles) from the sea.")] == ["40"]


@pytest.mark.parametrize(("text", "written", "low", "high", "unit"), RANGES)
def test_a_range_has_two_ends_and_no_value(text: str, written: str, low: int, high: int, unit: str) -> None:
    (figure,) = figures(text)

    assert (figure.text, figure.value, figure.low, figure.high, figure.unit) == (
        written,
        None,
        low,
        high,
        unit,
    )


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert [figure.text for figure in figures(text)] == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("In 2016, 300 families came, and 500 in 2017.", [2016, 2017]),
        ("A 2014 inquiry found that 12 villages had burned.", [2014]),
        ("Some 40 people in 12 villages had died, a 2014 inquiry found.", [2014, 2014]),
        ("As of 1 January 2018, 40 people hide there.", [2018]),
        ("Since 1998 more than 30,000 people have arrived.", [None]),
        ("Founded in 2009, the group has helped 300 families.", [None]),
        ("By the end of 2019 there were 40 beds.", [2019]),
        ("In 2016 we had 30 beds and now there are 50 beds.", [2016, None]),
        ("Prices rose from 120 euros in 2016 to 180 euros in 2018.", [2016, 2018]),
        ("Between 2014 and 2018 some 400 people drowned.", [None]),
    ],
)
def test_the_year_is_the_one_that_the_sentence_ties_to_the_figure(text: str, years: list[int | None]) -> None:
    assert [figure.year for figure in figures(text)] == years


def test_no_year_is_taken_from_another_sentence() -> None:
    assert [figure.year for figure in figures("It was 2017. Some 40 people came.")] == [None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The U.N. says that 40 people drowned.", "The U.N."),
        ("According to the Harbour Office, 40 people drowned.", "Harbour Office"),
        ("Some 40 people drowned, according to Ana Example.", "Ana Example"),
        ("Some 40 people drowned, the Harbour Office said on Monday.", "Harbour Office"),
        ("A study by the Institute for Tides found that 40 people drowned.", "Institute for Tides"),
        ("A study found that 40 people drowned.", None),
        ("Some 40 people are thought to have drowned.", None),
        ("Ana Example, a nurse, said that 40 people drowned.", "Ana Example"),
        ("The Harbour Office (HO) counted 40 people.", "The Harbour Office"),
        (
            "The Ministry of Health says that all is well; Ana Example says that 40 people drowned.",
            "Ana Example",
        ),
        ("Experts say that 40 people drowned.", None),
        ("The county answered with six buses.", None),
        ("Insurers expect claims of £40 million, said Ana Example.", "Ana Example"),
        ("A report by the Children's Council says that 40 people drowned.", "Children's Council"),
        ("Some 40 people drowned.", None),
        ("“We pulled out 40 people,” said Ana Example, a nurse.", "Ana Example"),
        ("40 people were reported missing by the Harbour Office.", "Harbour Office"),
    ],
)
def test_a_figure_is_said_by_whom_the_sentence_names(text: str, speaker: str | None) -> None:
    assert [figure.said_by for figure in figures(text)] == [speaker]


def test_she_is_the_one_who_was_named_last() -> None:
    text = "Ana Example, a nurse, came first. She said that 40 people drowned."

    assert [figure.said_by for figure in figures(text)] == ["Ana Example"]


def test_a_reading_list_and_a_heading_have_no_figures() -> None:
    text = (
        "# A text\n\nIt is a text about something.\n\n## Forty years\n\nNothing.\n\n"
        "## Further reading\n\n- [Nine lives](https://example.org/a), 2018\n"
    )

    assert figures(text, "text.md") == []


def test_prices_of_a_list_are_no_figures() -> None:
    assert figures("The café is open. It has soups.\n\n- Leek soup €4.50\n- Fish soup €6\n", "text.md") == []


def figures(text: str, name: str = "text.txt") -> list[FoundFigure]:
    return list(find_in_text(text, name).figures)
