"""Who says what a sentence tells: in front of a reporting verb, behind it, according to somebody, or nobody named."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.names import may_be_person, names_in, without_article
from portal.domain.campaigns.article.finders.reporting import (
    ALSO_NOUNS,
    COUNTING,
    FINDING,
    FORESEEING,
    HAVING,
    SAYING,
    doer_of_study,
    was_asked,
    whose_account,
)
from portal.domain.campaigns.article.finders.sentences import Sentence
from portal.domain.campaigns.article.finders.subjects import PASSIVE, SubjectReader
from portal.domain.campaigns.article.finders.tokens import lower_at
from portal.domain.campaigns.article.finders.years import MONTHS, STUDIES, is_year

_MOST_IN_A_SENTENCE = 12
_FARTHEST_BEHIND, _HARDLY_BEGUN = 8, 4
_TELLING_MORE = frozenset("a an the who whose which head director".split())
# With which words a clause may go on behind its reporting verb: …, the council found in a survey.
_GOES_ON = frozenset("in on at last this earlier yesterday today , ; . – —".split()) | {""}
_RELATIVE = frozenset("that which who".split())
_BEFORE_NOUNS = frozenset(
    "a an the its their his her our this that these those of in by for from to new latest annual"
    " official recent such no any some first second last next other and united police news media".split()
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A part of a sentence, from token to token, that somebody says; `name` is None when the article names nobody."""

    start: int
    end: int
    name: str | None
    office: str | None = None


def sayings_of(sentence: Sentence, memory: Memory, hidden: Sequence[tuple[int, int]] = ()) -> list[Saying]:
    """Give who says which part of a sentence; `hidden` are the places of words in quotation marks."""
    tokens = sentence.tokens
    reader = _SayingReader(sentence.text, tokens, names_in(tokens), memory)
    found: list[Saying] = []
    counting: list[Saying] = []
    for place, token in enumerate(tokens):
        if len(found) + len(counting) >= _MOST_IN_A_SENTENCE:
            break
        if any(start <= token.start < end for start, end in hidden):
            continue
        if token.lower == "according" and lower_at(tokens, place + 1) == "to":
            name, office = reader.behind(place + 2)
            found.append(Saying(*reader.part_around(place, and_also=True), name, office))
        elif token.lower in SAYING or (token.lower in FINDING and reader.finds(place)):
            if said := reader.said(place):
                (counting if token.lower in COUNTING | FORESEEING else found).append(said)
        elif token.lower in HAVING and reader.has_data(place):
            found.append(Saying(place, len(tokens), *reader.actor(place)))
        elif token.lower in STUDIES and (whose := reader.whose_study(place)):
            found.append(Saying(0 if was_asked(tokens, place) else place, len(tokens), whose))
        elif whose_account(tokens, place) and (owner := reader.owner_of_account(place)):
            found.append(Saying(*reader.part_around(place, ";:"), owner))
    # A country recorded 40 deaths, according to its ministry: who is named for the whole sentence says it.
    whole = [one for one in found if one.name and lower_at(tokens, one.start - 1) in ("", ";")]
    named = [one for one in counting if one.name or said_at(found, one.start) is None]
    return found + [
        one for one in named if not any(saying.start <= one.start < saying.end for saying in whole)
    ]


def said_at(sayings: Sequence[Saying], start: int) -> Saying | None:
    """Give who says the words at a token: of several parts that hold it, the one that begins last."""
    holding = [saying for saying in sayings if saying.start <= start < saying.end]
    return max(holding, key=lambda saying: saying.start, default=None)


