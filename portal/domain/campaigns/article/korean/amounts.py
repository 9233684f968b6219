"""What a Korean sentence gives as an amount: 5만~20만 명, 3분의 1, 열 명 중 네 명, 42퍼센트, 3억 원."""

import re
from dataclasses import dataclass

from portal.domain.campaigns.article.finders.numbers import Number, scaled
from portal.domain.campaigns.article.korean.numbers import KoreanNumber, read_korean_number, sino_digit

_MONEY = {"원": "KRW", "달러": "USD", "유로": "EUR", "엔": "JPY", "위안": "CNY", "파운드": "GBP"}
_COUNTERS = tuple(
    (
        "킬로그램 킬로미터 제곱킬로미터 제곱미터 헥타르 센티미터 개국 개소 개교 개월 개사 사람 가구 가족 가정"
        " 농가 세대 군데 마리 그루 켤레 봉지 상자 포대 포기 그릇 시간 달러 유로 위안 파운드 미터 리터 마을"
        " 학교 나라 도시 단체 아이 업체 병원 학급 교실 차례 끼니 명 곳 개 건 톤 권 편 대 척 채 통 벌 끼 석 팀 동"
        " 원 엔 회 병 잔 장 집 표 평 kg km ㎞ ㎏ ㎡ m"
    ).split()
)
_PERCENT = ("퍼센트포인트", "%포인트", "%p", "%P", "퍼센트", "프로", "%", "％")
_BEFORE = re.compile(r"(?:약|최소한?|최대|적어도|많아야|거의|대략|어림잡아|무려|많게는|적게는) ?$")
_AFTER = re.compile(
    r" ?(?:이상|이하|미만|초과|가량|정도|남짓|안팎|가까이|쯤|넘게)(?=[^가-힣]|[은는이가을를의에도로인]|였|$)"
)
_RANGE = re.compile(r" ?[~∼〜–-] ?|에서 ")
_AMONG = re.compile(r"(?: (?P<noun>[가-힣]{1,8})(?= ))? ?(?:중에서|중|가운데서?) ?")
_PARTS = re.compile(
    r"(?P<below>[0-9]{1,3}|[이삼사오육칠팔구십]) ?분의 ?(?P<above>[0-9]{1,3}|[일이삼사오육칠팔구])"
)
_WHEN = re.compile(r" ?(?:전|뒤|후|만에|동안|간|째|이내|안에|마다|넘게|정도)(?=[^가-힣]|[의은는에]|$)")
_BEGINS = re.compile(r"[0-9]+|(?<![가-힣0-9])[가-힣]")
# No sentence that somebody reads has more.
MOST_IN_A_SENTENCE = 40
_ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1_000, 10_000))
_FEW_HOUSES = 300
_MAY_FOLLOW = re.compile(r"[은는이가을를의에도만로와과으당씩꼴뿐보까부라였입인짜쯤여정이]|$|[^가-힣]")


@dataclass(frozen=True, slots=True)
class KoreanAmount:
    """An amount from place to place in the text; the counter is its unit."""

    start: int
    end: int
    value: Number | None
    low: Number | None
    high: Number | None
    unit: str


def read_korean_amounts(text: str) -> list[KoreanAmount]:
    """Give the amounts of a sentence in order."""
    found: list[KoreanAmount] = []
    place = 0
    while (match := _BEGINS.search(text, place)) and len(found) < MOST_IN_A_SENTENCE:
        start = match.start()
        amount = None if _is_inside_a_word(text, start) else _amount_at(text, start)
        if amount is None:
            # A number that counts nothing is passed over whole, digit by digit would read its end.
            place = max(match.end(), start + 1)
            continue
        found.append(_with_qualifiers(text, amount, found[-1].end if found else 0))
        place = found[-1].end
    return found


def _is_inside_a_word(text: str, start: int) -> bool:
    before = text[start - 1] if start else " "
    return (
        before.isalnum()
        and before != "약"
        or before in "-–.,/#:_"
        and start > 1
        and text[start - 2].isdigit()
    )


