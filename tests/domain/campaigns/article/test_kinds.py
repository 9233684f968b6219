"""Every kind of file is known by what is in it, whatever it is called and in whichever encoding it came."""

import pytest

from portal.domain.campaigns.article.document import Document, PieceKind
from portal.domain.campaigns.article.reading import read_document
from portal.domain.campaigns.errors import ArticleEmpty, ArticleTooLarge, ArticleUnreadable
from tests.factories.articles import word_file

WORDS = "Most of them came on foot, and most of them came at night, because the road is watched by day."
KOREAN = "샘은 사백 명에게 물을 주었으나 사월에 산비탈이 무너졌고, 그 뒤로는 트럭이 물을 싣고 온다. 한 번에 2톤이다."
MARKDOWN = (
    f"# The café\n\n## Who came\n\n{WORDS} See [the list](https://list.example/).\n\n"
    f"> {WORDS}\n\n- soap\n- salt\n"
)
PAGE = f"<!doctype html><title>The café</title><h1>The café</h1><h2>Who came</h2><p>{WORDS}<p>{WORDS}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("text", [MARKDOWN, PAGE], ids=["markdown", "page"])
def test_english_is_read_in_every_usual_encoding(text: str, encoding: str) -> None:
    document = read_document(text.encode(encoding), "article")

    assert document.title == "The café"
    assert texts(document, PieceKind.HEADING) == ["Who came"]
    assert document.language == "en"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "euc-kr", "cp949"]
)
def test_korean_is_read_in_every_usual_encoding(encoding: str) -> None:
    document = read_document(f"{KOREAN}\n\n{KOREAN}".encode(encoding), "article.txt")

    assert texts(document, PieceKind.PARAGRAPH) == [KOREAN, KOREAN]
    assert document.language == "ko"


def test_a_page_that_declares_its_encoding_is_read_in_it() -> None:
    page = f'<!doctype html><meta charset="euc-kr"><h1>샘</h1><p>{KOREAN}</p>'

    assert read_document(page.encode("cp949"), "page.html").title == "샘"


def test_broken_bytes_spoil_only_themselves() -> None:
    data = f"{WORDS} café {KOREAN}".encode().replace(b"road", b"ro\xff\xfed")

    (piece,) = read_document(data, "article.txt").pieces
    assert "came at night" in piece.text
    assert "café" in piece.text
    assert "산비탈" in piece.text


@pytest.mark.parametrize("name", ["", "article.txt", "article.docx", "../../etc/passwd\0.html"])
def test_the_content_says_the_kind_and_the_name_does_not(name: str) -> None:
    for data in (MARKDOWN.encode(), PAGE.encode(), word_file(MARKDOWN)):
        assert texts(read_document(data, name), PieceKind.HEADING) == ["Who came"]


def test_markdown_has_its_links_quotations_and_entries() -> None:
    document = read_document(MARKDOWN.encode(), "")

    assert [link.url for piece in document.pieces for link in piece.links] == ["https://list.example/"]
    assert texts(document, PieceKind.QUOTE) == [WORDS]
    assert texts(document, PieceKind.ENTRY) == ["soap", "salt"]


def test_front_matter_says_title_author_day_and_licence() -> None:
    document = read_document(
        b"---\ntitle: The spring\nauthor: [Ana Example, Ben Sample]\ndate: 2018-06-05\nlicense: CC BY 4.0\n---\n\n"
        + WORDS.encode(),
        "",
    )

    assert (document.title, document.author) == ("The spring", "Ana Example and Ben Sample")
    assert (document.published, document.licence) == ("2018-06-05", "CC BY 4.0")
    assert texts(document, PieceKind.PARAGRAPH) == [WORDS]


def test_only_addresses_that_a_browser_opens_as_pages_are_links() -> None:
    document = read_document(
        f'<!doctype html><p>{WORDS} <a href="javascript:alert(1)">one</a> <a href="data:text/html,x">two</a> '
        '<a href="/three">three</a> <a href="#four">four</a> <a href="//five.example/">five</a> '
        '<a href=" JaVa\tScript:x">six</a> <a href="https://seven.example/">seven</a></p>'.encode(),
        "",
    )

    assert [(link.text, link.url) for piece in document.pieces for link in piece.links] == [
        ("seven", "https://seven.example/")
    ]


