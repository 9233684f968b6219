"""What a saved page or an old file does to the words of its article: parts without spaces, cites, old encodings."""

import pytest

from portal.domain.campaigns.article.document import Document, PieceKind
from portal.domain.campaigns.article.reading import read_document
from tests.factories.documents import find_in_text

LONG = (
    "About 900 people wait at the crossing, says the border office, and nobody expects fewer before winter."
)
ALSO = (
    "Some of them have waited since the office closed, and the number has doubled within a year of that day."
)


def test_links_that_only_the_style_sheet_keeps_apart_are_words_apart() -> None:
    told = page(
        f"<nav><a href=1>Front page</a><a href=2>Opinion</a></nav><h1>A wait</h1><p>{LONG}</p><p>{ALSO}</p>"
    )

    assert "Front page Opinion" in [left.text for left in told.left_out]


def test_a_link_beside_a_sign_stays_beside_it() -> None:
    told = page(f"<h1>A wait</h1><p>{LONG} See the list (<a href=1>here</a>) and “<a href=2>there</a>”.</p>")

    assert f"{LONG} See the list (here) and “there”." in texts(told)


def test_a_title_in_a_sentence_does_not_end_its_paragraph() -> None:
    told = page(f"<h1>A wait</h1><p>The book <cite>Boats</cite> tells it. {LONG}</p><p>{ALSO}</p>")

    assert texts(told) == [f"The book Boats tells it. {LONG}", ALSO]


@pytest.mark.parametrize("tag", ["cite", "footer"])
def test_who_is_cited_under_words_set_apart_is_told_beside_them(tag: str) -> None:
    told = page(
        f"<h1>A wait</h1><p>{LONG}</p><blockquote>{ALSO}<{tag}>Ana Example, cook</{tag}></blockquote><p>{LONG}</p>"
    )

    assert [one.text for one in told.pieces if one.kind is PieceKind.QUOTE] == [f"{ALSO} — Ana Example, cook"]


def test_a_reading_list_in_the_article_s_own_footer_is_read_and_the_page_s_footer_is_not() -> None:
    entry = "<li><a href='https://one.example/'>Lost boats</a>, Harbour Office, 2019</li>"
    told = find_in_text(
        f"<!doctype html><article><h1>A wait</h1><p>{LONG}</p><p>{ALSO}</p>"
        f"<footer><h2>Further reading</h2><ul>{entry}</ul></footer></article><footer><p>The house</p></footer>",
        "page.html",
    )

    assert [reading.title for reading in told.readings] == ["Lost boats"]
    assert [(one.text, "footer" in one.reason) for one in told.left_out] == [("The house", True)]


def test_what_stands_around_the_whole_article_is_not_judged_by_its_name() -> None:
    told = page(
        f'<div class="sidebar-left"><h1>A wait</h1><p>{LONG}</p><h2>A stamp</h2><ul><li>Bring water.</li></ul>'
        f"<p>{ALSO}</p></div>"
    )

    assert [piece.text for piece in told.pieces] == [LONG, "A stamp", "Bring water.", ALSO]


@pytest.mark.parametrize("line", ["<table><caption>{}</caption><tr><td>May<td>40</table>", "<div>{}</div>"])
def test_a_short_line_among_an_article_s_paragraphs_is_its_own(line: str) -> None:
    body = f"<section><p>{LONG}</p>{line.format('Bring 12 pens')}<p>{ALSO}</p></section>"
    told = page(f"<section><h1>A wait</h1><section><div>The ink had run dry</div></section>{body}</section>")

    assert "Bring 12 pens" in texts(told)
    assert [left.text for left in told.left_out] == ["The ink had run dry"]


def test_a_byline_with_an_office_above_the_article_is_read() -> None:
    line = "14 March 2024 | by Ana Example, country director | Read on paper"
    told = page(f"<h1>A wait</h1><div><div>{line}</div></div><div><p>{LONG}</p><p>{ALSO}</p></div>")

    assert (told.author, told.published) == ("Ana Example", "2024-03-14")


def test_after_pointers_to_other_posts_a_sentence_is_the_article_again() -> None:
    told = find_in_text(
        f"# A wait\n\n{LONG}\n\nRelated posts:\n\nThe long queue\n\nTwelve fences\n\n{ALSO}\n", "a.md"
    )

    assert [text for one in told.sections for text in one.paragraphs] == [LONG, ALSO]
    assert "The long queue" in told.left_out[0].text


@pytest.mark.parametrize(
    "text",
    [
        "The house’s roof isn’t the town’s, and the ferry’s crew didn’t know it. " * 3,
        "“Nobody came,” she said. “It’s late.” " * 4,
        "Les réfugiés sont arrivés à l’été. Élodie a été témoin. " * 3,
    ],
)
def test_marks_of_an_old_encoding_are_no_korean(text: str) -> None:
    (piece,) = read_document(text.encode("cp1252"), "text.txt").pieces

    assert piece.text == text.strip()


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("License: CC BY 4.0. Published in June 2022.", "2022-06"),
        ("First draft 2 May 2019, published 3 June 2022. ISBN 978-3-16-148410-0.", "2022-06-03"),
        ("Report No. 47 of 12 May 2019, published June 2022. Authors: Ana Example.", "2022-06"),
    ],
)
def test_a_report_is_as_old_as_the_line_that_calls_it_published(line: str, day: str) -> None:
    assert find_in_text(f"# Boats\n\n{line}\n\n{LONG}\n\n{ALSO}", "text.md").published == day


def test_a_line_that_was_broken_for_its_width_goes_on_and_a_short_one_ends() -> None:
    broken = "The boats left the harbour in the night and nobody saw\nthem go, for the lamps were out."
    told = find_in_text(f"A wait\n\n{broken}\nBread was short.\nSalt too.\n\n{LONG}")

    assert told.sections[0].paragraphs == (" ".join(broken.split()), "Bread was short.", "Salt too.", LONG)


def page(body: str) -> Document:
    return read_document(f"<!doctype html>{body}".encode(), "page.html")


def texts(document: Document) -> list[str]:
    return [piece.text for piece in document.pieces if piece.kind is PieceKind.PARAGRAPH]
