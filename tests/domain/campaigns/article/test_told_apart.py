"""Figures whose unit, year or speaker stands at some distance: behind a comma, a bracket, another figure."""

import pytest

from portal.domain.campaigns.article.found import FoundFigure
from tests.factories.documents import find_in_text

SPEAKERS = [
    ("Some 40 people drowned, the harbour office said on Friday, as the wind rose over the bay.", "harbour office"),
    ("Two thirds of it are gifts, Example says; the rest is a grant of the town for all who need it.", "Example"),
    ("On Friday, the harbour office said on its page, 40 people drowned.", "harbour office"),
    ("One in four children goes hungry, the county council found in a survey last year.", "county council"),
    ("Some 60 villages had no food, our drivers counted.", "our drivers"),
    ("It gave 300 meals, according to its founder, Ana Example, a cook.", "Ana Example"),
    ("Some 300 houses fell, the government of Laos estimated.", "government of Laos"),
    ("Only 300 hold a paper that says the land is theirs.", None),
    ("The harbour office has appealed for $6 million.", "harbour office"),
    ("Laos recorded 300 deaths, according to the health ministry.", "health ministry"),
    ("Mr. Example counted 300 people.", "Mr Example"),
    ("The Harbour Office has data on 300 people.", "The Harbour Office"),
    ("They got 300 forms, Statistics Laos (SL) says.", "Statistics Laos"),
    ("It costs 300 euros, the Court of Audit calculated.", "Court of Audit"),
    ("It carries 310 people, half of them cooks and nurses, according to the Tide Office.", "Tide Office"),
    ("Some 300 people left (Harbour Office, 2019).", "Harbour Office"),
    ("According to the Office for Tides and Harbours (OTH), 300 people left.", "Office for Tides and Harbours"),
    ("It needs 11 doctors, according to the nurses' union.", "nurses' union"),
    ("Flour costs 300 euros, the Bureau of Statistics said on 1 September.", "Bureau of Statistics"),
    ("Opponents said that 300 people came.", None),
    ("“Nobody gave us 300 euros,” a woman in Laos told me.", "woman in Laos"),
    ("They held 300 people, according to Tides and Harbours Watch (THW).", "Tides and Harbours Watch"),
    ("The Institute on Tides and Harbours (ITH) puts it at 300 people.", "The Institute on Tides and Harbours"),
]  # fmt: skip
UNITS = [
    ("Cases rose: 900 cases, up from 600 in May.", ["cases", "cases"]),
    ("Laos has 900,000 refugees, Mongolia 400,000.", ["refugees", "refugees"]),
    ("Of the 900 families, only 600 hold a paper.", ["families", "families"]),
    ("Of the 90 villages in the valley, 60 had no food.", ["villages", "villages"]),
    ("The land has a population of 24.9 million.", ["people"]),
    ("Eleven of his former pupils now work.", ["pupils"]),
    ("Some 300 fled.", ["people"]),
    ("More than 900 were injured.", ["people"]),
    ("Some 900 people are homeless, of whom 60 sleep outside.", ["people", "people"]),
    ("Some 900 people died, of whom 60 are children.", ["people", "children"]),
    ("It has room for 900 people; today there were 362.", ["people", "people"]),
    ("They have 612 beds, and on most nights 590 are taken.", ["beds", "beds"]),
    ("Of the 90 appeals that it made this year, it won 31.", ["appeals", "appeals"]),
    ("For every euro 91 pence go to the house.", ["pence"]),
    ("It saw 212 cases. The year before it had been 1,034.", ["cases", "cases"]),
    ("It helped 900 families. Some 300 of them left.", ["families", "families"]),
    ("It cost 900 euros and has 400 rooms, up from 300.", ["EUR", "rooms", "rooms"]),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_a_figure_is_said_by_whom_the_sentence_names_wherever_it_does(text: str, speaker: str | None) -> None:
    assert {figure.said_by for figure in figures(text)} == {speaker}


@pytest.mark.parametrize(("text", "units"), UNITS)
def test_a_number_without_its_noun_counts_what_the_one_before_it_counts(text: str, units: list[str]) -> None:
    assert [figure.unit for figure in figures(text)] == units


def test_the_survey_is_the_one_that_was_named_before() -> None:
    text = "A survey by the charity Open Door asked people. The survey found that 300 families left."

    assert [figure.said_by for figure in figures(text)] == ["Open Door"]


def test_the_survey_is_known_though_much_is_told_of_it_before_its_verb() -> None:
    text = (
        "A survey by the charity Open Door asked people. The survey, made in May among families in Laos, Thailand"
        " and China, found that 40 percent left."
    )

    assert [figure.said_by for figure in figures(text)] == ["Open Door"]


def test_a_professor_s_name_ends_before_the_school() -> None:
    article = find_in_text("“Nobody came,” said Professor Ana Example of Harbour Law School.")

    assert article.quotations[0].speaker == "Ana Example"
    assert [one.name for one in article.organizations] == ["Harbour Law School"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The charity Open Door gave soup.", "Open Door"),
        ("The charity Open Door asked for soup.", "Open Door"),
        ("The housing corporation Wohnwerk answered.", "Wohnwerk"),
        ("They asked Nets for the Highlands (NfH) for it.", "Nets for the Highlands"),
        ("We asked Statistics Laos (CBS) for it.", "Statistics Laos"),
        ("She is a member of the board of Hilfwerk Nord.", "Hilfwerk Nord"),
        ("She works at Open Door, an aid group that gives soup.", "Open Door"),
        ("Their association, Bay Stone, gave soup.", "Bay Stone"),
        ("Ana Example, a caseworker with Open Door, came.", "Open Door"),
        ("She is a board member of Open Door.", "Open Door"),
        ("The Wells and Pipes Alliance gave soup.", "Wells and Pipes Alliance"),
        ("The Bay Women’s Archive kept it.", "Bay Women’s Archive"),
    ],
)
def test_an_organization_is_known_by_what_stands_beside_its_name(text: str, name: str) -> None:
    assert [one.name for one in find_in_text(text).organizations] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "She lives in Port Example, a group of houses.",
        "Their friend, Ana Example, gave soup.",
        "The charity Ana Example founded gave soup.",
        "She went with Ana Example, a nurse.",
    ],
)
def test_no_town_and_no_person_is_an_organization(text: str) -> None:
    assert {one.name for one in find_in_text(text).organizations} == set()


