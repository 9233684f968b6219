"""Who wrote an article, when it was published and under which licence, in lines that say nothing else."""

import re
from datetime import date

from portal.domain.campaigns.article.titles import titled

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join([*(name[:3] + rf"(?:{name[3:]})?" if name != "may" else "may" for name in _MONTHS), "sept"])
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\.?,? (\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"(?<!\d )\b({_MONTH})\.?,? (\d{{4}})\b", re.IGNORECASE)
_PLACE_AND_DAY = re.compile(
    rf"(?:[A-ZÀ-ÖØ-Þ][\w’'&.-]* (?:(?:of|the|and|&|/) ){{0,2}}){{0,4}}[A-ZÀ-ÖØ-Þ][\w’'&.-]*(?:,| [|·–—]) "
    rf"(?P<day>\d{{1,2}} (?i:{_MONTH})\.?,? \d{{4}}|(?i:{_MONTH})\.? (?:\d{{1,2}},? )?\d{{4}})\.?"
)
# At the head of a dispatch: RIVERMOUTH, Laos, March 3, 2024 (Harbour Wire) - and then the text.
_DISPATCH = re.compile(
    rf"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]{{2,30}}(?:, [A-Z][\w.'’ -]{{2,30}})?(?:,|) "
    rf"(?P<day>\d{{1,2}} (?i:{_MONTH})\.?,? \d{{4}}|(?i:{_MONTH})\.? \d{{1,2}},? \d{{4}})"
    r"(?: \([^()]{2,40}\))? [-–—]+ "
)
_NUMBERS = re.compile(r"(?<!\d)(\d{4})[-./] ?(\d{1,2})[-./] ?(\d{1,2})(?!\d)")
_KOREAN = re.compile(r"(\d{4})\s?년\s?(\d{1,2})\s?월(?:\s?(\d{1,2})\s?일)?")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_BESIDE_A_DATE = re.compile(
    r"first|last|as|of|(?:published|posted|updated|modified|date|written)?(?: on| at| in)?|by|on|at|am|pm|kst"
    r"|gmt|utc"
    r"|mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}|입력"
    r"|작성|게시|등록"
    r"|수정|승인|발행|송고|송고시간|기사입력|기사수정|최종|최종수정|등록일시|배포|배포일|업데이트|[월화수목금토일]|\d{1,2}시|\d{1,2}분|기준|현재|작성일|게시일|등록일|발행일|오전|오후|[월화수목금토일]요일|시|분|t|z",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s*[-–—]?\s*(?:(?:written|posted|story|words|text|report(?:ed|ing)?|article|submitted|published"
    r"|interview)(?: on)? by"
    r"|by|authors?|writer|interview(?=:))(?::\s*|\s+)(?P<who>.{2,160})",
    re.IGNORECASE,
)
_KOREAN_BY = re.compile(
    r"\s*(?:글쓴이|지은이|작성자|저자|필자|글|글·사진|기고|취재)\s*[:：=ㅣ|]?\s+(?P<who>.{2,60})"
    r"|(?:[가-힣A-Za-z]{2,12}(?:신문|일보|뉴스|방송|통신) )?(?P<reporter>[가-힣]{2,4}) ?(?:기자|특파원)"
    r"(?:\s.{0,60})?"
)
# Reports tell it in one line: Report No. 47, published June 2022. Authors: Ana Example and Ben Example.
_LABELLED = re.compile(r"(?:^|[.;,|] )authors?: (?P<who>[^.;|]{2,120})", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:authors?:|licen[cs]e:|isbn\b|doi\b|report no\b)", re.IGNORECASE)
_PUBLISHED = re.compile(r"\bpublished (?:on |in )?(?P<day>[^.;|]{4,40})", re.IGNORECASE)
_NAME_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w’'.-]*|van|von|de|der|den|da|di|la|le|bin|al|el|y|ten)"
_NAME = re.compile(rf"(?:{_NAME_WORD} ){{1,4}}{_NAME_WORD}|[A-Z][\w’'-]{{2,30}}")
# Under an article: Ana Example is a reporter for the Harbour Post.
_WRITES = re.compile(
    rf"(?P<who>{_NAME.pattern}) (?:is|was) (?:an?|the|our) .{{0,80}}?\b(?:reporter|journalist|writer|editor"
    r"|correspondent|columnist|photographer)\b.{0,120}"
)
_KOREAN_NAME = re.compile(r"[가-힣]{2,4}|[가-힣]{1,2} [가-힣]{1,3}")
_ROLES = frozenset(
    "board member members staff writer writers editor director officer chair chairman chairwoman president vice"
    " reporter"
    " correspondent coordinator advisor adviser professor researcher volunteer intern team founder co-founder"
    " manager guest"
    " contributor contributing senior junior chief executive program programme analyst spokesperson head of the"
    " and for at"
    " admin administrator webmaster editorial our".split()
)
_OFFICES = frozenset("reporter correspondent editor writer contributor columnist".split())
_KOREAN_ROLES = (
    "기자",
    "특파원",
    "이사",
    "대표",
    "연구원",
    "교수",
    "간사",
    "활동가",
    "국장",
    "팀장",
    "위원",
    "작가",
    "편집장",
    "변호사",
)
_LICENCES = re.compile(
    r"\bCC[ -](?:BY(?:-NC)?(?:-(?:SA|ND))?|0)(?: \d\.\d)?(?: [A-Z]{2}\b)?"
    r"|\bCreative Commons(?: [A-Z][\w-]+){0,6}(?: \d\.\d)?"
    r"(?: International)?(?: Licen[sc]e)?|\bPublic domain\b|공공누리 ?제? ?\d ?유형"
)
_KOREAN_LICENCE = re.compile(r"크리에이티브 ?커먼즈(?:[^.。\n]|\.(?=[0-9])){0,40}")
_LICENCE_ADDRESS = re.compile(
    r"creativecommons\.org/(licenses/([a-z-]+)/(\d\.\d)|publicdomain/zero/(\d\.\d))", re.IGNORECASE
)
LONGEST_BYLINE = 200


def author_of(line: str) -> str | None:
    """Give the name in a byline (Written by Board Member, Ana Example); None when the line is no byline."""
    if len(line) > LONGEST_BYLINE:
        return None
    korean = _KOREAN_BY.fullmatch(line)
    if korean:
        return korean["reporter"] or _korean_name(korean["who"])
    if labelled := _LABELLED.search(line):
        return name_in(labelled["who"])
    match = _BY.fullmatch(without_dates(line).lstrip(" ,·|"))
    return name_in(match["who"]) if match else None


def author_by_trade(line: str) -> str | None:
    """Give whom a line under an article tells to be a reporter or writer; None for any other line."""
    match = _WRITES.fullmatch(line) if len(line) <= LONGEST_BYLINE else None
    return name_in(match["who"]) if match and " " in match["who"] else None


def day_of_report(line: str) -> str | None:
    """Give the day that a report's own line tells: Report No. 47, published June 2022. Authors: …"""
    told = _PUBLISHED.search(line) if _NUMBERED.search(line) else None
    return day_in(told["day"]) if told else None


def named_with_office(words: str) -> str | None:
    """Give the name in front of an office (Ana Example, Education Reporter); None when no office follows."""
    name, comma, office = words.partition(", ")
    told = {word.lower() for word in office.split()}
    return name_in(name) if comma and len(words) <= 80 and told & _OFFICES and " " in name else None


def name_in(words: str) -> str | None:
    """Give the person's name among a byline's words: not an office, an organization in brackets, a date."""
    if words.startswith("the "):
        return None  # by the editors of some paper
    words = re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", words)
    words = re.split(r"\s(?:for|on|in|at|from|posted|published|updated)\s|[|·•/–—]|\s-\s", words)[0]
    for part in re.split(r",|;", words):
        several = [name.strip(" .:") for name in re.split(r"\s(?:and|&)\s", part)]
        if all(_is_name(name) for name in several):
            return " and ".join(several)
    return _korean_name(words)


def _is_name(words: str) -> bool:
    return bool(_NAME.fullmatch(words)) and not any(word.lower() in _ROLES for word in words.split())


def _korean_name(words: str) -> str | None:
    for part in re.split(r"[,|/·(]", words):
        kept = [word for word in part.split() if not word.strip("=").endswith(_KOREAN_ROLES)]
        name = " ".join(kept).strip(" =:")
        if _KOREAN_NAME.fullmatch(name):
            return name
    return None


def day_in(text: str) -> str | None:
    """Give the first day, or else month, written in a text as 2018-06-05 or 2018-06; None without one."""
    text = text[:2_000]
    for pattern, order in ((_NUMBERS, "ymd"), (_KOREAN, "ymd"), (_DAY_FIRST, "dmy"), (_MONTH_FIRST, "mdy")):
        for match in pattern.finditer(text):
            found = dict(zip(order, match.groups(), strict=True))
            if day := _day(found["y"], found["m"], found["d"]):
                return day
    if month := _MONTH_ONLY.search(text):
        return _day(month[2], month[1], None)
    iso = _ISO_MONTH.fullmatch(text.strip())
    return _day(iso[1], iso[2], None) if iso else None


def _day(year: str, month: str, day: str | None) -> str | None:
    number = int(month) if month.isdigit() else _month(month)
    try:
        found = date(int(year), number, int(day or 1))
    except ValueError:
        return None
    if not 1900 <= found.year <= 2100:
        return None
    return found.isoformat() if day else f"{found.year}-{found.month:02}"


def _month(name: str) -> int:
    return next(place for place, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def is_dateline(line: str) -> bool:
    """Say whether a line tells a date (with a byline, a time, how long reading takes) and nothing else."""
    if len(line) > 120 or not day_in(line):
        return False
    rest = [word for word in re.split(r"[\s:|·•,/.()+-]+", without_dates(line)) if word]
    return all(_BESIDE_A_DATE.fullmatch(word) for word in rest)


def place_and_day(line: str) -> str | None:
    """Give the day of a line with a place or a paper in front of it and nothing else: Rivermouth Post, 2 July 2021."""
    match = _PLACE_AND_DAY.fullmatch(line) if len(line) <= 80 else None
    return day_in(match["day"]) if match else None


def dispatch(text: str) -> tuple[str, int] | None:
    """Give the day at the head of a dispatch, and the place behind it: RIVERMOUTH, 3 March 2024 – Some …."""
    match = _DISPATCH.match(text[:160])
    day = day_in(match["day"]) if match else None
    return (day, match.end()) if match and day else None


def without_dates(line: str) -> str:
    """Give a line without the days that are written in it."""
    for pattern in (_NUMBERS, _KOREAN, _DAY_FIRST, _MONTH_FIRST, _MONTH_ONLY):
        line = pattern.sub(" ", line)
    return " ".join(line.split())


def licence_in(text: str) -> str | None:
    """Give the licence that a text names, as it is written there, or that its address stands for."""
    match = _LICENCE_ADDRESS.search(text)
    if match:
        return f"CC {match[2].upper()} {match[3]}" if match[2] else f"CC0 {match[4]}"
    match = _LICENCES.search(text) or _KOREAN_LICENCE.search(text)
    return titled(match[0]) if match else None
