"""Pages as objects: what the client got, parsed as strictly as a browser's developer tools would."""

import warnings
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from html5lib.constants import DataLossWarning
from werkzeug.test import TestResponse

UNSEEN = {"script", "style", "template", "head"}
CONTROLS = {"input", "select", "textarea", "button"}


class Page:
    """One answer of the portal, with its document."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.location = response.headers.get("Location")
        # A picture is no text; nothing then asks for its document.
        self.source = response.get_data().decode(errors="replace")

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DataLossWarning)
            document = parser.parse(self.source)
        return document, [f"line {place[0]}: {code} {extra or ''}" for place, code, extra in parser.errors]

    @property
    def document(self) -> Element:
        """The root of the document."""
        return self._parsed[0]

    @property
    def parse_errors(self) -> list[str]:
        """What the HTML standard calls a parse error, each with its line."""
        return self._parsed[1]

    @property
    def title(self) -> str:
        """The text of the title element."""
        return text_of(self.one("title"))

    @property
    def heading(self) -> str:
        """The text of the one h1."""
        return text_of(self.one("h1"))

    @property
    def text(self) -> str:
        """All text that a reader sees, with single spaces."""
        return " ".join(" ".join(seen_text(self.document)).split())

    def all(self, path: str) -> list[Element]:
        """Give every element of this name or ElementTree path."""
        return self.document.findall(path if path.startswith(".") else f".//{path}")

    def one(self, path: str) -> Element:
        """Give the only element of this path. Fails when there is none or more."""
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} elements match {path}, not one"
        return found[0]

    def field(self, name: str) -> Element:
        """Give the first form control of this name."""
        found = [element for element in self.document.iter() if element.get("name") == name]
        assert found, f"no control is called {name}"
        return found[0]

    def by_id(self, ident: str) -> Element:
        """Give the element of this id."""
        return self.one(f".//*[@id='{ident}']")

    @property
    def programs(self) -> list[Element]:
        """What the page says itself that a browser would run; blocks of data for search engines are no programs."""
        scripts = [one for one in self.all("script") if one.get("type") != "application/ld+json"]
        return [one for one in scripts if not (one.get("src") or "").startswith("/static/")]

    @property
    def links(self) -> list[str]:
        """Where the page's links lead, in reading order."""
        return [link.get("href", "") for link in self.all("a")]


def text_of(element: Element) -> str:
    """Give an element's text with single spaces."""
    return " ".join("".join(element.itertext()).split())


def seen_text(element: Element) -> Iterator[str]:
    """Give the pieces of text within an element that are drawn on a page."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return
    yield element.text or ""
    for child in element:
        yield from seen_text(child)
        yield child.tail or ""


class PageClient:
    """The test client with pages for answers; redirects are not followed unless asked for."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **kwargs: Any) -> Page:
        """GET an address."""
        return Page(self.client.get(path, **kwargs))

    def post(self, path: str, data: dict[str, Any] | bytes | None = None, **kwargs: Any) -> Page:
        """POST a form as a browser on the same page would; a header that is None is left out."""
        headers = {"Sec-Fetch-Site": "same-origin", **kwargs.pop("headers", {})}
        sent = {name: value for name, value in headers.items() if value is not None}
        return Page(self.client.post(path, data=data or {}, headers=sent, **kwargs))
