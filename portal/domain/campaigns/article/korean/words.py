"""Korean words in a sentence: nouns without their particles, offices, what organizations are called by."""

import re

HANGUL = re.compile("[가-힣]")
_PARTICLES = tuple(
    (
        "에서는 에게는 에는 으로는 이라는 라는 에서도 에서 에게 까지 부터 으로 이다 과의 와의 은 는 이 가 을 를 의"
        " 와 과 도 에 로"
    ).split()
)
# Which particle follows a consonant, and which a vowel.
_BEHIND_CONSONANT, _BEHIND_VOWEL = (
    frozenset("은 이 을 과 으로 이다 이라는".split()),
    frozenset("는 가 를 와 라는".split()),
)
OFFICES = (
    "교수 대표 장관 차관 소장 센터장 사무국장 국장 이사장 위원장 의원 연구원 팀장 활동가 대변인 간사 원장"
    " 회장 총장 목사 신부 변호사"
    " 기자 교장 교사 시장 군수 도지사 대통령 총리 이사 감독 작가 의사 간호사 과장 부장 실장 본부장 단장"
    " 조사관 보고관 특별보고관"
    " 고등판무관 사무총장 부소장 부대표 공동대표 상임이사 연구위원 박사 스님 수녀 선생님 이장 반장 조합장"
    " 지부장 지회장 관장 처장 청장"
    " 주무관 사무관 서기관 연구관 소방관 경찰관 전문의 전문위원"
    " 서장 학장 강사 상담사 사회복지사 통역사 자문위원 코디네이터 매니저 담당자 관계자"
).split()
# 교통과장, 관리팀장: an office of some part of a house; 시장 is a market as well.
_HEADS_OF_PARTS = tuple(office for office in OFFICES if office.endswith("장") and office != "시장") + (
    *("조정관", "감독관", "담당관", "조사관", "보좌관", "정책관", "기획관", "주무관"),
)
SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국"
)
_ORGANIZATION_ENDS = tuple(
    (
        "위원회 협회 재단 연구소 연구원 대학교 센터 본부 기구 연합회 연합 연대 연맹 은행 신문 일보 방송 병원"
        " 교회 적십자사 적십자 군청 시청 구청 도청 경찰청 통계청 공단 공사 학회 조합 네트워크 협의회 복지관"
        " 초등학교 중학교 고등학교 진흥원 교육청 의회 적십자회 계획 이사회 사무소 대사관 운동본부 시민모임"
        " 포럼 평의회 총국 법인 가족회 유족회 의사회 향우회 노조 총연맹"
    ).split()
)
KNOWN_ORGANIZATIONS = frozenset(
    "유엔 유니세프 통일부 외교부 교육부 법무부 국방부 보건복지부 행정안전부 여성가족부 고용노동부"
    " 국가정보원 국정원 인권위 국회 법원 대법원 경찰청 통계청 세계식량계획 세계보건기구 유엔난민기구"
    " 국제이주기구 유럽연합 옥스팜 앰네스티 감사원 환경부 국토교통부 농림축산식품부 남북하나재단"
    " 기획재정부 해양수산부 문화체육관광부 산업통상자원부 국가보훈부 기상청 소방청 산림청 질병관리청 병무청"
    " 해양경찰청 국세청 관세청 법제처 헌법재판소 월드비전 굿네이버스 세이브더칠드런 국경없는의사회 진실화해위".split()
)
_NOT_ORGANIZATIONS = frozenset(
    "위원회 협회 재단 연구소 연구원 대학교 센터 본부 기구 연합 연대 연맹 은행 신문 방송 병원 교회 조합"
    " 계획 의회 법인 초등학교 중학교 고등학교 네트워크 식량계획 공사 사무소 군청 시청 구청 도청"
    " 연구계획 사업계획 시민모임 대책본부 사단법인 재단법인".split()
)
_HOUSES_OF_THE_UN = ("기금", "계획", "기구", "국", "위원회", "사무소", "사무국", "이사회", "총회", "본부")
_VERB_ENDS = tuple(
    (
        "하는 되는 있는 없는 시키는 받는 않는 사는 오는 가는 보는 주는 머무는 쓰는 찾는 겪는 모르는 지는 내는"
        " 먹는 나는 드는 넘는 이르는 따르는 걸리는 떠나는 만드는 돌보는 다니는 못하는 돕는 같은 많은 적은"
        " 좋은 높은 낮은 작은 젊은 늙은 남은 받은 잃은 얻은 넘은 찾은 않은 맡은 숨은 깊은 넓은 짧은"
    ).split()
)
_AFTER_PARENTHESIS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,40}\]")
_EDGES = "“”\"'‘’「」『』《》<>()[]{},.!?·…:;"


