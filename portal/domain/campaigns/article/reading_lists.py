"""Headings under which an article names what to read further."""

import re

_READING = re.compile(
    r"\W{0,3}(?:(?:additional|further|recommended|suggested|more|related|selected) reading(?:s| list)?"
    r"|reading list|to read(?: more)?"
    r"|(?:selected )?(?:sources|references|bibliography|literature|resources)|sources and (?:further )?reading"
    r"|where to read more|(?:more|what|worth) to read(?: next)?|worth reading|read more"
    r"|where (?:can|could|do) (?:i|you|we) (?:learn|read|find|find out) more"
    r"|recommended books|learn more"
    r"|읽을 ?거리|더 ?읽을 ?거리|더 ?읽어 ?(?:보기|볼 ?글)|함께 ?읽을 ?(?:글|거리|책)|함께 ?읽으면 ?좋은 ?(?:책|자료)"
    r"|참고 ?(?:문헌|자료|할 ?글)"
    r"|추천 ?도서|출처)\W{0,3}",
    re.IGNORECASE,
)


_BESIDE = re.compile(
    r"(?:viewing|listening|watching|links|notes|films|books|podcasts|websites|credits)\W{0,3}", re.IGNORECASE
)
_JOINTS = re.compile(r"\s{0,2}[/&,+]\s{0,2}|\s(?:and|or)\s", re.IGNORECASE)
_ABOUT = re.compile(
    r"\W{0,3}(?:if you (?:want|wish|would like|'d like|’d like) )?(?:(?:to )?(?:read|learn|find out|know) more"
    r"|(?:further|additional|more) reading)(?: (?:on|about) [^.?!:]{1,40})?\W{0,3}",
    re.IGNORECASE,
)
_LONGEST = 60


def is_reading_heading(text: str) -> bool:
    """Say whether what stands under this heading is for further reading."""
    if len(text) > _LONGEST:
        return False
    if _READING.fullmatch(text) or _ABOUT.fullmatch(text):
        return True
    parts = _JOINTS.split(text)
    reading = [part for part in parts if _READING.fullmatch(part)]
    return bool(reading) and all(part in reading or _BESIDE.fullmatch(part) for part in parts)


def is_reading_line(text: str) -> bool:
    """Say whether a line that no file marks as a heading is one of a reading list: Further reading:."""
    return text.rstrip("* _").endswith(":") and is_reading_heading(text)
