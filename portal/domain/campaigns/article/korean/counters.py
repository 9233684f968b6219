"""What Korean counts with: the counter behind a number, and the numbers that have one yet count nothing."""

import re

from portal.domain.campaigns.article.korean.numbers import KoreanNumber
from portal.domain.campaigns.article.korean.words import split_particle
from portal.domain.campaigns.scales import KOREAN

_MONEY = {
    "원": "KRW",
    "달러": "USD",
    "유로": "EUR",
    "엔": "JPY",
    "위안": "CNY",
    "파운드": "GBP",
    "스위스프랑": "CHF",
    "캐나다달러": "CAD",
    "호주달러": "AUD",
    "홍콩달러": "HKD",
    "미국달러": "USD",
}
_COUNTERS = tuple(
    (
        "킬로그램 킬로미터 제곱킬로미터 제곱미터 헥타르 센티미터 밀리미터 개국 개소 개교 개월 개사 사람 가구 가족 가정"
        " 농가 세대 군데 마리 그루 켤레 봉지 상자 포대 포기 그릇 묶음 자루 세트 시간 달러 유로 위안 파운드 루피"
        " 페소 실링 프랑 루블 디나르 미터 리터 마을 학교 나라 도시 단체 아이 업체 병원 학급 교실 차례 끼니 병상"
        " 필지 스위스프랑 캐나다달러 호주달러 홍콩달러 미국달러"
        " 명 곳 개 건 톤 권 편 대 척 채 통 벌 끼 석 팀 동 원 엔 회 병 잔 장 집 표 평 기 호"
        " 매 정 분"
        " kg km cm mm ㎞ ㎏ ㎡ ㎜ ㎝ ㏊ ha m"
    ).split()
)
# 5개 도시: what is counted stands behind the counter of everything.
_THINGS = "|".join(
    (
        "나라 국가 도시 지역 마을 단체 기관 학교 병원 업체 기업 노선 언어 섬 캠프 난민촌 수용소 보호소 쉼터 센터"
        " 사업장 대학 교회 공장 농장 항구 검문소 화장실 침대 천막 텐트 우물 시·도 시·군·구 시군구"
    ).split()
)
_OF_THINGS = re.compile(rf" (?P<thing>{_THINGS})(?=[은는이가을를의에도만로와과으]|$|[^가-힣·])")
_PERCENT = ("퍼센트포인트", "%포인트", "%p", "%P", "퍼센트", "프로", "%", "％")
_MAY_FOLLOW = re.compile(
    r"[은는이가을를의에도만로와과으당씩꼴뿐보까부라였입인짜쯤여정이]|예요|밖에|마다|(?:다|나|든|하고)(?![가-힣])|$|[^가-힣]"
)
_WHEN = re.compile(r" ?(?:전|뒤|후|만에|동안|간|째|이내|안에|마다|넘게|정도)(?=[^가-힣]|[의은는에]|$)")
TOLD_AS_COUNT = re.compile(
    r"(?<![가-힣])(?:약|최소한?|최대|적어도|많아야|거의|대략|어림잡아|무려|많게는|적게는) ?$"
)
_FEW_HOUSES = 300
_AGE_OR_PART = re.compile(r"(?:생후|[0-9]년) ?$")
_STAND = re.compile(r"(?:고|탑|로|기|묘|무덤|미사일|위성|시설|펌프|우물|관정|탱크|원전|정수기|비석) ?$")
_MACHINE = re.compile(
    r"(?:버스|트럭|차|차량|헬기|택시|펌프|기|컴퓨터|노트북|자전거|휠체어|카메라|보일러|에어컨|오토바이|배|기차|트랙터"
    r"|휴대전화|스마트폰|침대|무인기|드론) ?$"
)
_OF_COUNTED = re.compile(r" (?!중|가운데|분[^가-힣]|규모|이상|이하|미만|정도|가량|남짓|안팎|모두|등)[가-힣]")


