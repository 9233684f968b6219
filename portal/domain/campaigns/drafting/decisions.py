"""What an organizer decides about an article, as they type it: which of what was found is told, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from portal.domain.campaigns.article.found import Article, FoundFigure, FoundReading, Quotation
from portal.domain.campaigns.drafting.taken import LONGEST_FRAGMENT, count_words, start_of

# More than these of one kind are not asked about: whoever has so many makes several campaigns of them.
MOST_ASKED = 60
UNDATED = "undated"


class Decided(BaseModel):
    """Something decided: texts as they were typed, boxes as they were ticked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FigureDecided(Decided):
    """A figure of the article, in the order of the article's figures."""

    take: bool = True
    shown: str
    counts: str
    said_by: str = ""
    no_source: bool = False
    year: str = ""
    as_written: str
    section: str


class ClaimDecided(Decided):
    """A quotation of the article, in the order of its quotations; `says` is what it tells, in our words."""

    take: bool = False
    says: str = ""
    said_by: str = ""
    no_source: bool = False
    year: str = ""
    as_written: str
    section: str


class SectionDecided(Decided):
    """A section of the article, retold; empty words leave it out, except for its figures."""

    heading: str
    words: str = ""


class OrganizationDecided(Decided):
    """An organization that the article names."""

    take: bool = False
    name: str
    aliases: str = ""
    does: str = ""
    url: str = ""


class ReadingDecided(Decided):
    """A text for further reading, or another link of the article."""

    take: bool
    title: str
    publisher: str
    dated: str = ""
    url: str
    note: str = ""


class Decisions(Decided):
    """All that is decided about one article; `settled` has what was chosen of each contradiction, or nothing.

    `compared_on` and `looked_up_on` are the days on which somebody said to have done so, as 2026-11-23.
    """

    title: str
    summary: str
    situation: str = ""
    content_note: str = ""
    whose_words: Literal["ours", "theirs"] = "ours"
    figures: tuple[FigureDecided, ...] = ()
    claims: tuple[ClaimDecided, ...] = ()
    sections: tuple[SectionDecided, ...] = ()
    organizations: tuple[OrganizationDecided, ...] = ()
    readings: tuple[ReadingDecided, ...] = ()
    settled: tuple[str, ...] = ()
    credit_article: str = ""
    credit_author: str = ""
    credit_office: str = ""
    credit_interest: str = ""
    credit_dated: str = ""
    credit_url: str = ""
    credit_licence: str = ""
    purpose: str = ""
    goal: str = ""
    currency: str = ""
    receiver: str = ""
    country: str = ""
    checked_by: str = ""
    looked_up_on: str = ""
    compared_on: str = ""


@dataclass(frozen=True, slots=True)
class DraftWords:
    """The few sentences of a draft that are nobody's words, in the organizer's language.

    `situation` has a place for `year`; `also` and `itself` have one for `other`: what else the article says; `declares`
    has one for `words`: what its author does.
    """

    opening: str
    undated: str
    situation: str
    checker: str
    declares: str
    also: str
    itself: str


def first_decisions(article: Article, words: DraftWords, currency: str) -> Decisions:
    """Give what stands in the form before anybody has decided anything: what was found, as it was found."""
    year = article.published[:4]
    return Decisions(
        title=article.title or "",
        # The article's own is its words: it stands beside, and ours begins empty.
        summary="",
        situation=words.situation % {"year": year} if year.isdigit() else "",
        figures=tuple(figure_decided(one, words) for one in article.figures[:MOST_ASKED]),
        claims=tuple(_claim(one, article, words) for one in article.quotations[:MOST_ASKED]),
        sections=tuple(SectionDecided(heading=one.heading) for one in article.sections[:MOST_ASKED]),
        organizations=tuple(
            OrganizationDecided(name=one.name, aliases=", ".join(one.aliases))
            for one in article.organizations[:MOST_ASKED]
        ),
        readings=(*map(_reading, article.readings), *_links(article))[:MOST_ASKED],
        settled=("",) * len(article.contradictions),
        credit_article=article.title or "",
        credit_author=article.author or "",
        credit_office=article.author_office or "",
        credit_interest=_declared(article, words),
        credit_dated=words.undated if article.published == UNDATED else article.published,
        credit_licence=article.licence or "",
        currency=currency,
        checked_by=words.checker,
    )


def _declared(article: Article, words: DraftWords) -> str:
    """Give what the author declares as a clause after their name, with a fragment of each of their sentences."""
    fragments = [_fragment(sentence, article.author or "") for sentence in article.interests]
    quoted = ", ".join(f"“{one}”" for one in fragments if one)
    return words.declares % {"words": quoted} if quoted else ""


def _fragment(sentence: str, author: str) -> str:
    """Give a sentence without the author's name before it, and no more of it than may be quoted."""
    told, names = sentence.removesuffix(".").split(), author.casefold().split()
    while told and told[0].casefold() in names:
        told.pop(0)
    return _quotable(" ".join(told))


def _quotable(words: str) -> str:
    """Give words as they stand, or the first of them, as many as may be quoted, with a mark that there are more."""
    if count_words(words) <= LONGEST_FRAGMENT:
        return words
    return f"{start_of(' '.join(words.split()))} …"


def figure_decided(one: FoundFigure, words: DraftWords) -> FigureDecided:
    """Give what stands in the form for a figure before anybody has decided anything about it."""
    return FigureDecided(
        shown=one.text,
        counts=_counts(one),
        said_by=one.said_by or "",
        year="" if one.year is None else str(one.year),
        as_written=_quotable(one.text),
        section=one.section or words.opening,
    )


def _counts(figure: FoundFigure) -> str:
    """Give what a figure counts as the article says it; where that is more than may be quoted, the noun or nothing."""
    if count_words(f"{figure.text} {figure.counts}") <= LONGEST_FRAGMENT:
        return figure.counts
    return noun_of(figure.unit or "")


def noun_of(unit: str) -> str:
    """Give a figure's unit where it is the word for what is counted; empty for a share, a percentage and money."""
    is_noun = unit not in ("%", "share") and not (len(unit) == len("EUR") and unit.isupper())
    return unit if is_noun else ""


def _claim(quotation: Quotation, article: Article, words: DraftWords) -> ClaimDecided:
    speaker = ", ".join(part for part in (quotation.speaker, quotation.office) if part)
    within = (
        one.heading for one in article.sections if any(quotation.text in told for told in one.paragraphs)
    )
    return ClaimDecided(
        said_by=speaker, as_written=_quotable(quotation.text), section=next(within, "") or words.opening
    )


def _reading(found: FoundReading) -> ReadingDecided:
    return ReadingDecided(
        take=bool(found.publisher),
        title=found.title,
        publisher=found.publisher or "",
        dated=found.date or "",
        url=found.url or "",
    )


def _links(article: Article) -> Iterator[ReadingDecided]:
    for link in article.links:
        host = (urlsplit(link.url).hostname or "").removeprefix("www.")
        yield ReadingDecided(take=False, title=link.text, publisher=host, url=link.url)
