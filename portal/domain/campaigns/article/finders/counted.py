"""What a number counts: the word for it, and the words around the number that say it."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.amounts import Amount
from portal.domain.campaigns.article.finders.numbers import small_number
from portal.domain.campaigns.article.finders.tokens import Token, lower_at, span_text

_STOPS = frozenset(
    "a an the and or but nor of in on at to from by with without for into onto over under about after"
    " before during since until between among through against as than that which who whom whose where"
    " when while whereas if because is are was were be been being am has have had do does did will"
    " would can could may might must shall should not no he she it they we you i him her them us his"
    " its their our your my this these those there here also only just now still then so yet per via"
    " inside outside near within along across behind beyond despite according including such said say"
    " says".split()
)
_IRREGULAR = frozenset(
    "people persons children men women police staff personnel youth cattle feet fish sheep mice teeth"
    " crew pence wounded dead injured homeless unemployed displaced kilometres degrees".split()
)
# These are also said of what belongs to them: police stations, crew members.
_OF_OTHERS = frozenset("police staff crew youth cattle fish sheep".split())
_SETTLEMENTS = frozenset("village town city hamlet community settlement island".split())
_CROWDS = frozenset("crowd group team list queue audience congregation crew delegation".split())
_FEWEST_OF_A_CROWD = 20
_MEASURES = frozenset(
    "km kg m g t ha cm mm kilo kilogram kilometre kilometer metre meter mile acre hectare tonne ton"
    " litre liter degree km2 m2 mw gw kw kwh °c".split()
)
_NO_PLURALS = frozenset(
    "this us is was has as its his always perhaps thus less news plus yes across versus various"
    " previous serious religious famous dangerous precious anonymous continuous sexual homes' business"
    " access process mass class press says does goes lens bus gas series crisis analysis basis status"
    " campus virus census focus tennis politics afterwards besides towards sometimes times numerous"
    " indigenous unless overseas whereas illness loss".split()
)
# One may have two of them on every page: no reader takes them for a figure.
_TRIVIAL = frozenset(
    "things ways reasons sides kinds types points examples questions options lessons hands eyes koreas"
    " others parts steps times sorts thirds quarters halves of kilometres' facts tips words paragraphs sentences"
    " minutes seconds cents".split()
)
# How long a text is says nothing of what it tells.
_OF_A_TEXT = frozenset("pages chapters footnotes".split())
_ADJECTIVES = frozenset(
    "more fewer other new additional further different square cubic full-time part-time young old"
    " former local".split()
)
_HEADINGS = frozenset("population number total count toll figure share rate average median estimate".split())
_CLAUSE_ENDS = frozenset(', ; : – — ( ) “ ” " . ! ? but while whereas'.split())
_LONGEST_WORDS = 18
_SMALL = frozenset("a an the of in on at to from by with for or and as than that some nearly about".split())


def head_noun(tokens: Sequence[Token], amount: Amount) -> str | None:
    """Give the word for what is counted: people, North Koreans; None when the sentence has none beside the number."""
    return _behind(tokens, amount.end) or _in_front(tokens, amount)


def _behind(tokens: Sequence[Token], place: int) -> str | None:
    if lower_at(tokens, place) == "of" and lower_at(tokens, place + 1) in (
        "the",
        "these",
        "those",
        "our",
        "their",
        "its",
        "his",
        "her",
        "my",
    ):
        place += 2
    elif lower_at(tokens, place) in ("of", "the", "-", "or") and lower_at(tokens, place + 1) not in (
        "the",
        "",
    ):
        place += 1
    if lower_at(tokens, place) == "such" and is_plural_at(tokens, place + 1):
        place += 1
    start = place
    first = None
    while place < len(tokens) and place - start < 7:
        token = tokens[place]
        if token.lower == "," and place > start and lower_at(tokens, place + 1) in _ADJECTIVES:
            place += 1
            continue
        if not token.is_word or token.lower in _STOPS or small_number(token.lower) is not None:
            break
        first = first or token
        if is_plural(token) and not (token.lower in _OF_OTHERS and is_plural_at(tokens, place + 1)):
            return _with_capitals(tokens, start, place)
        place += 1
    return first.text if first is not None and first.lower in _MEASURES else None


def is_same_measure(tokens: Sequence[Token], start: int, unit: str | None, before: str | None) -> bool:
    """Say whether a number in brackets tells the measure in front of it again: 40 km (25 miles)."""
    opened = lower_at(tokens, start - 1) == "(" and lower_at(tokens, start - 2) == (before or "?").lower()
    return opened and _is_measure(unit) and _is_measure(before)


def _is_measure(unit: str | None) -> bool:
    word = (unit or "").lower()
    return word in _MEASURES or word.removesuffix("s") in _MEASURES or word == "feet"


def is_plural_at(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a noun for several stands at a place: officers in police officers."""
    return place < len(tokens) and tokens[place].is_word and is_plural(tokens[place])


