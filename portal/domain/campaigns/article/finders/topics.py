"""What a sentence is about: the house that "it" means in the next one, the person whom "she" means."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.name_words import OFFICES, PLACES_AND_PEOPLES
from portal.domain.campaigns.article.finders.names import Name, is_organization, names_in
from portal.domain.campaigns.article.finders.tokens import Token, lower_at

_BEHIND_QUOTATIONS = frozenset("said says told adds added asks asked".split())
_FARTHEST_SUBJECT = 4
_BEFORE_A_SUBJECT = (
    frozenset("the a an its their his her our this but and yet , dr mr ms mrs".split()) | OFFICES
)


def house_of(tokens: Sequence[Token], said_by: Sequence[str | None], memory: Memory) -> str | None:
    """Give the house that a sentence is about, or that says it; the one before where the sentence calls it "it"."""
    if not tokens or tokens[0].lower == "it":
        return memory.it
    name = next(iter(names_in(tokens[:_FARTHEST_SUBJECT])), None)
    if name and (name.start == 0 or (name.start == 1 and tokens[0].lower == "the")):
        whole = next(one for one in names_in(tokens) if one.start == name.start)
        return _house(tokens, whole, memory)
    houses = [one for one in said_by if one and not memory.is_person(one)]
    return houses[0] if len(houses) == 1 else None


def _house(tokens: Sequence[Token], name: Name, memory: Memory) -> str | None:
    if name.words[-1] in memory.full_names or tokens[name.end - 1].is_possessive:
        return None
    several = len(name.words) > 1 and name.words[0].lower() not in PLACES_AND_PEOPLES
    if not (is_organization(name) or several):
        return None
    return f"The {name.text}" if name.start and tokens[0].text == "The" else name.text


def person_in_mind(tokens: Sequence[Token], named: Sequence[tuple[int, str]]) -> str | None:
    """Give whom a reader has in mind behind a sentence; `named` are its people, each with the token it begins at.

    It is the one who says something in it, the one that it begins with, or the one named last.
    """
    for start, name in named:
        before = start - 1
        while lower_at(tokens, before) in _BEFORE_A_SUBJECT - {","}:
            before -= 1
        if lower_at(tokens, before) in _BEHIND_QUOTATIONS:
            return name
    for start, name in named[:1]:
        if start <= _FARTHEST_SUBJECT and all(token.lower in _BEFORE_A_SUBJECT for token in tokens[:start]):
            return name
    return named[-1][1] if named else None
