"""Plain text as an article: what is a heading, an entry, a link, a title, and what is only the blog around it."""

from pathlib import Path

import pytest

from portal.domain.campaigns.article.document import Document, PieceKind
from portal.domain.campaigns.article.finding import find_in
from portal.domain.campaigns.article.reading import read_document

LONG = "The clinic in the old station sees more people than it was built for, and most of them come on foot. "


def test_the_seed_article_is_read_with_its_headings_and_nothing_of_the_comment_form(seed: bytes) -> None:
    document = read_document(seed, "article.txt")

    assert [line.split()[:2] for line in texts(document, PieceKind.HEADING)] == [
        ["Human", "Rights"],
        ["Fleeing", "North"],
        ["Shedding", "light"],
        ["Additional", "Reading"],
    ]
    assert [len(piece.links) for piece in document.pieces if piece.kind is PieceKind.ENTRY] == [1] * 5
    assert document.pieces[-1].text.startswith("Johanna also serves")
    told = " ".join(left.text for left in document.left_out)
    for fragment in (
        "One thought on",
        "Leave a Reply",
        "Google photo",
        "Twitter picture",
        "Connecting to %s",
    ):
        assert fragment in told
        assert fragment not in whole(document)


def test_the_seed_article_says_who_wrote_it_and_has_its_title_in_the_line_above_the_comments(
    seed: bytes,
) -> None:
    document = read_document(seed, "")

    assert document.title == "The “Forgotten” Refugees: The Case of North Korea"
    assert "comments" in (document.title_found_in or "")
    assert document.author == "Johanna Tvedt"
    assert (document.published, document.licence, document.language) == (None, None, "en")


def test_a_link_without_an_address_is_no_link_and_is_told(seed: bytes) -> None:
    document = read_document(seed, "")

    assert any(left.text.startswith("Click here") and "address" in left.reason for left in document.left_out)
    assert not any("Click" in link.text for piece in document.pieces for link in piece.links)


def test_text_that_was_broken_by_hand_is_joined_to_paragraphs() -> None:
    document = plain(
        "Water in the valley\n\nThe spring above the village gave water to four hundred people until\n"
        "the slope came down in April. Since then, a lorry comes on Tuesdays and\nFridays.\n\n"
        "It brings less than half."
    )

    assert texts(document, PieceKind.PARAGRAPH) == [
        (
            "The spring above the village gave water to four hundred people until the slope came down in April. "
            "Since then, a lorry comes on Tuesdays and Fridays."
        ),
        "It brings less than half.",
    ]


def test_lines_right_under_each_other_are_paragraphs_of_their_own() -> None:
    document = plain(f"A clinic in a station\n{LONG * 2}\nWho comes\n{LONG * 3}\nHe said so himself.")

    assert document.title == "A clinic in a station"
    assert texts(document, PieceKind.HEADING) == ["Who comes"]
    assert len(texts(document, PieceKind.PARAGRAPH)) == 3


@pytest.mark.parametrize(
    "line",
    [
        "He never came back.",
        "“We waited for the whole winter”",
        "— Ana Example, nurse",
        "By Ana Example",
        "5 June 2018",
    ],
)
def test_a_short_line_is_no_heading_when_it_is_a_sentence_a_quotation_or_a_byline(line: str) -> None:
    assert line not in texts(plain(f"The valley\n\n{LONG}\n\n{line}\n\n{LONG}"), PieceKind.HEADING)


def test_a_short_line_with_nothing_under_it_is_no_heading() -> None:
    assert texts(plain(f"{LONG}\n\nThe last words"), PieceKind.HEADING) == []


def test_bullets_are_entries_and_numbered_lines_between_paragraphs_are_headings() -> None:
    listed = plain(f"{LONG}\n\n- soap\n- rice for 40 days\n* salt\n\n{LONG}")
    numbered = plain(f"{LONG}\n\n1. The spring\n\n{LONG}\n\n2. The lorry\n\n{LONG}")

    assert texts(listed, PieceKind.ENTRY) == ["soap", "rice for 40 days", "salt"]
    assert texts(numbered, PieceKind.HEADING) == ["The spring", "The lorry"]


def test_entries_under_a_reading_heading_end_where_a_byline_begins() -> None:
    document = plain(
        f"{LONG}\n\nFurther reading:\n\n“After the slide” (2019)\n\nWater for all, Example Press\nhttps://press.example/water"
        f"\n\nWritten by Ana Example, volunteer\n\n{LONG}"
    )

    assert texts(document, PieceKind.ENTRY) == [
        "“After the slide” (2019)",
        "Water for all, Example Press https://press.example/water",
    ]
    assert [link.url for piece in document.pieces for link in piece.links] == ["https://press.example/water"]
    assert document.author == "Ana Example"


def test_addresses_and_markdown_links_are_links_without_the_sentences_own_points() -> None:
    (piece,) = plain(
        "See https://one.example/a_(b), or [the second report](http://two.example/?q=1) (https://three.example/x). "
        "Not javascript:alert(1), [this](javascript:alert(1)), https://, or http://user@evil.example/."
    ).pieces

    assert [(link.text, link.url) for link in piece.links] == [
        ("https://one.example/a_(b)", "https://one.example/a_(b)"),
        ("the second report", "http://two.example/?q=1"),
        ("https://three.example/x", "https://three.example/x"),
    ]
    assert "or the second report (" in piece.text


