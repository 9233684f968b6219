"""The organizations of an article, each by the name it has most often, with its other names and spellings."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from portal.domain.campaigns.article.finders.houses import KINDS, is_told_to_be_house
from portal.domain.campaigns.article.finders.money_words import CODES
from portal.domain.campaigns.article.finders.name_words import OFFICES, SPELLED_OUT
from portal.domain.campaigns.article.finders.names import Name, is_organization, may_be_person, names_in
from portal.domain.campaigns.article.finders.tokens import Token, lower_at, tokens_of
from portal.domain.campaigns.article.found import FoundOrganization
from portal.domain.campaigns.article.korean.organizations import organizations_in
from portal.domain.campaigns.article.korean.words import HANGUL
from portal.domain.campaigns.article.korean.words import is_organization as is_korean_organization

_SUCH_AS = frozenset(("as", "like", "including", ",", "called", "named"))
# Whom one sits on the board of is no person.
_HEADED = frozenset((house, "of") for house in ("board", "trustee", "trustees", "committee"))
_ENDS = frozenset((".", ",", ";", ")", "and", "", "in", "for"))
# A place may have the letters of its country behind it.
_COUNTRIES = frozenset("DRC USA US UK UAE EU DPRK ROK PRC CAR KP KR".split())
_MOST = 200
_DONE_BY_A_PERSON = frozenset("founded headed chaired started runs ran led leads heads chairs set".split())
_INITIALS = re.compile(r"[A-Z][A-Za-z]{1,6}")


class Organizations:
    """Collects mentions of organizations, and gives each once."""

    def __init__(self) -> None:
        self._mentions: Counter[str] = Counter()
        self._said_as_same: list[tuple[str, str]] = []

    def look_at(self, text: str, tokens: Sequence[Token]) -> None:
        """Take in the organizations that a sentence names."""
        if HANGUL.search(text):
            self._look_at_korean(text)
        names = names_in(tokens)
        for place, name in enumerate(names):
            if (
                is_organization(name)
                or _has_initials_behind(tokens, name)
                or (self._is_introduced(tokens, names, place) and not _is_office(name))
                or (is_told_to_be_house(tokens, name) and not _is_office(name))
            ):
                self.add(name.text)
                self._take_initials(tokens, name)
            elif name.words and _begins_with_organization(name):
                self.add(_house_of(name))

    def add(self, name: str) -> None:
        """Take in an organization by a name."""
        if len(self._mentions) < _MOST or name in self._mentions:
            self._mentions[name] += 1

    def look_at_publisher(self, publisher: str) -> None:
        """Take in who published something for further reading, where that is an organization."""
        tokens = tokens_of(publisher)
        for name in names_in(tokens):
            if is_organization(name):
                self.add(name.text)
            elif _begins_with_organization(name):
                self.add(_house_of(name))
        if HANGUL.search(publisher) and is_korean_organization(publisher):
            self.add(publisher)

    def _take_initials(self, tokens: Sequence[Token], name: Name) -> None:
        """Take in (ODN) behind Open Door Network."""
        if lower_at(tokens, name.end) == "(" and lower_at(tokens, name.end + 2) == ")":
            short = tokens[name.end + 1].text
            if short.upper() == short and short.isalpha() or _INITIALS.fullmatch(short):
                self.add(short)
                self._said_as_same.append((name.text, short))

    def _is_introduced(self, tokens: Sequence[Token], names: Sequence[Name], place: int) -> bool:
        """Say whether 'organizations such as' or 'the charity' stands in front of the name, or of its list."""
        name = names[place]
        before = name.start - 1
        while lower_at(tokens, before) in ("the", ",", "and", "or"):
            before -= 1
        if place and names[place - 1].end == before + 1 and before < name.start - 1:
            return self._is_introduced(tokens, names, place - 1)
        if lower_at(tokens, before) in _SUCH_AS:
            before -= 2 if lower_at(tokens, before) == "as" else 1
            return lower_at(tokens, before) in KINDS
        if before == name.start - 1 and (lower_at(tokens, before - 1), lower_at(tokens, before)) in _HEADED:
            return not may_be_person(name) or lower_at(tokens, name.end) in _ENDS
        if before != name.start - 1 or lower_at(tokens, before) not in KINDS - {"partners"}:
            return False
        # The charity Open Door gave soup; the charity Ana Example founded is another's.
        return not may_be_person(name) or lower_at(tokens, name.end) not in _DONE_BY_A_PERSON

    def _look_at_korean(self, text: str) -> None:
        for name, others in organizations_in(text, self._mentions.__contains__):
            self.add(name)
            for other in others:
                self.add(other)
                self._said_as_same.append((name, other))

    def found(self) -> tuple[FoundOrganization, ...]:
        """Give the organizations, in the order of their first mention."""
        groups: list[list[str]] = []
        for name in self._mentions:
            home = next(
                (group for group in groups if any(self._is_same(name, other) for other in group)), None
            )
            if home is None:
                groups.append([name])
            else:
                home.append(name)
        return tuple(self._one(group) for group in groups)

    def _one(self, names: list[str]) -> FoundOrganization:
        ranked = sorted(names, key=lambda name: (-self._mentions[name], names.index(name)))
        # Of names as frequent as each other, the one that is spelled out comes first.
        best = max(ranked, key=lambda name: (self._mentions[name], len(name) > 6))
        return FoundOrganization(name=best, aliases=tuple(name for name in names if name != best))

    def _is_same(self, one: str, other: str) -> bool:
        if (one, other) in self._said_as_same or (other, one) in self._said_as_same:
            return True
        return spelled_alike(one, other) or _is_short_for(one, other) or _is_short_for(other, one)


def plain_name(name: str) -> str:
    """Give a name for comparing: small letters, the United Nations spelled out, peoples as their countries."""
    words = name.lower().replace("’", "'").replace("!", "").split()
    if words[:1] == ["the"]:
        words = words[1:]
    spelled = [SPELLED_OUT.get(word, word) for word in words]
    return " ".join(_stem(word) for word in " ".join(spelled).split())


def _stem(word: str) -> str:
    if word.endswith("isation"):
        word = word.replace("isation", "ization")
    if word in ("centre", "programme"):
        return {"centre": "center", "programme": "program"}[word]
    for ending in ("ans", "an", "n", "s"):
        if len(word) > 5 and word.endswith(ending) and word[-len(ending) - 1] in "eaio":
            return word[: -len(ending)]
    return word.rstrip("s") if len(word) > 3 else word


def spelled_alike(one: str, other: str) -> bool:
    """Say whether two names are one, spelled in two ways."""
    plain, other_plain = plain_name(one), plain_name(other)
    if plain == other_plain:
        return True
    return (
        min(len(plain), len(other_plain)) > 12
        and not HANGUL.search(plain)
        and _differ_by_one_letter(plain, other_plain)
    )


def _differ_by_one_letter(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return (
        one[same + 1 :] == other[same + 1 :]
        or one[same + 1 :] == other[same:]
        or one[same:] == other[same + 1 :]
    )


def _is_short_for(short: str, name: str) -> bool:
    """Say whether capitals are the first letters of a name: NHRCK."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isupper()) or len(name.split()) < 2:
        return False
    words = [word for word in name.split() if word[0].isupper()]
    return "".join(word[0] for word in words).upper() == letters