class _SayingReader(SubjectReader):
    """Reads what a reporting verb reports, and by whom."""

    def finds(self, verb: int) -> bool:
        ahead = [lower_at(self.tokens, verb + step) for step in range(1, 14)]
        word = self.tokens[verb].lower
        if word in ("come", "came"):
            return ahead[:3] == ["to", "the", "conclusion"]
        if "that" in ahead[:3] or ahead[:1] == [":"]:
            return True
        if word in ("put", "puts"):
            return "at" in ahead
        if word in FORESEEING and self._counts_soon(verb):
            return True
        if word in COUNTING and self._tells_number(verb):
            return True
        clause = self._clause_start(verb)
        studied = word not in COUNTING and any(token.lower in STUDIES for token in self.tokens[clause:verb])
        return studied or self._ends_with(verb)

    def _counts_soon(self, verb: int) -> bool:
        """Say whether a number stands behind a verb in the same clause: expects to receive £90,000."""
        soon = self.tokens[verb + 1 : min(verb + 8, self._clause_end(verb + 1))]
        return any(token.is_number for token in soon)

    def _tells_number(self, verb: int) -> bool:
        """Say whether a number stands behind a verb, or behind the colon of its clause."""
        if any(token.is_number for token in self.tokens[verb + 1 : verb + 4]):
            return True
        colon = next(
            (
                at
                for at in range(verb + 1, min(verb + 8, len(self.tokens)))
                if lower_at(self.tokens, at) == ":"
            ),
            None,
        )
        return colon is not None and colon + 1 < len(self.tokens) and self.tokens[colon + 1].is_number

    def has_data(self, verb: int) -> bool:
        """Say whether somebody has data on what follows."""
        beside = lower_at(self.tokens, verb + 2)
        return lower_at(self.tokens, verb + 1) in STUDIES and beside in ("on", "of", "for")

    def _ends_with(self, verb: int) -> bool:
        """Say whether a clause ends with who found what stands before it: …, the council found last year."""
        last = self._before_adverbs(verb)
        start = self._subject_start(last)
        return lower_at(self.tokens, verb + 1) in _GOES_ON and 0 < start <= last and self._closes(verb, start)

    def said(self, verb: int) -> Saying | None:
        """Give the part of the sentence that the verb at a place reports."""
        last = self._before_adverbs(verb)
        if self.tokens[verb].lower in ALSO_NOUNS and self._is_noun(verb):
            return None
        if lower_at(self.tokens, last) in PASSIVE:
            return self._passive(verb)
        if lower_at(self.tokens, last) in _RELATIVE:
            return None
        if lower_at(self.tokens, last) == "," and self._begins_with_the_study():
            return Saying(verb, len(self.tokens), self.memory.study)
        start = self._from_study(self._subject_start(last))
        if start > last or self._is_behind(verb):
            name, office = self.behind(verb + 1)
            return Saying(0, self._end_of_said(verb), name, office) if name else None
        name, office = self._subject(start, last + 1)
        if self._closes(verb, start):
            goes_on = lower_at(self.tokens, self._clause_end(verb + 1)) == ","
            return Saying(0, len(self.tokens) if goes_on else start, name, office)
        return Saying(verb, len(self.tokens), name, office)

    def _from_study(self, start: int) -> int:
        """Give where a study begins that several made: an assessment by X and the union of Y shows."""
        if lower_at(self.tokens, start - 1) != "and":
            return start
        clause = self._clause_start(start - 1)
        study = self._study_in(clause, min(clause + _HARDLY_BEGUN, start))
        doer = None if study is None else doer_of_study(self.tokens, self.names, study)
        return clause if doer and doer.end == start - 1 else start

    def _end_of_said(self, verb: int) -> int:
        """Give where what somebody says ends: behind who says it too, where it goes on with and or but, or had begun.

        It has 700 beds, said its director, Ana Example, and half of them are old; so far, she says, eleven came.
        """
        name = next((name for name in self.names if verb < name.start <= verb + _FARTHEST_BEHIND), None)
        place = self._clause_end(name.end if name else verb + 1)
        if name and may_be_person(name) and lower_at(self.tokens, place + 1) in _TELLING_MORE:
            place = self._clause_end(place + 1)
        follows = lower_at(self.tokens, place) == "," and place + 1 < len(self.tokens)
        goes_on = lower_at(self.tokens, place + 1) in ("and", "but", "while")
        return len(self.tokens) if follows and (goes_on or verb <= _HARDLY_BEGUN) else verb

    def part_around(self, place: int, ends: str = ";", and_also: bool = False) -> tuple[int, int]:
        """Give the part of the sentence around a place that a semicolon ends, or other signs.

        With `and_also` it begins behind an and: it killed 900, and from it, according to the office, 300 never came.
        """
        marks = [at for at, token in enumerate(self.tokens) if token.text in ends]
        if and_also and lower_at(self.tokens, place - 1) == "," and self._goes_on_behind(place):
            marks += [
                at
                for at in range(max(0, place - 5), place)
                if self.tokens[at].lower in ("and", "but", "while")
            ]
        start = max((at + 1 for at in marks if at < place), default=0)
        return start, min((at for at in marks if at > place), default=len(self.tokens))

    def _goes_on_behind(self, place: int) -> bool:
        """Say whether the sentence goes on behind the comma after the words that begin at a place."""
        comma = self._clause_end(place)
        return lower_at(self.tokens, comma) == "," and comma + 1 < len(self.tokens)

    def owner_of_account(self, place: int) -> str | None:
        """Give the treasury of: by the treasury's own account."""
        told = whose_account(self.tokens, place)
        if told is None:
            return None
        start, end = told
        name = next((name for name in self.names if start <= name.start < end <= name.end), None)
        if name:
            return self._as_written(name)
        words = [token.bare for token in self.tokens[start:end]]
        return (
            without_article(" ".join(words)) if words[0] in ("the", "a", "our") and len(words) > 1 else None
        )

    def whose_study(self, study: int) -> str | None:
        """Give X of a study by X, when it is what the sentence is about."""
        if study - self._clause_start(study) > 4 and not was_asked(self.tokens, study):
            return None
        name = doer_of_study(self.tokens, self.names, study)
        if name is None:
            return None
        self.memory.study = self._as_written(name)
        return self.memory.study

    def _begins_with_the_study(self) -> bool:
        """The survey, made in May in Laos, Thailand and China, found …"""
        words = [token.lower for token in self.tokens[:3]]
        return len(words) > 2 and words[0] == "the" and words[1] in STUDIES and words[2] == ","

    def _passive(self, verb: int) -> Saying | None:
        for place in range(verb + 1, min(verb + 4, len(self.tokens))):
            if self.tokens[place].lower == "by":
                name, office = self.behind(place + 1)
                return Saying(0, len(self.tokens), name, office) if name else None
        return None

    def _is_behind(self, verb: int) -> bool:
        """“…,” said Ana Example: nobody stands in front of the verb, somebody behind it."""
        before = lower_at(self.tokens, verb - 1)
        if before == "," and (opening := self._comma_before(verb - 1)) is not None and opening > 0:
            beside = self.tokens[opening + 1].lower
            return not (beside in ("who", "which") or self._inserted(verb - 1))
        return before in ("", ",", "”", '"', "’", "–", "—", "-", "“")

    def _closes(self, verb: int, start: int) -> bool:
        """Say whether the verb stands behind what it reports: …, its organizers said on Tuesday."""
        if lower_at(self.tokens, start - 1) not in (",", "”", '"', "–", "—", "’"):
            return False
        rest = self.tokens[verb + 1 : self._clause_end(verb + 1)]
        return len(rest) <= 8 and not any(
            (token.is_number and not self._is_day(verb + 1 + at)) or token.lower in ("that", ":", "“")
            for at, token in enumerate(rest)
        )

    def _is_day(self, place: int) -> bool:
        """Say whether a number is of a date: said on 1 September."""
        beside = {lower_at(self.tokens, place - 1), lower_at(self.tokens, place + 1)}
        return not beside.isdisjoint(MONTHS) or is_year(self.tokens[place])

    def _clause_end(self, place: int) -> int:
        while place < len(self.tokens) and self.tokens[place].lower not in (",", ";", "–", "—"):
            place += 1
        return place

    def _is_noun(self, verb: int) -> bool:
        if lower_at(self.tokens, verb + 1) in PASSIVE | HAVING | {"of"}:
            return True  # expect claims of, after reports of, the states had
        before = self.tokens[verb - 1] if verb else None
        return before is None or before.lower in _BEFORE_NOUNS or before.is_possessive or before.is_number