# Stands for the space within a name in quotation marks.
INNER_SPACE = "\ue000"
_NAME_IN_MARKS = re.compile(r"['‘][^'’‘.,]{2,30}['’]")
_IN_BRACKETS = re.compile(r"(?<=[가-힣])\([^()]{0,80}\)")
_SOURCE = re.compile(r"\(([가-힣A-Za-z][가-힣A-Za-z ]{1,29}?),? ?((?:19|20)[0-9]{2})년?\)")


def words_of(text: str) -> list[str]:
    """Give the words of a sentence; what stands in marks or brackets is one word, whose spaces are INNER_SPACE."""
    text = _IN_BRACKETS.sub(lambda told: told[0].replace(" ", INNER_SPACE), text)
    return _NAME_IN_MARKS.sub(lambda name: name[0].replace(" ", INNER_SPACE), text).split()


def sources_in(text: str) -> dict[str, int]:
    """Give who is named in brackets with a year, as reports do: (들국연구소, 2019)."""
    return {match[1].strip(): int(match[2]) for match in _SOURCE.finditer(text)}


def source_at(text: str, place: int) -> tuple[str, int] | None:
    """Give who is named with a year in the first brackets behind a place, within the same clause."""
    match = _SOURCE.search(text, place, place + 60)
    between = text[place : match.start()] if match else ","
    return (match[1].strip(), int(match[2])) if match and not re.search("[,;(0-9]", between) else None


def has_final(sign: str) -> bool:
    """Say whether a syllable ends in a consonant."""
    return "가" <= sign <= "힣" and (ord(sign) - ord("가")) % 28 > 0


def split_particle(word: str) -> tuple[str, str]:
    """Give a noun and the particle behind it, empty when there is none: 유엔은 gives 유엔 and 은."""
    word = _AFTER_PARENTHESIS.sub("", word).strip(_EDGES)
    for particle in _PARTICLES:
        noun = word[: -len(particle)].rstrip("’'”\"」』》")
        if not word.endswith(particle) or len(noun) < 2:
            continue
        last = noun[-1]
        if HANGUL.match(last):
            if particle in _BEHIND_CONSONANT and not has_final(last):
                continue
            if particle in _BEHIND_VOWEL and has_final(last):
                continue
        return noun, particle
    return word, ""


def topic_of(word: str) -> str | None:
    """Give the noun of a word that a sentence is about (유엔은, 위원회가); None for any other word."""
    if word.strip(_EDGES) in ("씨는", "씨가"):
        return "씨"
    noun, particle = split_particle(word)
    if particle not in ("은", "는", "이", "가") or word.strip(_EDGES).endswith("에는"):
        return None
    bare = noun + particle
    return None if bare.endswith(_VERB_ENDS) and not is_office(noun) else noun


def is_office(noun: str) -> bool:
    """Say whether a noun is an office, by itself or as the head of some part: 과장, 교통과장."""
    return noun in OFFICES or noun.endswith(_HEADS_OF_PARTS)


def is_organization(noun: str) -> bool:
    """Say whether a Korean word is the name of an organization."""
    if noun in KNOWN_ORGANIZATIONS:
        return True
    if noun.startswith("유엔") and len(noun) > 4 and noun.endswith(_HOUSES_OF_THE_UN):
        return True
    return noun.endswith(_ORGANIZATION_ENDS) and noun not in _NOT_ORGANIZATIONS and len(noun) >= 4


def is_person_name(word: str) -> bool:
    """Say whether a word has the form of a person's name: two to four syllables, no particle that shows."""
    return 2 <= len(word) <= 4 and all("가" <= sign <= "힣" for sign in word) and word not in OFFICES
