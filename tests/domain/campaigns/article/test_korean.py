"""Korean articles: figures with counters and speakers, quotations, organizations with their short names."""

from dataclasses import replace

import pytest

from portal.domain.campaigns.article.finding import find_in
from portal.domain.campaigns.article.found import Article, FoundFigure
from tests.factories.documents import find_in_text, make_document

FOUND = [
    ("주민 1,050만 명이 굶주린다.", "1,050만 명", 10_500_000, "명"),
    ("난민 187만 명이 머문다.", "187만 명", 1_870_000, "명"),
    ("3천 명이 모였다.", "3천 명", 3_000, "명"),
    ("약 2만5천 명이 모였다.", "약 2만5천 명", 25_000, "명"),
    ("3000여 명이 모였다.", "3000여 명", 3_000, "명"),
    ("세 가구가 남았다.", "세 가구", 3, "가구"),
    ("아이 스물다섯 명이 남았다.", "스물다섯 명", 25, "명"),
    ("삼천 명이 떠났다.", "삼천 명", 3_000, "명"),
    ("예산은 3억 5천만 원이다.", "3억 5천만 원", 350_000_000, "KRW"),
    ("한 사람에 30달러가 든다.", "30달러", 30, "USD"),
    ("실업률은 42퍼센트다.", "42퍼센트", 42, "%"),
    ("실업률은 4.5%p 올랐다.", "4.5%p", 4.5, "percentage points"),
    ("아이들의 절반 이상이 굶는다.", "절반 이상", 0.5, "share"),
    ("아이들의 3분의 1이 굶는다.", "3분의 1", 0.3333, "share"),
    ("열 명 중 네 명이 굶는다.", "열 명 중 네 명", 0.4, "share"),
    ("41곳 가운데 6곳이 문을 닫았다.", "41곳 가운데 6곳", 6, "곳"),
    ("27개 노선 가운데 11개가 끊겼다.", "27개 노선 가운데 11개", 11, "노선"),
    ("숙소 500동을 고친다.", "500동", 500, "동"),
    ("숙소가 약 1만 3천 동이다.", "약 1만 3천 동", 13_000, "동"),
    ("41개 동 가운데 19개 동에는 불이 없다.", "41개 동 가운데 19개 동", 19, "동"),
    ("최소 90명이 숨졌다.", "최소 90명", 90, "명"),
    ("버스는 최소 30대가 필요하다.", "최소 30대", 30, "대"),
    ("환자 1만 8,400명을 돌보았다.", "1만 8,400명", 18_400, "명"),
    ("반지하에 사는 집은 32만7320가구다.", "32만7320가구", 327_320, "가구"),
    ("남은 집은 70가구예요.", "70가구", 70, "가구"),
    ("남은 사람은 20명밖에 없다.", "20명", 20, "명"),
    ("비가 387.5㎜ 내렸다.", "387.5㎜", 387.5, "㎜"),
    ("저장고 38기를 지었다.", "38기", 38, "기"),
    ("임대주택 1,500호를 짓는다.", "1,500호", 1_500, "호"),
    ("마스크 5만 매를 보냈다.", "5만 매", 50_000, "매"),
    ("하루 500루피를 번다.", "500루피", 500, "루피"),
    ("5개 도시에서 물었다.", "5개 도시", 5, "도시"),
    ("저장고 열 기 중 한 기가 샌다.", "열 기 중 한 기", 0.1, "share"),
    ("아이들 열에 아홉은 굶는다.", "열에 아홉", 0.9, "share"),
    ("아이들 넷 중 하나가 굶는다.", "넷 중 하나", 0.25, "share"),
    ("다섯 명에 한 명꼴로 굶는다.", "다섯 명에 한 명", 0.2, "share"),
    ("버스 10대를 빌렸다.", "10대", 10, "대"),
    ("어르신 아홉 분이 오셨다.", "아홉 분", 9, "분"),
    ("알약 75만 정을 보냈다.", "75만 정", 750_000, "정"),
    ("돈은 1,840만 스위스프랑이 든다.", "1,840만 스위스프랑", 18_400_000, "CHF"),
    ("스무 명에 한 명인 사람들이다.", "스무 명에 한 명", 0.05, "share"),
    ("아이들 열 명 중 여섯은 굶는다.", "열 명 중 여섯", 0.6, "share"),
    ("주민의 과반이 떠났다.", "과반", 0.5, "share"),
]
RANGES = [
    ("5만~20만 명이 숨어 산다.", "5만~20만 명", 50_000, 200_000),
    ("비가 80∼150㎜ 더 내린다.", "80∼150㎜", 80, 150),
    ("10명에서 20명 사이가 남았다.", "10명에서 20명", 10, 20),
    ("10에서 20명이 남았다.", "10에서 20명", 10, 20),
    ("아이 두세 명이 남았다.", "두세 명", 2, 3),
    ("집마다 대여섯 명이 산다.", "대여섯 명", 5, 6),
]
NO_FIGURES = [
    "2018년 1월 1일에 떠났다.",
    "1990년대에 30대였던 사람들이다.",
    "제3국으로 간다.",
    "국도 38호선이 막혔다.",
    "문의 02-555-0142, 010-1234-5678.",
    "오전 9시 30분에 연다.",
    "12쪽을 보라.",
    "그는 101동에 산다.",
    "한 명도 오지 않았다.",
    "세상은 그대로다. 네가 왔다.",
    "3시간 만에 끝났다.",
    "그는 34세다.",
    "서른네 살 어머니는 쉰다.",
    "50~60대 여성이 온다.",
    "숨진 이는 모두 70대 이상이다.",
    "생후 18개월 아기가 왔다.",
    "24시간 문을 연다.",
    "정부의 4대 개혁은 멈췄다.",
    "3기 신도시가 들어선다.",
    "1203호에 산다.",
    "1년 6개월을 기다렸다.",
    "표본오차는 95% 신뢰수준에서 ±3.8%p다.",
    "쓴 돈(만 원), 고친 집(채)",
    "10대를 위한 방이다.",
    "과반을 얻지 못했다.",
    "두 사람은 만났다.",
    "2차 대전이 끝났다.",
    "1인당 나누어 준다.",
    "읽는 시간 6분",
]


