"""Figures as news tells them: the unit, the year or the speaker stands in the sentence before, or behind a comma."""

from dataclasses import replace

import pytest

from portal.domain.campaigns.article.finding import find_in
from portal.domain.campaigns.article.found import FoundFigure
from tests.factories.documents import find_in_text, make_document

SPEAKERS = [
    (
        "Some 900 more come each day, the Tides and Harbours Commission (THC) says.",
        "Tides and Harbours Commission",
    ),
    (
        "The Centre for Tides and Laws (CTL) said it had documented 300 cases.",
        "The Centre for Tides and Laws",
    ),
    ("Frontex, the border agency, put the number of boats at 300.", "Frontex"),
    ("It treated 300 people, hospital officials said.", "hospital officials"),
    ("Some 300 people came, local authorities said on Friday.", "local authorities"),
    ("Some 300 people came, police said.", "police"),
    ("Some 300 people came, some officials said.", None),
    ("Some 300 people came, critics said.", None),
    ("The town council expects to receive £90,000 in May.", "town council"),
    ("Ana Example, a nurse, spoke. She expects 300 cases.", "Ana Example"),
    ("The harbour ministry counts those who arrive: 41,945 people.", "harbour ministry"),
    (
        "Ana Example, the head of Tide Watch, a charity that runs boats in the bay, said 300 came.",
        "Ana Example",
    ),
    ("The pilots’ union, the Bay Pilots’ League (BPL), thinks that 300 people left.", "Bay Pilots’ League"),
    ("The Ombudsman, Ana Example, said that 300 people had to wait.", "Ana Example"),
    ("Dr Ana Example, who led the study, told me that she thinks 300 people left.", "Ana Example"),
    (
        "Ana Example, a geographer at the school, has drawn it: she says that 300 wells are dry.",
        "Ana Example",
    ),
    ("Ana Example, a nutritionist at the hospital in Laos, said her ward saw 300 children.", "Ana Example"),
    (
        "The Harbour Office, which has no boats of its own, admits that 300 people drowned.",
        "The Harbour Office",
    ),
    ("The Harbour Office closed in May. It counted 300 people.", "The Harbour Office"),
    (
        "The Harbour Office shut its list in May. It was long. It also estimated that 400 left.",
        "The Harbour Office",
    ),
    ("The Ministry of Health has promised 300 beds.", "The Ministry of Health"),
    ("In a survey that the Tide Institute carried out in May, 44% had no boat.", "Tide Institute"),
    (
        "An assessment made in May by the Tide Institute and a union shows that 300 boats sank.",
        "Tide Institute",
    ),
    ("Half of those who answered a survey by the Tide Institute had no boat.", "Tide Institute"),
    ("So far, says the league’s founder, Ana Example, eleven people have come.", "Ana Example"),
    ("It has fewer than 700 beds, said its director, Ana Example, and half of them are old.", "Ana Example"),
    ("They wait for 74 days, Ana Example said, before anybody comes.", "Ana Example"),
    ("They took in some 46 million euros, by the treasury’s own account.", "treasury"),
    ("Ana Example has a list. Example told me about a quarter of them leave.", "Ana Example"),
]
# Who says the last figure, where something before it is said by another.
LAST_SPEAKERS = [
    ("Ana Example of the bay group went through the bills. She found that 300 people had paid.", "Ana Example"),
    ("Ben Sample, a cook, came. The doctor, a woman named Ana Example, is old. She counted 300 cases.", "Ana Example"),
    ("Ben Sample, a cook, came. The driver, Emre, is old. He says he gave away 300 gloves.", "Emre"),
    ("Ana Example, a nurse, is new. She hopes to have 18 more beds by May.", "Ana Example"),
    ("Ana Example and her pupils came. Ana says that 300 people wait.", "Ana Example"),
    ("It was a storm from which, according to the Tide Office, 300 boats never came back.", "Tide Office"),
    ("In 2000 the five largest flag states had 300 ships.", None),
    ("According to the Tide Office, 300 people left; our own drivers counted 400 people.", "our own drivers"),
    ("The Ministry of Tides gave 300. In May the same ministry counted 400 people.", "Ministry of Tides"),
    ("Ana Example said that the mayor, Ben Sample, had lied. She said that 300 people had gone.", "Ana Example"),
    ("Mr Ben Sample said 200 came. Mrs Ana Example said he was wrong. He said 300 more came.", "Ben Sample"),
    ("Ana Example, a nurse, came. She said that 300 people left. Ben Sample, a cook, stayed.", "Ana Example"),
    ("The boats of Port Example were old. He says that 300 people left.", None),
    ("Ana Example said the Harbour Office knew. It was late. It rained, and 300 people left.", None),
    ("The Harbour Office said 200 came. The town is old. It says on a stone that 300 people fell.", None),
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
    ("Some 300 houses have been destroyed and a further 1,700 damaged.", ["houses", "houses"]),
    ("It dug 640 latrines, fewer than half of the 1,500 planned.", ["latrines", "share", "latrines"]),
    ("The war drove 390,000 from their homes.", ["people"]),
    ("The storm killed 300 and injured 1,200.", ["people", "people"]),
    (
        "The town had 2,100 inhabitants. Today it has fewer than 700, they say.",
        ["inhabitants", "inhabitants"],
    ),
    ("It saw 96 deaths, 51 of them children.", ["deaths", "children"]),
    ("They keep a waiting list of over four hundred.", ["people"]),
    ("It found 742 killings. Of these, 61 of the 742 were in May.", ["killings", "killings"]),
    ("It weighed 300 children and admitted 150 to the clinic.", ["children", "children"]),
    ("Its lawyers know of 388 such cases.", ["cases"]),
    ("The files went to the coast; a crate with 540 of them is lost.", ["files"]),
    ("Some 190 families came. The clerk said the figure was 150.", ["families", "families"]),
    ("It saw 300 patients, up from 200 two years earlier.", ["patients", "patients"]),
    ("It hired 61 nurses in May and hopes to hire 90 in June.", ["nurses", "nurses"]),
    ("Since then we have buried 633.", ["people"]),
    ("They paid 20 million euros. They ask for 6.5 million.", ["EUR", "EUR"]),
    ("The appeal for 118 million dollars has received just 14 million.", ["USD", "USD"]),
    ("It paid 20 million euros. Some 3 million fled.", ["EUR", "people"]),
    ("They sent 6,000 tents, with another 4,500 to come by sea.", ["tents", "tents"]),
    ("We reached 38,700 people. We plan to reach 150,000 by May.", ["people", "people"]),
    ("The house was built for 500.", ["people"]),
    ("In 2000 the states had 2,700 ships; by 2018 they had 4,300.", ["ships", "ships"]),
    ("They cooked 58,000 meals. In spring it was up to 400 a day.", ["meals", "meals"]),
    ("Some 1,150 of you gave.", ["people"]),
    ("They put in 19,300 hours.", ["hours"]),
    ("The house had 614 guests, 97 more than in May.", ["guests", "guests"]),
    ("They took on 186 cases and won 71.", ["cases", "cases"]),
    ("It saw 300 children, who waited for 403 days. It was 175.", ["children", "days", "children"]),
    ("It looked at 24 such laws.", ["laws"]),
    ("Some 212 of the country’s 430 villages are empty.", ["villages"]),
    ("Of these, 46 of the province’s 83 health centres are shut.", ["centres"]),
]
YEARS = [
    ("Some 300 people came since 15 April 2023.", [2023]),
    ("Some 300 people have come since 2019.", [None]),
    ("It counts 300 people in 2021. The others counted 400 people that year.", [2021, 2021]),
    ("It had 300 cases in 2023. Others put the number of cases at 400 in the same year.", [2023, 2023]),
    ("The others counted 400 people that year.", [None]),
    ("She wants 600 cases to be entered by the end of 2023.", [2023]),
    ("It took in 300 people, twice as many as in 2021.", [None]),
    ("Some 300 people had too little to eat in 2022, against 200 in 2021.", [2022, 2021]),
    ("It fed 300 people in 2020, and 200 in the year before.", [2020, 2019]),
    ("It saw 300 people in 2020, up from 200 two years earlier.", [2020, 2018]),
    ("We went there in May 2018. In that year 300 people left.", [2018]),
    ("It gave papers to 300 people in 2006, and 200 in the following year.", [2006, 2007]),
    ("Last year it fed 300 people.", [None]),
]
# With the day on which the article was published, the fifth of June in 2021.
DATED = [
    ("Last year it fed 300 people.", [2020]),
    ("It fed 300 people last year and wants to feed 400 people this year.", [2020, 2021]),
    ("In last year’s vote 300 people came.", [2020]),
    ("Two years ago 300 people came.", [2019]),
    ("Some 300 people came a year ago.", [2020]),
    ("Next year it will need 300 beds.", [2022]),
    ("In 2015 some 900 people came; last year there were 300 people.", [2015, 2020]),
    ("It fed 300 people, more than last year.", [None]),
    ("More than two years ago 300 people came.", [None]),
    ("Over the last year 300 people came.", [None]),
    ("Some 300 people came.", [None]),
    ("In May 300 people came.", [None]),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_a_figure_is_said_by_whom_the_news_names(text: str, speaker: str | None) -> None:
    assert {figure.said_by for figure in figures(text)} == {speaker}


@pytest.mark.parametrize(("text", "speaker"), LAST_SPEAKERS)
def test_a_figure_is_said_by_the_one_of_two_whom_the_words_mean(text: str, speaker: str | None) -> None:
    assert figures(text)[-1].said_by == speaker


def test_what_is_said_behind_an_and_is_not_said_by_the_same() -> None:
    text = "It killed 900 people, and from it, according to the Tide Office, 300 boats never came back."

    assert [figure.said_by for figure in figures(text)] == [None, "Tide Office"]


@pytest.mark.parametrize(("text", "units"), UNITS)
def test_a_number_counts_what_stands_before_it_or_in_the_sentence_before(text: str, units: list[str]) -> None:
    assert [figure.unit for figure in figures(text)] == units


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_a_year_is_that_of_a_whole_date_or_the_one_told_last(text: str, years: list[int | None]) -> None:
    assert [figure.year for figure in figures(text)] == years


@pytest.mark.parametrize(("text", "years"), DATED)
def test_last_year_is_known_when_the_article_s_day_is(text: str, years: list[int | None]) -> None:
    dated = replace(make_document(text), published="2021-06-05")

    assert [figure.year for figure in find_in(dated).figures] == years


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
