"""The organizations that a Korean sentence names, with the short names in brackets behind them."""

import re
from collections.abc import Callable, Iterator

from portal.domain.campaigns.article.korean.words import (
    INNER_SPACE,
    is_office,
    is_organization,
    sources_in,
    split_particle,
    words_of,
)

_CUES = frozenset(
    "사단법인 재단법인 비영리단체 시민단체 인권단체 구호단체 국제기구 단체인 비정부기구 봉사단체 지원단체 의료단체"
    " 환경단체 민간단체 난민단체 국제단체 노동단체 개발단체 구호기구 시민모임 사회적기업".split()
)
_OF_A_HOUSE = frozenset("회원 직원 봉사자 자원봉사자 사람 요원 대원 구성원 소속 출신 사이 가운데 등".split())
_KINDS_IN_MARKS = ("단체", "상담소", "모임", "센터", "재단", "쉼터", "법인", "조합", "기업", "연대")
# Who may be asked for numbers: a town, a ministry, an office.
_HOUSES = ("시", "도", "군", "구", "부", "청", "처")
_ASKED = (*_HOUSES, "회", "소", "단", "기금", "모임", "본부")
_MAY_BE_SHORTENED = (
    "소",
    "회",
    "단",
    "원",
    "국",
    "청",
    "기금",
    "모임",
    "센터",
    "은행",
    "기구",
    "망",
    "네트워크",
)
_NAMED = re.compile(r"(?P<noun>[가-힣A-Za-z]{2,30})\((?P<told>[^()]{2,80})\)")
_SHORT = re.compile(
    r"(?P<cue>이하|영문 ?약칭|약칭|영문명|영어 ?이름|줄여서)? ?[‘'“]?(?P<name>[A-Za-z]{2,10}|[가-힣]{2,10})[’'”]?"
)
_IN_FULL = re.compile(r"[A-Z][A-Za-z]+(?: [A-Za-z]+){1,6}")
_HEAD = re.compile(r"(?:대표|이사장|소장|회장|위원장|원장|센터장) [가-힣]{2,4}")


def organizations_in(text: str, is_known: Callable[[str], bool]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the organizations of a sentence, each with its other names; those known already count as such."""
    words = words_of(text)
    for place, word in enumerate(words):
        noun, particle = split_particle(word)
        following = words[place + 1] if place + 1 < len(words) else ""
        told = particle == "에" and following.startswith(("따르면", "의하면")) and noun.endswith(_ASKED)
        if is_organization(noun) or _is_cued(words, place, noun) or (told and len(noun) > 2):
            yield noun.replace(INNER_SPACE, " "), ()
        if named := _NAMED.match(word.replace(INNER_SPACE, " ").lstrip("“‘'\"")):
            yield from _with_short_names(named["noun"], named["told"], is_known)
    for who in sources_in(text):
        if is_organization(who) or (len(who) > 2 and who.endswith(_HOUSES)):
            yield who, ()


def _is_cued(words: list[str], place: int, noun: str) -> bool:
    """Say whether a kind of house stands before a name: 구호단체 아무개는, 이주인권단체 '아무개'."""
    cue = words[place - 1].strip("(“") if place else ""
    if len(noun) < 2 or not cue:
        return False
    one = noun.removesuffix("들")
    in_marks = words[place].startswith(("'", "‘")) and cue.endswith(_KINDS_IN_MARKS)
    return in_marks or (cue in _CUES and one not in _OF_A_HOUSE and not is_office(one))


def _with_short_names(
    noun: str, told: str, is_known: Callable[[str], bool]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Read 물길재단(영문 약칭 WPF), 새물결(대표 아무개), 세계연대(WA, World Alliance)."""
    parts = [part.strip() for part in re.split("[,·;/]", told)]
    headed = any(_HEAD.fullmatch(part) for part in parts)
    shorts = [short for part in parts if (short := _SHORT.fullmatch(part))]
    letters = any(short["name"].isupper() for short in shorts) and noun.endswith(_MAY_BE_SHORTENED)
    if headed or letters or is_known(noun) or is_organization(noun):
        names = [short["name"] for short in shorts] + [part for part in parts if _IN_FULL.fullmatch(part)]
        yield noun, tuple(name for name in names if name != noun)