@pytest.mark.parametrize(("text", "written", "value", "unit"), FOUND)
def test_a_number_is_found_with_its_counter(text: str, written: str, value: float, unit: str) -> None:
    (figure,) = figures(text)

    assert (figure.text, figure.value, figure.unit) == (written, value, unit)


@pytest.mark.parametrize(("text", "written", "low", "high"), RANGES)
def test_a_range_has_two_ends(text: str, written: str, low: int, high: int) -> None:
    (figure,) = figures(text)

    assert (figure.text, figure.value, figure.low, figure.high) == (written, None, low, high)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert [figure.text for figure in figures(text)] == []


@pytest.mark.parametrize(
    ("text", "speaker", "year"),
    [
        ("유엔은 2018년 3천 명이 떠났다고 추산했다.", "유엔", 2018),
        ("한빛연구소의 2017년 조사에 따르면 3천 명이 떠났다.", "한빛연구소", 2017),
        ("한빛대 김누리 교수는 3천 명이 떠났다고 밝혔다.", "김누리", None),
        ("시민단체 '함께걷는길'은 3천 명이 떠났다고 주장한다.", "함께걷는길", None),
        ("18일 시민단체 '따뜻한 방'은 3천 명을 조사한 결과를 밝혔다.", "따뜻한 방", None),
        ("학생은 3천 명이 넘습니다(교육부, 2023).", "교육부", 2023),
        ("학생은 3천 명이 넘는다(들국연구소 2019).", "들국연구소", 2019),
        ("들국노동부가 5월에 조사해 24일 발표한 결과에 따르면, 3천 명이 떠났다.", "들국노동부", None),
        ("이 동에는 3천 명이 산다고 들국연구소는 전했다.", "들국연구소", None),
        ("들국노동부 자료를 보면 3천 명이 떠났다.", "들국노동부", None),
        ("상담소 ‘사는들’이 7일 공개한 실태조사 결과를 보면 3천 명이 떠났다.", "사는들", None),
        ("들국감사원 감사에서 3천 명이 떠난 것이 드러났다.", "들국감사원", None),
        ("들국노동부 통계로 추정한 주민은 3천 명이다.", "들국노동부", None),
        ("들국노동부가 의회에 제출한 자료를 보면 3천 명이 떠났다.", "들국노동부", None),
        ("박하늘 교장은 “문이 닫혔다”고 했다. 그에 따르면 3천 명이 떠났다.", "박하늘", None),
        ("들국도에 따르면 3천 명이 떠났다.", "들국도", None),
        ("들국연구소가 이웃에게 물은 조사에서 3천 명이 떠났다.", "들국연구소", None),
        ("들국연구소가 낸 ‘마을의 겨울 보고서’를 보면 3천 명이 떠났다.", "들국연구소", None),
        ("들국연합회는 3천 명이 떠났다고 봅니다.", "들국연합회", None),
        ("들국연구소가 돌아봤더니 3천 명이 떠났다.", "들국연구소", None),
        ("들국시는 3천 명을 돕겠다고 약속했다.", "들국시", None),
        ("들국노동부는 3천 명을 돕기로 했다.", "들국노동부", None),
        ("정부는 3천 명을 돕기로 했다.", "정부", None),
        ("들국시는 정부에 3천 명을 도우라고 요구했다.", "들국시", None),
        ("사는들(대표 김누리, 이하 들)은 3천 명이 떠났다고 밝혔다.", "사는들", None),
        ("주민 3천 명은 떠나고 싶다고 답했다.", None, None),
        ("주민은 3천 명이 떠났다고 들국시는 밝혔다.", "들국시", None),
        ("이 사업은 3천 명을 도울 계획이다.", None, None),
        ("군 관계자는 3천 명이 떠났다고 밝혔다.", "군 관계자", None),
        ("3천 명이 떠난 것으로 알려졌다.", None, None),
        ("2016년부터 3천 명이 떠났다.", None, None),
    ],
)
def test_a_figure_has_its_speaker_and_its_year(text: str, speaker: str | None, year: int | None) -> None:
    assert [(figure.said_by, figure.year) for figure in figures(text)] == [(speaker, year)]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("들국시는 3천 명을 도우라고 권고했으나, 도운 곳은 열두 곳이다.", ["들국시", None]),
        ("들국시는 3천 명이 떠났다고 밝혔고, 한빛연구소는 5천 명이라고 추산했다.", ["들국시", "한빛연구소"]),
        ("들국시는 3천 명이 떠났다고 밝혔으며 5천 명은 남았다고 설명했다.", ["들국시", "들국시"]),
        ("들국시는 “문은 닫혔다”고 말했고 한빛연구소는 5천 명이라고 추산했다.", ["한빛연구소"]),
    ],
)
def test_each_clause_has_its_own_speaker(text: str, speakers: list[str | None]) -> None:
    assert [figure.said_by for figure in figures(text)] == speakers


