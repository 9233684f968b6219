"""What a page says of itself where nobody sees it: in its head, and in the data it gives search engines."""

import json
from typing import Any

import pytest

from portal.domain.campaigns.article.document import Document
from portal.domain.campaigns.article.reading import read_document

WORDS = (
    "About 900 people wait at the crossing, says the border office, and nobody expects fewer before winter. "
    * 3
)
POST = {"@type": "BlogPosting", "headline": "The long wait", "datePublished": "2019-06-03T08:00:00+02:00"}
HOUSE = {"@type": "Organization", "name": "Harbour Aid"}


@pytest.mark.parametrize(
    "data", [POST, [HOUSE, POST], {"@graph": [HOUSE, POST]}], ids=["one", "several", "graph"]
)
def test_a_page_without_a_heading_has_its_title_and_day_from_its_data(data: Any) -> None:
    document = read(described(data))

    assert (document.title, document.published) == ("The long wait", "2019-06-03")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ana Example", "Ana Example"),
        ({"@type": "Person", "name": "Ana Example"}, "Ana Example"),
        ([{"@type": "Person", "name": "Ana Example"}, {"@type": "Person", "name": "Ben Example"}], "Ana Example"),
        ({"@type": "Organization", "name": "Harbour Aid"}, None),
        ({"@type": "Person", "name": "Harbour Aid"}, None),
        ({"@type": "Person", "name": 7}, None),
        (7, None),
    ],
)  # fmt: skip
def test_an_author_in_the_data_is_a_person_and_not_the_house(author: Any, name: str | None) -> None:
    assert read(described([HOUSE, {**POST, "author": author}])).author == name


def test_what_the_data_tell_of_something_else_is_not_the_article_s() -> None:
    other = {"@type": "Event", "headline": "A fair", "author": "Ben Example", "datePublished": "2001-01-01"}
    document = read(described([other, {**POST, "author": "Ana Example"}]))

    assert (document.title, document.author, document.published) == (
        "The long wait",
        "Ana Example",
        "2019-06-03",
    )


@pytest.mark.parametrize("wrong", ["{", "[1, null]", '"words"', "[" * 5_000])
def test_data_that_cannot_be_read_are_passed_over(wrong: str) -> None:
    told = f'<script type="application/ld+json">{wrong}</script>{described(POST)}'

    assert read(told).title == "The long wait"


@pytest.mark.parametrize(
    "named",
    [
        '<meta property="og:site_name" content="Harbour Aid">',
        '<meta name="application-name" content="Harbour Aid">',
        '<script type="application/ld+json">{"@type": "WebSite", "name": "Harbour Aid"}</script>',
    ],
)
def test_the_house_s_name_is_no_title_even_as_the_largest_heading(named: str) -> None:
    head = f'{named}<meta property="og:title" content="Harbour Aid"><title>The long wait</title>'

    assert read(head, "<h1>Harbour Aid</h1>").title == "The long wait"


@pytest.mark.parametrize(
    "told",
    [
        '<script type="application/ld+json">{"license": "https://creativecommons.org/licenses/by/4.0/"}</script>',
        '<meta name="dc.rights" content="CC BY 4.0">',
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">',
    ],
)
def test_a_licence_is_read_wherever_a_page_tells_it(told: str) -> None:
    assert read(told).licence == "CC BY 4.0"


def described(data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def read(head: str, body: str = "") -> Document:
    page = (
        f"<!doctype html><html><head>{head}</head><body>{body}<article><p>{WORDS}</p></article></body></html>"
    )
    return read_document(page.encode(), "page.html")
