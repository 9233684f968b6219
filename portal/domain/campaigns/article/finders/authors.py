"""The author's office, and what the author declares: boards, employers, money; each a sentence of the article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.campaigns.article.document import Piece, PieceKind
from portal.domain.campaigns.article.files.bylines import without_dates
from portal.domain.campaigns.article.finders.name_words import OFFICES
from portal.domain.campaigns.article.finders.sentences import sentences_of
from portal.domain.campaigns.article.korean.words import OFFICES as KOREAN_OFFICES

LONGEST_BYLINE = 220
_NEAR_TOP, _NEAR_END = 6, 8
_BY = re.compile(
    r"\b(?:written|words|text|story|report(?:ed|ing)?|posted|published|interview|photos?)?\s*\b(?:by"
    r"|interview|author|text|words)\b\s*:?\s*|글쓴이|글\s*:|글·사진|인터뷰\s*:",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[([^\[\]]{1,80})\]|\(([^()]{1,80})\)")
_TIES = re.compile(
    r"\b(?:board|serves?|served|sits?|member|members|trustee|works? (?:for|at)|worked (?:for|at)"
    r"|working (?:for|at)|employ(?:s|ed|ee)"
    r"|volunteers? (?:for|with|at)|taught|teaches|advis(?:es|ed|er|or|ory)|consult(?:s|ed|ant)|fund(?:s|ed"
    r"|ing)|paid|receives?|received"
    r"|married|shares? in|owns|founded|co-founded|founder|chairs?|chaired|donat(?:es|ed)|patron|fellow of"
    r"|grant|director of|travel)\b"
)
_DECLARES = re.compile(
    r"\b(?:full )?disclosure\b|\bconflicts? of interest\b|\bdeclar(?:es|ation) of interests?\b"
    r"|\bcompeting interests?\b|이해관계|이해 ?충돌",
    re.IGNORECASE,
)
# What the author tells as I, in no quotation marks.
_OWN_TIES = re.compile(
    r"\bI(?:(?:['’](?:m|ve)| (?:am|was|have|had|sit|sat|serve|served|chair|chaired|also|still|now|once))\b.{0,60}"
    r"\b(?:board|trustee|treasurer|advisor|adviser|advisory|paid by|employed by|consultant|founder|chair of|patron)\b"
    r"| (?:have )?(?:worked|work|consult|consulted|volunteer|volunteered) (?:for|at|with) [A-Z])"
)
_MARKS = frozenset('“„«"')
_KOREAN_TIES = re.compile(
    r"이사|위원|자문|활동하|활동한|재직|근무|소속|후원|지원을 받|회원|대표를 맡|맡고 있"
)
_OF_THE_AUTHOR = ("He ", "She ", "They ", "His ", "Her ", "Their ")
_KOREAN_AUTHOR = ("필자는", "글쓴이는", "저자는", "필자 ", "필자가", "기자는")


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote the article: the office beside the name, what is declared, and the pieces that say nothing else."""

    name: str | None
    office: str | None
    interests: tuple[str, ...]
    pieces: frozenset[int]


def read_author(pieces: Sequence[Piece], name: str | None) -> Author:
    """Give what the pieces near the beginning and the end say about the author."""
    near = [*range(min(_NEAR_TOP, len(pieces))), *range(max(_NEAR_TOP, len(pieces) - _NEAR_END), len(pieces))]
    office, taken, interests = None, set(), []
    for place in near:
        text = pieces[place].text
        if (
            name
            and len(text) <= LONGEST_BYLINE
            and name in text
            and (beside := _BY.search(text))
            and beside.start() < 40
        ):
            office = office or _office(text, name)
            taken.add(place)
    for place, piece in enumerate(pieces):
        interests += _declared_as_i(piece) if name else []
        for text in _declared(piece.text, name, place in near, place - 1 in taken):
            interests.append(text)
            taken.update({place} & set(near))
    return Author(name, office, tuple(dict.fromkeys(interests)), frozenset(taken))


def _office(text: str, name: str) -> str | None:
    """Give the office in a byline: Board Member, Refugees Welcome! of [Refugees Welcome!] Board Member, Ana Example."""
    before, _, after = text.partition(name)
    bracketed = _BRACKETED.search(text)
    house = (bracketed[1] or bracketed[2] or "").strip() if bracketed else ""
    if house and _holds_office(house):
        return house
    by = _BY.search(before)
    front = _BRACKETED.sub(" ", before[by.end() :] if by else "").strip(" ,:–—-")
    rest = without_dates(_BRACKETED.sub(" ", after))
    behind = re.split(r"[.;|]|\son\s[0-9A-Z]|\son\s*$", rest)[0].strip(" ,:–—-*_")
    for found in (front, behind):
        if (
            found
            and len(found) <= 120
            and (_holds_office(found) or (found == behind and after.startswith(",") and found))
        ):
            return f"{found}, {house}" if house else found
    return None


def _holds_office(words: str) -> bool:
    split = re.split(r"\W+", words)
    return any(word.lower() in OFFICES for word in split) or any(
        word.endswith(tuple(KOREAN_OFFICES)) for word in words.split()
    )


def _declared_as_i(piece: Piece) -> list[str]:
    """Give the sentences in which whoever wrote the article tells a tie as I; on board a ship is none."""
    if piece.kind is not PieceKind.PARAGRAPH or not _OWN_TIES.search(piece.text) or _MARKS & {*piece.text}:
        return []
    return [
        one.text
        for one in sentences_of(piece.text)
        if _OWN_TIES.search(one.text) and " on board " not in one.text
    ]


def _declared(text: str, name: str | None, near: bool, behind_byline: bool) -> list[str]:
    """Give the sentences of a paragraph in which the author tells a tie to somebody the article may be about."""
    if not near and not _DECLARES.search(text):
        return []
    found = []
    about_author = behind_byline
    for sentence in sentences_of(text):
        words = sentence.text
        if _DECLARES.search(words):
            found.append(words)
            continue
        named = name is not None and (name in words or words.startswith(name.split()[0] + " "))
        named = named or words.startswith(("The author ", "The writer ", *_KOREAN_AUTHOR))
        about_author = named or (about_author and words.startswith(_OF_THE_AUTHOR))
        if (
            about_author
            and near
            and not _BY.match(words)
            and (_TIES.search(words) or _KOREAN_TIES.search(words))
        ):
            found.append(words)
    return found
