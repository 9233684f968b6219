"""Who said the words in quotation marks in Korean paragraphs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.quotations import Spoken
from portal.domain.campaigns.article.finders.quoted import Quoted, is_speech, quoted_in
from portal.domain.campaigns.article.finders.sentences import Sentence
from portal.domain.campaigns.article.korean.speakers import Speaker, korean_speaker, meet_topic, subject_in

_BESIDE = 200
_REPORTED = re.compile(r" ?(?:이?라고|이?라며|이?라면서|고|며|면서|는|이?라는|라)(?=[^가-힣]|[도는])")
_SAID_THUS = re.compile(
    r" ?[^.“\"]{2,60}(?:이렇게|이같이|이처럼|이와 같이) (?:말|전|털어놓|토로|호소|회상|덧붙)"
    r"| ?[^.“\"]{2,60}[이가은는] (?:말했|말합니|말한다|전했|털어놨|털어놓았|덧붙였|되물었)"
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
    told = _SAID_THUS.match(behind)
    return subject_in(told[0], memory) if told else None


def _in_full(speaker: Speaker, memory: Memory) -> Speaker:
    """Give the office told at an earlier place to somebody who is he or she here."""
    if speaker.office:
        memory.full_names[f"office of {speaker.name}"] = speaker.office
        return speaker
    return Speaker(speaker.name, memory.full_names.get(f"office of {speaker.name}"))
