"""What an article says in different ways at different places: a report's date, a name's spelling, a number."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from portal.domain.campaigns.article.finders.entries import ADDRESS
from portal.domain.campaigns.article.finders.organizations import alike_but_different
from portal.domain.campaigns.article.finders.quoted import is_title, quoted_in
from portal.domain.campaigns.article.finders.sentences import Sentence
from portal.domain.campaigns.article.finders.years import MONTHS
from portal.domain.campaigns.article.found import Contradiction, FoundFigure, FoundReading

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATED = re.compile(
    rf"\b(?:{_MONTH})\b\.? (?:19|20)[0-9]{{2}}\b|(?:19|20)[0-9]{{2}}년(?: ?[0-9]{{1,2}}월)?|\b(?:19"
    rf"|20)[0-9]{{2}}\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_CAPITAL = re.compile(r"\b[A-Z]\w+")
_SMALL = frozenset(
    "a an the of in on at to from by for and or with as that than are is was were have had has been it"
    " its".split()
)
_BESIDE, _WORDS_BEFORE = 60, 8
_MOST_COMPARED, _MOST_TOLD = 300, 20


def find_contradictions(
    sentences: Sequence[Sentence],
    readings: Sequence[tuple[FoundReading, str]],
    figures: Sequence[FoundFigure],
    named: Mapping[str, str],
) -> tuple[Contradiction, ...]:
    """Give the contradictions of an article.

    `readings` come with the text of their entry; `named` has for each spelling of an organization's name a sentence
    that has it.
    """
    return (*_dates(sentences, readings), *_spellings(named), *_numbers(figures))


def _dates(
    sentences: Sequence[Sentence], readings: Sequence[tuple[FoundReading, str]]
) -> list[Contradiction]:
    told: dict[str, list[tuple[str, str, str]]] = {}
    for sentence in sentences:
        for quoted in quoted_in(sentence.text):
            if is_title(quoted) and (date := _date_beside(sentence.text, quoted.start, quoted.end)):
                told.setdefault(_plain(quoted.text), []).append(
                    (date, sentence.text, quoted.text.strip(" .,"))
                )
    addresses: dict[str, str] = {}
    for reading, text in readings:
        key = _plain(reading.title)
        if reading.date:
            told.setdefault(key, []).append((reading.date, text, reading.title))
            addresses[key] = addresses.get(key) or reading.url or ""
    found = []
    for key, ways in told.items():
        several = list(
            {_plain_date(date): (date, text, title) for date, text, title in reversed(ways)}.values()
        )[::-1]
        if key and len(several) > 1 and not _one_holds_the_other([date for date, _, _ in several]):
            about = f"the date of “{several[-1][2]}”" + _in_address(addresses.get(key, ""))
            found.append(_contradiction(about, [(date, text) for date, text, _ in several]))
    return found


def _date_beside(text: str, start: int, end: int) -> str | None:
    """Give the date nearest to a title: before it, or behind it within the sentence."""
    before = [match[0] for match in _DATED.finditer(text, max(0, start - _BESIDE), start)]
    after = _DATED.search(text, end, end + _BESIDE)
    return before[-1] if before else after[0] if after else None


def _plain(title: str) -> str:
    return " ".join(_WORD.findall(title.lower())) if len(title.split()) > 1 else ""


def _plain_date(date: str) -> str:
    words = _WORD.findall(date.lower())
    return " ".join(word[:3] if word.isalpha() and word in MONTHS else word for word in words)


def _one_holds_the_other(dates: Sequence[str]) -> bool:
    """Say whether the dates agree as far as they go: 2018 and March 2018."""
    plain = [set(_plain_date(date).split()) for date in dates]
    return all(one <= other or other <= one for one in plain for other in plain)


def _in_address(address: str) -> str:
    years = list(dict.fromkeys(_YEAR.findall(unquote(address))))
    return f" (its address says {' and '.join(years)})" if years else ""


def _spellings(named: Mapping[str, str]) -> list[Contradiction]:
    return [
        _contradiction("the name of an organization", [(one, named[one]), (other, named[other])])
        for one, other in alike_but_different(named)
    ]


def _numbers(figures: Sequence[FoundFigure]) -> list[Contradiction]:
    """Give what is counted twice, in the same words and for the same year, with different numbers."""
    found: dict[tuple[str, str], Contradiction] = {}
    compared = [(one, _counted(one)) for one in figures if one.unit and _is_whole(one)][:_MOST_COMPARED]
    for place, (figure, words) in enumerate(compared):
        for other, other_words in compared[:place]:
            if other.sentence == figure.sentence or other.unit != figure.unit or other.value == figure.value:
                continue
            same = _same_words(words, other_words) and not _only_names(words & other_words, figure, other)
            if _same_year(figure, other) and same:
                about = " ".join(_WORD.findall(other.counts)) or str(figure.unit)
                ways = [(other.text, other.sentence), (figure.text, figure.sentence)]
                found.setdefault((other.text, figure.text), _contradiction(about, ways))
    return list(found.values())[:_MOST_TOLD]


def _is_whole(figure: FoundFigure) -> bool:
    """Say whether a figure is one number, and no part told beside its whole: 46 of 83."""
    return figure.value is not None and " of " not in figure.text


def _same_year(one: FoundFigure, other: FoundFigure) -> bool:
    return one.year == other.year or one.year is None or other.year is None


def _same_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two figures count the same: hardly a word that only one of the two has."""
    return len(one & other) >= 3 and len(one & other) >= 0.6 * min(len(one), len(other))


def _only_names(shared: frozenset[str], one: FoundFigure, other: FoundFigure) -> bool:
    """Say whether what two figures share are names and their unit alone: a house and the countries it works in."""
    names = {word.lower() for figure in (one, other) for word in _CAPITAL.findall(figure.sentence)}
    return shared <= names | set(_WORD.findall((one.unit or "").lower()))


def _counted(figure: FoundFigure) -> frozenset[str]:
    before = " ".join(figure.sentence.partition(figure.text)[0].split()[-_WORDS_BEFORE:])
    words = _WORD.findall(f"{before} {figure.counts.replace(figure.text, ' ')}".lower())
    return frozenset(word for word in words if word not in _SMALL and not word.isdigit())


def _contradiction(about: str, ways: Sequence[tuple[str, str]]) -> Contradiction:
    return Contradiction(
        about=about,
        says=tuple(said for said, _ in ways),
        sentences=tuple(ADDRESS.sub("", text).strip() for _, text in ways),
    )
