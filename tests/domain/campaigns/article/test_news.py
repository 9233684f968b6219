"""Figures as news tells them: the unit, the year or the speaker stands in the sentence before, or behind a comma."""

import pytest

from portal.domain.campaigns.article.found import FoundFigure
from tests.factories.documents import find_in_text

SPEAKERS = [
    ("Some 900 more come each day, the Tides and Harbours Commission (THC) says.", "Tides and Harbours Commission"),
    ("The Centre for Tides and Laws (CTL) said it had documented 300 cases.", "The Centre for Tides and Laws"),
    ("Frontex, the border agency, put the number of boats at 300.", "Frontex"),
    ("It treated 300 people, hospital officials said.", "hospital officials"),
    ("Some 300 people came, local authorities said on Friday.", "local authorities"),
    ("Some 300 people came, police said.", "police"),
    ("Some 300 people came, some officials said.", None),
    ("Some 300 people came, critics said.", None),
    ("The town council expects to receive £90,000 in May.", "town council"),
    ("Ana Example, a nurse, spoke. She expects 300 cases.", "Ana Example"),
    ("The harbour ministry counts those who arrive: 41,945 people.", "harbour ministry"),
]  # fmt: skip
UNITS = [
    ("The house was built for 300 people. In May it held 15,400.", ["people", "people"]),
    ("Some 300 people wait. Some 1,700 more arrive each day.", ["people", "people"]),
    ("It vaccinated 300 children. A further 1,900 are due.", ["children", "children"]),
    ("It treated 300 patients. Fourteen needed a bed.", ["patients", "patients"]),
    ("It built 520 latrines, against a target of 900.", ["latrines", "latrines"]),
    ("They live in a village of 900, behind the hill.", ["people"]),
    ("The town lost 28 police stations.", ["stations"]),
    ("The town lost 300 police.", ["police"]),
    ("It put the deaths on the road at 1,279; the other office said 4,404.", ["deaths", "deaths"]),
    ("The camp has 300 tents. It holds 1,200.", ["tents", None]),
    ("The house has 300 beds. It paid 15,400 for them.", ["beds", None]),
]
YEARS = [
    ("Some 300 people came since 15 April 2023.", [2023]),
    ("Some 300 people have come since 2019.", [None]),
    ("It counts 300 people in 2021. The others counted 400 people that year.", [2021, 2021]),
    ("It had 300 cases in 2023. Others put the number of cases at 400 in the same year.", [2023, 2023]),
    ("The others counted 400 people that year.", [None]),
    ("She wants 600 cases to be entered by the end of 2023.", [2023]),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_a_figure_is_said_by_whom_the_news_names(text: str, speaker: str | None) -> None:
    assert {figure.said_by for figure in figures(text)} == {speaker}


@pytest.mark.parametrize(("text", "units"), UNITS)
def test_a_number_counts_what_stands_before_it_or_in_the_sentence_before(text: str, units: list[str]) -> None:
    assert [figure.unit for figure in figures(text)] == units


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_a_year_is_that_of_a_whole_date_or_the_one_told_last(text: str, years: list[int | None]) -> None:
    assert [figure.year for figure in figures(text)] == years


def test_who_is_called_by_one_name_with_an_office_is_the_one_with_the_full_name_before() -> None:
    text = "Ana Example keeps a list. Example, a sociologist, began it. “Nobody had one,” she says."

    assert [(one.speaker, one.office) for one in find_in_text(text).quotations] == [
        ("Ana Example", "a sociologist")
    ]


def test_who_is_named_again_by_the_last_name_is_she_in_the_next_sentence() -> None:
    text = (
        "Ana Example, a nurse, came. Ben Sample, a cook, came too. The list is kept by Example."
        " Half of it is empty, she says."
    )

    assert [figure.said_by for figure in figures(text)] == ["Ana Example"]


def test_a_quotation_goes_on_with_what_the_sentence_before_reported() -> None:
    text = (
        "Ana Example, a nurse, came. The gap, Example argues, is no error. “It is what happens to us here.”"
    )

    assert [one.speaker for one in find_in_text(text).quotations] == ["Ana Example"]


def test_a_quotation_behind_a_sentence_of_nobody_is_nobody_s() -> None:
    text = "Ana Example, a nurse, came. The gap is no error. “It is what happens to us here.”"

    assert [one.speaker for one in find_in_text(text).quotations] == [None]


@pytest.mark.parametrize("office", ["Interior Minister", "Deputy Prime Minister"])
def test_an_office_of_several_words_before_a_name_is_told_with_it(office: str) -> None:
    article = find_in_text(f"{office} Ben Sample said 300 people came. “The wall works,” Sample said.")

    assert [one.said_by for one in article.figures] == ["Ben Sample"]
    assert [(one.speaker, one.office) for one in article.quotations] == [("Ben Sample", office)]


def test_a_coalition_is_an_organization_though_its_name_looks_like_a_person_s() -> None:
    article = find_in_text("Some 40 people died, according to the aid coalition Casa Verde.")

    assert [one.name for one in article.organizations] == ["Casa Verde"]


def test_a_korean_office_with_its_house_belongs_to_the_name_before_the_house() -> None:
    article = find_in_text("김서윤 들국문연대 활동가는 “사건 48건 가운데 19건이 틀렸다”고 말했다.")

    assert [(one.speaker, one.office) for one in article.quotations] == [("김서윤", "들국문연대 활동가")]


def test_a_korean_official_without_a_name_is_no_person_called_like_the_house() -> None:
    article = find_in_text("법무부 관계자는 “내년에는 통역을 더 늘릴 계획”이라고 말했다.")

    assert [one.speaker for one in article.quotations] == ["법무부 관계자"]


def test_the_korean_he_is_whom_the_sentence_before_is_about() -> None:
    article = find_in_text(
        "들국에서 온 메론(가명·31) 씨는 면접이 짧았다고 했다. 그는 “질문의 뜻도 모르고 끄덕였다”고 말했다."
    )

    assert [one.speaker for one in article.quotations] == ["메론"]


def figures(text: str) -> list[FoundFigure]:
    return list(find_in_text(text).figures)
