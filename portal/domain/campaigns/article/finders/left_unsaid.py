"""What a number counts that has no noun of its own: the same as the number before it."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.amounts import Amount
from portal.domain.campaigns.article.finders.counted import is_plural
from portal.domain.campaigns.article.finders.tokens import Token, lower_at

_LIKE_THE_ONE_BEFORE = frozenset(", ; and or from to than with only just against while but".split())
# What happens to people, who need not be named then: some 300 fled.
_PEOPLE_DO = frozenset(
    "died drowned fled killed injured wounded arrested detained displaced starved evacuated missing homeless".split()
)
_AUXILIARY = frozenset("are were was have has had been be being".split())
_VERBS = frozenset("are were is was have had has did live lived remain remained".split())
_HOLDING = frozenset("held holds housed houses hosted hosts sheltered shelters had has".split())
_UNDERGOING = frozenset("needed died drowned survived remained stayed recovered".split()) | _PEOPLE_DO
# What has 300 tents may hold 900 people: only those who can stay in it are what it holds.
_WHO_STAY = frozenset(
    "people persons men women children patients prisoners detainees refugees migrants guests residents".split()
)
_AIMS = frozenset("target goal aim".split())
_REPORTED = frozenset("said says counted counts found reported".split())
_CLAUSE_ENDS = frozenset((".", ",", ";", "", "–", "—"))
_NO_NOUNS = frozenset(("%", "share", "percentage points"))


def names_what_is_counted(unit: str | None) -> bool:
    """Say whether a unit is the word for what is counted, and no currency, part or percentage."""
    return unit is not None and unit not in _NO_NOUNS and not unit.isupper()


def noun_left_unsaid(
    tokens: Sequence[Token], amount: Amount, before: tuple[Amount, str | None] | None, counted: str | None
) -> str | None:
    """Give the noun of a number without one; `before` is the sentence's figure before it, `counted` what was last.

    Some 300 of them; up from 600 in May; Laos has 900 refugees, Mongolia 400; of the 90 villages, 60 had no food.
    """
    if amount.unit is not None or amount.is_part:
        return None
    if lower_at(tokens, amount.end) == "of" and lower_at(tokens, amount.end + 1) in (
        "them",
        "these",
        "those",
    ):
        return before[1] if before and names_what_is_counted(before[1]) else counted
    following = [lower_at(tokens, amount.end + step) for step in range(3)]
    verb = next((word for word in following if word not in _AUXILIARY), "")
    if verb in _PEOPLE_DO:
        return "people"
    if before is None and counted and (_is_said_of_it(tokens, amount, counted) or _are_more(tokens, amount)):
        return counted
    if before and names_what_is_counted(before[1]) and front_of(tokens, amount) in ("whom", "which"):
        return _told_behind(tokens, amount.end) or before[1]
    if before is None or not names_what_is_counted(before[1]) or lower_at(tokens, amount.end) == "per":
        return None
    size = amount.value if amount.value is not None else amount.high or 0
    if front_of(tokens, amount) == "of" and lower_at(tokens, amount.start - 2) in _AIMS:
        return before[1] if lower_at(tokens, amount.end) in _CLAUSE_ENDS else None
    told = _is_part_of(tokens, before[0]) and lower_at(tokens, amount.end) in _VERBS | _CLAUSE_ENDS
    if told or (size >= _LEAST and _is_alike(tokens, amount)):
        return before[1]
    return None


def _is_said_of_it(tokens: Sequence[Token], amount: Amount, counted: str) -> bool:
    """Say whether a sentence goes on with what the last one counted: the year before it had been 1,034."""
    front = [token.lower for token in tokens[max(0, amount.start - 4) : amount.start]]
    if front[-2:-1] in (["it"], ["they"]) and front[-1] in _HOLDING:
        return counted in _WHO_STAY and lower_at(tokens, amount.end) in _CLAUSE_ENDS
    be = {"was", "is", "been", "were"} & {*front[-1:]}
    return bool(be) and "it" in front and lower_at(tokens, amount.end) in _CLAUSE_ENDS | {"in"}


def _are_more(tokens: Sequence[Token], amount: Amount) -> bool:
    """Say whether more of the same are told of: some 900 more come; a further 900 are due; fourteen needed a bed."""
    following = lower_at(tokens, amount.end)
    if following == "more":
        return lower_at(tokens, amount.end + 1) not in ("than", "of")
    if front_of(tokens, amount) in ("further", "another", "additional"):
        return following in _VERBS | _CLAUSE_ENDS
    return amount.start == 0 and amount.in_words and following in _UNDERGOING


def front_of(tokens: Sequence[Token], amount: Amount) -> str:
    """Give the word in front of an amount."""
    return lower_at(tokens, amount.start - 1)


def _told_behind(tokens: Sequence[Token], end: int) -> str | None:
    """Give children of: of whom 60 are children."""
    if lower_at(tokens, end) not in ("are", "were"):
        return None
    return next(
        (token.text for token in tokens[end + 1 : end + 3] if token.is_word and is_plural(token)), None
    )


def _is_alike(tokens: Sequence[Token], amount: Amount) -> bool:
    """Say whether what stands beside a number ties it to the one before it: up from 600, there were 600, 600 are."""
    front = front_of(tokens, amount)
    if front in _LIKE_THE_ONE_BEFORE or (amount.start and tokens[amount.start - 1].is_capital):
        return True
    if front in _REPORTED:
        return lower_at(tokens, amount.end) in _CLAUSE_ENDS
    there = front in _VERBS and lower_at(tokens, amount.start - 2) == "there"
    return there or lower_at(tokens, amount.end) in _VERBS


# A smaller number that stands alone may be anything.
_LEAST = 100


def _is_part_of(tokens: Sequence[Token], whole: Amount) -> bool:
    """Say whether a sentence begins with the whole: of the 90 villages."""
    front = [token.lower for token in tokens[: whole.start]]
    return front[-1:] == ["of"] or front[-2:] in (
        ["of", "the"],
        ["of", "our"],
        ["of", "its"],
        ["of", "these"],
    )
