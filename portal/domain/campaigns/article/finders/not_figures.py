"""Numbers that are no figures: days, times, pages, roads, ages, telephone numbers, names with a number in them."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.numbers import small_number
from portal.domain.campaigns.article.finders.tokens import Token, is_joined, lower_at
from portal.domain.campaigns.article.finders.years import MONTHS, is_said_as_year

_LABELS = frozenset(
    "page pages p pp chapter chapters section sections article articles no nos number numbers # room"
    " route routes road roads highway motorway line lines bus tram platform gate grade level phase type"
    " figure fig table version volume vol issue resolution act camp step part building block apartment"
    " apt flat box paragraph para footnote item question episode season class category tier stage zone"
    " ward track tel phone telephone call fax hotline mobile text ring dial aged age ages street avenue"
    " lane window windows protocol appendix annex form schedule rule psalm verse channel agenda § mark"
    " id isbn pier dock exit junction interstate parallel latitude longitude sdg goal vitamin".split()
)
_STREETS = frozenset(
    "street st road rd avenue ave lane square quay close drive way place terrace court boulevard blvd"
    " crescent row wharf hill gardens mews parade plaza".split()
)
_JOINED_UNITS = frozenset(
    "m mn mio bn k tn km kg g t ha cm mm l ml kw mw gw km2 m2 c f percent pc eur usd gbp".split()
)
_NOT_AFTER_HYPHEN = frozenset(("strong", "percent", "per"))
_CLOCK = frozenset("am pm a.m p.m a.m. p.m. o'clock uhr hrs noon midnight".split())
_AT_A_TIME = frozenset("at from until till by before after and to - – comes starts ends opens closes".split())
_TIMES = frozenset("times fold x".split())
_BEFORE_A_SENTENCE = frozenset('“ " ‘ : ( – — - *'.split())
_OF_AN_AGE = frozenset(
    "children people girls boys women men adults those anyone everyone kids mothers persons infants".split()
)
_AGE_WORDS = frozenset(("aged", "age", "ages"))
_BELOW_OR_ABOVE = frozenset("under over below above".split())


def not_figures(tokens: Sequence[Token]) -> frozenset[int]:
    """Give the places of the numbers of a sentence that count nothing."""
    barred = _telephones(tokens)
    for place, token in enumerate(tokens):
        if token.is_number:
            if place not in barred and any(rule(tokens, place) for rule in _RULES):
                barred.add(place)
        elif token.is_word and small_number(token.lower) is not None and _is_told_otherwise(tokens, place):
            barred.add(place)
    return frozenset(barred | _ends_of_ranges(tokens, barred))


def _is_told_otherwise(tokens: Sequence[Token], place: int) -> bool:
    return _is_age(tokens, place) or _is_a_name_s_part(tokens, place)


def _telephones(tokens: Sequence[Token]) -> set[int]:
    """Find runs of digits that one dials: +353 1 555 0100, (01) 555-0100, 555-0100."""
    barred: set[int] = set()
    place = 0
    while place < len(tokens):
        if not tokens[place].is_number:
            place += 1
            continue
        run = [place]
        end = place + 1
        while end < len(tokens) and (tokens[end].is_number or tokens[end].lower in "-–()./ "):
            if tokens[end].is_number:
                run.append(end)
            end += 1
        if _is_dialled(tokens, run):
            barred.update(run)
        place = max(end, place + 1)
    return barred


def _is_dialled(tokens: Sequence[Token], run: Sequence[int]) -> bool:
    groups = [tokens[place].text for place in run]
    if not all(group.isdigit() for group in groups):
        return False
    digits = sum(map(len, groups))
    first = run[0]
    plus = lower_at(tokens, first - 1) == "+" or lower_at(tokens, first - 2) == "+"
    if plus and digits >= 7:
        return True
    if digits >= 7 and groups[0].startswith("0"):
        return True
    if (
        len(groups) >= 3
        and digits >= 9
        and all(len(group) >= 2 for group in groups[1:])
        and len(groups[0]) != 4
    ):
        return True
    return len(groups) == 2 and len(groups[1]) == 4 and groups[1].startswith("0") and len(groups[0]) >= 3


def _is_in_a_date(tokens: Sequence[Token], place: int) -> bool:
    if is_said_as_year(tokens, place):
        return True
    before, following = place - 1, place + 1
    text = tokens[place].text
    if text.count(".") == 2 or (lower_at(tokens, following) == "/" and _number_at(tokens, place + 2)):
        return lower_at(tokens, place + 3) != "of"
    if lower_at(tokens, before) == "/" and _number_at(tokens, place - 2):
        return lower_at(tokens, following) != "of"
    if len(text) == 4 and _is_iso(tokens, place):
        return True
    if not (text.isdigit() and int(text) <= 31):
        return _is_iso(tokens, place - 2) or _is_iso(tokens, place - 4)
    if _is_month(tokens, following) or (lower_at(tokens, following) == "of" and _is_month(tokens, place + 2)):
        return True
    if _is_month(tokens, before) or (lower_at(tokens, before) == "." and _is_month(tokens, place - 2)):
        return not (lower_at(tokens, place - 2) == "in" and lower_at(tokens, following).endswith("s"))
    return _is_iso(tokens, place - 2) or _is_iso(tokens, place - 4)


def _is_iso(tokens: Sequence[Token], place: int) -> bool:
    """Say whether 2018-06-05 or 2018-06 begins here."""
    if not (
        _number_at(tokens, place)
        and len(tokens[place].text) == 4
        and lower_at(tokens, place + 1) in ("-", "–")
    ):
        return False
    return (
        _number_at(tokens, place + 2)
        and len(tokens[place + 2].text) in (2, 4)
        and is_joined(tokens, place + 2)
    )


def _is_month(tokens: Sequence[Token], place: int) -> bool:
    return lower_at(tokens, place) in MONTHS and tokens[place].is_capital


def _number_at(tokens: Sequence[Token], place: int) -> bool:
    return 0 <= place < len(tokens) and tokens[place].is_number


def _is_joined_to_letters(tokens: Sequence[Token], place: int) -> bool:
    """A4, COVID-19, 3rd, 1990s, 12-hour, 3D: a number within a word."""
    if is_joined(tokens, place):
        before = tokens[place - 1]
        if before.is_word and before.lower not in ("eur", "usd", "gbp", "krw"):
            return True
        if (
            before.lower in ("-", "–", "_", "#", "@")
            and is_joined(tokens, place - 1)
            and tokens[place - 2].is_word
        ):
            return tokens[place - 2].lower not in ("mid", "to")
        if before.lower in ("#", "@", "_", "'", "’", "‘"):
            return True
    if not is_joined(tokens, place + 1):
        return False
    following = tokens[place + 1]
    if following.is_word:
        return following.lower not in _JOINED_UNITS
    if following.lower == "-" and is_joined(tokens, place + 2) and tokens[place + 2].is_word:
        return tokens[place + 2].lower.split("-")[0] not in _NOT_AFTER_HYPHEN
    return following.lower == "_"


def _is_clock(tokens: Sequence[Token], place: int) -> bool:
    following = lower_at(tokens, place + 1)
    if following in _CLOCK or (
        following == ":" and is_joined(tokens, place + 1) and _number_at(tokens, place + 2)
    ):
        return True
    if lower_at(tokens, place - 1) == ":" and is_joined(tokens, place) and _number_at(tokens, place - 2):
        return True
    if (
        following in ("-", "–", "to", "and")
        and _number_at(tokens, place + 2)
        and lower_at(tokens, place + 3) in _CLOCK
    ):
        return True
    hours, point, minutes = tokens[place].text.partition(".")
    before = lower_at(tokens, place - 1)
    if point and len(minutes) == 2 and len(hours) <= 2 and int(hours) < 25 and int(minutes) < 60:
        return before in _AT_A_TIME and following not in ("%", "million", "billion", "percent", "per")
    if before == "at" and not point and len(hours) <= 2 and int(hours) <= 24:
        return not (
            place + 1 < len(tokens) and (tokens[place + 1].is_word or tokens[place + 1].text in "%€$£")
        )
    return False


def _is_labelled(tokens: Sequence[Token], place: int) -> bool:
    before = place - 1
    if lower_at(tokens, before) in (".", ":", "-", "–") and tokens[place].start != 0:
        before -= 1
    label = lower_at(tokens, before)
    if label in _LABELS or label in _STREETS and tokens[before].is_capital:
        return not (
            label in ("call", "text", "ring", "act", "form", "mark", "part")
            and before == 0
            and lower_at(tokens, place + 1).endswith("s")
        )
    # Apollo 11, Office 39: a name, unless something is counted.
    token = tokens[before] if 0 < before == place - 1 else None
    following = lower_at(tokens, place + 1)
    named = token is not None and token.is_capital and not token.is_possessive and token.kind == "word"
    return (
        bool(named)
        and len(tokens[place].text) <= 3
        and not (
            place + 1 < len(tokens)
            and (tokens[place + 1].is_word or following in ("%", "€", "$", "£", "-", "–"))
        )
    )


def _is_address(tokens: Sequence[Token], place: int) -> bool:
    for step in range(1, 5):
        at = place + step
        if at >= len(tokens) or not tokens[at].is_capital:
            return False
        if step > 1 and tokens[at].lower in _STREETS:
            return True
    return False


def _is_enumerated(tokens: Sequence[Token], place: int) -> bool:
    following = lower_at(tokens, place + 1)
    if place == 0 and following in (")", "."):
        return True
    opening = lower_at(tokens, place - 1)
    return (opening, following) in (("[", "]"), ("(", ")"), ("^", ""))


def _is_age(tokens: Sequence[Token], place: int) -> bool:
    """Under 5, over sixty: whoever is told of by an age, where nothing is counted behind it."""
    following = lower_at(tokens, place + 1)
    if lower_at(tokens, place - 1) not in _BELOW_OR_ABOVE:
        return False
    if lower_at(tokens, place - 2) in _OF_AN_AGE or (
        following == "years" and lower_at(tokens, place + 2) in ("old", "of")
    ):
        return True
    if tokens[place].is_number and not tokens[place].text.isdigit():
        return False
    number = int(tokens[place].text) if tokens[place].is_number else small_number(tokens[place].lower)
    bare = place + 1 >= len(tokens) or following in '. , ; : ) ( and or who were are is in ” " s – —'.split()
    return bare and number is not None and number <= 110


def _is_multiple(tokens: Sequence[Token], place: int) -> bool:
    return lower_at(tokens, place + 1) in _TIMES or lower_at(tokens, place - 1) == "×"


def _is_below_a_rate(tokens: Sequence[Token], place: int) -> bool:
    """48 per 10,000 inhabitants: what the number is held against counts nobody."""
    return lower_at(tokens, place - 1) == "per" and _number_at(tokens, place - 2)


def _is_below_nothing(tokens: Sequence[Token], place: int) -> bool:
    """The water fell to -5 degrees: told without its sign, the number would be another one."""
    sign = lower_at(tokens, place - 1)
    return sign == "minus" or (
        sign in ("-", "−") and is_joined(tokens, place) and not is_joined(tokens, place - 1)
    )


def _is_a_name_s_part(tokens: Sequence[Token], place: int) -> bool:
    """The Big Five, Seven Sisters: a number in words with a capital letter within a sentence."""
    token = tokens[place]
    return token.is_capital and place > 0 and tokens[place - 1].lower not in _BEFORE_A_SENTENCE


_RULES = (
    _is_in_a_date, _is_joined_to_letters, _is_clock, _is_labelled, _is_address, _is_enumerated, _is_age, _is_multiple,
    _is_below_a_rate, _is_below_nothing,
)  # fmt: skip


def _ends_of_ranges(tokens: Sequence[Token], barred: set[int]) -> set[int]:
    """Bar the second number of pages 3-9, aged 5 to 9, June 5-7."""
    more: set[int] = set()
    for place in sorted(barred):
        if is_said_as_year(tokens, place) and lower_at(tokens, place + 1) not in ("-", "–"):
            continue
        second = place + 2
        if (
            lower_at(tokens, place + 1) in ("-", "–", "to", "and")
            and second < len(tokens)
            and second not in barred
        ):
            counted = lower_at(tokens, place + 1) == "and" and lower_at(tokens, place - 1) not in _AGE_WORDS | {
                "pages", "between", "chapters", "articles",
            }  # fmt: skip
            if (tokens[second].is_number or small_number(tokens[second].lower) is not None) and not counted:
                more.add(second)
    return more