def is_plural(token: Token) -> bool:
    """Say whether a word looks like a noun for several."""
    word = token.lower
    if word in _IRREGULAR:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "'s"))
        and word not in _NO_PLURALS
    )


def _with_capitals(tokens: Sequence[Token], start: int, place: int) -> str:
    """Give North Koreans, but articles for media articles."""
    first = place
    while tokens[place].is_capital and first > start and tokens[first - 1].is_capital:
        first -= 1
    return " ".join(token.text for token in tokens[first : place + 1])


def _in_front(tokens: Sequence[Token], amount: Amount) -> str | None:
    """Find population in a population of 24.9 million, beds in the number of beds in the school at 310."""
    place = amount.start - 1
    if lower_at(tokens, place) == "for" and place > 0 and is_plural(tokens[place - 1]):
        return tokens[place - 1].text
    if lower_at(tokens, place) == "of" and lower_at(tokens, place - 1) in _SETTLEMENTS:
        return "people" if lower_at(tokens, place - 2) in ("a", "the") else None
    if lower_at(tokens, place) == "of" and lower_at(tokens, place - 1) in _CROWDS:
        return "people" if (amount.value or amount.low or 0) >= _FEWEST_OF_A_CROWD else None
    if lower_at(tokens, place) == "at" and (noun := _put_at(tokens, place)):
        return noun
    if lower_at(tokens, place) in ("of", "at", "to", "was", "is", "were", "from", "by", "reached"):
        for at in range(place - 1, max(place - 10, -1), -1):
            word = tokens[at].lower
            if word in ("number", "total", "count") and lower_at(tokens, at + 1) == "of":
                return _behind(tokens, at + 1)
            if word == "population":
                return "people"
            if word in ("toll", "membership", "enrolment", "attendance", "workforce"):
                return tokens[at].text
    return None


def _put_at(tokens: Sequence[Token], place: int) -> str | None:
    """Give deaths of: put the deaths on the road at 300."""
    verb = next(
        (at for at in range(place - 1, max(place - 12, -1), -1) if tokens[at].lower in ("put", "puts")), None
    )
    if verb is None or lower_at(tokens, verb + 1) != "the":
        return None
    return next((token.text for token in tokens[verb + 2 : min(verb + 5, place)] if is_plural(token)), None)


