"""Names in English sentences: where they begin and end, and whether they are of an organization or a person."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.domain.campaigns.article.finders.name_words import (
    COMMON_NOUNS,
    COMMON_STARTS,
    HONORIFICS,
    KNOWN_AS_CAPITALS,
    KNOWN_ORGANIZATIONS,
    OFFICES,
    ORGANIZATION_WORDS,
    PLACES_AND_PEOPLES,
    WEAK_WORDS,
)
from portal.domain.campaigns.article.finders.tokens import Token, is_joined, lower_at

_PARTICLES = frozenset("de del della der den des di du da dos van von bin ibn al el la le ten ter y".split())
_AFTER_ORGANIZATION = frozenset("for on in against to".split())
_LONGEST = 14
_MOST_TITLES = 4


class Name(NamedTuple):
    """A run of capitalized words: the token it begins at, the one after its last, and the words."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """Give the words with single spaces."""
        return (
            " ".join(self.words)
            .replace(" ' ", "' ")
            .replace(" ’ ", "’ ")
            .replace(" !", "!")
            .replace(" & ", " & ")
        )


def names_in(tokens: Sequence[Token]) -> list[Name]:
    """Give the names of a sentence in order."""
    found = []
    place = 0
    while place < len(tokens):
        if not _may_begin(tokens, place):
            place += 1
            continue
        end = _end_of_name(tokens, place)
        words = (*(token.text for token in tokens[place : end - 1]), tokens[end - 1].bare)
        if not (end == place + 1 and _is_only_a_start(tokens, place)):
            found.append(Name(place, end, words))
        place = end
    return found


def _may_begin(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].is_capital and tokens[place].lower not in COMMON_STARTS


def _is_inside(tokens: Sequence[Token], place: int) -> bool:
    return place > 0 and tokens[place - 1].lower not in ("“", '"', "‘", "(", "[", ":", "–", "—", "-")


def _is_only_a_start(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a single capital word may have its capital only from beginning a sentence."""
    token = tokens[place]
    if token.lower in COMMON_NOUNS:
        return True
    return (
        not _is_inside(tokens, place)
        and token.text != token.text.upper()
        and token.lower.endswith(("ing", "ly", "ed"))
    )


def _end_of_name(tokens: Sequence[Token], start: int) -> int:
    end = start + 1
    while end < len(tokens) and end - start < _LONGEST:
        if tokens[end - 1].is_possessive and not _goes_on_behind_possessive(tokens, end):
            break
        step = _joint(tokens, start, end)
        if step is None:
            break
        end += step
    if (
        lower_at(tokens, end) == "!"
        and is_joined(tokens, end)
        and lower_at(tokens, end + 1) in ("]", ")", ",", "is", "has")
    ):
        end += 1
    return end


def _goes_on_behind_possessive(tokens: Sequence[Token], end: int) -> bool:
    """People’s Republic, Children's Fund: the name goes on; Kim's government: it does not."""
    return tokens[end].is_capital and tokens[end - 1].lower.split("'")[0] in (
        "people", "children", "women", "men", "workers", "doctors", "world", "king", "queen", "reporters",
    )  # fmt: skip


