"""What an organizer adds to what was found in an article, by its words there: the importer did not see it."""

import re
from collections.abc import Iterator

from portal.domain.campaigns.article.finders.sentences import sentences_of
from portal.domain.campaigns.article.found import Article, FoundFigure, FoundOrganization
from portal.domain.campaigns.drafting.decisions import (
    Decided,
    Decisions,
    DraftWords,
    OrganizationDecided,
    figure_decided,
    noun_of,
)
from portal.domain.campaigns.drafting.errors import (
    AlreadyThere,
    DraftRefused,
    FragmentTooLong,
    NumberUnreadable,
    TooManyTaken,
    WordsNotThere,
    YearUnreadable,
)
from portal.domain.campaigns.drafting.taken import LONGEST_FRAGMENT, count_words
from portal.domain.campaigns.errors import EntryMissing, EntryTooLong
from portal.domain.campaigns.rules import plain_name

LONGEST_ADDED = 200
# Of each kind, with what was found: as many as anybody looks through.
MOST_OF_A_KIND = 100
_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_VALUE = re.compile(rf"{_NUMBER}(?:\s*(?:-|–|~|to)\s*{_NUMBER})?", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


class Added(Decided):
    """A figure and an organization as they were typed; either may be empty.

    `text` and `organization` are words of the article; `value` is the number that the words are, or both ends of a
    range.
    """

    text: str = ""
    value: str = ""
    unit: str = ""
    year: str = ""
    said_by: str = ""
    organization: str = ""

    @property
    def has_figure(self) -> bool:
        """Whether anything was typed of a figure."""
        return any(typed.strip() for name, typed in self if name != "organization")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.has_figure and not self.organization.strip()


def with_added(
    article: Article, decisions: Decisions, added: Added, words: DraftWords
) -> tuple[Article, Decisions]:
    """Give an article and what is decided about it with what was added, as if it had been found: to be taken.

    Raises DraftRefused with what is wrong beside each entry: words that do not stand in the article, above all.
    """
    wrong = dict(_wrong(article, decisions, added))
    if wrong:
        raise DraftRefused({f"added-{name}": refusal for name, refusal in wrong.items()})
    if added.has_figure:
        figure, at = _figure(article, added), len(decisions.figures)
        # Beside its decision: those that are not asked about come after it.
        figures = (*article.figures[:at], figure, *article.figures[at:])
        article = article.model_copy(update={"figures": figures})
        decided = (*decisions.figures, figure_decided(figure, words))
        decisions = decisions.model_copy(update={"figures": decided})
    if added.organization.strip():
        name, at = _place_of(article, added.organization)[0], len(decisions.organizations)
        named = (*article.organizations[:at], FoundOrganization(name=name), *article.organizations[at:])
        article = article.model_copy(update={"organizations": named})
        taken = (*decisions.organizations, OrganizationDecided(take=True, name=name))
        decisions = decisions.model_copy(update={"organizations": taken})
    return article, decisions


def _wrong(article: Article, decisions: Decisions, added: Added) -> Iterator[tuple[str, Exception]]:
    for name, typed in added:
        if len(typed) > LONGEST_ADDED:
            yield name, EntryTooLong(LONGEST_ADDED)
            return
    if added.organization.strip():
        yield from _wrong_words(article, "organization", added.organization, len(decisions.organizations))
        if plain_name(added.organization) in {plain_name(one.name) for one in decisions.organizations}:
            yield "organization", AlreadyThere()
    if not added.has_figure:
        return
    yield from _wrong_words(article, "text", added.text, len(decisions.figures))
    text, sentence, _ = _place_of(article, added.text)
    if text and (text, sentence) in {(one.text, one.sentence) for one in article.figures}:
        yield "text", AlreadyThere()
    if not added.value.strip():
        yield "value", EntryMissing()
    elif not _is_value(added.value):
        yield "value", NumberUnreadable()
    if added.year.strip() and not _YEAR.fullmatch(added.year.strip()):
        yield "year", YearUnreadable()


def _is_value(typed: str) -> bool:
    low, high = _ends_of(typed)
    return low is not None and (high is None or low < high)


def _wrong_words(article: Article, name: str, words: str, there: int) -> Iterator[tuple[str, Exception]]:
    if not any(sign.isalnum() for sign in words):
        yield name, EntryMissing()
    elif count_words(words) > LONGEST_FRAGMENT:
        yield name, FragmentTooLong(LONGEST_FRAGMENT)
    elif _place_of(article, words) == ("", "", ""):
        yield name, WordsNotThere()
    elif there >= MOST_OF_A_KIND:
        yield name, TooManyTaken(MOST_OF_A_KIND)


def _figure(article: Article, added: Added) -> FoundFigure:
    text, sentence, section = _place_of(article, added.text)
    first, last = _ends_of(added.value)
    return FoundFigure(
        text=text,
        value=first if last is None else None,
        low=None if last is None else first,
        high=last,
        unit=added.unit.strip() or None,
        counts=noun_of(added.unit.strip()),
        year=int(added.year) if added.year.strip() else None,
        said_by=added.said_by.strip() or None,
        sentence=sentence,
        section=section,
    )


def _ends_of(typed: str) -> tuple[int | float | None, int | float | None]:
    """Give a number and nothing, or both ends of a range; nothing twice where neither is typed."""
    found = _VALUE.fullmatch(typed.strip())
    return (_number(found[1]), _number(found[2])) if found else (None, None)


def _number(typed: str | None) -> int | float | None:
    plain = (typed or "").replace(",", "")
    if not plain:
        return None
    return float(plain) if "." in plain else int(plain)


def _place_of(article: Article, words: str) -> tuple[str, str, str]:
    """Give words as the article writes them, with their sentence and section where they stand first; else nothing."""
    pattern = _as_written(words)
    for section in article.sections:
        for paragraph in section.paragraphs:
            if found := pattern.search(paragraph):
                return found[0], _sentence_of(paragraph, *found.span()), section.heading
    return "", "", ""


def _as_written(words: str) -> re.Pattern[str]:
    """Make a pattern of words that stand there whole, with whatever space between them: 51 stands not in 1951."""
    told = words.split()
    before = r"(?<!\d)(?<!\d[.,])" if words.strip()[:1].isdigit() else r"(?<![A-Za-z])"
    after = r"(?![.,]?\d)" if words.strip()[-1:].isdigit() else r"(?![A-Za-z])"
    return re.compile(before + r"\s+".join(map(re.escape, told)) + after)


def _sentence_of(paragraph: str, start: int, end: int) -> str:
    """Give the sentence that holds a part of a paragraph, or those that it reaches over."""
    touched = [one for one in sentences_of(paragraph) if one.start < end and one.end > start]
    return paragraph[touched[0].start : touched[-1].end] if touched else paragraph