def counted_words(
    text: str,
    tokens: Sequence[Token],
    amount: Amount,
    earlier: Sequence[tuple[int, int]],
    later: Sequence[tuple[int, int]],
) -> str:
    """Give the words that say what is counted: those behind the number, or, where none stand there, before it.

    `earlier` and `later` are the places of the sentence's other figures: they reach from the one to the other.
    """
    start = amount.end + 1 if _is_inserted(tokens, amount.start, amount.end) else amount.end
    end, ceiling = _clause_end(tokens, start, later)
    if end > start and later and end + 1 <= later[0][0] <= end + 2 and _is_inserted(tokens, *later[0]):
        end, ceiling = _clause_end(tokens, later[0][1] + 1, later[1:])
    if end > start and end == ceiling and later and lower_at(tokens, end - 1) in ("of", "to", "from"):
        end = later[0][1]  # two out of five in a population of 24.9 million
    if end > start:
        return span_text(text, tokens, start, _without_small_words(tokens, start, end))
    floor = earlier[-1][1] if earlier else 0
    first = last = amount.start
    while first > floor and last - first < _LONGEST_WORDS and tokens[first - 1].lower not in _CLAUSE_ENDS:
        first -= 1
    end = _without_small_words(tokens, first, last)
    while first < end - 1 and tokens[first].lower in _SMALL:
        first += 1
    return span_text(text, tokens, first, end)


def _is_inserted(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether a figure stands between two commas, in another's sentence: people, more than two in five, have."""
    ahead = tokens[end + 1] if end + 1 < len(tokens) else None
    verb = ahead is not None and ahead.is_word and ahead.lower not in ("and", "or", "but", "while")
    first = start - 1 if lower_at(tokens, start - 1) == "or" else start
    return verb and lower_at(tokens, first - 1) == lower_at(tokens, end) == ","


def _clause_end(tokens: Sequence[Token], start: int, later: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Give where the clause that goes on at a place ends, and where the sentence's next figure begins."""
    end, ceiling = start, later[0][0] if later else len(tokens)
    while end < ceiling and end - start < _LONGEST_WORDS and not _ends_clause(tokens, end, start):
        end += 1
    return end, ceiling


def _ends_clause(tokens: Sequence[Token], place: int, start: int) -> bool:
    word = tokens[place].lower
    if word in ("and", "or") and place > start:
        return not (place + 1 < len(tokens) and _goes_on(tokens[place + 1]))
    return word in _CLAUSE_ENDS


def _goes_on(token: Token) -> bool:
    """Say whether what follows an 'and' goes on telling of the same: women and children, living and hiding."""
    return is_plural(token) or (token.is_word and token.lower.endswith("ing"))


def _without_small_words(tokens: Sequence[Token], start: int, end: int) -> int:
    while end > start + 1 and tokens[end - 1].lower in _SMALL:
        end -= 1
    return end


def counts_something(tokens: Sequence[Token], amount: Amount, noun: str | None) -> bool:
    """Say whether a number that is no percentage, share or money is a figure: it is said what it counts."""
    if noun is not None and noun.lower() in _OF_A_TEXT:
        return False
    if noun is not None:
        return not (amount.in_words and _is_small_talk(tokens, amount, noun))
    if amount.scale > 1:
        return True
    if amount.in_words and not amount.is_part:
        return False
    if amount.is_part or amount.qualified or _is_rate(tokens, amount):
        return True
    size = amount.value if amount.value is not None else amount.high or 0
    before = lower_at(tokens, amount.start - 1)
    told = before in ("to", "from", "at", "of", "was", "is", "by", "than", "only", "reached")
    named = any(tokens[at].lower in _HEADINGS for at in range(max(0, amount.start - 8), amount.start))
    return (size >= 100 and not before.endswith("-")) or (told and named)


def _is_rate(tokens: Sequence[Token], amount: Amount) -> bool:
    """48 per 10,000 inhabitants."""
    behind = amount.end + 1
    return lower_at(tokens, amount.end) == "per" and behind < len(tokens) and tokens[behind].is_number


def _is_small_talk(tokens: Sequence[Token], amount: Amount, noun: str) -> bool:
    """The two Koreas, three things: no reader takes them for a figure."""
    value = amount.value if amount.value is not None else 0
    before = lower_at(tokens, amount.start - 1)
    if noun.lower() in _TRIVIAL or noun.lower().split()[-1] in _TRIVIAL:
        return True
    return value < 10 and before in (
        "the",
        "these",
        "those",
        "other",
        "first",
        "last",
        "next",
        "both",
        "another",
        "our",
        "my",
    )
