"""Who wrote a Korean article, when and under which title, in the lines that papers and houses put around it."""

import re

from portal.domain.campaigns.article.korean.words import OFFICES, SURNAMES

_LONGEST = 200
_WIRE = re.compile(
    r"[(\[【][가-힣· ]{2,12}=[가-힣A-Za-z0-9 ]{2,12}[)\]】] ?(?P<who>[가-힣]{2,4}) ?(?:기자|특파원|통신원) ?= ?"
)
_DAY_OF = re.compile(
    r"(?:입력|송고|등록|작성|게시|승인|발행|배포)(?:일시|시간|일)? ?[:：]? ?"
    r"(?P<day>[0-9]{4}[-./년][0-9 .\-/월일]{3,12})"
)
_TITLE = re.compile(r"제 ?목 ?[:：] ?(?P<title>\S.{2,200})")
_NAME = rf"(?:[{''.join(sorted(SURNAMES))}][가-힣]{{2}}|(?:남궁|황보|제갈|사공|선우|독고)[가-힣]{{1,2}})"
_WRITER = re.compile(rf"(?P<who>{_NAME})(?: [가-힣A-Za-z'‘’“”·() ]{{0,30}}(?:{'|'.join(OFFICES)}))?")
# Of three syllables as well, and the first of them is a family's name.
_NO_NAMES = frozenset(
    "이주민 원주민 고려인 조선족 한반도 민주당 전염병 노동자 이민자 이재민 여성들 소수자 기고문 성명서 안내문 공지문"
    " 선언문 주민들 조사단 지원금 전쟁터 방문기 기행문 이야기".split()
)


def wire_author(text: str) -> str | None:
    """Give who wrote what begins as news do: (들국=누리통신) 아무개 기자 = …."""
    match = _WIRE.match(text)
    return match["who"] if match else None


def writer_alone(line: str) -> str | None:
    """Give whom a line names that is a name, with an office or without, and nothing else."""
    match = _WRITER.fullmatch(line) if len(line) <= 50 else None
    return match["who"] if match and match["who"] not in _NO_NAMES else None


def day_beside_its_word(line: str) -> str | None:
    """Give the words of the day on which a line tells that it was published: 입력 2018-06-05."""
    match = _DAY_OF.search(line) if len(line) <= _LONGEST else None
    return match["day"] if match else None


def labelled_title(line: str) -> str | None:
    """Give the title of a line that says it is one: 제목: …."""
    match = _TITLE.fullmatch(line) if len(line) <= _LONGEST else None
    return match["title"] if match else None
