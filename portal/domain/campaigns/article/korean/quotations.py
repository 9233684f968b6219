"""Who said the words in quotation marks in Korean paragraphs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.quotations import Spoken
from portal.domain.campaigns.article.finders.quoted import Quoted, is_speech, quoted_in
from portal.domain.campaigns.article.finders.sentences import Sentence
from portal.domain.campaigns.article.korean.speakers import (
    Speaker,
    korean_speaker,
    meet_topic,
    person_at,
    subject_in,
)
from portal.domain.campaigns.article.korean.words import words_of

_BESIDE, _LONGEST_VERB = 200, 12
_REPORTED = re.compile(r" ?(?:이?라고|이?라며|이?라면서|고|며|면서|는|이?라는|라)(?=[^가-힣]|[도는])")
_SAID_THUS = re.compile(
    r" ?[^.“\"]{2,60}(?:이렇게|이같이|이처럼|이와 같이) (?:말|전|털어놓|토로|호소|회상|덧붙)"
    r"| ?[^.“\"]{2,60}[이가은는] (?:말했|말합니|말한다|전했|털어놨|털어놓았|덧붙였|되물었)"
)
_WORDS_OF = re.compile(
    r" ?(?P<who>[^.“”\"]{2,60}(?:의|씨|님|어르신|할머니|할아버지)) (?:말씀|말|설명|증언|이야기|얘기|회고|호소|고백)"
    r"(?:이?(?:다|었다|었습니다)|입니다|였다)[.]"
)
_TOLD_BEFORE = re.compile(
    r"(?:말했|말한|말하|말합|전합|답합|물었"
    r"|답했|전했|털어놨|털어놓았|되물었|회상했|호소했|이야기했|얘기했)[가-힣]{1,3}[.:] ?$"
)
_NAMING = re.compile(r"부르|부른|불렀|일컫|표현|규정")


def korean_spoken_in(text: str, sentences: Sequence[Sentence], memory: Memory) -> list[Spoken]:
    """Give the quotations of a Korean paragraph with their speakers, in order."""
    found: list[Spoken] = []
    met = 0
    marked = [quoted for quoted in quoted_in(text) if quoted.mark not in "‘「『"]
    for place, quoted in enumerate(marked):
        if not is_speech(quoted):
            continue
        begun = bisect_right(sentences, quoted.start, key=lambda one: one.start)
        begins = sentences[begun - 1].start if begun else 0
        for sentence in sentences[met : max(met, begun - 1)]:
            meet_topic(sentence.text, memory)
        met = max(met, begun - 1)
        ending = bisect_left(sentences, quoted.end, key=lambda one: one.end)
        ends = sentences[ending].end if ending < len(sentences) else len(text)
        before = text[
            max(begins, marked[place - 1].end if place else 0, quoted.start - _BESIDE) : quoted.start
        ]
        after = text[quoted.end : min(ends, quoted.end + _BESIDE)]
        speaker = _speaker(before, after, marked[place + 1 :], text, memory) or _said_thus(
            text[quoted.end : quoted.end + _BESIDE], memory
        )
        if (
            speaker is None
            and not before.strip()
            and _TOLD_BEFORE.search(text, max(0, quoted.start - _LONGEST_VERB), quoted.start)
        ):
            speaker = _told_in(sentences, begun - 2, memory)
        if speaker is None and found and found[-1].quoted.end > begins:
            speaker = Speaker(found[-1].speaker, found[-1].office) if found[-1].speaker else None
        if speaker is None and memory.is_interview and not before.strip() and not after.strip(" ."):
            most = memory.who_speaks_most()
            speaker = Speaker(most) if most else None
        speaker = speaker and _in_full(speaker, memory)
        found.append(Spoken(quoted, speaker.name if speaker else None, speaker.office if speaker else None))
    return found


def _speaker(before: str, after: str, later: Sequence[Quoted], text: str, memory: Memory) -> Speaker | None:
    if not (_REPORTED.match(after) or _NAMING.search(after) or later):
        return None
    said = subject_in(before, memory)
    if said:
        return said
    cut = after.find("“")
    return korean_speaker(after if cut < 0 else after[:cut], memory) or (
        subject_in(after, memory) if _REPORTED.match(after) and cut < 0 else None
    )


def _said_thus(behind: str, memory: Memory) -> Speaker | None:
    """Read “….” 아무개 씨는 이렇게 말했다: the sentence behind the quotation says whose it was."""
    if of := _WORDS_OF.match(behind):
        words = words_of(of["who"])
        return person_at(words, len(words) - 1)
    told = _SAID_THUS.match(behind)
    return subject_in(told[0], memory) if told else None


def _told_in(sentences: Sequence[Sentence], place: int, memory: Memory) -> Speaker | None:
    """Read 아무개 씨는 말했다. “….”: the sentence before the quotation says whose it is."""
    return subject_in(sentences[place].text, memory) if place >= 0 else None


def _in_full(speaker: Speaker, memory: Memory) -> Speaker:
    """Give the office told at an earlier place to somebody who is he or she here."""
    if speaker.office:
        memory.full_names[f"office of {speaker.name}"] = speaker.office
        return speaker
    return Speaker(speaker.name, memory.full_names.get(f"office of {speaker.name}"))
