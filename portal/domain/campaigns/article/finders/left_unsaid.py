"""What a number counts that has no noun of its own: the same as the number before it."""

from collections.abc import Mapping, Sequence

from portal.domain.campaigns.article.finders.amounts import Amount
from portal.domain.campaigns.article.finders.counted import is_plural, is_plural_at
from portal.domain.campaigns.article.finders.numbers import Number, numeral
from portal.domain.campaigns.article.finders.spent_time import TIME_WORDS
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
    "people persons men women children patients prisoners detainees refugees migrants guests residents inhabitants"
    " villagers pupils students".split()
)
_THEM = frozenset(("them", "these", "those"))
_BEHIND_NOUN = frozenset("from of in under aged to for into and at on".split())
_PLACING = frozenset("in at on from to of for into near".split())
_DONE_TO_PEOPLE = frozenset(
    "killed injured wounded displaced drove forced uprooted buried rescued deported arrested detained evacuated"
    " resettled".split()
)
_FURTHER = frozenset("further another additional".split())
_OF_MONEY = frozenset(
    "paid raised earned collected received donated owed borrowed saved scored weighed".split()
)
_DEEDS = frozenset("won lost sold built found saw sent kept left made bought caught fed shut".split())
_MADE = frozenset("built made meant designed planned intended room space".split())
_REACHING = frozenset(
    "reach reached help helped serve served assist assisted support supported feed fed".split()
)
_STEM = 4
_MILLION = 10**6
_AIMS = frozenset("target goal aim".split())
_REPORTED = frozenset("said says counted counts found reported".split())
_CLAUSE_ENDS = frozenset((".", ",", ";", "", "–", "—"))
_NO_NOUNS = frozenset(("%", "share", "percentage points"))


def names_what_is_counted(unit: str | None) -> bool:
    """Say whether a unit is the word for what is counted, and no currency, part or percentage."""
    return unit is not None and unit not in _NO_NOUNS | TIME_WORDS and not unit.isupper()


def noun_left_unsaid(
    tokens: Sequence[Token],
    amount: Amount,
    before: tuple[Amount, str | None] | None,
    counted: str | None,
    known: Mapping[Number, str],
) -> str | None:
    """Give the noun of a number without one; `before` is the sentence's figure before it, `counted` what was last.

    Some 300 of them; up from 600 in May; Laos has 900 refugees, Mongolia 400; of the 90 villages, 60 had no food.
    `known` are the numbers told before with what they count.
    """
    if amount.unit is not None:
        return None
    if amount.is_part:
        return known.get(_whole(tokens, amount))
    if lower_at(tokens, amount.end) == "of" and lower_at(tokens, amount.end + 1) in _THEM:
        return _of_them(tokens, amount, before, counted)
    if _happens_to_people(tokens, amount) or _are_we_or_you(tokens, amount):
        return "people"
    if before is None and counted and (_is_said_of_it(tokens, amount, counted) or _are_more(tokens, amount)):
        return counted
    if before and names_what_is_counted(before[1]) and front_of(tokens, amount) in ("whom", "which"):
        return _told_behind(tokens, amount.end) or before[1]
    if lower_at(tokens, amount.end) == "per":
        return None
    if before and names_what_is_counted(before[1]) and _counts_the_same(tokens, amount, before[0]):
        return before[1]
    return known.get(amount.value) if amount.value is not None and amount.value >= _LEAST else None


def is_sum_again(tokens: Sequence[Token], amount: Amount) -> bool:
    """Say whether millions that tell nothing of what they are may be money, where money was told just before."""
    following = lower_at(tokens, amount.end)
    a_year = following == "a" and lower_at(tokens, amount.end + 1) in TIME_WORDS
    return amount.scale >= _MILLION and amount.unit is None and (following in _CLAUSE_ENDS or a_year)


def _whole(tokens: Sequence[Token], amount: Amount) -> Number:
    """Give the 742 of 61 of the 742."""
    last = tokens[amount.end - 1]
    return (numeral(last.text) or 0) if last.is_number else 0


def _of_them(
    tokens: Sequence[Token], amount: Amount, before: tuple[Amount, str | None] | None, counted: str | None
) -> str | None:
    """Give children of 51 of them children, what the figure before counts, or what the sentence spoke of."""
    behind = amount.end + 2
    if lower_at(tokens, behind) in ("are", "were"):
        behind += 1
    if is_plural_at(tokens, behind) and lower_at(tokens, behind + 1) in _CLAUSE_ENDS | _BEHIND_NOUN:
        return tokens[behind].text
    if before and names_what_is_counted(before[1]):
        return before[1]
    for place in range(amount.start - 1, 0, -1) if before is None else ():
        beside = {lower_at(tokens, place - 1), lower_at(tokens, place - 2)}
        if tokens[place].text.islower() and is_plural(tokens[place]) and not beside & _PLACING:
            return tokens[place].text
    return counted


