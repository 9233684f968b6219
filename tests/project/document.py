"""What can be wrong with a page's document, as sentences."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.foundation.pages import Page, text_of

NAMELESS_TYPES = {"hidden", "submit", "button"}
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form")


def problems(page: Page) -> list[str]:
    """Give everything that is wrong with a page's document; nothing when it is well made."""
    return [
        *page.parse_errors,
        *_wrong_frame(page),
        *_wrong_ids(page),
        *_unlabelled(page),
        *_nameless(page),
    ]


def _wrong_frame(page: Page) -> Iterator[str]:
    if not page.source.lower().startswith("<!doctype html>"):
        yield "it does not begin with its doctype"
    if page.document.get("lang") != "en":
        yield f"its language is {page.document.get('lang')!r}"
    for tag in ("h1", "main", "title"):
        found = page.all(tag)
        if len(found) != 1 or not text_of(found[0]):
            yield f"it has {len(found)} {tag}"
    levels = [int(element.tag[1]) for element in page.document.iter() if element.tag in HEADINGS]
    if any(after > before + 1 for before, after in zip(levels, levels[1:], strict=False)):
        yield f"its headings jump: {levels}"


HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def _wrong_ids(page: Page) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.document.iter() if element.get("id") is not None)
    yield from (f"the id {ident!r} stands {times} times" for ident, times in ids.items() if times > 1)
    for element in page.document.iter():
        wanted = [ident for name in POINTERS for ident in (element.get(name) or "").split()]
        href = element.get("href") or ""
        wanted += [href[1:]] if href.startswith("#") else []
        yield from (
            f"a {element.tag} points to {ident!r}, which is not there" for ident in wanted if ident not in ids
        )


def _unlabelled(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label") if text_of(label)}
    wrapped = {id(element) for label in page.all("label") if text_of(label) for element in label.iter()}
    for element in page.document.iter():
        if element.tag not in ("input", "select", "textarea") or element.get("type") in NAMELESS_TYPES:
            continue
        named = element.get("aria-label") or element.get("aria-labelledby")
        if not (named or element.get("id") in labelled or id(element) in wrapped):
            yield f"the control {element.get('name')!r} has no label"


def _nameless(page: Page) -> Iterator[str]:
    for element in page.document.iter():
        if element.tag in ("a", "button", "summary") and not (text_of(element) or element.get("aria-label")):
            yield f"a {element.tag} has no text"
        if element.tag == "img" and element.get("alt") is None:
            yield "a picture has no alternative text"
        if element.tag == "form" and element.get("method") == "post" and not _has_button(element):
            yield "a form has no button"


def _has_button(form: Element) -> bool:
    return any(element.tag == "button" for element in form.iter())
