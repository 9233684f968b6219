"""An article's title, wherever the file has it: in the comment line of a blog, beside the site's name,"
" unbalanced."""

import re
import unicodedata

LONGEST_TITLE = 300
_THOUGHTS = re.compile(
    r"\W{0,3}(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten) (?:thoughts?|comments?|responses?"
    r"|replies) (?:on|to) "
    r"(?P<title>.{2,300})",
    re.IGNORECASE,
)
_KOREAN_THOUGHTS = re.compile(
    r"[“\"‘'「『<《](?P<title>.{2,300})[”\"’'」』>》]에 (?:대한|관한) .{0,12}\d{1,4}\s?(?:개|건).{0,12}"
)
_OPENING, _CLOSING = "“‘「『《〈", "”’」』》〉"
_CLOSES = dict(zip(_OPENING, _CLOSING, strict=True))
_SITE_SEPARATOR = re.compile(r"\s+[|–—·•»«:-]\s+|\s+::\s+|\s*\|\s*")
_NO_TITLES = re.compile(
    r"(?:untitled|no title|home|index|document\d*|word document|microsoft word.{0,80}|powerpoint presentation"
    r"|new document"
    r"|제목 ?없음|무제|문서\d*|새 ?문서|홈)\W*",
    re.IGNORECASE,
)


def title_in_comment_line(line: str) -> str | None:
    """Give the title that a blog repeats above its comments (One thought on “…”), its quotation marks balanced."""
    if len(line) > LONGEST_TITLE + 60:
        return None
    match = _THOUGHTS.fullmatch(line) or _KOREAN_THOUGHTS.fullmatch(line)
    if match is None:
        return None
    words = match["title"].strip()
    if words and words[0] in "“\"‘'«「":
        words = _without_marks_around(words)
    return titled(balanced(words))


def _without_marks_around(words: str) -> str:
    """Take off the marks that the comment line sets around the title, of which the last may be missing."""
    inner = words[1:]
    opened = _depth(inner)
    stray_curly = inner[-1:] in tuple("”»」") and opened < 0
    stray_straight = inner[-1:] in tuple("\"'") and inner.count(inner[-1:]) % 2 == 1
    return inner[:-1] if stray_curly or stray_straight else inner


def _depth(text: str) -> int:
    """Count double marks opened and not closed again; below zero when more are closed."""
    return sum(text.count(mark) for mark in "“「«") - sum(text.count(mark) for mark in "”」»")


def balanced(text: str) -> str:
    """Give a text whose curly and angular marks come in pairs: the unclosed is closed, the unopened goes."""
    kept: list[str] = []
    open_marks: list[str] = []
    for place, sign in enumerate(text):
        if sign in _OPENING:
            open_marks.append(_CLOSES[sign])
        elif sign in _CLOSING and not (sign == "’" and _is_apostrophe(text, place)):
            if not open_marks or open_marks[-1] != sign:
                continue
            open_marks.pop()
        kept.append(sign)
    return "".join(kept) + "".join(reversed(open_marks))


def _is_apostrophe(text: str, place: int) -> bool:
    return place > 0 and text[place - 1].isalnum()


def titled(text: str | None) -> str | None:
    """Give a title of one line, or None for none: an empty one, one too long, or a program's own name for a file."""
    line = " ".join((text or "").split())
    if (
        not line
        or len(line) > LONGEST_TITLE
        or _NO_TITLES.fullmatch(line)
        or not any(c.isalnum() for c in line)
    ):
        return None
    return line


def without_site(title: str, sites: tuple[str, ...], known: tuple[str, ...] = ()) -> str:
    """Give a page's title without the site's name before or after it.

    `known` are titles that the page has elsewhere: the part that is one of them is the title. Without such a part,
    and without the site's name, the longer half of two is it when the other has at most five words.
    """
    for heading in known:
        if is_same(title, heading) or is_part(heading, title):
            return heading
    parts = [part for part in _SITE_SEPARATOR.split(title) if part]
    kept = [part for part in parts if not any(is_same(part, site) for site in sites)]
    if len(parts) < 2 or not kept:
        return title
    if len(kept) < len(parts):
        # Only the ends can be the site's name; what stands between the parts that are left is the title's own.
        start, end = title.find(kept[0]), title.rfind(kept[-1]) + len(kept[-1])
        return title[start:end]
    cut = re.split(r"\s+[|–—·•»]\s+|\s*\|\s*", title)
    if sites or len(cut) < 2 or len(cut[-1].split()) > 5 or len(cut[-1]) >= len(" ".join(cut[:-1])):
        return title
    return title[: title.rfind(cut[-1])].rstrip(" |–—·•»")


def is_same(one: str, other: str) -> bool:
    """Say whether two titles have the same letters and digits, whatever their marks and capitals."""
    return bool(plain(one)) and plain(one) == plain(other)


def is_part(heading: str, title: str) -> bool:
    """Say whether a page's title has this heading at its start or end, beside a separator."""
    inside, around = plain(heading), plain(title)
    return (
        len(inside) >= 8
        and (around.startswith(inside) or around.endswith(inside))
        and len(inside) * 4 > len(around)
    )


def plain(text: str) -> str:
    """Give a text's letters and digits alone, for comparing."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text[:1000])).casefold()