def counter_behind(text: str, number: KoreanNumber) -> tuple[str, int] | None:
    """Give the unit behind a number, and the place behind it."""
    at = number.end
    if text.startswith("여", at):
        at += 1
    for sign in _PERCENT:
        if not number.in_words and text.startswith(sign, at + (text[at : at + 1] == " ")):
            end = at + (text[at : at + 1] == " ") + len(sign)
            return (
                "percentage points" if sign[-1:] in "pP트" and len(sign) > 1 and sign != "퍼센트" else "%"
            ), end
    if text[at : at + 1] == " ":
        at += 1
    for counter in _COUNTERS:
        if text.startswith(counter, at) and _MAY_FOLLOW.match(text, at + len(counter)):
            end = at + len(counter)
            thing = _OF_THINGS.match(text, end) if counter == "개" else None
            return (thing["thing"], thing.end()) if thing else (_MONEY.get(counter, counter), end)
    return None


def unit_of_column(told: str) -> tuple[int, str]:
    """Give what a column counts in, and how many of it make one of its numbers: 만 원 are ten thousand won."""
    scale = next((scale for scale in sorted(KOREAN, key=len, reverse=True) if told.startswith(scale)), "")
    unit = told.removeprefix(scale).strip()
    if not unit or told == unit or unit not in _COUNTERS:
        return 1, told
    return KOREAN[scale], _MONEY.get(unit, unit)


def is_time_told(text: str, end: int) -> bool:
    """Say whether hours or months up to a place only tell when: 3시간 만에."""
    return bool(_WHEN.match(text, end))


def is_of_ages(text: str, number: KoreanNumber, unit: str) -> bool:
    """Read 30대 as people in their thirties, 생후 18개월 as a child's age."""
    told_as_count = TOLD_AS_COUNT.search(text[max(0, number.start - 8) : number.start])
    if unit == "개월":
        return bool(_AGE_OR_PART.search(text[max(0, number.start - 5) : number.start]))
    joined = text[number.end : number.end + 1] != " "
    of_machines = _MACHINE.search(text[max(0, number.start - 8) : number.start])
    counted = told_as_count or of_machines
    return unit == "대" and number.value in range(10, 100, 10) and joined and not counted


def counts_nothing(text: str, number: KoreanNumber, unit: str, end: int) -> bool:
    """Say whether a number with a counter is a time, an age, a name or a margin."""
    start, joined = number.start, text[number.end : number.end + 1] != " "
    if unit in ("시간", "개월") and is_time_told(text, end) or (unit == "시간" and number.value == 24):
        return True
    if number.in_words and number.value == 1 or is_of_ages(text, number, unit):
        return True
    if unit == "사람" and start == 0 and number.value == 2 and text.startswith(("은", "의", "도"), end):
        return True  # 두 사람은: the two who were told of before
    if unit == "분" and not number.in_words or text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return (
            not text[start].isdigit() or unit == "분"
        )  # 9분 are minutes, (만 원) tells what a column counts in
    if unit in ("%", "percentage points") and (
        text[start - 1 : start] == "±" or text.startswith("신뢰", end + 1)
    ):
        return True
    if unit in ("동", "호", "기", "대") and joined and number.scale == 1 and not number.in_words:
        return _is_a_name(text, number, unit, end)
    return (
        unit in ("회", "장", "편")
        and joined
        and number.value < 100
        and text[max(0, number.end - 4) : number.end].startswith("제")
    )


def _is_a_name(text: str, number: KoreanNumber, unit: str, end: int) -> bool:
    """101동, 1203호, 3기 신도시, 4대 개혁: what has this number as its name."""
    if unit == "동":
        return number.value < _FEW_HOUSES
    before = text[max(0, number.start - 8) : number.start]
    if unit == "호":
        return "," not in text[number.start : number.end] and text[number.end] != "여"
    if unit == "기":
        return not _STAND.search(before) and not TOLD_AS_COUNT.search(before)
    words = before.split()
    plain = not words or bool(split_particle(words[-1])[1])
    return plain and number.value <= 10 and bool(_OF_COUNTED.match(text, end))
