"""What a careful reader found in a text, written down by hand, and how much of it the importer finds.

A list stands beside its text in `texts/<name>.yaml`:
- `file`: the text beside it, or `seed`: a text of the shared folder; title, author, author_office, published, licence
- `figures`: text, value or low and high, unit, year, said_by, and `sentence`, the first four words of its sentence.
  `may: true`: found or not, both are well. `any_unit`, `any_speaker`, `years: [...]`: more than one answer is right.
- `interests`: the first words of each sentence. `quotations`: how each begins, its speaker and office.
- `organizations` (name, aliases), `people`, `readings` (a title, like an office, may end in …),
  `links` (addresses), `contradictions` (what each way says)
- `left_out`: words that may stand in no section
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portal.domain.campaigns.article.finding import find_in
from portal.domain.campaigns.article.found import Article, FoundFigure
from portal.domain.campaigns.article.reading import read_document
from tests.factories.articles import article_file

TEXTS = Path(__file__).parent / "texts"
NAMES = sorted(path.stem for path in TEXTS.glob("*.yaml"))


@dataclass
class Score:
    """How many are expected, which of them are missing or wrong, and which of those found are not there."""

    expected: int
    wrong: list[str]
    false: list[str]
    found: int

    @property
    def recall(self) -> float:
        """Give the part that was found and is right."""
        return 1 - len(self.wrong) / self.expected if self.expected else 1.0

    @property
    def false_part(self) -> float:
        """Give the part of what was found that is not there."""
        return len(self.false) / self.found if self.found else 0.0


def read_gold(name: str) -> dict[str, Any]:
    """Give the list of a text."""
    return yaml.safe_load((TEXTS / f"{name}.yaml").read_text("utf-8"))


def read_text(gold: dict[str, Any], shared: Path) -> Article:
    """Give what the importer finds in the text of a list."""
    path = shared / "seeds" / gold["seed"] if "seed" in gold else TEXTS / gold["file"]
    return find_in(read_document(*article_file(path)))


def score_figures(gold: Iterable[dict[str, Any]], found: Iterable[FoundFigure]) -> Score:
    """Hold the figures found against those expected, each against one."""
    left, wrong, required = list(found), [], 0
    total = len(left)
    for figure in gold:
        match = next((one for one in left if _is_meant(figure, one)), None)
        if match:
            left.remove(match)
        if figure.get("may"):
            continue
        required += 1
        if match is None:
            wrong.append(f"missing: {figure['text']}")
        elif problem := _difference(figure, match):
            wrong.append(f"{figure['text']}: {problem}")
    return Score(required, wrong, [f"{one.text} ({one.unit}) in: {one.sentence[:60]}" for one in left], total)


def _is_meant(gold: dict[str, Any], found: FoundFigure) -> bool:
    if not plain(found.sentence).startswith(plain(gold["sentence"])):
        return False
    if plain(found.text) == plain(gold["text"]):
        return True
    if "value" in gold:
        return _close(found.value, gold["value"])
    return (found.low, found.high) == (gold["low"], gold["high"])


def _difference(gold: dict[str, Any], found: FoundFigure) -> str:
    if "low" in gold and (found.value, found.low, found.high) != (None, gold["low"], gold["high"]):
        return f"range {found.low} to {found.high}"
    if "value" in gold and not _close(found.value, gold["value"]):
        return f"value {found.value}"
    if not gold.get("any_unit") and not _same_name(found.unit, gold.get("unit")):
        return f"unit {found.unit}"
    if found.year not in gold.get("years", [gold.get("year")]):
        return f"year {found.year}"
    if not gold.get("any_speaker") and not _same_name(found.said_by, gold.get("said_by")):
        return f"said by {found.said_by}"
    return ""


def _close(one: float | None, other: float) -> bool:
    return one is not None and abs(one - other) <= 0.001 * abs(other)


def _same_name(found: str | None, expected: str | None) -> bool:
    """Say whether two names are of one: Lindqvist and Hedda Lindqvist, media articles and articles."""
    if found is None or expected is None:
        return found is expected
    one, other = plain(found).removeprefix("the "), plain(expected).removeprefix("the ")
    return one == other or one.endswith(" " + other) or other.endswith(" " + one)


def plain(text: str) -> str:
    """Give a text for comparing: small letters, quotation marks of one kind, single spaces."""
    return " ".join(re.sub("[’‘]", "'", re.sub("[“”]", '"', text)).lower().split())


def problems(gold: dict[str, Any], article: Article) -> list[str]:
    """Give what beside the figures is not as the reader has it."""
    told = [
        f"{key}: {getattr(article, key)}"
        for key in ("title", "author", "author_office", "published", "licence")
        if key in gold and (getattr(article, key) or None) != (gold[key] and str(gold[key]))
    ]
    told += _missing_or_more("interests", gold.get("interests", []), article.interests)
    told += _quotations(gold, article)
    told += _organizations(gold, article)
    people = {person.name for person in article.people}
    told += [f"people: {name} is not among {people}" for name in gold.get("people", []) if name not in people]
    cut = [one["title"].removesuffix("…") for one in gold["readings"] if one["title"].endswith("…")]
    readings = [(_shortened(one.title, cut), one.publisher, one.date, one.url) for one in article.readings]
    expected = [
        (one["title"], one.get("publisher"), one.get("date"), one.get("url")) for one in gold["readings"]
    ]
    told += [f"readings: {one}" for one in readings if one not in expected]
    told += [f"readings: missing {one}" for one in expected if one not in readings]
    if (links := [link.url for link in article.links]) != gold.get("links", []):
        told.append(f"links: {links}")
    said = sorted(sorted(one.says) for one in article.contradictions)
    if said != sorted(sorted(ways) for ways in gold.get("contradictions", [])):
        told.append(f"contradictions: {said}")
    kept = plain(
        " ".join(text for section in article.sections for text in (section.heading, *section.paragraphs))
    )
    return told + [f"not left out: {words}" for words in gold.get("left_out", []) if plain(words) in kept]


def _shortened(title: str, cut: Iterable[str]) -> str:
    return next((f"{words}…" for words in cut if title.startswith(words) and title != words), title)


def _missing_or_more(what: str, expected: Iterable[str], found: Iterable[str]) -> list[str]:
    expected, found = list(expected), list(found)
    missing = [words for words in expected if not any(plain(one).startswith(plain(words)) for one in found)]
    more = [one for one in found if not any(plain(one).startswith(plain(words)) for words in expected)]
    return [f"{what}: missing {one}" for one in missing] + [f"{what}: {one}" for one in more]


def _quotations(gold: dict[str, Any], article: Article) -> list[str]:
    if "quotations" not in gold:
        return []
    told, left = [], list(article.quotations)
    for one in gold["quotations"]:
        match = next((other for other in left if plain(other.text).startswith(plain(one["begins"]))), None)
        if match is None:
            told.append(f"quotations: missing {one['begins']}")
            continue
        left.remove(match)
        if not one.get("any_speaker") and not _same_name(match.speaker, one.get("speaker")):
            told.append(f"quotations: {one['begins']}: speaker {match.speaker}")
        elif "office" in one and not _same_name(
            _shortened(match.office or "", [one["office"].rstrip("…")]), one["office"]
        ):
            told.append(f"quotations: {one['begins']}: office {match.office}")
    return told + [f"quotations: {one.text}" for one in left]


def _organizations(gold: dict[str, Any], article: Article) -> list[str]:
    told = []
    for one in gold.get("organizations", []):
        names = {one["name"], *one.get("aliases", [])}
        if not any(names <= {other.name, *other.aliases} for other in article.organizations):
            told.append(f"organizations: {sorted(names)}")
    return told
