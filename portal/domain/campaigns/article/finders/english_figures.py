"""The figures of an English sentence: amounts that count something, each with its unit, its year and who says it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from portal.domain.campaigns.article.finders.amounts import Amount, read_amounts
from portal.domain.campaigns.article.finders.counted import (
    counted_words,
    counts_something,
    head_noun,
    is_same_measure,
)
from portal.domain.campaigns.article.finders.left_unsaid import (
    is_sum_again,
    names_what_is_counted,
    noun_left_unsaid,
)
from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.not_figures import not_figures
from portal.domain.campaigns.article.finders.quotations import Spoken
from portal.domain.campaigns.article.finders.quoted import is_title, quoted_in
from portal.domain.campaigns.article.finders.relative_years import years_meant
from portal.domain.campaigns.article.finders.sentences import Sentence
from portal.domain.campaigns.article.finders.sources import source_behind
from portal.domain.campaigns.article.finders.speakers import Saying, said_at, sayings_of
from portal.domain.campaigns.article.finders.spent_time import is_when
from portal.domain.campaigns.article.finders.tokens import Token, lower_at, span_text
from portal.domain.campaigns.article.finders.topics import house_of
from portal.domain.campaigns.article.finders.years import year_of, years_said
from portal.domain.campaigns.article.found import FoundFigure

# A sentence without any of these has no figure: most are left alone at once.
_MAY_COUNT = re.compile(
    r"[0-9]|\b(?:half|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|quarter|dozen"
    r"|hundred|thousand|million|billion|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven"
    r"|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety"
    r"|one)",
    re.IGNORECASE,
)
# With more than these, and more of them than words, it is a line of a table and no sentence.
_FEW_NUMBERS = 12
_MENU = frozenset("menu menus tickets admission entry".split())
_SOLD = frozenset(
    "paper newspaper issue copy copies edition magazine subscription membership tea coffee cake soup lunch"
    " supper breakfast beer bookshop mug mugs".split()
)
_COSTS = frozenset("costs cost is are :".split())


def english_figures(sentence: Sentence, spoken: Sequence[Spoken], memory: Memory) -> list[FoundFigure]:
    """Give the figures of a sentence; `spoken` are the quotations of its paragraph."""
    if not _MAY_COUNT.search(sentence.text):
        _sayings(sentence, spoken, memory)
        return []
    tokens = sentence.tokens
    numbers = sum(token.is_number for token in tokens)
    if numbers > _FEW_NUMBERS and numbers > sum(token.is_word for token in tokens):
        return []
    kept = _amounts(sentence, memory)
    sayings = _sayings(sentence, spoken, memory)
    years = years_meant(tokens, years_said(tokens), memory.published, memory.year)
    memory.year = years[-1].year if years else memory.year
    places = [(amount.start, amount.end) for amount, _ in kept]
    found = []
    for at, (amount, unit) in enumerate(kept):
        begins = sentence.start + tokens[amount.start].start
        quotation = next((one for one in spoken if one.quoted.start <= begins < one.quoted.end), None)
        saying = said_at(sayings, amount.start)
        said_by = saying.name if saying else memory.has_the_word
        source = source_behind(tokens, amount.end, places[at + 1][0] if places[at + 1 :] else len(tokens))
        found.append(
            FoundFigure(
                text=span_text(sentence.text, tokens, amount.start, amount.end),
                value=amount.value,
                low=amount.low,
                high=amount.high,
                unit=unit,
                counts=counted_words(sentence.text, tokens, amount, places[at - 1 : at], places[at + 1 :]),
                year=source.year or year_of(tokens, years, places, amount.start, amount.end),
                said_by=quotation.speaker if quotation else source.name or said_by,
                sentence=sentence.text,
                section=sentence.section,
            )
        )
    return found


def _amounts(sentence: Sentence, memory: Memory) -> list[tuple[Amount, str | None]]:
    """Give the amounts that count something, each with its unit."""
    tokens = sentence.tokens
    menu = next((place for place in range(len(tokens)) if _is_sold(tokens, place)), len(tokens))
    kept: list[tuple[Amount, str | None]] = []
    for amount in read_amounts(tokens, not_figures(tokens) | _in_titles(sentence)):
        priced = menu <= amount.start and _is_money(amount)
        if priced or is_when(tokens, amount.start, amount.end):
            continue
        unit = amount.unit or head_noun(tokens, amount)
        unit = unit or noun_left_unsaid(tokens, amount, _before(kept), memory.counted, memory.units)
        unit = unit or (memory.money if is_sum_again(tokens, amount) else None)
        if kept and is_same_measure(tokens, amount.start, unit, kept[-1][1]):
            continue
        if amount.unit or counts_something(tokens, amount, unit):
            kept.append((amount, unit))
            memory.count_units(amount.value, unit if names_what_is_counted(unit) else None)
            memory.money = unit if _is_money(amount) else memory.money if unit == memory.money else None
    return kept


def _before(kept: Sequence[tuple[Amount, str | None]]) -> tuple[Amount, str | None] | None:
    """Give the last figure that tells what it counts, or else the last one."""
    told = (one for one in reversed(kept) if names_what_is_counted(one[1]))
    return next(told, kept[-1] if kept else None)


def _sayings(sentence: Sentence, spoken: Sequence[Spoken], memory: Memory) -> list[Saying]:
    """Give who says what in a sentence, and remember which house it was about."""
    sayings = sayings_of(sentence, memory, _hidden(sentence, spoken))
    memory.it = house_of(sentence.tokens, [saying.name for saying in sayings], memory)
    return sayings


def _hidden(sentence: Sentence, spoken: Sequence[Spoken]) -> list[tuple[int, int]]:
    # No more than what stands in it: a paragraph can have thousands.
    first = bisect_right(spoken, sentence.start, key=lambda one: one.quoted.end)
    last = bisect_left(spoken, sentence.end, key=lambda one: one.quoted.start)
    within = (one.quoted for one in spoken[first:last])
    return [(quoted.start - sentence.start, quoted.end - sentence.start) for quoted in within]


def _in_titles(sentence: Sentence) -> frozenset[int]:
    """Give the places of the words within titles in quotation marks."""
    titles = [quoted for quoted in quoted_in(sentence.text) if is_title(quoted)]
    if not titles:
        return frozenset()
    return frozenset(
        place for place, token in enumerate(sentence.tokens)
        if any(title.start <= token.start < title.end for title in titles)
    )  # fmt: skip


def _is_sold(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a price follows: a menu's, a ticket's; today's paper costs, a pot of tea is."""
    word = tokens[place].lower
    return word in _MENU or (word in _SOLD and lower_at(tokens, place + 1) in _COSTS)


def _is_money(amount: Amount) -> bool:
    return amount.unit is not None and amount.unit.isupper()
