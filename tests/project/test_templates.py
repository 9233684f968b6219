"""Templates: a misspelt name fails, and nothing in them needs a looser Content-Security-Policy."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined, UndefinedError

from config import ROOT

FOLDER = ROOT / "portal" / "templates"
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    # A block of data is not run.
    "a script without a file": re.compile(r"<script\b(?![^>]*\ssrc=)(?! type=\"application/ld\+json\">)"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a script as an address": re.compile(r"javascript:"),
    "something of another site": re.compile(
        r"<(?:img|script|link|iframe|source|use)\b[^>]*(?:src|href)=\"(?:https?:)?//"
    ),
}
# Where text is put into a page unescaped, and why that is safe.
UNESCAPED = {
    (
        "campaigns/article.html",
        "block.html",
    ): "Markdown that the content loader turned into HTML and cleaned by nh3",
}


def test_a_misspelt_name_in_a_template_fails(app: Flask) -> None:
    assert app.jinja_env.undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ no_such_name }}").render()


def test_text_is_escaped_in_every_kind_of_page(app: Flask) -> None:
    for name in ("a.html", "emails/a/body.html", "drawings/a.svg"):
        assert (
            app.jinja_env.autoescape(name) if callable(app.jinja_env.autoescape) else app.jinja_env.autoescape
        )


def test_no_page_holds_style_script_or_anything_of_another_site() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {what}"
        for path in _pages()
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('<script type="module">go()</script>', "a script without a file"),
        ('<p style="color: red">', "a style attribute"),
        ("<style>p {}</style>", "a style element"),
        ("<script>go()</script>", "a script without a file"),
        ('<a href="#" onclick="go()">', "an event attribute"),
        ('<a href="javascript:go()">', "a script as an address"),
        ('<img alt="" src="https://example.org/a.png">', "something of another site"),
    ],
)
def test_each_of_them_would_be_found(line: str, what: str) -> None:
    assert [name for name, pattern in INLINE.items() if pattern.search(line)] == [what]


def test_text_goes_unescaped_only_where_the_reason_is_written_down() -> None:
    found = {
        (str(path.relative_to(FOLDER)), expression)
        for path in FOLDER.rglob("*")
        if path.is_file()
        for expression in re.findall(r"\{\{-?\s*([\w.]+)\s*\|\s*safe", path.read_text())
    }
    assert found == set(UNESCAPED)


def _pages() -> Iterator[Path]:
    """Give the templates that a browser gets; mails have rules of their own."""
    yield from (path for path in FOLDER.rglob("*") if path.is_file() and "emails" not in path.parts)
