"""Pages and .docx files as people save them: title, author, day and headings, and nothing of the site."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.domain.campaigns.article.document import Document, PieceKind
from portal.domain.campaigns.article.reading import read_document
from tests.factories.articles import article_file

TEXTS = Path(__file__).parent / "texts"
NAMES = ("river-clinic", "night-school", "pier-kitchen", "camp-letter.docx", "radio-hour.docx")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_its_title_its_author_and_its_day(name: str) -> None:
    document, known = read(name)

    assert document.title == known["title"]
    assert document.title_found_in
    assert document.author == known["author"]
    assert (document.published or "undated") == str(known["published"])
    assert document.licence == known.get("licence")


@pytest.mark.parametrize("name", NAMES)
def test_its_headings_are_the_articles_own_in_their_order(name: str) -> None:
    document, known = read(name)

    assert [piece.text for piece in document.pieces if piece.kind is PieceKind.HEADING] == known["sections"]


@pytest.mark.parametrize("name", NAMES)
def test_what_the_site_adds_is_left_out_and_told(name: str) -> None:
    document, known = read(name)
    article = "\n".join(piece.text for piece in document.pieces)
    told = "\n".join(left.text for left in document.left_out)

    for fragment in known["left_out"]:
        assert fragment not in article
        assert fragment in told
    assert all(left.reason and len(left.text) <= 240 for left in document.left_out)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_quotation_and_link_that_a_reader_finds_is_still_there(name: str) -> None:
    document, known = read(name)
    article = "\n".join(piece.text for piece in document.pieces)
    links = {link.url for piece in document.pieces for link in piece.links}
    entries = [piece for piece in document.pieces if piece.kind is PieceKind.ENTRY]

    for words in [figure["text"] for figure in known["figures"]] + [
        one["begins"] for one in known["quotations"]
    ]:
        assert words in article
    for reading in known["readings"]:
        assert any(reading["title"] in piece.text and piece.links for piece in entries), reading["title"]
    assert links == {*known["links"], *(reading["url"] for reading in known["readings"])}


@cache
def read(name: str) -> tuple[Document, dict[str, Any]]:
    known = yaml.safe_load((TEXTS / f"{name}.yaml").read_text("utf-8"))
    return read_document(*article_file(TEXTS / known["file"])), known