def _happens_to_people(tokens: Sequence[Token], amount: Amount) -> bool:
    """Some 300 fled; the storm killed 300; the war drove 300 from their homes."""
    following = [lower_at(tokens, amount.end + step) for step in range(3)]
    verb = next((word for word in following if word not in _AUXILIARY), "")
    done = front_of(tokens, amount) in _DONE_TO_PEOPLE and following[0] in _CLAUSE_ENDS | _BEHIND_NOUN
    return done or verb in _PEOPLE_DO


def _are_we_or_you(tokens: Sequence[Token], amount: Amount) -> bool:
    """Some 300 of you; built for 300."""
    of_us = [lower_at(tokens, amount.end), lower_at(tokens, amount.end + 1)] in (["of", "you"], ["of", "us"])
    house = front_of(tokens, amount) == "for" and lower_at(tokens, amount.start - 2) in _MADE
    return of_us or (house and lower_at(tokens, amount.end) in _CLAUSE_ENDS)


def _counts_the_same(tokens: Sequence[Token], amount: Amount, before: Amount) -> bool:
    """Say whether a number in a sentence counts what the one before it counts."""
    front, following = front_of(tokens, amount), lower_at(tokens, amount.end)
    ends = following in _CLAUSE_ENDS
    if front == "of" and lower_at(tokens, amount.start - 2) in _AIMS:
        return ends
    if front in _FURTHER or (front == "the" and lower_at(tokens, amount.start - 2) == "of"):
        return ends or following == "to" or following.endswith("ed")
    if front == "," and following in ("more", "fewer") and lower_at(tokens, amount.end + 1) == "than":
        return True
    if front in _HOLDING and lower_at(tokens, amount.start - 2) in ("it", "they"):
        return ends
    if _is_same_deed(front, front_of(tokens, before)):
        return True
    size = amount.value if amount.value is not None else amount.high or 0
    told = _is_part_of(tokens, before) and following in _VERBS | _CLAUSE_ENDS
    told = told or (not amount.in_words and _is_second_deed(tokens, amount))
    return told or (size >= _LEAST and _is_alike(tokens, amount))


def _is_same_deed(one: str, other: str) -> bool:
    """It hired 61 nurses and hopes to hire 90."""
    return min(len(one), len(other)) >= _STEM and one[:_STEM] == other[:_STEM]


def _is_second_deed(tokens: Sequence[Token], amount: Amount) -> bool:
    """It weighed 300 children and admitted 150 to the clinic."""
    front, joint = front_of(tokens, amount), lower_at(tokens, amount.start - 2)
    done = front.endswith("ed") or front in _DEEDS
    deed = joint in ("and", "but", "then") and done and front not in _OF_MONEY
    return deed and lower_at(tokens, amount.end) in _CLAUSE_ENDS | _BEHIND_NOUN


def _is_said_of_it(tokens: Sequence[Token], amount: Amount, counted: str) -> bool:
    """Say whether a sentence goes on with what the last one counted: the year before it had been 1,034."""
    front = [token.lower for token in tokens[max(0, amount.start - 4) : amount.start]]
    if front[-2:-1] in (["it"], ["they"]) and front[-1] in _HOLDING:
        return counted in _WHO_STAY and lower_at(tokens, amount.end) in _CLAUSE_ENDS
    if front[-1:] and front[-1] in _REACHING:
        return counted in _WHO_STAY and lower_at(tokens, amount.end) in _CLAUSE_ENDS | {"by", "in"}
    be = {"was", "is", "been", "were"} & {*front[-1:]}
    told = {"it", "figure", "number", "total", "count"} & {*front}
    a_day = lower_at(tokens, amount.end) == "a" and lower_at(tokens, amount.end + 1) in TIME_WORDS
    return bool(be and told) and (a_day or lower_at(tokens, amount.end) in _CLAUSE_ENDS | {"in"})


def _are_more(tokens: Sequence[Token], amount: Amount) -> bool:
    """Say whether more of the same are told of: some 900 more come; a further 900 are due; fourteen needed a bed."""
    following = lower_at(tokens, amount.end)
    if following == "more":
        return lower_at(tokens, amount.end + 1) not in ("than", "of")
    if front_of(tokens, amount) in _FURTHER:
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