def test_a_row_of_a_table_counts_what_its_columns_say() -> None:
    rows = "| Land | Children out of school | Share (%) | 2019 |\n|---|---|---|---|\n| Laos | 511,000 | 12 | 40 |\n"
    found = find_in_text(f"# Schools\n\nThe schools are shut.\n\n{rows}", "text.md").figures

    assert [(one.text, one.value, one.unit, one.year) for one in found] == [
        ("511,000", 511_000, "children", None),
        ("12", 12, "%", None),
        ("40", 40, None, 2019),
    ]
    assert found[0].counts == "Laos: Children out of school"


def test_the_rows_of_a_table_contradict_nothing() -> None:
    rows = "| Land | Children out of school |\n|---|---|\n| North Laos | 511,000 |\n| South Laos | 63,000 |\n"

    assert find_in_text(f"# Schools\n\nThe schools are shut.\n\n{rows}", "text.md").contradictions == ()


def test_two_counts_that_share_only_a_name_and_the_unit_are_no_contradiction() -> None:
    text = (
        "A survey by the charity Open Door in three countries shows how a war ends. "
        "Founded in 2011, Open Door works in 9 countries."
    )

    assert find_in_text(text).contradictions == ()


def test_his_or_her_study_is_of_who_was_named_last() -> None:
    text = "Ana Example, a lawyer, followed them. Some 40 percent won, her study found."

    assert [figure.said_by for figure in figures(text)] == ["Ana Example"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Laos has 900 refugees (2020).", [2020]),
        ("Some 300 people left (Harbour Office, 2019).", [2019]),
        ("In 2015 some 900 people came; last year there were 300 people.", [2015, None]),
        ("It is 6 per cent, down from 8 per cent in 2020, figures from the town show.", [None, 2020]),
        ("In 2016 there were 300 people, now 400 people (2020).", [2016, 2020]),
    ],
)
def test_a_year_in_brackets_is_of_the_figure_before_it(text: str, years: list[int]) -> None:
    assert [figure.year for figure in figures(text)] == years


def test_half_a_million_is_a_number_and_no_half() -> None:
    (figure,) = figures("There are around half a million people there.")

    assert (figure.text, figure.value, figure.unit) == ("around half a million", 500_000, "people")


@pytest.mark.parametrize(
    "text",
    [
        "It cost them dearly over three years.",
        "She followed them over two years.",
        "The report has 96 pages.",
        "Today’s paper costs £1.20 in the shop, and a pot of tea is £3.",
    ],
)
def test_how_long_something_went_on_and_a_report_s_length_are_no_figures(text: str) -> None:
    assert [figure.text for figure in figures(text)] == []


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("One guest in six is young.", "One guest in six", 0.1667),
        ("Two young guests in every five are alone.", "Two young guests in every five", 0.4),
        ("It is a third more than before.", "a third", 0.3333),
        ("He is one of 4,870 people who came.", "4,870", 4_870),
    ],
)
def test_a_share_is_read_around_its_noun(text: str, written: str, value: float) -> None:
    (figure,) = figures(text)

    assert (figure.text, figure.value) == (written, value)


def test_three_men_in_five_boats_are_no_share() -> None:
    assert "share" not in {figure.unit for figure in figures("Three men in five boats came.")}


def test_she_who_has_one_name_is_known_by_what_is_told_of_her() -> None:
    text = "Ana Example, a minister, spoke. Amal, who has no other name, waits. “I have learned to wait,” she says."

    assert find_in_text(text).quotations[0].speaker == "Amal"


def test_a_wait_of_many_days_is_a_figure_though_something_came_before_its_end() -> None:
    (figure,) = figures("She waited there for 403 days before anyone came.")

    assert (figure.value, figure.unit) == (403, "days")


def figures(text: str) -> list[FoundFigure]:
    return list(find_in_text(text).figures)
