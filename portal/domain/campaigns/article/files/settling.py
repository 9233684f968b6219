"""The last step of reading any file: what its lines say of title, author, date and licence, and its reading"
" list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.domain.campaigns.article.document import Document, Piece, PieceKind
from portal.domain.campaigns.article.files.bylines import (
    LONGEST_BYLINE,
    author_by_trade,
    author_of,
    day_in,
    day_of_report,
    dispatch,
    is_dateline,
    licence_in,
    named_with_office,
    place_and_day,
)
from portal.domain.campaigns.article.files.chrome import Sifted
from portal.domain.campaigns.article.files.chrome_words import Why
from portal.domain.campaigns.article.files.contacts import without_email
from portal.domain.campaigns.article.files.headings import LONGEST_HEADING
from portal.domain.campaigns.article.files.leaving_out import left_out_of, why_left_out
from portal.domain.campaigns.article.korean.bylines import (
    day_beside_its_word,
    labelled_title,
    wire_author,
    writer_alone,
)
from portal.domain.campaigns.article.reading_lists import is_reading_heading, is_reading_line
from portal.domain.campaigns.article.titles import is_same, title_in_comment_line
from portal.domain.campaigns.errors import ArticleEmpty

_SEPARATOR = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+|\s{3,}")
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
_BYLINE_WORDS = frozenset(
    ["", *"by written posted words text story author writer 기자 특파원 글 글쓴이 필자 저자 작성자".split()]
)
_NEAR_TOP, _NEAR_END, _LAST_LINES = 6, 8, 3
_ISSUE = re.compile(
    r"\b(?:issue|no|number|vol|volume)\b\.? ?[0-9]{1,4}\W*$|제? ?[0-9]{1,4} ?호\W*$", re.IGNORECASE
)
_LONGEST_MASTHEAD = 60
_KIND_OF_TEXT = re.compile(
    r"(?:(?:research|policy|briefing|working|press|media|news|fact|opinion|situation|special|field|annual) )?"
    r"(?:brief|briefing|paper|note|release|statement|sheet|report|opinion|comment|commentary|analysis|feature|essay"
    r"|interview|letter)s?\W{0,2}",
    re.IGNORECASE,
)
# Beside the name and the day, the page's section and how many comments it has.
_LONGEST_BESIDE = 8
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_ENTRY = 300


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says about itself outside its text; None where it says nothing."""

    title: str | None = None
    title_found_in: str | None = None
    author: str | None = None
    published: str | None = None
    licence: str | None = None


def settle(sifted: Sifted, said: Said) -> Document:
    """Give the document; what the file says about itself outside its text counts before its lines.

    Raises ArticleEmpty when nothing is left that could be an article.
    """
    title, found_in = _title(sifted, said)
    pieces, left_out = _without_title(sifted.pieces, title), list(sifted.left_out)
    lines = _about_itself(pieces)
    writer = _writer_below(title, pieces)
    if writer:
        left_out.append((pieces.pop(0).text, Why.ABOUT_ITSELF))
    pieces = _without_datelines(pieces, left_out)
    if not any(sign.isalnum() for piece in pieces for sign in piece.text):
        raise ArticleEmpty
    return Document(
        pieces=tuple(_with_entries(pieces)),
        language=language_of(pieces),
        title=title,
        title_found_in=found_in,
        author=said.author or _first_author(lines) or writer or _wire_author(pieces),
        published=said.published or _day(lines, pieces) or _day_left_out(left_out),
        licence=said.licence or _licence(pieces, left_out),
        left_out=left_out_of(left_out),
    )


def language_of(pieces: Sequence[Piece]) -> str:
    """Say "ko" when a third or more of the letters are Hangul, otherwise "en"."""
    text = "".join(piece.text for piece in pieces)[:200_000]
    letters = sum(sign.isalpha() for sign in text)
    return "ko" if len(_HANGUL.findall(text)) * 3 >= max(letters, 1) else "en"


