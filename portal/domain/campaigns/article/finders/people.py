"""People whom an article names, where something beside the name shows it: an office, an age, that they speak."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.name_words import (
    HONORIFICS,
    OFFICES,
    PLACES_AND_PEOPLES,
    SURNAMES_FIRST,
)
from portal.domain.campaigns.article.finders.names import Name, is_organization, may_be_person, titles_of
from portal.domain.campaigns.article.finders.offices import is_trade
from portal.domain.campaigns.article.finders.tokens import Token, lower_at, span_text

_PHRASE_ENDS = frozenset(', . ; : “ ” " ( ) – — who whose'.split())
_LONGEST_FRONT = 5
_SPEAKING = frozenset(
    "said says told tells wrote writes explained explains added recalled recalls warned warns asked".split()
)


def person_of(text: str, tokens: Sequence[Token], name: Name) -> tuple[str, str | None] | None:
    """Give the name of a person without title, and the office told beside it; None when nothing shows a person."""
    titles = titles_of(name)
    bare = Name(name.start + titles, name.end, name.words[titles:])
    if is_organization(name):
        return None
    if len(bare.words) == 1 and not titles:
        if office := _office_in_front(text, tokens, bare):
            return bare.words[0], office
        return _called_by_one_name(text, tokens, bare)
    if len(bare.words) > 1 and not may_be_person(bare):
        return None
    office = _office_behind(text, tokens, name.end) or _office_before(text, tokens, bare, titles)
    called = " ".join(bare.words)
    if titles or office:
        return called, office
    return (called, None) if _is_shown_as_person(tokens, bare) else None


def _called_by_one_name(text: str, tokens: Sequence[Token], name: Name) -> tuple[str, str | None] | None:
    """Give Amal, who waits, and Example, a nurse: where only people have a who or an office, one name is enough."""
    if lower_at(tokens, name.end) != "," or name.words[0].lower() in PLACES_AND_PEOPLES:
        return None
    following = lower_at(tokens, name.end + 1)
    office = _office_behind(text, tokens, name.end) if following in ("a", "an") and name.start == 0 else None
    return (name.words[0], office) if office or following == "who" else None


def _office_in_front(text: str, tokens: Sequence[Token], name: Name) -> str | None:
    """Read the driver, Emre, is old: one name between commas behind an office."""
    commas = lower_at(tokens, name.start - 1), lower_at(tokens, name.end)
    front = tokens[max(0, name.start - 1 - _LONGEST_FRONT) : name.start - 1]
    start = next(
        (at for at, token in enumerate(front) if token.lower in ("the", "a", "an", "its", "our", "their")),
        None,
    )
    if commas != (",", ",") or start is None or front[-1].lower not in OFFICES:
        return None
    return span_text(text, front, start, len(front)) if all(one.is_word for one in front[start:]) else None


def _office_behind(text: str, tokens: Sequence[Token], place: int) -> str | None:
    if lower_at(tokens, place) != ",":
        return None
    start = place + 1
    if start < len(tokens) and tokens[start].is_number and lower_at(tokens, start + 1) == ",":
        start += 2
    end = start
    while end < len(tokens) and tokens[end].lower not in _PHRASE_ENDS and end - start < 22:
        end += 1
    phrase = [token.lower for token in tokens[start:end]]
    if not phrase or phrase[0] in ("and", "or", "but"):
        return None
    if not (_begins_as_office(phrase) or is_trade(phrase)):
        return None
    return span_text(text, tokens, start, end)


def _begins_as_office(phrase: Sequence[str]) -> bool:
    """Say whether an office stands at the beginning: head nurse at …, the union's treasurer; not: met the director."""
    head = [word for word in phrase[:6] if word not in ("for", "of", "at", "in")]
    return any(word in OFFICES for word in head)


def _office_before(text: str, tokens: Sequence[Token], bare: Name, titles: int) -> str | None:
    start = bare.start
    if lower_at(tokens, start - 1) == "," and lower_at(tokens, bare.end) == ",":
        start -= 1
    end = start
    while start > 0 and tokens[start - 1].lower in OFFICES and tokens[start - 1].is_word:
        start -= 1
    if titles > 1 and tokens[bare.start - titles].lower not in OFFICES | HONORIFICS:
        start = bare.start - titles  # Interior Minister
    if start == end:
        return None
    found = span_text(text, tokens, start, end)
    return None if found.lower().rstrip(".") in HONORIFICS - OFFICES else found


def _is_shown_as_person(tokens: Sequence[Token], name: Name) -> bool:
    following = lower_at(tokens, name.end)
    if lower_at(tokens, name.start - 1) == "named":
        return True
    if following in _SPEAKING or (following == "," and lower_at(tokens, name.end + 1) == "who"):
        return True
    if following == "," and name.end + 1 < len(tokens) and tokens[name.end + 1].is_number:
        return len(tokens[name.end + 1].text) <= 2 and lower_at(tokens, name.end + 2) in (",", ".", "")
    if lower_at(tokens, name.end - 1) and following == "(":
        return False
    first = name.words[0].lower()
    return (
        first in SURNAMES_FIRST
        and len(name.words) in (2, 3)
        and (len(name.words) == 3 or "-" in name.words[1])
    )