# With the day on which the article was published, the fifth of June in 2021.
@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("지난해 3천 명이 떠났다.", 2020),
        ("작년 가을에 3천 명이 떠났다.", 2020),
        ("재작년 3천 명이 떠났다.", 2019),
        ("올해 3천 명이 떠났다.", 2021),
        ("올 상반기 3천 명이 떠났다.", 2021),
        ("지난해보다 3천 명이 더 떠났다.", None),
        ("지난해 같은 기간에 비해 3천 명이 더 떠났다.", None),
        ("2015년보다 3천 명이 더 떠났다.", None),
        ("2015년의 집보다 3천 명이 더 산다.", None),
        ("지난해부터 3천 명이 떠났다.", None),
        ("2008년 문을 연 진료소는 3천 명을 보았다.", None),
        ("2019년 말 현재 3천 명이 남았다.", 2019),
        ("2015~2019년 3천 명이 떠났다.", None),
        ("내년에는 3천 명이 떠난다.", None),
    ],
)
def test_last_year_is_told_by_the_day_of_the_article(text: str, year: int | None) -> None:
    dated = find_in(replace(make_document(text), published="2021-06-05"))

    assert [figure.year for figure in dated.figures] == [year]


def test_nobody_knows_the_last_year_of_an_article_without_a_day() -> None:
    assert [figure.year for figure in figures("2015년과 달리 지난해 3천 명이 떠났다.")] == [None]


