"""Saved pages of many makes: what a page builder, an old table, a blog and a bare fragment do with an article."""

from portal.domain.campaigns.article.document import Document, PieceKind
from portal.domain.campaigns.article.reading import read_document

LONG = (
    "About 900 people wait at the crossing, says the border office, and nobody expects fewer before winter."
)
ALSO = (
    "Some of them have waited since the office closed, and the number has doubled within a year of that day."
)


def test_a_page_builders_parts_are_the_article_although_its_classes_say_widget() -> None:
    document = page(
        '<title>The long wait – Voices</title><div class="elementor">'
        '<ul class="elementor-nav-menu"><li>Stories</li></ul>'
        '<div class="elementor-widget"><h1>The long wait</h1></div>'
        '<div class="elementor-widget-post-info"><ul><li>By Ana Example</li><li>June 3, 2019</li></ul></div>'
        f'<div class="elementor-widget-text-editor"><div>{ALSO}<br><br>{LONG}</div><h2>A stamp</h2><div>{LONG}</div>'
        "<ol><li>Bring water.</li></ol><p><strong>Where to go</strong></p>"
        "<p>The office in the next town opens at eight. It serves 40 people a day "
        "and closes when the ink runs dry.</p></div>"
        f'<div class="elementor-widget-posts"><h3>You might also like</h3><article><h3>12 years of fences</h3>'
        f"<p>{LONG[:60]} 12 fences.</p></article></div></div>"
    )

    assert (document.title, document.author, document.published) == (
        "The long wait",
        "Ana Example",
        "2019-06-03",
    )
    assert texts(document, PieceKind.HEADING) == ["A stamp", "Where to go"]
    assert texts(document, PieceKind.PARAGRAPH)[:3] == [ALSO, LONG, LONG]
    assert texts(document, PieceKind.ENTRY) == ["Bring water."]
    assert "fences" not in whole(document)
    assert "fences" in " ".join(left.text for left in document.left_out if "other posts" in left.reason)


def test_a_heading_in_a_part_of_its_own_is_kept_with_the_text_below_it() -> None:
    document = page(
        "<div class=page><div class=sec><div class=head><h2>The wait</h2></div>"
        f"<div class=text><p>{LONG}</p><p>{ALSO}</p></div></div>"
        "<div class=sec><div class=head><h2>The office</h2></div>"
        f"<div class=text><p>{ALSO}</p><p>{LONG}</p></div></div><div class=head><h2>Elsewhere</h2></div></div>"
    )

    assert texts(document, PieceKind.HEADING)[-1] == "The office"
    assert "Elsewhere" not in whole(document)


def test_a_table_that_only_puts_things_side_by_side_is_none() -> None:
    document = page(
        "<table><tr><td width=150><a href='x'>Home</a></td>"
        f"<td><b>What next?</b><br><br>{LONG}<br><br>{ALSO}</td></tr></table>"
    )

    assert texts(document, PieceKind.PARAGRAPH) == [LONG, ALSO]
    assert texts(document, PieceKind.ENTRY) == []


def test_a_table_of_numbers_is_an_entry_a_row() -> None:
    document = page(
        f"<h1>A wait</h1><p>{LONG}</p><table><tr><th>Year<th>People</tr><tr><td>2018<td>450</tr></table><p>{ALSO}</p>"
    )

    assert texts(document, PieceKind.ENTRY) == ["Year, People", "2018, 450"]


def test_a_list_of_further_reading_is_kept_although_it_is_all_links() -> None:
    document = page(
        f"<h1>A wait</h1><article><p>{LONG}</p><p>{ALSO}</p><h2>Further reading</h2>"
        "<ul><li><a href='https://one.example/'>One</a></li><li><a href='https://two.example/'>Two</a></li></ul>"
        "</article><ul><li><a href='/3'>Three</a></li></ul>"
    )

    assert texts(document, PieceKind.ENTRY) == ["One", "Two"]


def test_what_a_page_hides_is_no_part_of_its_article_and_is_told() -> None:
    document = page(
        f"<h1>A wait</h1><p>{LONG}</p><p style='display: none'>{ALSO}</p><p hidden>{ALSO}</p><p>{LONG}</p>"
    )

    assert ALSO not in whole(document)
    assert any("hidden" in left.reason and left.text == ALSO for left in document.left_out)


def test_a_fragment_of_a_page_is_read_without_a_title() -> None:
    document = read_document(f"<div><p>{LONG}</p><p>{ALSO}</p></div>".encode(), "")

    assert texts(document, PieceKind.PARAGRAPH) == [LONG, ALSO]
    assert document.title is None


def test_a_page_without_a_heading_takes_its_title_from_the_head_without_the_sites_name() -> None:
    shared = page(
        f'<meta property="og:title" content="The long wait"><title>Voices</title><p>{LONG}<p>{ALSO}'
    )
    named = page(
        f'<meta property="og:site_name" content="Voices"><title>The long wait | Voices</title><p>{LONG}<p>{ALSO}'
    )

    assert shared.title == named.title == "The long wait"
    assert "sharing" in (shared.title_found_in or "")
    assert "head" in (named.title_found_in or "")


def test_a_very_large_page_is_judged_by_its_places_alone() -> None:
    menu = "<nav>" + "<a href='/x'>Item</a> " * 9_000 + "</nav>"
    document = page(f"{menu}<h1>A wait</h1><p>{LONG}</p><div class='comments-area'><p>{ALSO}</p></div>")

    assert whole(document) == LONG


def page(body: str) -> Document:
    return read_document(f"<!doctype html>{body}".encode(), "page.html")


def texts(document: Document, kind: PieceKind) -> list[str]:
    return [piece.text for piece in document.pieces if piece.kind is kind]


def whole(document: Document) -> str:
    return "\n".join(piece.text for piece in document.pieces)
