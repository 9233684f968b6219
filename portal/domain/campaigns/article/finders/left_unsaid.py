"""What a number counts that has no noun of its own: the same as the number before it."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.amounts import Amount
from portal.domain.campaigns.article.finders.tokens import Token, lower_at

_LIKE_THE_ONE_BEFORE = frozenset(", ; and or from to than with only just against while but".split())
# What happens to people, who need not be named then: some 300 fled.
_PEOPLE_DO = frozenset(
    "died drowned fled killed injured wounded arrested detained displaced starved evacuated missing homeless".split()
)
_AUXILIARY = frozenset("are were was have has had been be being".split())
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
    if before is None or not names_what_is_counted(before[1]) or lower_at(tokens, amount.end) == "per":
        return None
    front = tokens[amount.start - 1]
    if front.lower not in _LIKE_THE_ONE_BEFORE and not front.is_capital:
        return None
    size = amount.value if amount.value is not None else amount.high or 0
    return before[1] if size >= _LEAST or _is_part_of(tokens, before[0]) else None


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
