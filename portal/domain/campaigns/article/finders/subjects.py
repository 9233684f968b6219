"""Who does what a sentence tells: the subject in front of a verb, or the name behind it, with the office beside it."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.clauses import ClauseReader
from portal.domain.campaigns.article.finders.inserts import Inserted
from portal.domain.campaigns.article.finders.memory import PRONOUNS
from portal.domain.campaigns.article.finders.name_words import HONORIFICS, OFFICES
from portal.domain.campaigns.article.finders.names import (
    Name,
    is_organization,
    may_be_person,
    without_article,
)
from portal.domain.campaigns.article.finders.offices import (
    are_officials,
    is_office_phrase,
    office_in,
    without_title,
)
from portal.domain.campaigns.article.finders.tokens import lower_at, span_text
from portal.domain.campaigns.article.finders.years import STUDIES

PASSIVE = frozenset("is are was were be been being".split())
_THEY = frozenset("it they i we you who there this these those".split())
_DETERMINERS = frozenset("the a an its their his her our this".split())
_GROUP_WORDS = frozenset(
    "office agency ministry organisation organization group commission council charity network"
    " institute department union foundation committee body association centre center programme company".split()
)
_WHOSE = frozenset("by of from for the".split())
_BELONGING = frozenset(("of", "in", "from", "at"))
_LONGEST_SUBJECT = 9


class SubjectReader(ClauseReader):
    """Reads in one sentence who does what a verb says."""

    def actor(self, verb: int) -> tuple[str | None, str | None]:
        """Give who does what the verb at a place says, and their office."""
        last = self._before_adverbs(verb)
        if last < 0 or lower_at(self.tokens, last) in PASSIVE:
            return None, None
        start = self._subject_start(last)
        return self._subject(start, last + 1) if start <= last else (None, None)

    def _subject(self, start: int, end: int) -> tuple[str | None, str | None]:
        if (inserted := self._inserted(end - 1)) and inserted.start == start:
            return self._with_insert(inserted, end)
        start = self._behind_date(start, end)
        tokens = self.tokens[start:end]
        names = [name for name in self.names if start <= name.start < end]
        study = self._study_in(start, end)
        if names and names[-1].end == end and lower_at(self.tokens, names[-1].start - 1) not in _WHOSE:
            study = None if study is None or tokens[0].lower in ("in", "at", "for", "after") else study
        if study is not None:
            return self._of_study(study, end, names), None
        if names and names[-1].end == end and tokens[0].lower in ("in", "at", "for", "after"):
            names = names[-1:]
        first = tokens[0].lower if tokens else ""
        if len(tokens) == 1 and first in PRONOUNS:
            return self._he_or_she(start), None
        if len(tokens) == 1 and first == "it":
            return self.memory.it, None
        if first in _THEY:
            return (self.memory.has_the_word if first in ("i", "we") else None), None
        if names:
            return self._named(start, end, names)
        return self._described(start, end), None

    def _with_insert(self, inserted: Inserted, end: int) -> tuple[str | None, str | None]:
        """Give somebody whom an insert tells of, with the office in it or in front of it."""
        name, start = inserted.name, inserted.start
        known = name.words[-1] in self.memory.full_names
        if is_organization(name) or not (may_be_person(name) or known or self._is_titled(name)):
            return self._as_written(name), None
        self.memory.keep_in_mind(self.memory.in_full(without_title(name)))
        if name.start > start:
            return self.memory.person, self._office(name, start, name.end)
        behind = span_text(
            self.text, self.tokens, inserted.comma + 1, self._end_of_phrase(inserted.comma + 1)
        )
        told = behind.partition(" who ")[0]
        return self.memory.person, told if is_office_phrase(told) else office_in(name)

    def _is_titled(self, name: Name) -> bool:
        return len(name.words) > 1 and name.words[0].lower().rstrip(".") in HONORIFICS

    def _he_or_she(self, place: int) -> str | None:
        """Give whom a pronoun means: somebody named before it in the sentence, or else whom the reader has in mind."""
        pronoun = lower_at(self.tokens, place)
        here = [
            self.memory.in_full(without_title(name))
            for name in self.names
            if name.end <= place and (may_be_person(name) or self._is_titled(name))
        ]
        known = [name for name in here if self.memory.is_person(name)]
        return self.memory.meant_by(pronoun, known)

    def _study_in(self, start: int, end: int) -> int | None:
        """Give the place of the word for a study that is no part of a longer name, as in Court of Audit."""
        named = {place for name in self.names if len(name.words) > 1 for place in range(name.start, name.end)}
        places = range(start, min(end, len(self.tokens)))
        return next(
            (place for place in places if place not in named and self.tokens[place].lower in STUDIES), None
        )

    def _of_study(self, study: int, end: int, names: Sequence[Name]) -> str | None:
        """Give whose study it is: a study by X, X's report, the X survey; None when the article does not name them."""
        before = (lower_at(self.tokens, study - 1), lower_at(self.tokens, study - 2))
        if before[0] in ("his", "her"):
            return self._he_or_she(study - 1)
        for name in names:
            if name.start > study and self._is_by(study, name):
                self.memory.study = self._as_written(name)
                return self.memory.study
        for name in names:
            if name.end <= study and study - name.end <= 3:
                return self._as_written(name)
        return self.memory.study if "the" in before else None

    def _is_by(self, study: int, name: Name) -> bool:
        """Say whether a study is by somebody named behind it: by the charity X, from X."""
        between = [token.lower for token in self.tokens[study + 1 : name.start]]
        return bool(_WHOSE & {*between[-2:]}) or (between[:1] == ["by"] and len(between) <= 4)

    def _named(self, start: int, end: int, names: Sequence[Name]) -> tuple[str | None, str | None]:
        people = [name for name in names if may_be_person(name) or name.words[-1] in self.memory.full_names]
        chosen = people[0] if people else names[0]
        rest_is_lower = chosen.end < end and self.tokens[chosen.end].is_word and not people
        if rest_is_lower and lower_at(self.tokens, chosen.end) not in ("in", "of", "who", "which", "at"):
            words = span_text(self.text, self.tokens, chosen.start, min(end, chosen.end + 4))
            return words.partition(",")[0], None
        if not people and self._is_of(start, chosen):
            return without_article(span_text(self.text, self.tokens, start, chosen.end)), None
        if not people:
            return self._as_written(chosen), None
        self.memory.keep_in_mind(self.memory.in_full(without_title(chosen)))
        return self.memory.person, self._office(chosen, start, end)

    def _is_of(self, start: int, name: Name) -> bool:
        """Say whether a name only tells whose the subject is: the government of X."""
        front = self.tokens[start : name.start]
        return (
            len(front) > 2
            and front[0].lower in _DETERMINERS
            and not _BELONGING.isdisjoint((front[-1].lower, front[-2].lower))
            and all(token.is_word for token in front)
        )

    def _office(self, name: Name, start: int, end: int) -> str | None:
        """Give the office beside a name: head nurse at the school, behind it; the union's spokesman, before it."""
        behind = span_text(self.text, self.tokens, name.end, end).strip(" ,–—")
        if lower_at(self.tokens, name.end) in (",", "–", "—") and is_office_phrase(behind):
            return behind
        before = span_text(self.text, self.tokens, start, name.start).strip(" ,")
        return before if is_office_phrase(before) else office_in(name)

    def _described(self, start: int, end: int) -> str | None:
        """Give somebody without a name as the article calls them; the agency is the one named last."""
        words = [token.lower for token in self.tokens[start:end]]
        if not 0 < len(words) <= _LONGEST_SUBJECT or not all(
            token.is_word or token.text in "'’" for token in self.tokens[start:end]
        ):
            return None
        if words[:2] == ["the", "same"]:
            words = [words[0], *words[2:]]
        if words[0] == "the" and len(words) == 2 and words[1] in _GROUP_WORDS:
            for name in reversed(self.memory.organizations):
                if words[1] in name.lower():
                    return name
            if self.memory.organizations and words[1] in (
                "organisation",
                "organization",
                "group",
                "agency",
                "charity",
            ):
                return self.memory.organizations[-1]
        if words[0] not in _DETERMINERS and not are_officials(words):
            return None  # critics, experts, many: nobody who could be asked
        return without_article(span_text(self.text, self.tokens, start, end))

    def _as_written(self, name: Name) -> str:
        article = name.start > 0 and self.tokens[name.start - 1].text == "The"
        text = self.memory.in_full(name.text)
        return f"The {text}" if article else text

    def behind(self, place: int) -> tuple[str | None, str | None]:
        """Give who is named right behind a place, with the office that follows."""
        start = place
        while (
            lower_at(self.tokens, start) in _DETERMINERS
            or lower_at(self.tokens, start) in OFFICES | HONORIFICS
        ):
            if start < len(self.tokens) and self.tokens[start].is_capital and self._begins_name(start):
                break
            start += 1
        if lower_at(self.tokens, start) in PRONOUNS and start == place:
            return self._he_or_she(start), None
        if start > place and lower_at(self.tokens, start) == "," and self._begins_name(start + 1):
            start += 1  # its founder, Ana Example
        end = self._end_of_phrase(place)
        if told := self._named_behind_office(place, end):
            return told
        if self._study_in(place, end) is not None:
            return self._subject(place, end)
        name = next((name for name in self.names if name.start == start), None)
        if name is None:
            return self._described_behind(place, end), None
        if not (may_be_person(name) or name.words[-1] in self.memory.full_names):
            return self._as_written(name), None
        self.memory.keep_in_mind(self.memory.in_full(without_title(name)))
        before = span_text(self.text, self.tokens, place, start).rstrip(" ,")
        office = before if is_office_phrase(before) else self._office_behind(name)
        return self.memory.person, office

    def _named_behind_office(self, place: int, comma: int) -> tuple[str, str] | None:
        """Read the league's founder, Ana Example, behind a verb."""
        name = next((name for name in self.names if name.start == comma + 1 and may_be_person(name)), None)
        office = span_text(self.text, self.tokens, place, comma)
        if name is None or lower_at(self.tokens, comma) != "," or not is_office_phrase(office):
            return None
        return self.memory.keep_in_mind(self.memory.in_full(without_title(name))), office

    def _office_behind(self, name: Name) -> str | None:
        if lower_at(self.tokens, name.end) != ",":
            return office_in(name)
        end = self._end_of_phrase(name.end + 1, "who")
        text = span_text(self.text, self.tokens, name.end + 1, end)
        return text if is_office_phrase(text) else office_in(name)

    def _described_behind(self, place: int, end: int) -> str | None:
        words = [token.lower for token in self.tokens[place:end]]
        if not 2 <= len(words) <= 5 or words[0] not in _DETERMINERS:
            return None
        return self._described(place, end)
