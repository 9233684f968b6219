"""What a careful reader finds in an article: everything with the place it was found in, nothing added."""

from pydantic import BaseModel, ConfigDict


class Found(BaseModel):
    """Something found: unknown fields are refused, nothing changes after it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Section(Found):
    """A heading, empty before the first one, and the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


class FoundFigure(Found):
    """A number that the article gives, exactly as written, with what it counts, who says it and of which year.

    `value` is None for a range, which has `low` and `high` instead. A percentage has its number and the unit "%"; a
    fraction in words has its value between 0 and 1 and the unit "share"; money the code of its currency; any other
    number the word for what is counted. `counts` is the words around it that say what is counted.
    """

    text: str
    value: int | float | None
    low: int | float | None = None
    high: int | float | None = None
    unit: str | None
    counts: str
    year: int | None = None
    said_by: str | None = None
    sentence: str
    section: str


class Quotation(Found):
    """Words that the article gives as somebody's own, and who said them in which office; None where it is silent."""

    text: str
    speaker: str | None = None
    office: str | None = None


class FoundOrganization(Found):
    """An organization by the name it has most often, and the other names that the article has for it."""

    name: str
    aliases: tuple[str, ...] = ()


class FoundPerson(Found):
    """Somebody whom the article names, and their office where it tells it."""

    name: str
    office: str | None = None


class FoundReading(Found):
    """An entry under a heading for further reading; the date as it is written there."""

    title: str
    publisher: str | None = None
    date: str | None = None
    url: str | None = None


class FoundLink(Found):
    """Any other link."""

    text: str
    url: str


class Contradiction(Found):
    """What the article says in different ways at different places: what it is about, and each way with its sentence."""

    about: str
    says: tuple[str, ...]
    sentences: tuple[str, ...]


class FoundLeftOut(Found):
    """Text of the file that is no part of the article, and the plain words for why."""

    text: str
    reason: str


class Article(Found):
    """All that was found in one file.

    `published` is a day (2018-06-05), a month (2018-06), a year, or "undated". `interests` are what the author
    declares: each a sentence of the article. `language` is "en" or "ko".
    """

    title: str | None
    title_found_in: str | None
    summary: str
    author: str | None
    author_office: str | None
    interests: tuple[str, ...]
    published: str
    licence: str | None
    language: str
    sections: tuple[Section, ...]
    figures: tuple[FoundFigure, ...]
    quotations: tuple[Quotation, ...]
    people: tuple[FoundPerson, ...]
    organizations: tuple[FoundOrganization, ...]
    readings: tuple[FoundReading, ...]
    links: tuple[FoundLink, ...]
    contradictions: tuple[Contradiction, ...]
    left_out: tuple[FoundLeftOut, ...]
