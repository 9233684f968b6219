"""Who says what a Korean sentence tells, and in which office: …에 따르면, …는 밝혔다, “…”라고 아무개 교수는 말했다."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.korean.saying import (
    ACCORDING,
    HOUSES,
    PLANNING,
    PUBLISHED,
    REPORTING,
    is_asked,
)
from portal.domain.campaigns.article.korean.words import (
    INNER_SPACE,
    OFFICES,
    SURNAMES,
    is_office,
    is_organization,
    is_person_name,
    split_particle,
    topic_of,
    words_of,
)

_STUDY = frozenset(
    "조사 보고서 통계 집계 발표 자료 연구 설문 설문조사 실태조사 분석 추산 결과 보고 실태 최근 지난해"
    " 올해 당시 지난".split()
)
_YEAR = re.compile(r"[0-9]{4}년.*|[0-9]{1,2}월.*|[0-9]{1,2}일.*")
_PRONOUNS = frozenset("그 그녀".split())
_NOT_SPEAKERS = frozenset(
    "이들 그들 사람들 이것 그것 우리 나 저 것 수 이 가운데 주민들 전문가들 관계자들 비판 일부 대부분"
    " 모두 많은 올해 지난해 지난달 최근 지금 이번 현재 당시 목표 문제 이유".split()
)
_HOUSES = ("대", "대학", "시", "군", "구", "청", "부", "처", "센터", "위원회", "재단", "협회", "병원")
_UNNAMED = frozenset("관계자 담당자".split())
_BESIDE = 200
# Somebody of a certain age: 바트바야르(41).
_AGED = re.compile(r"([가-힣]{2,10})\([0-9]{1,3}[^()]{0,20}\)(?:씨)?(?:은|는|이|가|의)?")
_ELDERS = frozenset("할머니 할아버지 아주머니 아저씨 어르신".split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, with the office told beside the name."""

    name: str
    office: str | None = None


def korean_speaker(text: str, memory: Memory) -> Speaker | None:
    """Give who says what a sentence tells, without the words in quotation marks; None when nobody is named."""
    according = ACCORDING.search(text)
    if according and PUBLISHED.search(text, max(0, according.start() - _BESIDE), according.start()):
        return subject_in(text[: according.start()], memory, is_asked)
    if according:
        return _of_phrase(text[max(0, according.start() - _BESIDE) : according.start()], memory)
    reporting = list(REPORTING.finditer(text))
    if reporting:
        return subject_in(text[: reporting[-1].start()], memory, is_asked)
    planning = PLANNING.search(text)
    planned = subject_in(text[: planning.start()], memory, is_asked) if planning else None
    return planned if planned and (planned.office or planned.name.endswith(HOUSES)) else None


def subject_in(
    text: str, memory: Memory, passed_over: Callable[[str], bool] = lambda noun: False
) -> Speaker | None:
    """Give whom the first topic of a text names that is not passed over."""
    words = words_of(text)
    found: Speaker | None = None
    for place, word in enumerate(words[:40]):
        bare = word.strip("“”\"'‘’,.")
        if bare in ("그는", "그녀는", "그가", "그녀가"):
            return found or (Speaker(memory.person) if memory.person else None)
        speaker = _topic_at(words, place, passed_over)
        if speaker is None:
            continue
        is_person = bool(speaker.office or bare in ("씨는", "씨가") or _AGED.match(word))
        if found is None or (is_person and bare.endswith(("은", "는"))):
            if is_person:
                memory.person = speaker.name
            found = speaker
        # 모임을 이끄는 교사 아무개는: what ends so may be a verb in front of the one who is told of.
        if is_person or not bare.endswith("는"):
            break
    return found if found and not found.name[0].isdigit() else None


def _topic_at(words: list[str], place: int, passed_over: Callable[[str], bool]) -> Speaker | None:
    """Give whom the word at a place names, if that is what the sentence is about."""
    if told := _foreign_name(words, place):
        return told
    noun = topic_of(words[place])
    if noun is None or passed_over(noun) or noun in _NOT_SPEAKERS or (len(noun) < 2 and noun != "씨"):
        return None
    speaker = person_at(words, place) or _called(words, place, noun)
    return speaker if speaker.name != "씨" else None


def _called(words: list[str], place: int, noun: str) -> Speaker:
    """Give whom a topic names that is no person's office: 선임연구위원 아무개는, 김 할머니는, 들국시는."""
    before = words[place - 1] if place else ""
    if place and (aged := _AGED.fullmatch(before)):
        return Speaker(aged[1])  # 아무개(19) 학생은
    if noun in _ELDERS and before.removesuffix("씨") in SURNAMES:
        return Speaker(f"{before} {noun}")
    is_name = is_person_name(noun) and not is_organization(noun)
    return Speaker(noun.replace(INNER_SPACE, " "), before if is_name and _is_office(before) else None)


