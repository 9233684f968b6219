"""What stands around an article's text: author and day, words set apart, lists to read, how to reach the house."""

import pytest

from portal.domain.campaigns.article.finding import find_in
from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.article.reading import read_document
from tests.factories.articles import word_file
from tests.factories.documents import find_in_text

BODY = (
    "The boats left the harbour in the night. Nobody saw them go, and nobody asked for them in the morning. "
    * 3
)
CONTACTS = [
    "To give: IBAN DE89 3704 0044 0532 0130 00, reference Winter.",
    "Write to boats@example.org for more.",
    "Call +49 30 5550 1212 or come by.",
    "Tel. 030 5550 1212, mobile 0171 555 0188",
    "후원계좌: 들국은행 123456-01-789012 (푸른다리)",
    "전화 031-555-0142 / 월~금 10시~18시",
    "수신거부는 여기를 눌러 주세요.",
    "PRESS RELEASE – FOR IMMEDIATE RELEASE",
    "- ENDS -",
]


@pytest.mark.parametrize("line", CONTACTS)
def test_how_to_reach_or_pay_the_house_is_no_part_of_the_story(line: str) -> None:
    article = find_in_text(f"# Boats\n\n{BODY}\n\n{line}\n\n{BODY}", "text.md")

    assert line not in story(article)
    assert any(part in line for one in article.left_out for part in one.text.split(" / "))


def test_a_sentence_beside_an_account_number_stays() -> None:
    told = story(
        find_in_text(
            f"# Boats\n\n{BODY}\n\nThe boats are old. Give to IBAN DE89 3704 0044 0532 0130 00.", "t.md"
        )
    )

    assert "The boats are old." in told
    assert "DE89" not in told


def test_what_stands_under_a_contact_heading_is_left_out_up_to_the_next_one() -> None:
    contact = "## Media contact\n\nAna Example, Head of Press\n\nQuay 7, 1202 Rivermouth"
    article = find_in_text(f"# Boats\n\n{BODY}\n\n{contact}\n\n## Boats\n\nThey left.", "text.md")

    assert "Example" not in story(article)
    assert "They left." in story(article)
    assert article.figures == ()


@pytest.mark.parametrize(
    "text",
    [
        "> The cold comes up out of the ground.\n>\n> — Ana Example, mother of four, Rivermouth",
        "> The cold comes up out of the ground. — Ana Example, mother of four",
        "<blockquote><p>The cold comes up out of the ground.</p><cite>Ana Example, mother of four</cite></blockquote>",
    ],
)
def test_words_set_apart_are_a_quotation_without_marks_too(text: str) -> None:
    (quotation,) = find_in_text(f"# Boats\n\n{BODY}\n\n{text}\n\n{BODY}", "text.md").quotations

    assert quotation.text == "The cold comes up out of the ground."
    assert (quotation.speaker, quotation.office) == ("Ana Example", "mother of four")


@pytest.mark.parametrize(
    "heading", ["## Read more", "## Where can I learn more?", "**Where can I read more?**"]
)
def test_entries_under_read_more_are_readings(heading: str) -> None:
    text = f"# Boats\n\n{BODY}\n\n{heading}\n\n- [Lost boats](https://example.org/a), Harbour Office, 2019\n"
    (reading,) = find_in_text(text, "text.md").readings

    assert (reading.title, reading.publisher, reading.url) == (
        "Lost boats",
        "Harbour Office",
        "https://example.org/a",
    )


@pytest.mark.parametrize(
    ("entry", "title", "publisher"),
    [
        ("Ada Oar, *The long crossing*, Harbour Press, 2019", "The long crossing", "Harbour Press"),
        ("Ada Oar: _The long crossing_. Harbour Press, 2019", "The long crossing", "Harbour Press"),
        ("Ada Oar, *The long crossing*", "The long crossing", "Ada Oar"),
        ("*The long crossing*, Harbour Press, 2019", "The long crossing", "Harbour Press"),
    ],
)
def test_the_author_of_a_book_is_not_its_title(entry: str, title: str, publisher: str) -> None:
    text = f"The ferry\n\nThe ferry took 1,200 people across.\n\nFurther reading\n\n- {entry}\n"
    (reading,) = find_in_text(text, "text.txt").readings
    assert (reading.title, reading.publisher) == (title, publisher)


@pytest.mark.parametrize(
    ("line", "author", "published"),
    [
        ("As of 20 June 2023", None, "2023-06-20"),
        ("*October 2020, written by Ana Example and Ben Example*", "Ana Example and Ben Example", "2020-10"),
        ("Rivermouth / Northport, 20 June 2023", None, "2023-06-20"),
        ("*Last updated: 4 May 2021 · By the editors of Papers, Please*", None, "2021-05-04"),
        (
            "Report No. 47, published June 2022. Authors: Ana Example and Ben Example.",
            "Ana Example and Ben Example",
            "2022-06",
        ),
    ],
)
def test_a_line_above_the_text_tells_its_day_and_author(
    line: str, author: str | None, published: str
) -> None:
    article = find_in_text(f"# Boats\n\n{line}\n\n{BODY}\n\n{BODY}", "text.md")

    assert (article.author, article.published) == (author, published)


def test_a_line_at_the_end_that_says_who_somebody_is_tells_the_author() -> None:
    article = find_in_text(
        f"# Boats\n\n{BODY}\n\n{BODY}\n\nAna Example is a reporter for the Harbour Post.", "text.md"
    )

    assert article.author == "Ana Example"