@pytest.mark.parametrize(
    ("text", "speaker", "office"),
    [
        ("“문이 닫혀 있었다”라고 김누리 교수는 말했다.", "김누리", "교수"),
        ("새빛센터 박하늘 소장은 “문이 닫혀 있었다”고 전했다.", "박하늘", "새빛센터 소장"),
        ("주민 최가람 씨는 “문이 닫혀 있었다”며 고개를 저었다.", "최가람", None),
        ("“문이 닫혀 있었다.”", None, None),
        ("한빛시 김누리 교통과장은 “문이 닫혀 있었다”고 밝혔다.", "김누리", "한빛시 교통과장"),
        ("“문이 닫혀 있었다.” 주민 최가람 씨는 이렇게 말했다.", "최가람", None),
        ("“문이 닫혀 있었다.” 주민 최가람 씨는 집으로 갔다.", None, None),
        ("“문이 닫혀 있었다.” 간호사 아케루 씨의 말입니다.", "아케루", "간호사"),
        ("“문이 닫혀 있었다.” 최가람 씨의 집은 비었다.", None, None),
        ("최가람 씨는 말했다. “문이 닫혀 있었다.”", "최가람", None),
        ("일흔 살 김 할머니는 말했다. “문이 닫혀 있었다.”", "김 할머니", None),
        ("바트바야르(41)는 떠났다. 그는 “문이 닫혀 있었다”고 말했다.", "바트바야르", None),
        ("선임연구위원 박하늘은 “문이 닫혀 있었다”고 밝혔다.", "박하늘", "선임연구위원"),
        ("들국연대(영문 약칭 FA) 국장 데이비드 응은 “문이 닫혀 있었다”고 썼다.", "데이비드 응", "국장"),
        ("들국모임 현장조정관 박하늘 씨는 “문이 닫혀 있었다”고 전했다.", "박하늘", "현장조정관"),
        ("모임을 이끄는 내과 전문의 박하늘씨는 “문이 닫혀 있었다”고 말했다.", "박하늘", "전문의"),
        ("들국시 박하늘 안전정책관은 “문이 닫혀 있었다”고 말했다.", "박하늘", "들국시 안전정책관"),
        ("들국시 보건과 박하늘 주무관은 “문이 닫혀 있었다”고 말했다.", "박하늘", "주무관"),
        ("최가람 나래대 교수(역사학)는 “문이 닫혀 있었다”고 내다봤다.", "최가람", "나래대 교수"),
        ("먼 나라에서 온 최아무개(19) 학생은 “문이 닫혀 있었다”고 했다.", "최아무개", None),
        ("라미아 선생님은 이렇게 말합니다. “문이 닫혀 있었다.”", "라미아", "선생님"),
        ("박하늘(81)씨는 “문이 닫혀 있었다”고 했다.", "박하늘", None),
        ("“문이 닫혀 있었다.” 들국의 박하늘 어르신 말씀입니다.", "박하늘", None),
        ("들국노동부 사는청 관계자는 “문이 닫혀 있었다”고 전했다.", "사는청 관계자", None),
    ],
)
def test_a_quotation_has_its_speaker_and_office(text: str, speaker: str | None, office: str | None) -> None:
    (one,) = article(text).quotations

    assert (one.text.rstrip("."), one.speaker, one.office) == ("문이 닫혀 있었다", speaker, office)


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("인권단체 '함께사는들'의 오수연 활동가는 “집이 아니라 창고다”라고 비판했다.", "오수연", "활동가"),
        ("이정훈 들국시 복지과장은 “겹치는 부분을 줄였을 뿐”이라고 설명했다.", "이정훈", "들국시 복지과장"),
        ("“처음에는 아무 말도 못 했어요.” 먼 나라에서 온 아지자(11)가 말했습니다.", "아지자", None),
    ],
)
def test_who_speaks_may_stand_before_the_house_or_behind_the_words(
    text: str, name: str, office: str | None
) -> None:
    (quotation,) = article(text).quotations

    assert (quotation.speaker, quotation.office) == (name, office)


def test_who_answers_under_bold_questions_says_the_figures() -> None:
    text = (
        "# 배\n\n**얼마나 오래 있나요?**\n\n김도현: 18개월입니다.\n\n**얼마요?**\n\n김도현: 457달러입니다.\n"
    )

    assert [figure.said_by for figure in find_in_text(text, "text.md").figures] == ["김도현", "김도현"]


ASKED = (
    "# 국경에서\n\n**인터뷰 | 박하늘 들국진료소 의료팀장**\n\n글 김누리\n\n그를 사무실에서 만났다.\n\n"
    "**몇 명이나 옵니까?**\n\n하루 260명이 왔어요. {more}\n\n저희가 아는 분은 열두 명입니다.\n\n"
    "**약은 충분한가요?**\n\n하루 350유로가 듭니다.\n\n"
    "**바라는 것이 있다면요.**\n\n이웃 스무 명이 남았으면 합니다.\n\n들국진료소는 6개 나라에서 일한다.\n"
)


