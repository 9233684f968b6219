"""Houses known by what stands beside their names: Open Door, an aid group; a caseworker with Open Door."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.name_words import OFFICES, PLACES_AND_PEOPLES
from portal.domain.campaigns.article.finders.names import Name, may_be_person
from portal.domain.campaigns.article.finders.offices import is_trade
from portal.domain.campaigns.article.finders.tokens import Token, lower_at

KINDS = frozenset(
    "organization organizations organisation organisations group groups charity charities ngo ngos"
    " agency agencies nonprofit nonprofits union unions association associations network networks"
    " corporation corporations company companies cooperative cooperatives collective collectives"
    " coalition coalitions alliance alliances partners".split()
)
# A place may be a group of houses, and no kind of house.
_NO_KIND_OF = frozenset(("of",))
_ARTICLES = frozenset("a an the our their its".split())
_LONGEST_KIND, _LONGEST_OFFICE = 5, 4
_WORKING = frozenset("works worked working volunteers volunteered volunteer".split())


def is_told_to_be_house(tokens: Sequence[Token], name: Name) -> bool:
    """Say whether the words beside a name tell that it is an organization's."""
    if name.words[0].lower() in PLACES_AND_PEOPLES:
        return False
    if _has_kind_behind(tokens, name) or _stands_behind_kind(tokens, name):
        return True
    before = lower_at(tokens, name.start - 1)
    if before == "of" and lower_at(tokens, name.start - 2) == "member":
        return lower_at(tokens, name.start - 3) == "board" and not tokens[name.end - 1].is_possessive
    if before != "with" or len(name.words) < 2:
        return False
    front = [token.lower for token in tokens[max(0, name.start - 1 - _LONGEST_OFFICE) : name.start - 1]]
    trade = any(is_trade(front[at:]) for at in range(len(front)))
    return bool(front) and (front[-1] in OFFICES | _WORKING or trade)


def _has_kind_behind(tokens: Sequence[Token], name: Name) -> bool:
    """Read Open Door, an aid group that gives soup."""
    place = name.end + 1
    if lower_at(tokens, name.end) != "," or lower_at(tokens, place) not in _ARTICLES:
        return False
    for at in range(place + 1, min(place + _LONGEST_KIND, len(tokens))):
        if not tokens[at].is_word or tokens[at].is_possessive:
            return False
        if tokens[at].lower in KINDS:
            return lower_at(tokens, at + 1) not in _NO_KIND_OF
    return False


def _stands_behind_kind(tokens: Sequence[Token], name: Name) -> bool:
    """Read their association, Bay Stone, gave soup."""
    commas = lower_at(tokens, name.start - 1), lower_at(tokens, name.end)
    kind = lower_at(tokens, name.start - 2) in KINDS
    return (
        commas == (",", ",")
        and kind
        and lower_at(tokens, name.start - 3) != "of"
        and not _is_person(tokens, name)
    )


def _is_person(tokens: Sequence[Token], name: Name) -> bool:
    """Say whether behind a name is told what only a person is: Ana Example, its director,."""
    behind = [token.lower for token in tokens[name.end + 1 : name.end + 5]]
    return may_be_person(name) and not OFFICES.isdisjoint(behind)
