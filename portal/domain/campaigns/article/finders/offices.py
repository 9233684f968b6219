"""Offices beside and within names, and officials who have no name at all."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.name_words import HONORIFICS, OFFICES
from portal.domain.campaigns.article.finders.names import Name, titles_of

_VAGUE = frozenset(
    "some many most several other few more all no these those two three senior top unnamed".split()
)

_TRADES = ("ist", "ian", "er", "or", "woman", "man", "wright", "smith", "ant")
_SHORTEST_TRADE, _LONGEST_TRADE = 4, 3
_ENDS_NOUN = frozenset("of in at from for with to on by who that which whose where".split())
_NO_TRADES = frozenset(
    "river water border harbour harbor other number paper newspaper shelter corner quarter tower order power matter"
    " letter summer winter cluster disaster chapter monster sector factor corridor floor door error minor major"
    " senior junior former later larger smaller bigger older newer under over after never further container banner"
    " computer server barrier frontier layer human german roman restaurant plant giant distant constant important"
    " significant instant grant list mist christian syrian russian italian indian asian persian iranian ukrainian"
    " nigerian silver rather either cancer poster folder transfer offer career weather colour color flavour labour"
    " reactor indicator terror counter meter charter humanitarian civilian character pier tier clear year larder"
    " upper lower proper super higher longer shorter greater lesser wider deeper interior exterior younger elder"
    " inner outer poor warmer colder".split()
)


def are_officials(words: Sequence[str]) -> bool:
    """Say whether somebody could be asked though no article stands before them: hospital officials, police."""
    told = len(words) in (2, 3) and words[0] not in _VAGUE and words[-1] in ("officials", "authorities")
    return told or list(words) == ["police"]


def is_office_phrase(text: str) -> bool:
    """Say whether words tell an office: head nurse at the school."""
    words = text.lower().replace("’", "'").split()
    return 0 < len(words) <= 22 and (any(word.strip(",.") in OFFICES for word in words) or is_trade(words))


def is_trade(words: Sequence[str]) -> bool:
    """Say whether a phrase begins with what somebody is by trade: a pharmacist from Laos, a geographer."""
    if words[:1] not in (["a"], ["an"]):
        return False
    for word in words[1 : 1 + _LONGEST_TRADE]:
        if word.strip(",.") in _ENDS_NOUN:
            return False
        if len(word) > _SHORTEST_TRADE and word.endswith(_TRADES) and word.strip(",.") not in _NO_TRADES:
            return True
    return False


def office_in(name: Name) -> str | None:
    """Give the office that stands within a name: Minister, Interior Minister."""
    first, titles = name.words[0], titles_of(name)
    if titles > 1 and first.lower() not in HONORIFICS | OFFICES:
        return " ".join(name.words[:titles])
    return first if first.lower() in HONORIFICS & OFFICES else None


def without_title(name: Name) -> str:
    """Give the name of somebody without title and office."""
    titles = titles_of(name)
    if len(name.words) - titles < 2:
        titles = int(name.words[0].lower() in HONORIFICS and len(name.words) > 1)
    return " ".join(name.words[titles:])