def _title(sifted: Sifted, said: Said) -> tuple[str | None, str | None]:
    if said.title:
        return said.title, said.title_found_in
    for text, _ in sifted.left_out:
        if title := title_in_comment_line(text):
            return title, "the line above the comments (“One thought on …”)"
    for piece in sifted.pieces[:_NEAR_TOP]:
        if named := labelled_title(piece.text):
            return named, "the line that is called the title"
    first = next((piece for piece in sifted.pieces[:_NEAR_TOP] if not _is_masthead(piece.text)), None)
    if first and (first.kind is PieceKind.HEADING or _is_quoted_title(first, sifted.pieces)):
        return first.text, "the first line of the text"
    return None, None


def _is_masthead(line: str) -> bool:
    """Say whether a line is a paper's name with the number of its issue, a kind of text (PRESS RELEASE), or a date."""
    issue = _ISSUE.search(line) and "보고" not in line
    told = issue or _KIND_OF_TEXT.fullmatch(line) or is_dateline(line)
    return len(line) <= _LONGEST_MASTHEAD and bool(told)


def _is_quoted_title(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Say whether the first line is a title in quotation marks, and no motto with who said it."""
    words = piece.text
    if not (words[0] in '“"‘' and words[-1] in '”"’') or len(words) > LONGEST_HEADING or words[-2] in ".。":
        return False
    following = next((other.text for other in pieces[pieces.index(piece) + 1 :]), "")
    return bool(following) and not following.startswith(("-", "–", "—", "―"))


def _without_title(pieces: Sequence[Piece], title: str | None) -> list[Piece]:
    """Take off the title where it stands above the text; the document has it apart."""
    for place, piece in enumerate(pieces[:_NEAR_TOP]):
        told = labelled_title(piece.text) or piece.text
        if title and piece.kind is not PieceKind.ENTRY and is_same(told, title):
            return [*pieces[:place], *pieces[place + 1 :]]
    return list(pieces)


def _writer_below(title: str | None, pieces: Sequence[Piece]) -> str | None:
    """Give the Korean name that stands alone below the title, above some text."""
    return writer_alone(pieces[0].text) if title and len(pieces) > 1 else None


def _wire_author(pieces: Sequence[Piece]) -> str | None:
    return next((name for piece in pieces[:_NEAR_TOP] if (name := wire_author(piece.text[:80]))), None)


def _day_left_out(left_out: Sequence[tuple[str, Why]]) -> str | None:
    """Give the day beside the word for publishing in a line that was left out."""
    told = (day_beside_its_word(text) for text, _ in left_out)
    return next((day for words in told if words and (day := day_in(words))), None)


def _about_itself(pieces: Sequence[Piece]) -> list[str]:
    ends = [*pieces[:_NEAR_TOP], *pieces[_NEAR_TOP:][-_NEAR_END:]]
    return [piece.text for piece in ends if len(piece.text) <= LONGEST_BYLINE]


def _first_author(lines: Sequence[str]) -> str | None:
    """Give the author of the first byline; without one, whom the last lines tell to be a writer."""
    named = (name for line in lines if (name := _author(line)))
    reporters = (name for line in lines[:_NEAR_TOP] if (name := named_with_office(line)))
    by_trade = (name for line in lines[-_LAST_LINES:] if (name := author_by_trade(line)))
    return next(named, None) or next(reporters, None) or next(by_trade, None)


def _author(line: str) -> str | None:
    parts = _parts(line)
    beside_a_day = parts if any(is_dateline(part) for part in parts) else []
    return (
        author_of(line)
        or next((name for part in parts if (name := author_of(part))), None)
        or next((name for part in beside_a_day if (name := named_with_office(part))), None)
    )


def _day(lines: Sequence[str], pieces: Sequence[Piece]) -> str | None:
    """Give the day that a line about the article tells, or else one behind a place or a paper near the top."""
    told = [day_of_report(line) or _published(line) for line in lines]
    told += [place_and_day(piece.text) for piece in pieces[:_NEAR_TOP]]
    told += [found[0] for piece in pieces[:_NEAR_TOP] if (found := dispatch(piece.text))]
    return next((day for day in told if day), None)


def _published(line: str) -> str | None:
    told = (part for part in (line, *_parts(line)) if is_dateline(part) or author_of(part))
    return next((day for part in told if (day := day_in(part))), None)


def _parts(line: str) -> list[str]:
    parts = [part for part in _SEPARATOR.split(line) if part]
    return parts if len(parts) > 1 else []


def _without_datelines(pieces: Sequence[Piece], left_out: list[tuple[str, Why]]) -> list[Piece]:
    """Leave out lines that tell author and date and nothing else; a byline with an office is the reader's to see."""
    kept = []
    for place, piece in enumerate(pieces):
        near = place < _NEAR_TOP or place >= len(pieces) - _NEAR_END
        reading = piece.kind is PieceKind.HEADING and is_reading_heading(piece.text)
        if near and not reading and is_about_itself(piece.text):
            left_out.append((piece.text, Why.ABOUT_ITSELF))
        else:
            kept.append(piece)
    return kept


def is_about_itself(line: str) -> bool:
    """Say whether a line tells who wrote an article and when, and nothing else but what a site adds to it."""
    if len(line) > LONGEST_BYLINE:
        return False
    line = without_email(line)
    parts = _parts(line) or [line]
    if any(is_dateline(part) for part in parts) and any(_is_name_alone(part) for part in parts):
        parts = [part for part in parts if len(part) > _LONGEST_BESIDE]
    return all(is_dateline(part) or why_left_out(part) or _is_name_alone(part) for part in parts)


def tells_author_and_day(line: str) -> bool:
    """Say whether two parts of a line are a day and a byline: 3 June | by Ana Example, cook | Read."""
    parts = _parts(line) if len(line) <= LONGEST_BYLINE else []
    return any(is_dateline(part) for part in parts) and any(author_of(part) for part in parts)


def _is_name_alone(line: str) -> bool:
    name = author_of(line)
    rest = re.split(r"[\s:：=.]+", line.replace(name, " ")) if name else ["?"]
    return all(word.lower() in _BYLINE_WORDS for word in rest)


def _licence(pieces: Sequence[Piece], left_out: Sequence[tuple[str, Why]]) -> str | None:
    texts = [piece.text for piece in pieces] + [text for text, _ in left_out]
    addresses = [link.url for piece in pieces for link in piece.links]
    return next((found for text in (*texts[-40:], *addresses) if (found := licence_in(text[:5_000]))), None)


def _with_entries(pieces: Sequence[Piece]) -> list[Piece]:
    """Make what stands under a reading heading entries of its list, and put an address under its title beside it."""
    told: list[Piece] = []
    marked = {piece for piece in pieces if piece.kind is PieceKind.ENTRY}
    listing = False
    for place, piece in enumerate(pieces):
        if _heads_list(pieces, place):
            piece = replace(piece, kind=PieceKind.HEADING)
        if piece.kind is PieceKind.HEADING:
            listing = is_reading_heading(piece.text)
        elif listing and _is_address_alone(piece) and told[-1].kind is PieceKind.ENTRY and not told[-1].links:
            told[-1] = replace(told[-1], text=f"{told[-1].text} {piece.text}", links=piece.links)
            continue
        elif listing and piece.kind is not PieceKind.ENTRY:
            listing = _is_entry(piece, in_list=told[-1] in marked)
            piece = replace(piece, kind=PieceKind.ENTRY) if listing else piece
        told.append(piece)
    return told


def _heads_list(pieces: Sequence[Piece], place: int) -> bool:
    """Say whether a line with a colon stands above a reading list."""
    listed = place + 1 < len(pieces) and pieces[place + 1].kind is PieceKind.ENTRY
    return listed and pieces[place].kind is PieceKind.PARAGRAPH and is_reading_line(pieces[place].text)


def _is_address_alone(piece: Piece) -> bool:
    return len(piece.links) == 1 and piece.text.strip(" <>()") == piece.links[0].url


def _is_entry(piece: Piece, in_list: bool) -> bool:
    """Say whether a line is a title to read: a sentence with no year or address ends the list, as a byline does.

    After the entries of a list that the file marks as one, any sentence does.
    """
    if _author(piece.text) or len(piece.text) > _LONGEST_ENTRY:
        return False
    is_sentence = piece.text.endswith((".", "。", "!")) and not piece.text.startswith(tuple('“"「『‘<《'))
    return not is_sentence or (not in_list and (bool(piece.links) or bool(_YEAR.search(piece.text))))