def test_a_bold_line_of_its_own_is_a_heading_and_a_raised_note_is_no_number() -> None:
    document = read_document(
        f"<!doctype html><h1>The spring</h1><p>{WORDS}</p><p><strong>Who came</strong></p>"
        f'<p>{WORDS} There were 400<sup><a href="#n">12</a></sup> on 3 km<sup>2</sup>.</p>'.encode(),
        "",
    )

    assert texts(document, PieceKind.HEADING) == ["Who came"]
    assert document.pieces[-1].text.endswith("There were 400 on 3 km2.")


def test_who_is_quoted_stands_beside_a_quotation_set_apart() -> None:
    document = read_document(
        f"<!doctype html><p>{WORDS}</p><blockquote><p>“We waited.”</p>"
        "<footer><cite>Ana Example, nurse</cite></footer></blockquote>".encode(),
        "",
    )

    assert texts(document, PieceKind.QUOTE) == ["“We waited.” — Ana Example, nurse"]


def test_an_export_gives_its_longest_post_and_tells_the_others_and_the_comments() -> None:
    document = read_document(EXPORT.encode(), "export.xml")

    assert (document.title, document.author, document.published) == (
        "The spring",
        "Ana Example",
        "2018-06-05",
    )
    assert texts(document, PieceKind.HEADING) == ["Who came"]
    assert texts(document, PieceKind.PARAGRAPH) == [WORDS, WORDS]
    assert [link.url for piece in document.pieces for link in piece.links] == ["https://blog.example/list"]
    told = {left.text: left.reason for left in document.left_out}
    assert "comments" in told["I counted 5,000 there."]
    assert "another post" in told["A note"]


def test_a_word_files_own_notes_are_used_only_where_the_text_is_silent() -> None:
    signed = read_document(
        word_file(f"title: Word Document\nauthor: Office Laptop\n---\n\nBy Ana Example\n\n{WORDS}"), ""
    )
    unsigned = read_document(word_file(f"title: The spring\nauthor: Ben Sample\n---\n\n{WORDS}"), "")

    assert (signed.title, signed.author) == (None, "Ana Example")
    assert (unsigned.title, unsigned.author) == ("The spring", "Ben Sample")
    assert "properties" in (unsigned.title_found_in or "")


def test_short_lines_are_headings_in_a_word_file_without_styles() -> None:
    assert texts(read_document(word_file(f"{WORDS}\n\nWho came\n\n{WORDS}"), ""), PieceKind.HEADING) == [
        "Who came"
    ]


@pytest.mark.parametrize(
    "data", [b"", b" \n\t", "\ufeff".encode(), b"<!doctype html><p></p>", b"---\n\n***\n"]
)
def test_a_file_without_words_is_refused_as_empty(data: bytes) -> None:
    with pytest.raises(ArticleEmpty):
        read_document(data, "article.md")


@pytest.mark.parametrize(
    "start",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04",
    ],
)
def test_a_file_of_another_kind_is_refused(start: bytes) -> None:
    with pytest.raises(ArticleUnreadable):
        read_document(start + bytes(range(256)) * 40, "article.txt")


def test_a_file_of_more_than_five_megabytes_is_refused_with_the_limit() -> None:
    with pytest.raises(ArticleTooLarge) as refused:
        read_document(b"a" * 20_000_000, "article.txt")
    assert refused.value.limit == 5


EXPORT = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- generator="WordPress/5.4" -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Blog</title><wp:author>
<wp:author_login>aex</wp:author_login><wp:author_display_name>Ana Example</wp:author_display_name></wp:author>
<item><title>A note</title><content:encoded><![CDATA[Short.]]></content:encoded>
<wp:post_type>post</wp:post_type></item>
<item><title>The spring</title><link>https://blog.example/spring</link><dc:creator>aex</dc:creator>
<content:encoded><![CDATA[<!-- wp:paragraph -->{WORDS}<!-- /wp:paragraph -->

<h2>Who came</h2>
[caption id="a" width="300"]{WORDS}[/caption]

<ul><li><a href="/list">the list</a></li></ul>]]></content:encoded><wp:post_date>2018-06-05 10:00:00</wp:post_date>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:comment><wp:comment_content>I counted 5,000 there.</wp:comment_content></wp:comment></item>
<item><title>photo</title><content:encoded>{WORDS * 9}</content:encoded><wp:post_type>attachment</wp:post_type></item>
</channel></rss>"""


def texts(document: Document, kind: PieceKind) -> list[str]:
    return [piece.text for piece in document.pieces if piece.kind is kind]
