"""Whom a reader has in mind at a place of an article: who spoke last, full names, organizations met."""

from collections import Counter
from dataclasses import dataclass, field

from portal.domain.campaigns.article.finders.names import Name, is_organization, may_be_person

_MOST_REMEMBERED = 2_000


@dataclass
class Memory:
    """Who spoke last, whose study was named and what was counted, whose turn it is, and the full names met so far.

    `year` is the one told last in a paragraph, `published` that of the article.
    """

    person: str | None = None
    study: str | None = None
    counted: str | None = None
    year: int | None = None
    published: int | None = None
    organizations: list[str] = field(default_factory=list)
    full_names: dict[str, str] = field(default_factory=dict)
    maybe_people: dict[str, str] = field(default_factory=dict)
    spoken: Counter[str] = field(default_factory=Counter)
    is_interview: bool = False
    has_the_word: str | None = None

    def meet(self, name: Name) -> None:
        """Remember somebody whom the article has just named."""
        if len(name.words) > 1:
            self.full_names.setdefault(name.words[-1], name.text)

    def meet_organization(self, name: Name) -> None:
        """Remember an organization that the article has just named; any other name is forgotten."""
        if is_organization(name) and len(self.organizations) < _MOST_REMEMBERED:
            self.organizations.append(name.text)

    def meet_perhaps(self, name: Name) -> None:
        """Keep what has the form of a person's name, until the last of its words is somebody's."""
        if may_be_person(name) and len(self.maybe_people) < _MOST_REMEMBERED:
            self.maybe_people.setdefault(name.words[-1], name.text)

    def meet_by_last_name(self, called: str) -> None:
        """Remember the full name of somebody whom one name calls now: Example, a nurse."""
        if called in self.maybe_people:
            self.full_names.setdefault(called, self.maybe_people[called])

    def count(self, speaker: str | None) -> None:
        """Remember that somebody was quoted."""
        if speaker:
            self.spoken[speaker] += 1

    def who_speaks_most(self) -> str | None:
        """Give whom an interview is with: the one quoted most so far."""
        return max(self.spoken, key=lambda name: self.spoken[name], default=None)

    def in_full(self, name: str) -> str:
        """Give the full name of somebody called by the last name alone."""
        return self.full_names.get(name, name)
