"""HTML written anew, tag by tag, before anything parses it: known attributes only, no programs, bounded in every way.

What is written here is all that the parser sees, so nothing that a page does with broken tags and quotation marks can
make the two understand it in different ways. One pass, in time that grows with the page and not with its tricks.
"""

import re

from portal.domain.campaigns.errors import ArticleUnreadable

MOST_TAGS = 100_000
DEEPEST = 200
_MOST_ATTRIBUTES = 200
_LONGEST_VALUE = 2_000
_LONGEST_JUDGED = 200
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?P<name>[^\s/>=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"?|'(?P<single>[^']*)'?"
    r"|(?P<bare>[^\s>\"'][^\s>]*)?))?"
)
_KEPT = frozenset(
    "href class id role rel hidden aria-hidden style itemprop property name content datetime".split()
)
# A long list of names says nothing more than its beginning.
_JUDGED = frozenset(["class", "id", "style"])
# Their end may be left out, or they have none: they do not tell how deep a page is.
_LOOSE = frozenset(
    "p li dt dd tr td th thead tbody tfoot colgroup option optgroup rp rt area base br col embed hr img input"
    " link meta"
    " param source track wbr html head body".split()
)
# Nothing in them is text for a reader; a browser reads to their end without looking for other tags.
_PROGRAMS = frozenset(
    "script style svg template noscript iframe object canvas textarea math xmp noembed".split()
)


def rewritten(text: str) -> str:
    """Write a page anew; raises ArticleUnreadable for more tags, or more within each other, than an article has."""
    return _Rewriting(text).all()


class _Rewriting:
    def __init__(self, text: str) -> None:
        self.text = text
        self.told: list[str] = []
        self.depth = self.tags = 0
        self.endless: set[str] = set()

    def all(self) -> str:
        """Give the whole page; what stands after a tag that never ends is nothing, as in a browser."""
        place = 0
        while (start := self.text.find("<", place)) >= 0:
            self.told.append(self.text[place:start])
            place = self._after_tag(start)
        self.told.append(self.text[place:])
        return "".join(self.told)

    def _after_tag(self, start: int) -> int:
        if self.text.startswith("<!--", start):
            return self._after("-->", start + 4)
        if self.text[start + 1 : start + 2] in ("!", "?"):
            return self._after(">", start)
        self.tags += 1
        if self.tags > MOST_TAGS:
            raise ArticleUnreadable
        match = _NAME.match(self.text, start)
        if match is None:
            self.told.append("&lt;")
            return start + 1
        name = match[1].lower()
        if self.text[start + 1] == "/":
            self._deepen(name, -1)
            self.told.append(f"</{name}>")
            return self._after(">", match.end())
        return self._opened(name, match.end())

    def _after(self, mark: str, start: int) -> int:
        end = self.text.find(mark, start)
        return end + len(mark) if end >= 0 else len(self.text)

    def _opened(self, name: str, place: int) -> int:
        attributes, place = self._attributes(place)
        if name in _PROGRAMS or name == "title":
            content, place = self._content(name, place)
            if name == "title":
                self.told.append(f"<title>{content.replace('<', '&lt;')}</title>")
            return place
        self._deepen(name, 1)
        self.told.append(f"<{name}{attributes}>")
        return place

    def _attributes(self, place: int) -> tuple[str, int]:
        kept: dict[str, str] = {}
        for _ in range(_MOST_ATTRIBUTES):
            match = _ATTRIBUTE.match(self.text, place)
            if match is None:
                return "".join(kept.values()), self._after(">", place)
            place = match.end()
            name = match["name"].lower()
            value = match["double"] or match["single"] or match["bare"] or ""
            if name in _JUDGED:
                value = value[:_LONGEST_JUDGED]
            if name in _KEPT and name not in kept and len(value) <= _LONGEST_VALUE:
                value = value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
                kept[name] = f' {name}="{value}"'
        raise ArticleUnreadable

    def _content(self, name: str, place: int) -> tuple[str, int]:
        """Give what an element holds up to its end tag; nothing, when it has none any more."""
        end = (
            None
            if name in self.endless
            else re.compile(rf"</{name}(?=[\s/>])", re.I).search(self.text, place)
        )
        if end is None:
            self.endless.add(name)
            return "", len(self.text) if name in ("script", "style") else place
        return self.text[place : end.start()], self._after(">", end.end())

    def _deepen(self, name: str, step: int) -> None:
        if name not in _LOOSE:
            self.depth = max(self.depth + step, 0)
            if self.depth > DEEPEST:
                raise ArticleUnreadable