def _amount_at(text: str, start: int) -> KoreanAmount | None:
    if text.startswith("절반", start):
        return KoreanAmount(start, start + 2, 0.5, None, None, "share")
    if parts := _PARTS.match(text, start):
        return _share_of(parts)
    first = read_korean_number(text, start)
    if first is None:
        return None
    ranged = _range(text, start, first)
    if ranged:
        return ranged
    counted = _counter(text, first)
    if counted is None or _is_no_figure(text, start, first, counted):
        return None
    unit, end = counted
    return _among(text, start, first, unit, end) or KoreanAmount(start, end, first.value, None, None, unit)


def _share_of(parts: re.Match[str]) -> KoreanAmount | None:
    above = int(parts["above"]) if parts["above"].isdigit() else sino_digit(parts["above"])
    below = int(parts["below"]) if parts["below"].isdigit() else sino_digit(parts["below"])
    if not above or not below or above >= below:
        return None
    return KoreanAmount(parts.start(), parts.end(), round(above / below, 4), None, None, "share")


def _counter(text: str, number: KoreanNumber) -> tuple[str, int] | None:
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
            return _MONEY.get(counter, counter), at + len(counter)
    return None


def _is_no_figure(text: str, start: int, number: KoreanNumber, counted: tuple[str, int]) -> bool:
    unit, end = counted
    if unit in ("시간", "개월") and _WHEN.match(text, end):
        return True
    if number.in_words and number.value == 1:
        return True
    told_as_count = _BEFORE.search(text[max(0, start - 8) : start])
    if unit == "대" and number.value in range(10, 100, 10) and text[number.end] != " " and not told_as_count:
        return True  # 30대: people in their thirties
    if unit == "동" and number.scale == 1 and text[number.end] != " " and number.value < _FEW_HOUSES:
        return True  # 101동: the name of a house
    return (
        unit in ("회", "장", "편")
        and text[number.end : number.end + 1] != " "
        and number.value < 100
        and (text[max(0, number.end - 4) : number.end].startswith("제"))
    )


def _range(text: str, start: int, first: KoreanNumber) -> KoreanAmount | None:
    at = first.end
    own = _counter(text, first)
    joint = _RANGE.match(text, at) or (_RANGE.match(text, own[1]) if own else None)
    if joint is None:
        return None
    second = read_korean_number(text, joint.end())
    counted = _counter(text, second) if second else None
    if second is None or counted is None:
        return None
    unit, end = counted
    if joint.start() != first.end and (own is None or own[0] != unit or joint[0].startswith("에서")):
        return None
    low, high = first.value, second.value
    if second.scale > 1 and first.scale == 1 and low * second.scale < high:
        low = scaled(low, second.scale)
    if not low < high or unit in ("시간",) and _WHEN.match(text, end):
        return None
    return KoreanAmount(start, end, None, low, high, unit)


def _among(text: str, start: int, whole: KoreanNumber, unit: str, end: int) -> KoreanAmount | None:
    """Read 열 명 중 네 명 and 41곳 가운데 6곳."""
    joint = _AMONG.match(text, end)
    if joint is None or unit == "%":
        return None
    part = read_korean_number(text, joint.end())
    counted = _counter(text, part) if part else None
    if part is None or counted is None or counted[0] != unit or not part.value < whole.value:
        return None
    noun, last = joint["noun"], counted[1]
    if noun and text.startswith(f" {noun}", last):
        last += len(noun) + 1
    unit = noun if noun and unit == "개" else unit
    if whole.value in _ROUND:
        return KoreanAmount(start, last, round(part.value / whole.value, 4), None, None, "share")
    return KoreanAmount(start, last, part.value, None, None, unit)


def _with_qualifiers(text: str, amount: KoreanAmount, floor: int) -> KoreanAmount:
    before = _BEFORE.search(text[max(floor, amount.start - 8) : amount.start])
    start = amount.start - (len(before[0]) if before else 0)
    after = _AFTER.match(text, amount.end)
    end = after.end() if after else amount.end
    return KoreanAmount(start, end, amount.value, amount.low, amount.high, amount.unit)