def _foreign_name(words: list[str], place: int) -> Speaker | None:
    """Read a name in two words behind an office: 국장 데이비드 응은."""
    if place < 2 or not _is_office(words[place - 2]) or not is_person_name(words[place - 1]):
        return None
    last = words[place].strip("“”\"'‘’,.")
    if is_office(words[place - 1]) or not re.fullmatch("[가-힣]{2,6}", last) or last[-1] not in "은는이가":
        return None
    return Speaker(f"{words[place - 1]} {last[:-1]}", words[place - 2]) if last[:-1] != "씨" else None


def meet_topic(text: str, memory: Memory) -> None:
    """Remember the person whom a sentence is about, for the he or she of the next one."""
    words = words_of(text)
    for place in range(min(len(words), 40)):
        if topic_of(words[place]) and (speaker := person_at(words, place)):
            memory.person = speaker.name
            return


def person_at(words: list[str], place: int) -> Speaker | None:
    """Give the person whose office or 씨 stands at a place: 국제기구 아무개 국장은, 교사 아무개 씨는."""
    noun = split_particle(words[place])[0]
    name = split_particle_of_name(words[place - 1]) if place else ""
    if alone := _named_alone(words[place], noun, name):
        return alone
    if noun == "씨" or words[place].strip("“”\"',.").startswith("씨"):
        if not is_person_name(name):
            return None
        before = words[place - 2].strip(",") if place > 1 else ""
        return Speaker(name, before if _is_office(before) else None)
    before = words[place - 2] if place > 1 else ""
    if noun in _UNNAMED:
        return Speaker(f"{name} {noun}") if is_organization(name) or name.endswith(_HOUSES) else None
    if is_office(noun) and len(name) > 4 and is_person_name(before) and len(before) == 3:
        return Speaker(before, f"{name} {noun}") if before[0] in SURNAMES else None
    if is_office(noun) and is_organization(name) and before != name:
        if is_person_name(before) and before[0] in SURNAMES and len(before) == 3:
            return Speaker(before, f"{name} {noun}")  # 이름 들국인권센터 활동가
        return None
    if not is_office(noun) or not is_person_name(name):
        return None
    if name.endswith(_HOUSES) and is_person_name(before) and before[0] in SURNAMES and len(before) == 3:
        return Speaker(before, f"{name} {noun}")  # 이름 들국시 복지과장
    house, particle = split_particle(before)
    stands = bool(house) and not particle and before == house and house[-1] not in "의한" and len(house) >= 3
    return Speaker(name, f"{house} {noun}" if stands else noun)


def _named_alone(word: str, noun: str, name: str) -> Speaker | None:
    """Read 바트바야르(41)는, 교사 아무개씨는 and 아무개 어르신은; `name` is the word before."""
    if aged := _AGED.fullmatch(word.strip("“”\"'‘’,.")):
        return Speaker(aged[1], name if _is_office(name) else None)
    if noun.endswith("씨") and 3 <= len(noun) <= 5 and noun[0] in SURNAMES:
        return Speaker(noun[:-1], name if _is_office(name) else None)
    return Speaker(name) if noun in _ELDERS and len(name) == 3 and name[0] in SURNAMES else None


def _is_office(word: str) -> bool:
    """Say whether a word is an office: 교사, 어촌계장."""
    return word in OFFICES or (
        len(word) >= 3
        and word.endswith(
            ("장", "교사", "의사", "간호사", "위원", "대표", "조정관", "감독관", "담당관", "조사관", "보좌관")
        )
    )


def split_particle_of_name(word: str) -> str:
    """Give a name without brackets beside it: 아무개(41)."""
    return word.partition("(")[0].strip("“”\"'‘’,")


def _of_phrase(text: str, memory: Memory) -> Speaker | None:
    """Give whose study it is: of 국제기구의 2018년 조사 the first word."""
    words = re.split(r"[,“”\"·;:]", text)[-1].split()
    for place in range(len(words) - 1, -1, -1):
        noun, particle = split_particle(words[place])
        if particle == "도":
            noun, particle = words[place], ""  # 강원도에 따르면
        if noun in ("그", "그녀") and place == len(words) - 1:
            return Speaker(memory.person) if memory.person else None
        if noun in _STUDY or words[place] in _STUDY or _YEAR.fullmatch(words[place]):
            continue
        if place and (particle in ("은", "는") or re.fullmatch("[가-힣]은", words[place])):
            return subject_in(" ".join(words[:place]), memory, is_asked)  # …이 …에게 물은 조사에서
        if particle in ("에", "을", "를", "에서") or len(noun) < 2 or is_asked(noun):
            return None
        return person_at(words, place) or Speaker(noun)
    return None
