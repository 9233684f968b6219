"""The figures of a Korean sentence: amounts with their counter, their year and who says them."""

import re
from collections.abc import Sequence

from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.quotations import Spoken
from portal.domain.campaigns.article.finders.sentences import Sentence
from portal.domain.campaigns.article.found import FoundFigure
from portal.domain.campaigns.article.korean.amounts import KoreanAmount, read_korean_amounts
from portal.domain.campaigns.article.korean.saying import REPORTING
from portal.domain.campaigns.article.korean.speakers import korean_speaker
from portal.domain.campaigns.article.korean.words import source_at
from portal.domain.campaigns.article.korean.years import korean_year

_MAY_COUNT = re.compile(
    "[0-9]|절반|과반|분의|[두세네석넷둘셋]|서너|다섯|여섯|일곱|여덟|아홉|열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔|[십백천만억]"
)
_CLAUSE = re.compile(r"[,“”\"‘’;:()·]|[다요]\. ")
_TURN = re.compile(rf"(?:{REPORTING.pattern})(?:으나|지만|는데|고|으며)(?:,| ) ?")
_MOST_TURNS = 10
_WORDS_BEFORE, _WORDS_AFTER = 6, 4


def korean_figures(sentence: Sentence, spoken: Sequence[Spoken], memory: Memory) -> list[FoundFigure]:
    """Give the figures of a sentence; `spoken` are the quotations of its paragraph."""
    if not _MAY_COUNT.search(sentence.text):
        return []
    amounts = read_korean_amounts(sentence.text)
    if not amounts:
        return []
    clauses = _who_says(_without_quotations(sentence, spoken), memory)
    found = []
    for amount in amounts:
        begins = sentence.start + amount.start
        said_by = next(name for end, name in clauses if amount.start < end) or memory.has_the_word
        source = source_at(sentence.text, amount.end)
        quotation = next((one for one in spoken if one.quoted.start <= begins < one.quoted.end), None)
        found.append(
            FoundFigure(
                text=sentence.text[amount.start : amount.end],
                value=amount.value,
                low=amount.low,
                high=amount.high,
                unit=amount.unit,
                counts=_words_around(sentence.text, amount),
                year=source[1]
                if source
                else korean_year(sentence.text, amount.start, amount.end, memory.published),
                said_by=quotation.speaker if quotation else source[0] if source else said_by,
                sentence=sentence.text,
                section=sentence.section,
            )
        )
    return found


def _without_quotations(sentence: Sentence, spoken: Sequence[Spoken]) -> str:
    text = sentence.text
    for one in reversed(spoken):
        start, end = max(0, one.quoted.start - sentence.start), one.quoted.end - sentence.start
        if start < len(text) and end > 0:
            end = min(end, len(text))
            # As long as it was, so that every place stays what it is.
            text = text[:start] + "“”" + " " * (end - start - 2) + text[end:]
    return text


def _who_says(text: str, memory: Memory) -> list[tuple[int, str | None]]:
    """Give who says the figures up to each place: 들국시는 …라고 밝혔으나, … tells no more of what the town says."""
    ends = [match.end() for match in _TURN.finditer(text)][:_MOST_TURNS]
    told: list[tuple[int, str | None]] = []
    start = 0
    for end in (*ends, len(text) + 1):
        clause = text[start:end]
        speaker = korean_speaker(clause, memory)
        before = told[-1][1] if told and REPORTING.search(clause) else None
        told.append((end, speaker.name if speaker else before))
        start = end
    return told


def _words_around(text: str, amount: KoreanAmount) -> str:
    """Give the words of the clause beside an amount, the amount among them."""
    start, end = 0, len(text)
    for match in _CLAUSE.finditer(text):
        if match.end() <= amount.start:
            start = match.end()
        elif match.start() >= amount.end:
            end = match.start()
            break
    before = text[start : amount.start].split(" ")[-_WORDS_BEFORE - 1 :]
    after = text[amount.end : end].split(" ")[: _WORDS_AFTER + 1]
    return (" ".join(before) + text[amount.start : amount.end] + " ".join(after)).strip(" .!?")
