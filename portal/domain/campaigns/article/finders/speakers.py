"""Who says what a sentence tells: in front of a reporting verb, behind it, according to somebody, or nobody named."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.names import names_in
from portal.domain.campaigns.article.finders.sentences import Sentence
from portal.domain.campaigns.article.finders.subjects import PASSIVE, SubjectReader
from portal.domain.campaigns.article.finders.tokens import lower_at
from portal.domain.campaigns.article.finders.years import MONTHS, STUDIES, is_year

SAYING = frozenset(
    "say says said estimate estimates estimated warn warns warned announce announces announced state"
    " states stated tell tells told write writes wrote add adds added confirm confirms confirmed"
    " conclude concludes concluded argue argues argued predict predicts predicted reveal reveals"
    " revealed declare declares declared explain explains explained acknowledge acknowledges"
    " acknowledged insist insists insisted recall recalls recalled calculate calculates calculated"
    " report reports reported claim claims claimed suggest suggests suggested remember remembers"
    " remembered".split()
)
# These say something only with a number behind them,
_COUNTING = frozenset(
    "track tracks tracked classify classifies classified verify verifies verified identify identifies"
    " identified monitor monitors monitored log logs logged tally tallies tallied assess assesses"
    " assessed count counts counted record records recorded register registers registered document"
    " documents documented appeal appeals appealed pledge pledges pledged".split()
)
# and these only with that, or with a number behind at.
_FINDING = _COUNTING | frozenset(
    "find finds found show shows showed shown put puts expect expects expected believe believes"
    " believed ask asks asked reply replies replied answer answers answered note notes noted indicate"
    " indicates indicated come came think thinks reckon reckons".split()
)
_FORESEEING = frozenset("expect expects expected".split())
_HAVING = frozenset("has have had holds hold".split())
_MOST_IN_A_SENTENCE = 12
_ALSO_NOUNS = frozenset(
    "report reports estimate estimates claim claims state states count counts answer answers record"
    " records estimated reported suggested declared announced confirmed recorded registered documented"
    " counted claimed stated appeal appeals pledge pledges".split()
)
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
            found.append(Saying(0, len(tokens), name, office))
        elif token.lower in SAYING or (token.lower in _FINDING and reader.finds(place)):
            if said := reader.said(place):
                (counting if token.lower in _COUNTING | _FORESEEING else found).append(said)
        elif token.lower in _HAVING and reader.has_data(place):
            found.append(Saying(place, len(tokens), *reader.actor(place)))
        elif token.lower in STUDIES and (whose := reader.whose_study(place)):
            found.append(Saying(place, len(tokens), whose))
    # A country recorded 40 deaths, according to its ministry: who is named for the whole sentence says it.
    attributed = any(saying.start == 0 and saying.name for saying in found)
    named = [one for one in counting if one.name or said_at(found, one.start) is None]
    return found if attributed else found + named


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
        if word in _FORESEEING and self._counts_soon(verb):
            return True
        if word in _COUNTING and self._tells_number(verb):
            return True
        clause = self._clause_start(verb)
        studied = word not in _COUNTING and any(token.lower in STUDIES for token in self.tokens[clause:verb])
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
        if self.tokens[verb].lower in _ALSO_NOUNS and self._is_noun(verb):
            return None
        if lower_at(self.tokens, last) in PASSIVE:
            return self._passive(verb)
        if lower_at(self.tokens, last) in _RELATIVE:
            return None
        if lower_at(self.tokens, last) == "," and self._begins_with_the_study():
            return Saying(verb, len(self.tokens), self.memory.study)
        start = self._subject_start(last)
        if start > last or self._is_behind(verb):
            name, office = self.behind(verb + 1)
            return Saying(0, verb, name, office) if name else None
        name, office = self._subject(start, last + 1)
        if self._closes(verb, start):
            goes_on = lower_at(self.tokens, self._clause_end(verb + 1)) == ","
            return Saying(0, len(self.tokens) if goes_on else start, name, office)
        return Saying(verb, len(self.tokens), name, office)

    def whose_study(self, study: int) -> str | None:
        """Give X of a study by X, when it is what the sentence is about."""
        if study - self._clause_start(study) > 4:
            return None
        name = next((name for name in self.names if study < name.start <= study + 4), None)
        words = [token.lower for token in self.tokens[study + 1 : name.start]] if name else []
        if not (name and words and words[0] in ("by", "from")):
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
            return not (beside in ("who", "which") or self._is_apposition(opening, verb - 1))
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
        if lower_at(self.tokens, verb + 1) == "of":
            return True  # expect claims of, after reports of
        before = self.tokens[verb - 1] if verb else None
        return before is None or before.lower in _BEFORE_NOUNS or before.is_possessive or before.is_number
