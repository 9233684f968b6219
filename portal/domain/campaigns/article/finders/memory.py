"""Whom a reader has in mind at a place of an article: who spoke last, full names, organizations met."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.domain.campaigns.article.finders.names import Name, is_organization, may_be_person
from portal.domain.campaigns.article.finders.tokens import Token, lower_at

_MOST_REMEMBERED = 2_000
PRONOUNS = frozenset(("he", "she"))
_OTHER = {"he": "she", "she": "he", "his": "she", "her": "he"}
_SHOWN_BY = {
    **dict.fromkeys("mr sir lord father brother king prince imam rabbi".split(), "he"),
    **dict.fromkeys("mrs ms miss lady dame sister queen princess".split(), "she"),
}
_NO_MEN = frozenset("human german roman norman".split())
_MOST_IN_MIND = 6
_PERSONAL = frozenset("told said says tells recalls recalled remembers remembered laughs laughed".split())


@dataclass
class Memory:
    """Who spoke last, whose study was named and what was counted, whose turn it is, and the full names met so far.

    `year` is the one told last in a paragraph, `published` that of the article.
    """

    person: str | None = None
    it: str | None = None
    study: str | None = None
    counted: str | None = None
    units: dict[int | float, str] = field(default_factory=dict)
    money: str | None = None
    year: int | None = None
    published: int | None = None
    organizations: list[str] = field(default_factory=list)
    full_names: dict[str, str] = field(default_factory=dict)
    maybe_people: dict[str, str] = field(default_factory=dict)
    first_names: dict[str, str] = field(default_factory=dict)
    pronouns: dict[str, str] = field(default_factory=dict)
    in_mind: list[str] = field(default_factory=list)
    met: list[tuple[int, str]] = field(default_factory=list)
    met_until: int = 0
    person_before: str | None = None
    led: tuple[int, str] | None = None
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
            self.first_names.setdefault(name.words[0], name.text)

    def meet_by_last_name(self, called: str) -> None:
        """Remember the full name of somebody whom one name calls now: Example, a nurse."""
        if called in self.maybe_people:
            self.full_names.setdefault(called, self.maybe_people[called])

    def count_units(self, value: int | float | None, unit: str | None) -> None:
        """Remember what was counted last, and what a number counts that may be told again without its noun."""
        self.counted = unit or self.counted
        if unit and value is not None and len(self.units) < _MOST_REMEMBERED:
            self.units.setdefault(value, unit)

    def call(self, person: str, beside: str | None) -> None:
        """Remember somebody as he or she, where a title or an office beside the name tells it."""
        for word in (beside or "").lower().replace(".", "").split():
            ending = "she" if word.endswith("woman") else "he" if word.endswith("man") else None
            ending = None if word in _NO_MEN else ending
            if told := _SHOWN_BY.get(word) or ending:
                self.pronouns.setdefault(person, told)

    def is_person(self, name: str) -> bool:
        """Say whether a name is the full one of somebody met so far."""
        return self.full_names.get(name.rpartition(" ")[2]) == name

    def keep_in_mind(self, person: str) -> str:
        """Make somebody the one whom he or she means next, and give them back."""
        self.person = person
        self.in_mind = [*(one for one in self.in_mind if one != person), person][-_MOST_IN_MIND:]
        return person

    def begin_paragraph(self) -> None:
        """Forget what holds within one paragraph."""
        self.met, self.met_until, self.person_before = [], 0, self.person
        self.it = self.year = self.money = self.led = None

    def meet_by_pronoun(self, tokens: Sequence[Token]) -> None:
        """Take whom the sentence before began with for a person, where this one goes on with he or she."""
        goes_on = bool(tokens) and tokens[0].lower in PRONOUNS
        if goes_on and self.led and (not self.met or self.met[-1][0] < self.led[0]):
            self.full_names.setdefault(self.led[1].rpartition(" ")[2], self.led[1])
            self.met.append(self.led)
        self.led = None

    def begin_again(self) -> None:
        """Have in mind who was in mind in front of the paragraph."""
        self.met_until, self.person = 0, self.person_before

    def read_to(self, place: int) -> None:
        """Have in mind whom the paragraph named in the sentences before a place."""
        while self.met_until < len(self.met) and self.met[self.met_until][0] < place:
            self.keep_in_mind(self.met[self.met_until][1])
            self.met_until += 1

    def meant_by(self, pronoun: str, named: Sequence[str]) -> str | None:
        """Give whom a pronoun means: who is `named` in its own sentence, or the last whom it is not wrong for."""
        wrong = _OTHER.get(pronoun)
        last = [self.person] if self.person else []
        for one in (*named, *last, *reversed(self.in_mind)):
            if wrong is None or self.pronouns.get(one) != wrong:
                return one
        return self.person if wrong is None else None

    def speaks_by_one_name(self, name: Name, tokens: Sequence[Token]) -> bool:
        """Say whether one of somebody's names stands before what only people do, and know the full one from then on."""
        full = self.maybe_people.get(name.text) or self.first_names.get(name.text)
        if len(name.words) == 1 and full and lower_at(tokens, name.end) in _PERSONAL:
            self.full_names.setdefault(full.rpartition(" ")[2], full)
            self.full_names.setdefault(name.text, full)
            return True
        return False

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
