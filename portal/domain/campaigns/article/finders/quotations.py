"""Who said the words in quotation marks, and in which office, in English paragraphs."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.names import names_in
from portal.domain.campaigns.article.finders.quoted import Quoted, is_speech, quoted_in
from portal.domain.campaigns.article.finders.reporting import SAYING
from portal.domain.campaigns.article.finders.sentences import Sentence
from portal.domain.campaigns.article.finders.speakers import sayings_of
from portal.domain.campaigns.article.finders.subjects import SubjectReader
from portal.domain.campaigns.article.finders.tokens import lower_at, span_text, tokens_of
from portal.domain.campaigns.article.finders.years import STUDIES

_CALLING = frozenset(
    "call calls called calling label labels labelled labeled describe describes described term terms"
    " termed brand brands branded dub dubs dubbed denounce denounces denounced".split()
)
_LEADING = frozenset(
    "answer answers answered reply replies replied note notes noted think thinks thought believe"
    " believes believed find finds found ask asks asked continue continues continued go goes went put"
    " puts sum sums summed laugh laughs laughed".split()
)
_BESIDE = 300
_CONTEXT_WORDS = 4
_DASHES = ("-", "–", "—", "―", "~")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words in quotation marks with who said them; None where the article is silent."""

    quoted: Quoted
    speaker: str | None
    office: str | None


def spoken_in(text: str, sentences: Sequence[Sentence], memory: Memory) -> list[Spoken]:
    """Give the quotations of a paragraph with their speakers, in order."""
    found: list[Spoken] = []
    marked = quoted_in(text)
    for place, quoted in enumerate(marked):
        if not is_speech(quoted):
            continue
        memory.read_to(quoted.start)
        before_end = marked[place - 1].end if place else 0
        after_end = marked[place + 1].start if place + 1 < len(marked) else len(text)
        speaker, office = _speaker(text, quoted, sentences, memory, before_end, after_end, found)
        found.append(Spoken(quoted, speaker, office))
    return found


def _speaker(
    text: str, quoted: Quoted, sentences: Sequence[Sentence], memory: Memory, before_end: int, after_end: int,
    earlier: Sequence[Spoken],
) -> tuple[str | None, str | None]:  # fmt: skip
    after = text[quoted.end : min(after_end, quoted.end + _BESIDE)]
    before = _before(text, quoted, sentences, before_end)
    for told in (signed(after), _behind(quoted, after, memory), _in_front(before, memory)):
        if told and told[0]:
            return told
    if earlier and _follows(text, earlier[-1].quoted, quoted):
        return earlier[-1].speaker, earlier[-1].office
    if studied := _of_study(before, memory):
        return studied, None
    if not before.strip() and (reported := _reported_before(quoted, sentences, memory)):
        return reported, None
    long = len(quoted.text.split()) >= _CONTEXT_WORDS
    if memory.is_interview and long and not tokens_of(after) and not text[: quoted.start].strip():
        return memory.who_speaks_most(), None
    if not before.strip() and quoted.start > 0 and _begins_with_pronoun(text):
        return memory.person, None
    return None, None


def _reported_before(quoted: Quoted, sentences: Sequence[Sentence], memory: Memory) -> str | None:
    """Give the person whom the sentence before reported, where a quotation that is a sentence goes on."""
    at = bisect_right(sentences, quoted.start, key=lambda one: one.start) - 1
    if at < 1 or sentences[at].start != quoted.start or sentences[at].end > quoted.end:
        return None
    sayings = sayings_of(sentences[at - 1], memory)
    said = {one.name for one in sayings}
    name = said.pop() if len(said) == 1 else None
    return name if name and memory.is_person(name) else None


def _begins_with_pronoun(text: str) -> bool:
    return text.startswith(("He ", "She "))


def _before(text: str, quoted: Quoted, sentences: Sequence[Sentence], before_end: int) -> str:
    """Give what the sentence says in front of the quotation."""
    begun = bisect_right(sentences, quoted.start, key=lambda one: one.start)
    start = sentences[begun - 1].start if begun else 0
    return text[max(start, before_end, quoted.start - _BESIDE) : quoted.start]


def signed(after: str) -> tuple[str | None, str | None] | None:
    """Read -Ana Example, Director of Something, in a report or under words that are set apart."""
    tokens = tokens_of(after)
    if not tokens or tokens[0].lower not in _DASHES or len(tokens) < 2 or not tokens[1].is_capital:
        return None
    name = next((name for name in names_in(tokens) if name.start == 1), None)
    if name is None:
        return None
    if lower_at(tokens, name.end) != ",":
        return (name.text, None) if name.end >= len(tokens) or not tokens[name.end].is_word else None
    end = name.end + 1
    while end < len(tokens) and tokens[end].lower not in (",", ".", ";", "(", "“", '"'):
        end += 1
    office = span_text(after, tokens, name.end + 1, end)
    return name.text, office or None


def _behind(quoted: Quoted, after: str, memory: Memory) -> tuple[str | None, str | None] | None:
    """Read “…,” said Ana Example, head nurse; “…,” she says."""
    tokens = tokens_of(after.lstrip(" ,"))
    shown = after.lstrip(" ,")
    if not tokens or quoted.text[-1:] == "." or tokens[0].lower in (".", ";", "!", "?"):
        return None
    reader = SubjectReader(shown, tokens, names_in(tokens), memory)
    for place, token in enumerate(tokens[:14]):
        if token.lower in (".", ";", ":", "and", "but", "while") and place:
            return None
        if token.lower in SAYING | _LEADING:
            return reader.behind(1) if place == 0 else reader.actor(place)
    return None


def _in_front(before: str, memory: Memory) -> tuple[str | None, str | None] | None:
    """Read Ana Example, a nurse, said: “…”; China labels them as “…”."""
    tokens = tokens_of(before)
    reader = SubjectReader(before, tokens, names_in(tokens), memory)
    for place in range(len(tokens) - 1, -1, -1):
        word = tokens[place].lower
        if word in SAYING or word in _CALLING or (word in _LEADING and place >= len(tokens) - 2):
            return reader.actor(place)
        if word == "according" and lower_at(tokens, place + 1) == "to":
            return reader.behind(place + 2)
    if (
        tokens
        and tokens[-1].lower == ":"
        and len(tokens) <= 8
        and (names := reader.names)
        and names[0].start == 0
    ):
        return names[0].text, None
    return None


def _follows(text: str, earlier: Quoted, quoted: Quoted) -> bool:
    """“…,” she said. “…”: between the two stands nothing but who said the first, or small words."""
    between = text[earlier.end : quoted.start]
    words = tokens_of(between)
    if len(between) > _BESIDE:
        return False
    reporting = any(token.lower in SAYING | _LEADING for token in words)
    ended = between.rstrip().endswith((".", ",", ":"))
    return (reporting and ended) or len([token for token in words if token.is_word]) <= 1


def _of_study(before: str, memory: Memory) -> str | None:
    """Give whose inquiry it is that the sentence quotes from."""
    tokens = tokens_of(before)
    study = next((place for place, token in enumerate(tokens) if token.lower in STUDIES), None)
    if study is None:
        return None
    names = names_in(tokens)
    for name in names:
        if name.start > study and {lower_at(tokens, name.start - 1), lower_at(tokens, name.start - 2)} & {
            "by",
            "of",
            "from",
        }:
            return memory.in_full(name.text)
    return None
