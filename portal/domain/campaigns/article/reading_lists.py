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


def is_reading_heading(text: str) -> bool:
    """Say whether what stands under this heading is for further reading."""
    return len(text) <= 60 and bool(_READING.fullmatch(text))