def _has_initials_behind(tokens: Sequence[Token], name: Name) -> bool:
    """Say whether a name has its own first letters in brackets behind it, and is not of a country."""
    if lower_at(tokens, name.end) != "(" or lower_at(tokens, name.end + 2) != ")":
        return False
    if any(word in ("Republic", "States", "Kingdom", "Emirates", "Islands") for word in name.words):
        return False
    short = tokens[name.end + 1].text
    letters = 3 <= len(short) <= 6 and short.isalpha() and short.isupper() and short not in _COUNTRIES
    capitals = "".join(sign for sign in short if sign.isupper())
    mixed = len(short) > 2 and _INITIALS.fullmatch(short) and _is_short_for(capitals, name.text)
    return (
        bool(mixed)
        or _is_short_for(short, name.text)
        or (letters and len(name.words) > 1 and short not in CODES)
    )


def _is_office(name: Name) -> bool:
    return any(word.lower() in OFFICES for word in name.words)


def _begins_with_organization(name: Name) -> bool:
    """Say whether an office begins with the United Nations, whose it is."""
    first = name.words[0].lower()
    return _is_office(name) and (
        first in SPELLED_OUT or " ".join(name.words[:2]).lower() in SPELLED_OUT.values()
    )


def _house_of(name: Name) -> str:
    return name.words[0] if name.words[0].lower() in SPELLED_OUT else " ".join(name.words[:2])


def alike_but_different(names: Iterable[str]) -> list[tuple[str, str]]:
    """Give the pairs of names that are one name in two spellings, not one name and its initials."""
    told = list(names)
    return [
        (one, other)
        for place, one in enumerate(told)
        for other in told[place + 1 :]
        if spelled_alike(one, other) and not _only_shortened(one, other)
    ]


def _only_shortened(one: str, other: str) -> bool:
    """Say whether two spellings differ only as U.N. and United Nations do."""

    def words(name: str) -> str:
        return " ".join(SPELLED_OUT.get(word, word) for word in name.lower().replace("’", "'").split())

    return words(one) == words(other)