@pytest.mark.parametrize(
    ("column", "value", "unit"),
    [
        ("쓴 돈(만 원)", 173_600_000, "KRW"),
        ("쓴 돈(천 달러)", 17_360_000, "USD"),
        ("온 이(명)", 17_360, "명"),
    ],
)
def test_a_column_may_count_in_ten_thousands(column: str, value: int, unit: str) -> None:
    text = f"# 돈\n\n| 지역 | {column} |\n|---|---|\n| 들국 | 17,360 |\n"

    assert [(figure.value, figure.unit) for figure in find_in_text(text, "text.md").figures] == [
        (value, unit)
    ]


def test_who_is_met_answers_the_questions_set_apart() -> None:
    text = ASKED.format(more="유엔에 따르면 3천 명이 떠났습니다.")

    said = [(figure.text, figure.said_by) for figure in find_in_text(text, "text.md").figures]

    assert said == [
        ("260명", "박하늘"), ("3천 명", "유엔"), ("열두 명", "박하늘"), ("350유로", "박하늘"),
        ("스무 명", "박하늘"), ("6개 나라", None),
    ]  # fmt: skip


def test_questions_that_nobody_was_met_for_have_no_answers() -> None:
    text = ASKED.format(more="").replace("인터뷰 | ", "").replace("만났다", "생각했다")

    assert {figure.said_by for figure in find_in_text(text, "text.md").figures} == {None}


def test_an_organization_is_known_by_how_it_is_told() -> None:
    text = (
        "들국시에 따르면 명단이 있다. 이주인권단체 '사는들'의 글이다. 시민단체 '따뜻한 방'은 남았다."
        " 학생은 3천 명이다(교육부, 2023)."
    )

    assert {one.name for one in article(text).organizations} == {"들국시", "사는들", "따뜻한 방", "교육부"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("들국재단(영문 약칭 WPF)에서 일한다.", {"들국재단", "WPF"}),
        ("들국진료소(MAB)는 문을 열었다.", {"들국진료소", "MAB"}),
        ("들국연대(FA, Field Alliance)는 모였다.", {"들국연대", "FA", "Field Alliance"}),
        ("사는들(대표 김누리, 이하 들)은 모였다.", {"사는들"}),
        ("들국주거연구원(이하 연구원)은 물었다.", {"들국주거연구원", "연구원"}),
        ("이주노동상담소 ‘사는들’이 물었다.", {"사는들"}),
        ("의료단체 사는들은 떠났다.", {"사는들"}),
        ("의료단체 활동가들은 떠났다.", set()),
        ("유엔아동기금은 남았다.", {"유엔아동기금"}),
        ("유엔사무총장은 남았다.", set()),
        ("기상청은 비를 알렸다.", {"기상청"}),
        ("들국가족회에 따르면 비가 온다.", {"들국가족회"}),
        ("국내총생산(GDP)은 줄었다.", set()),
        ("감염증(COVID)이 퍼졌다.", set()),
        ("시민모임은 많다.", set()),
    ],
)
def test_an_organization_is_told_by_its_kind_its_head_or_its_short_name(text: str, names: set[str]) -> None:
    found = article(text).organizations

    assert {name for one in found for name in (one.name, *one.aliases)} == names


def test_two_sums_with_different_words_are_no_contradiction() -> None:
    assert article("- 들어온 돈: 1억 2,400만 원\n- 나간 돈: 1억 1,850만 원").contradictions == ()


def test_a_book_in_its_marks_and_one_word_are_no_quotations() -> None:
    assert article("「문이 닫힌 집」을 읽고 “우리”라는 말을 배웠다.").quotations == ()


def test_an_organization_has_its_short_name() -> None:
    (one,) = article("세계식량계획(WFP)은 쌀을 보냈다. WFP는 더 보낼 것이다.").organizations

    assert {one.name, *one.aliases} == {"세계식량계획", "WFP"}


def figures(text: str) -> tuple[FoundFigure, ...]:
    return article(text).figures


def article(text: str) -> Article:
    return find_in_text(text)
