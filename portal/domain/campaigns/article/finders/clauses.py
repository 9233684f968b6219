"""Where in a sentence the subject of a verb begins: behind adverbs, dates and what stands between commas."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.inserts import Inserted, before_inserts
from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.name_words import OFFICES
from portal.domain.campaigns.article.finders.names import Name, may_be_person
from portal.domain.campaigns.article.finders.tokens import Token, lower_at
from portal.domain.campaigns.article.finders.years import MONTHS

_ADVERBS = frozenset(
    "also furthermore now recently then later still just has have had further again even itself"
    " themselves".split()
)
_CLAUSE_STARTS = frozenset('; : – — “ ” " , ( ) and but while whereas that which where because if as'.split())
_ENDS_PHRASE = frozenset(', . ; : “ " ( – —'.split())


class ClauseReader:
    """Finds in one sentence where clauses, phrases and subjects begin and end."""

    def __init__(self, text: str, tokens: Sequence[Token], names: Sequence[Name], memory: Memory) -> None:
        self.text, self.tokens, self.names, self.memory = text, tokens, names, memory

    def _before_adverbs(self, verb: int) -> int:
        place = verb - 1
        while place >= 0 and (
            self.tokens[place].lower in _ADVERBS or self.tokens[place].lower.endswith("ly")
        ):
            place -= 1
        return place

    def _inserted(self, last: int) -> Inserted | None:
        """Give the subject that is told more of between commas, of which the last is at a place."""
        return before_inserts(self.tokens, self.names, last) if lower_at(self.tokens, last) == "," else None

    def _clause_start(self, place: int) -> int:
        while place > 0 and self.tokens[place - 1].lower not in (";", ":", "“", "”", '"', "–", "—"):
            if self.tokens[place - 1].lower == ",":
                break
            place -= 1
        return place

    def _subject_start(self, last: int) -> int:
        """Give where the subject begins that ends at `last`; behind it when there is none."""
        if last < 0:
            return 0
        if self.tokens[last].lower == ",":
            if inserted := self._inserted(last):
                return inserted.start
            opening = self._comma_before(last)
            if opening is None:
                return last + 1
            return self._subject_start(opening - 1)
        if self.tokens[last].is_number and lower_at(self.tokens, last - 1) == "," and last > 1:
            return self._subject_start(last - 2)  # Ana, 27, from Rivermouth, says
        if self.tokens[last].lower == ")" and lower_at(self.tokens, last - 2) == "(":
            return self._subject_start(last - 3)
        start = last + 1
        while start > 0 and self.tokens[start - 1].lower not in _CLAUSE_STARTS:
            start -= 1
        start = self._not_within_name(start)
        apposition = lower_at(self.tokens, start - 1) == "," and may_be_person(
            self._name_from(start, last + 1)
        )
        if apposition and any(token.lower in OFFICES for token in self.tokens[max(0, start - 6) : start]):
            return self._subject_start(start - 2) if start >= 2 else start
        return start

    def _not_within_name(self, start: int) -> int:
        """Give where a name begins that a place is within, with its article: the Commission for Tides and Harbours."""
        around = next((name.start for name in self.names if name.start < start < name.end), start)
        return around - (around < start and lower_at(self.tokens, around - 1) == "the")

    def _comma_before(self, place: int) -> int | None:
        for at in range(place - 1, max(place - 16, -1), -1):
            if self.tokens[at].lower == ",":
                return at
        return None

    def _name_from(self, start: int, end: int) -> Name:
        inside = [name for name in self.names if start <= name.start and name.end <= end]
        return inside[-1] if inside else Name(start, start, ())

    def _behind_date(self, start: int, end: int) -> int:
        """Give the place behind a month or year that a subject begins with: In May the ministry."""
        if lower_at(self.tokens, start) not in ("in", "on", "during", "by", "since"):
            return start
        place = start + 1
        while place < end and (self.tokens[place].is_number or self.tokens[place].lower in MONTHS):
            place += 1
        return place if start + 1 < place < end else start

    def _begins_name(self, start: int) -> bool:
        return any(name.start == start for name in self.names)

    def _end_of_phrase(self, place: int, or_at: str = ",") -> int:
        """Give where a phrase ends: at a comma, a mark, or another word."""
        end = place
        while end < len(self.tokens) and self.tokens[end].lower not in _ENDS_PHRASE | {or_at}:
            end += 1
        return end