def test_a_pasted_page_loses_its_menu_its_buttons_and_its_related_posts() -> None:
    document = plain(
        "Rivermouth Aid\nHome\nAbout us\nDonate\n\nA clinic in a station\n\n"
        "By Ana Example | 5 June 2018 | 4 min read\n\n"
        f"{LONG * 3}\n\nShare this:\n\nFacebook\n\nTweet\n\nAdvertisement\n\n{LONG}\n\nRelated posts\n\n"
        "The lorry that comes on Fridays\n\nSoap and salt\n\nSubscribe to our newsletter\n\n"
        "This site uses cookies. Accept all\n\nTote bag €12.50\n\n© 2018 Rivermouth Aid"
    )

    assert document.title == "A clinic in a station"
    assert (document.author, document.published) == ("Ana Example", "2018-06-05")
    assert whole(document) == f"{LONG * 3}".strip() + "\n" + LONG.strip()
    reasons = {left.reason for left in document.left_out}
    for word in (
        "menu",
        "sharing",
        "advertisement",
        "other posts",
        "newsletter",
        "cookies",
        "prices",
        "footer",
    ):
        assert any(word in reason for reason in reasons), word


def test_a_line_about_comments_above_the_article_takes_nothing_with_it() -> None:
    document = plain(f"A clinic in a station\n\nLeave a comment\n\n{LONG * 4}")

    assert whole(document) == (LONG * 4).strip()


def test_korean_text_has_its_headings_its_author_and_its_chrome() -> None:
    body = "마을 위의 샘은 사백 명에게 물을 주었으나 사월에 산비탈이 무너졌다. 그 뒤로 트럭이 일주일에 두 번 온다. "
    document = plain(
        f"홈\n\n역 안의 진료소\n\n김하나 기자\n\n2018년 6월 5일\n\n{body * 4}\n\n물이 없는 골짜기\n\n{body}\n\n"
        f"공유하기\n\n카카오톡\n\n관련 기사\n\n비누와 소금\n\n댓글 3개\n\n잘 읽었습니다\n\n무단 전재 및 재배포 금지"
    )

    assert document.language == "ko"
    assert document.title == "역 안의 진료소"
    assert (document.author, document.published) == ("김하나", "2018-06-05")
    assert texts(document, PieceKind.HEADING) == ["물이 없는 골짜기"]
    assert "댓글" not in whole(document)
    assert "비누와 소금" in " ".join(left.text for left in document.left_out)


def test_a_korean_headline_may_end_in_somebody_s_words() -> None:
    body = "마을 위의 샘은 사백 명에게 물을 주었으나 사월에 산비탈이 무너졌다. 그 뒤로 트럭이 일주일에 두 번 온다. "
    headline = '샘 마른 마을, 주민들 "물이 없다"'

    assert plain(f"{headline}\n\n김하나 기자\n\n{body * 4}").title == headline


def test_a_date_behind_a_place_or_a_paper_near_the_top_is_the_articles() -> None:
    document = plain(
        f"The well is dry\n\nBy Ana Example\n\nUtopia Valley Herald, 14 March 2022\n\n{LONG}\n\n{LONG}"
    )

    assert (document.title, document.author, document.published) == (
        "The well is dry", "Ana Example", "2022-03-14",
    )  # fmt: skip


def test_a_name_with_an_office_beside_the_date_is_the_authors() -> None:
    line = "Ana Example, Education Reporter | Tuesday 7 May 2024 | 3 min read"
    document = plain(f"The well is dry\n\n{line}\n\n{LONG}\n\n{LONG}")

    assert (document.author, document.published) == ("Ana Example", "2024-05-07")


def test_a_place_beside_the_date_is_no_author() -> None:
    document = plain(f"The well is dry\n\nNorth Shore, Utopia | 7 May 2024\n\n{LONG}\n\n{LONG}")

    assert document.author is None


def test_a_text_without_a_title_has_none() -> None:
    document = plain(f"{LONG}\n\n{LONG}")

    assert (document.title, document.title_found_in) == (None, None)


@pytest.fixture
def seed(shared: Path) -> bytes:
    return (shared / "seeds" / "article.txt").read_bytes()


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("RIVERMOUTH, Laos, March 3, 2024 (Harbour Wire) - ", "2024-03-03"),
        ("OLD RIVERMOUTH, 3 March 2024 – ", "2024-03-03"),
        ("Rivermouth, where on March 3, 2024 (a Sunday) - ", None),
    ],
)
def test_a_dispatch_tells_its_day_behind_the_place(dateline: str, day: str | None) -> None:
    assert plain(f"The boats\n\n{dateline}{LONG}").published == day


def test_what_kind_of_text_it_is_stands_above_the_title_and_the_house_and_month_below_it() -> None:
    document = plain(
        f"RESEARCH BRIEF\n\nThe boats of the bay\n\nHarbour House, July 2020\n\n{LONG}\n\n{LONG}"
    )

    assert (document.title, document.published) == ("The boats of the bay", "2020-07")


def test_a_name_with_a_reporter_s_office_near_the_top_is_the_author_s() -> None:
    document = plain(
        f"The boats\n\nAna Example, Staff Reporter\n\nThe Harbour Post, 2 July 2020\n\n{LONG}\n\n{LONG}"
    )

    assert (document.author, document.published) == ("Ana Example", "2020-07-02")


def test_the_day_of_a_dispatch_is_no_year_of_its_figures() -> None:
    article = find_in(
        plain(f"The boats\n\nRIVERMOUTH, March 3, 2024 (Harbour Wire) - Some 300 people left. {LONG}")
    )

    assert [(one.text, one.year, one.sentence) for one in article.figures] == [
        ("Some 300", None, "Some 300 people left.")
    ]


def plain(text: str) -> Document:
    return read_document(text.encode(), "pasted.txt")


def texts(document: Document, kind: PieceKind) -> list[str]:
    return [piece.text for piece in document.pieces if piece.kind is kind]


def whole(document: Document) -> str:
    return "\n".join(piece.text for piece in document.pieces)
