"""Offices beside and within names, and officials who have no name at all."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.name_words import HONORIFICS, OFFICES
from portal.domain.campaigns.article.finders.names import Name, titles_of

_VAGUE = frozenset(
    "some many most several other few more all no these those two three senior top unnamed".split()
)


def are_officials(words: Sequence[str]) -> bool:
    """Say whether somebody could be asked though no article stands before them: hospital officials, police."""
    told = len(words) in (2, 3) and words[0] not in _VAGUE and words[-1] in ("officials", "authorities")
    return told or list(words) == ["police"]


def is_office_phrase(text: str) -> bool:
    """Say whether words tell an office: head nurse at the school."""
    words = text.lower().replace("’", "'").split()
    return 0 < len(words) <= 22 and any(word.strip(",.") in OFFICES for word in words)


def office_in(name: Name) -> str | None:
    """Give the office that stands within a name: Minister, Interior Minister."""
    first, titles = name.words[0], titles_of(name)
    if titles > 1 and first.lower() not in HONORIFICS | OFFICES:
        return " ".join(name.words[:titles])
    return first if first.lower() in HONORIFICS & OFFICES else None


def without_title(name: Name) -> str:
    """Give the name of somebody without title and office."""
    titles = titles_of(name)
    if len(name.words) - titles < 2:
        titles = int(name.words[0].lower() in HONORIFICS and len(name.words) > 1)
    return " ".join(name.words[titles:])