def test_who_paid_the_author_is_declared() -> None:
    bio = "Ana Example is a writer in Rivermouth. Her travel was paid for by the Harbour Foundation."
    article = find_in_text(f"# Boats\n\nBy Ana Example\n\n{BODY}\n\n{BODY}\n\n{bio}", "text.md")

    assert article.interests == ("Her travel was paid for by the Harbour Foundation.",)


def test_a_table_of_a_word_file_is_read_by_its_columns() -> None:
    text = f"# Shelters\n\n{BODY}\n\n| City | Beds | Guests in 2022 |\n| Hull | 88 | 731 |"
    found = find_in(read_document(word_file(text), "review.docx")).figures

    assert [(one.value, one.unit, one.year) for one in found] == [(88, "beds", None), (731, "guests", 2022)]


def test_a_price_told_in_a_sentence_of_a_list_stays() -> None:
    article = find_in_text(
        f"# Boats\n\n{BODY}\n\n- A night in one of our shelters costs £23.40\n- Nobody pays", "text.md"
    )

    assert [figure.value for figure in article.figures] == [23.4]


def test_a_day_beside_the_time_on_a_page_is_read() -> None:
    line = '<span class="info_datestamp_time">입력 2023.12.18. 오전 6:01</span> <a>댓글 31</a>'
    page = f"<html><body><h1>Boats</h1><div>{line}</div><p>{BODY}</p></body></html>"

    assert find_in_text(page, "page.html").published == "2023-12-18"


def test_a_title_in_quotation_marks_is_the_title() -> None:
    article = find_in_text(f"“They never counted the people”\n\nBy Ana Example\n\n{BODY}\n\n{BODY}")

    assert article.title == "“They never counted the people”"
    assert article.quotations == ()


def test_the_number_of_an_issue_is_not_the_title() -> None:
    assert (
        find_in_text(
            f"푸른다리 소식지 제38호\n2024년 5월\n\n교실에 앉은 아이들\n\n{'아이들이 앉았다. ' * 20}"
        ).title
        == "교실에 앉은 아이들"
    )


@pytest.mark.parametrize(
    ("entry", "title", "publisher"),
    [
        ("Ana Example, *The Long Way* (Harbour Press, 2018)", "The Long Way", "Harbour Press"),
        ("Ana Example, *The Long Way* (Harbour Press). [Read](https://example.org/a)", "The Long Way", "Harbour Press"),
        ("[*Lost* on the Way](https://example.org/way), Harbour Press, 2018", "Lost on the Way", "Harbour Press"),
        ("[The Long Way](https://example.org/way), by Ana Example, *Harbour Post*", "The Long Way", "Harbour Post"),
        ("Ana Example, “The Long Way” (Harbour Press, 2018)", "The Long Way", "Harbour Press"),
        ("A. Example, “The Long Way”, *Harbour Post*, 2018", "The Long Way", "Harbour Post"),
        ("Harbour Office, The Long Way (2018). https://example.org/way", "The Long Way", "Harbour Office"),
        ("Harbour Office: “The Long Way”, a book in three parts", "The Long Way", "Harbour Office"),
    ],
)  # fmt: skip
def test_a_title_to_read_is_told_by_its_emphasis_and_no_author_is_its_publisher(
    entry: str, title: str, publisher: str
) -> None:
    (one,) = find_in_text(f"# Boats\n\n{BODY}\n\n## Further reading\n\n- {entry}\n", "text.md").readings

    assert (one.title, one.publisher) == (title, publisher)


@pytest.mark.parametrize(
    "heading",
    [
        "Further reading:",
        "*Further reading:*",
        "## Further reading and viewing",
        "## Further reading / Sources",
        "## Notes and sources",
        "## Further reading on the boats",
        "## If you want to read more",
        "## To learn more",
        "## Read more about the boats",
    ],
)
def test_a_reading_list_is_known_by_a_line_above_it_and_by_longer_headings(heading: str) -> None:
    entry = "- [The Long Way](https://example.org/way), Harbour Press, 2018"
    article = find_in_text(f"# Boats\n\n{BODY}\n\n{heading}\n\n{entry}\n", "text.md")

    assert [one.title for one in article.readings] == ["The Long Way"]


@pytest.mark.parametrize(
    "heading", ["## Reading and writing", "## Notes and boats", "Further reading is for the young:"]
)
def test_another_heading_over_a_list_makes_no_reading_of_it(heading: str) -> None:
    entry = "- [The Long Way](https://example.org/way), Harbour Press, 2018"
    article = find_in_text(f"# Boats\n\n{BODY}\n\n{heading}\n\n{entry}\n", "text.md")

    assert article.readings == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "I am on the board of Tide Watch, so I am no neutral party.",
        "I have been a trustee of Tide Watch since May.",
        "For nine years I worked for Tide Watch.",
    ],
)
def test_what_the_author_declares_as_i_is_an_interest_and_stays_in_the_text(sentence: str) -> None:
    article = find_in_text(f"# Boats\n\nBy Ana Example\n\n{BODY}\n\n{BODY} {sentence}\n\n{BODY}", "text.md")

    assert article.interests == (sentence,)
    assert sentence in story(article)


@pytest.mark.parametrize(
    "sentence", ["“I am on the board of Tide Watch,” she said.", "I am on board a ship."]
)
def test_what_another_says_as_i_is_no_interest_of_the_author(sentence: str) -> None:
    text = f"# Boats\n\nBy Ana Example\n\n{BODY}\n\n{BODY} {sentence}\n\n{BODY}"

    assert find_in_text(text, "text.md").interests == ()


def story(article: Article) -> str:
    return " ".join(text for section in article.sections for text in (section.heading, *section.paragraphs))