def _joint(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Say how many tokens more belong to the name."""
    token = tokens[end]
    if token.is_capital:
        return 1
    following = [lower_at(tokens, end + step) for step in (1, 2)]
    capital = [end + step < len(tokens) and tokens[end + step].is_capital for step in (1, 2)]
    before = tokens[end - 1].bare.lower()
    if token.lower in ("'", "’") and is_joined(tokens, end) and capital[0] and before.endswith("s"):
        return 2
    if token.lower == "&" and capital[0]:
        return 2
    if token.lower in _PARTICLES and capital[0]:
        return 2
    if token.lower == "of" and (capital[0] or (following[0] == "the" and capital[1])):
        return None if _ends_person(tokens, start, end) else 2 if capital[0] else 3
    if token.lower in _AFTER_ORGANIZATION and _is_office_or_organization_word(before):
        allowed = token.lower in ("for", "on", "against") or (
            token.lower == "to" and before in ("ambassador", "mission")
        )
        if allowed and (capital[0] or (following[0] == "the" and capital[1])):
            return 2 if capital[0] else 3
    if token.lower == "the" and before == "save" and capital[0]:
        return 2
    return _joint_of_initials(tokens, start, end)


def _joint_of_initials(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Go on behind for or and where the name does: Nets for the Highlands (NfH), Ministry of Trade and Industry."""
    word, capital = tokens[end].lower, end + 1 < len(tokens) and tokens[end + 1].is_capital
    if word == "for" and _initials_follow(tokens, start, end):
        return 2 if capital else 3
    return 2 if word == "and" and capital and _goes_on_behind_and(tokens, start, end) else None


def _ends_person(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether a title and a full name stand in front of the of: Professor Ana Example of some school."""
    words = [token.lower for token in tokens[start:end]]
    titled = words[0] in HONORIFICS and len(words) > 2
    return titled and not any(_is_office_or_organization_word(word) for word in words[1:])


def _is_office_or_organization_word(word: str) -> bool:
    return word in ORGANIZATION_WORDS or word in OFFICES


def _goes_on_behind_and(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Ministry of Trade and Industry goes on; Refugee Aid and Liberty are two."""
    words = [token.lower for token in tokens[start:end]]
    if _initials_follow(tokens, start, end) or _is_half_a_name(tokens, start, end):
        return True
    if words[-1] in ORGANIZATION_WORDS:
        return False
    return (
        words[0] in ORGANIZATION_WORDS
        and not {"of", "on"}.isdisjoint(words)
        or any(
            word in ORGANIZATION_WORDS and words[at + 1 : at + 2] == ["for"] for at, word in enumerate(words)
        )
    )


def _is_half_a_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether one plain word behind the article goes on to a kind of house: the Wells and Pipes Alliance."""
    word = tokens[start]
    alone = end == start + 1 and lower_at(tokens, start - 1) == "the" and word.text != word.text.upper()
    last = end + 1
    while last < len(tokens) and tokens[last].is_capital and not tokens[last - 1].is_possessive:
        last += 1
    house = last > end + 2 and tokens[last - 1].bare.lower() in ORGANIZATION_WORDS
    return alone and house and last - end <= _MOST_TITLES and not _is_office_or_organization_word(word.lower)


def _initials_follow(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether behind an and or a for, and more capitals, the first letters of all stand in brackets."""
    last = end + 1
    while last < len(tokens) and last - end < _LONGEST and (tokens[last].is_capital or _joins(tokens, last)):
        last += 1
    if lower_at(tokens, last) != "(" or lower_at(tokens, last + 2) != ")":
        return False
    letters = "".join(token.text[0] for token in tokens[start:last] if token.is_capital)
    told = tokens[last + 1].text
    return len(told) > 2 and "".join(sign for sign in told if sign.isupper()) == letters


def _joins(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].lower in ("the", "of", "and") and place + 1 < len(tokens)


def is_organization(name: Name) -> bool:
    """Say whether a name is of an organization, by one of its words or as one known by its letters."""
    lowered = [word.lower().replace("’", "'") for word in name.words]
    if len(lowered) == 1:
        word = lowered[0]
        return word in KNOWN_ORGANIZATIONS and (word not in KNOWN_AS_CAPITALS or name.words[0].isupper())
    if any(word in OFFICES and word not in ("general", "fellow") for word in lowered):
        return False
    if lowered[-1] == "!":
        return True
    heads = [word for word in lowered if word in ORGANIZATION_WORDS]
    if lowered[-1] == "project" and len(lowered) > 2:
        return True
    if lowered[-1] in WEAK_WORDS and lowered[-1] not in ("international", "group", "house", "books"):
        heads = [word for word in heads if word not in WEAK_WORDS]
    return bool(heads) and not (set(heads) <= {"rights"})


def titles_of(name: Name) -> int:
    """Count the words of a name that are a title: two of Interior Minister Ana Example, none of Ana Example."""
    words = [word.lower().rstrip(".") for word in name.words]
    titles = 0
    while titles < len(words) - 1 and words[titles] in HONORIFICS | OFFICES:
        titles += 1
    last = max((at for at, word in enumerate(words[:-2]) if word in OFFICES), default=-1)
    bare = Name(name.start + last + 1, name.end, name.words[last + 1 :])
    return last + 1 if last > titles - 1 and last < _MOST_TITLES and may_be_person(bare) else titles


def may_be_person(name: Name) -> bool:
    """Say whether a name has the form of a person's: two to four words, of no organization, office or country."""
    lowered = [word.lower() for word in name.words]
    if not 2 <= len(lowered) <= 4 or is_organization(name):
        return False
    if any(word in ORGANIZATION_WORDS or word in OFFICES or word in PLACES_AND_PEOPLES for word in lowered):
        return False
    return all(word[0].isupper() or word in _PARTICLES for word in name.words) and not any(
        len(word) > 3 and word.isupper() for word in name.words
    )


def without_article(text: str) -> str:
    """Give a name without the article in front of it."""
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        if text.startswith(article):
            return text[len(article) :]
    return text
