"""Words for spans of time: three years ago is no figure, a wait of 14 months is one."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.tokens import Token, lower_at

# Nights and winters are lived through and counted; hours and years mostly say when.
_WHEN = frozenset(
    "second seconds minute minutes min mins hour hours hr hrs day days week weeks weekend weekends"
    " month months year years decade decades century centuries term terms".split()
)
TIME_WORDS = _WHEN | frozenset(
    "night nights morning mornings evening evenings afternoon summers summer winter winters".split()
)
_AFTER_TIME = frozenset("ago earlier later before after since old on away".split())
_BEFORE_TIME = frozenset(
    "last past next previous following within every each for in after over during coming first until"
    " before since this another these those once only".split()
)
# Behind these over three years is how long: the war has lasted over three years.
_LASTING = frozenset("lasted lasting lasts last took taken takes waited waiting wait spent is was".split())
_MANY_DAYS, _MANY_HOURS = 31, 100
_READING = frozenset(("read", "reading"))


def is_when(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether a number and the word of time behind it tell when, how long ago or how old, and count nothing."""
    place = end
    if lower_at(tokens, place) == "-":
        place += 1
    word = lower_at(tokens, place)
    following = lower_at(tokens, place + 1)
    if word in TIME_WORDS and following in ("ago", "later", "earlier"):
        return True
    if word not in _WHEN:
        return False
    if _is_long(tokens, start, end) and following != "old":
        return False
    if lower_at(tokens, start) == "over":
        return lower_at(tokens, start - 1) not in _LASTING
    if following in _AFTER_TIME or following in _READING or lower_at(tokens, place + 2) in _READING:
        return True
    if following == "a" and lower_at(tokens, place + 2) in TIME_WORDS:
        return True
    before = start - 1
    while lower_at(tokens, before) in (
        "the",
        "about",
        "more",
        "than",
        "at",
        "least",
        "nearly",
        "almost",
        "some",
        "up",
        "to",
    ):
        before -= 1
    return before < 0 or lower_at(tokens, before) in _BEFORE_TIME


def _is_long(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether days were counted one by one: for 403 days before somebody came."""
    digits = tokens[end - 1].text
    plain = digits.replace(",", "")
    least = _MANY_DAYS if lower_at(tokens, end) == "days" else _MANY_HOURS
    lived = plain.isdigit() and int(plain[:6]) > least
    if lived and lower_at(tokens, start - 1) == "in" and int(plain[:6]) > _MANY_HOURS:
        return True  # they put in 19,300 hours
    return lived and lower_at(tokens, start - 1) not in _BEFORE_TIME - {"for"}
