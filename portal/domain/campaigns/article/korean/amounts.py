"""What a Korean sentence gives as an amount: 5만~20만 명, 3분의 1, 열 명 중 네 명, 42퍼센트, 3억 원."""

import re
from dataclasses import dataclass

from portal.domain.campaigns.article.finders.numbers import Number, scaled
from portal.domain.campaigns.article.korean.counters import (
    TOLD_AS_COUNT,
    counter_behind,
    counts_nothing,
    is_of_ages,
    is_time_told,
)
from portal.domain.campaigns.article.korean.numbers import (
    KoreanNumber,
    read_bare_number,
    read_korean_number,
    sino_digit,
)

_AFTER = re.compile(
    r" ?(?:이상|이하|미만|초과|가량|정도|남짓|안팎|가까이|쯤|넘게)(?=[^가-힣]|[은는이가을를의에도로인]|였|$)"
)
_RANGE = re.compile(r" ?[~∼〜–-] ?|에서 ")
_AMONG = re.compile(r"(?: (?P<noun>[가-힣]{1,8})(?= ))? ?(?:중에서|중|가운데서?) ?|(?P<rate>에|당) ")
_PARTS = re.compile(
    r"(?P<below>[0-9]{1,3}|[이삼사오육칠팔구십]) ?분의 ?(?P<above>[0-9]{1,3}|[일이삼사오육칠팔구])"
)
_BEGINS = re.compile(r"[0-9]+|(?<![가-힣0-9])[가-힣]")
# No sentence that somebody reads has more.
MOST_IN_A_SENTENCE = 40
_ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1_000, 10_000))
_BARE = "하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열"
_BARE_SHARE = re.compile(
    rf"(?P<whole>{_BARE}|스물)(?:에| 중에?| 가운데)서? ?(?P<part>{_BARE})(?=[은는이가을를의도로꼴만]|$|[^가-힣])"
)
_BARE_END = re.compile(r"[은는이가을를도의](?![가-힣])")
_HALVES = re.compile(r"절반|(?<=의 )과반(?:수)?(?=[은이의을가는]|[^가-힣]|$)")
_ABOUT = {"두세": (2, 3), "서너": (3, 4), "네댓": (4, 5), "너덧": (4, 5), "대여섯": (5, 6), "예닐곱": (6, 7)}


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
    if half := _HALVES.match(text, start):
        return KoreanAmount(start, half.end(), 0.5, None, None, "share")
    if parts := _PARTS.match(text, start):
        return _share_of(parts)
    if bare := _BARE_SHARE.match(text, start):
        return _bare_share(bare)
    if text[start : start + 2] in _ABOUT or text[start : start + 3] in _ABOUT:
        return _about(text, start)
    first = read_korean_number(text, start)
    if first is None:
        return None
    ranged = _range(text, start, first)
    if ranged:
        return ranged
    counted = counter_behind(text, first)
    if counted is None or counts_nothing(text, first, *counted):
        return None
    unit, end = counted
    return _among(text, start, first, unit, end) or KoreanAmount(start, end, first.value, None, None, unit)


def _share_of(parts: re.Match[str]) -> KoreanAmount | None:
    above = int(parts["above"]) if parts["above"].isdigit() else sino_digit(parts["above"])
    below = int(parts["below"]) if parts["below"].isdigit() else sino_digit(parts["below"])
    if not above or not below or above >= below:
        return None
    return KoreanAmount(parts.start(), parts.end(), round(above / below, 4), None, None, "share")


def _bare_share(parts: re.Match[str]) -> KoreanAmount | None:
    """Read 열에 아홉 and 넷 중 하나."""
    above, below = read_bare_number(parts["part"]), read_bare_number(parts["whole"])
    if not above or not below or above >= below:
        return None
    return KoreanAmount(parts.start(), parts.end(), round(above / below, 4), None, None, "share")


def _about(text: str, start: int) -> KoreanAmount | None:
    """Read 두세 명 and 대여섯 가구 as what lies between the two."""
    word = next(word for word in _ABOUT if text.startswith(word, start))
    low, high = _ABOUT[word]
    counted = counter_behind(text, KoreanNumber(high, start, start + len(word), 1, True))
    if counted is None or is_time_told(text, counted[1]):
        return None
    return KoreanAmount(start, counted[1], None, low, high, counted[0])


def _range(text: str, start: int, first: KoreanNumber) -> KoreanAmount | None:
    at = first.end
    own = counter_behind(text, first)
    joint = _RANGE.match(text, at) or (_RANGE.match(text, own[1]) if own else None)
    if joint is None:
        return None
    second = read_korean_number(text, joint.end())
    counted = counter_behind(text, second) if second else None
    if second is None or counted is None:
        return None
    unit, end = counted
    from_to = joint[0].startswith("에서") and not text.startswith(" 사이", end)
    if joint.start() != first.end and (own is None or own[0] != unit or from_to):
        return None
    low, high = first.value, second.value
    if second.scale > 1 and first.scale == 1 and low * second.scale < high:
        low = scaled(low, second.scale)
    if not low < high or unit == "시간" and is_time_told(text, end) or is_of_ages(text, second, unit):
        return None
    return KoreanAmount(start, end, None, low, high, unit)


def _among(text: str, start: int, whole: KoreanNumber, unit: str, end: int) -> KoreanAmount | None:
    """Read 열 명 중 네 명 and 41곳 가운데 6곳."""
    joint = _AMONG.match(text, end)
    if joint is None or unit == "%":
        return None
    part = read_korean_number(text, joint.end())
    counted = counter_behind(text, part) if part else None
    if part and counted is None and part.in_words and _BARE_END.match(text, part.end):
        counted = unit, part.end  # 열 명 중 여섯은
    if part is None or counted is None or not part.value < whole.value:
        return None
    of_things = counted[0] == "개" and text.startswith("개", whole.end)
    if counted[0] != unit and not of_things:
        return None
    noun, last = joint["noun"], counted[1]
    if joint["rate"] and part.value != 1 and not text.startswith("꼴", last):
        return None
    if noun and text.startswith(f" {noun}", last):
        last += len(noun) + 1
    unit = noun if noun and unit == "개" else unit
    if whole.value in _ROUND:
        return KoreanAmount(start, last, round(part.value / whole.value, 4), None, None, "share")
    return KoreanAmount(start, last, part.value, None, None, unit)


def _with_qualifiers(text: str, amount: KoreanAmount, floor: int) -> KoreanAmount:
    before = TOLD_AS_COUNT.search(text[max(floor, amount.start - 8) : amount.start])
    start = amount.start - (len(before[0]) if before else 0)
    after = _AFTER.match(text, amount.end)
    end = after.end() if after else amount.end
    return KoreanAmount(start, end, amount.value, amount.low, amount.high, amount.unit)
