"""What is found beside figures: quotations, names, readings, links, contradictions, what the author declares."""

import pytest

from portal.domain.campaigns.article.document import Document, LeftOut, Link, Piece, PieceKind
from portal.domain.campaigns.article.finders.article_text import LONGEST_SEARCHED
from portal.domain.campaigns.article.finders.authors import read_author
from portal.domain.campaigns.article.finding import MOST_FIGURES, find_in
from tests.factories.documents import find_in_text, make_document


@pytest.mark.parametrize(
    ("text", "speaker", "office"),
    [
        (
            "“The door was shut.” -Ana Example, Director of Harbour Aid",
            "Ana Example",
            "Director of Harbour Aid",
        ),
        ("“The door was shut,” said Ana Example, head nurse.", "Ana Example", "head nurse"),
        ("“The door was shut,” Ana Example, a teacher, told us.", "Ana Example", "a teacher"),
        (
            "The charity's director, Ana Example, said: “The door was shut.”",
            "Ana Example",
            "The charity's director",
        ),
        ("Professor Ana Example explains: “The door was shut.”", "Ana Example", "Professor"),
        (
            "“The door was shut,” said Dr. Ana Example, head of the clinic.",
            "Ana Example",
            "head of the clinic",
        ),
        ('"The door was shut," she said.', None, None),
        ("Utopia describes the border as “the door was shut”.", "Utopia", None),
        ("It is known as “the door was shut”.", None, None),
    ],
)
def test_a_quotation_has_its_speaker_and_office(text: str, speaker: str | None, office: str | None) -> None:
    (one,) = find_in_text(text).quotations

    assert one.text.lower().rstrip(".") == "the door was shut"
    assert (one.speaker, one.office) == (speaker, office)


@pytest.mark.parametrize(
    ("byline", "office"),
    [
        ("By Ines Okafor, 14 May 2026", None),
        ("By Ines Okafor, field officer, 14 May 2026", "field officer"),
        ("By Ines Okafor on 14 May 2026", None),
        ("By Ines Okafor, nurse at Harbour Aid", "nurse at Harbour Aid"),
    ],
)
def test_the_day_in_a_byline_is_not_what_its_author_does(byline: str, office: str | None) -> None:
    assert read_author([Piece(PieceKind.PARAGRAPH, byline)], "Ines Okafor").office == office


def test_what_follows_a_quotation_is_said_by_the_same() -> None:
    text = "“The door was shut,” said Ana Example. “Nobody came.”"

    assert [one.speaker for one in find_in_text(text).quotations] == ["Ana Example", "Ana Example"]


def test_one_doubted_word_and_a_title_are_no_quotations() -> None:
    text = "Who is a “refugee” is told in “The Long Way to the Sea” and nowhere else."

    assert find_in_text(text).quotations == ()


def test_two_spellings_are_one_organization_and_a_contradiction() -> None:
    text = "We thank Utopian Refugee Aid for its help. She also works for Utopia Refugee Aid."
    article = find_in_text(text)

    (one,) = article.organizations
    assert {one.name, *one.aliases} == {"Utopian Refugee Aid", "Utopia Refugee Aid"}
    assert [set(told.says) for told in article.contradictions] == [
        {"Utopian Refugee Aid", "Utopia Refugee Aid"}
    ]


def test_a_name_and_its_first_letters_are_one_organization_and_no_contradiction() -> None:
    text = "The World Harbour Programme (WHP) came. The WHP left. The U.N. stayed, as the United Nations do."
    article = find_in_text(text)

    assert [{one.name, *one.aliases} for one in article.organizations] == [
        {"World Harbour Programme", "WHP"},
        {"U.N.", "United Nations"},
    ]
    assert article.contradictions == ()


def test_organizations_that_are_introduced_are_found_whatever_they_are_called() -> None:
    text = "Give to organizations such as Harbour Aid and Freedom On The Shore, who do much."

    assert [one.name for one in find_in_text(text).organizations] == ["Harbour Aid", "Freedom On The Shore"]


def test_a_project_of_three_words_and_a_guild_are_organizations_and_a_project_of_two_is_none() -> None:
    found = find_in_text(
        "The Strait Memory Project and the Mending Guild count them. Some plan a Water Project."
    )

    assert [one.name for one in found.organizations] == ["Strait Memory Project", "Mending Guild"]


def test_a_report_with_two_dates_is_a_contradiction_and_its_address_is_told() -> None:
    entry = "“Utopia: Needs and Wishes” March 2017 Report, the Harbour Office"
    article = find_in(
        Document(
            pieces=(
                Piece(PieceKind.PARAGRAPH, "So says the March 2018 report “Utopia Needs and Wishes.”"),
                Piece(PieceKind.HEADING, "Further reading"),
                Piece(PieceKind.ENTRY, entry, (Link("pdf", "https://example.org/files/Needs%202017.pdf"),)),
            ),
            language="en",
        )
    )

    (told,) = article.contradictions
    assert told.says == ("March 2018", "March 2017")
    assert "address says 2017" in told.about
    assert told.sentences[1] == entry
    assert [(one.title, one.publisher, one.date) for one in article.readings] == [
        ("Utopia: Needs and Wishes", "Harbour Office", "March 2017")
    ]


def test_the_same_thing_counted_twice_with_different_numbers_is_a_contradiction() -> None:
    text = "The border school in Kalvar has 340 beds. It snowed. The border school in Kalvar has 310 beds."

    assert [told.says for told in find_in_text(text).contradictions] == [("340", "310")]


def test_different_things_counted_are_no_contradiction() -> None:
    text = (
        "In the north 340 people drowned in the floods of May. In the south 12 people sold boats to the navy."
    )

    assert find_in_text(text).contradictions == ()


def test_a_part_and_the_whole_are_no_contradiction() -> None:
    text = "In the hills 46 of the land’s 83 health centres were shut. In 2022 it had 79 health centres that were shut."

    assert find_in_text(text).contradictions == ()


def test_whoever_a_paragraph_begins_with_and_a_colon_says_its_figures_in_an_interview() -> None:
    article = find_in(
        make_document(
            "Ben Sample: How many have you carried?",
            "Ana Example: Nine thousand people. The Coastguard says that 40 people drowned.",
            "Sample: And in the first year?",
            "Example: Only 300 people.",
        )
    )

    assert [(one.text, one.said_by) for one in article.figures] == [
        ("Nine thousand", "Ana Example"), ("40", "The Coastguard"), ("300", "Ana Example"),
    ]  # fmt: skip
    assert article.figures[0].sentence == "Nine thousand people."
    assert [one.name for one in article.people] == ["Ben Sample", "Ana Example"]


def test_words_with_a_colon_are_nobody_s_name_without_questions() -> None:
    text = ("Key Findings: Some 40 people came.", "Key Findings: Some 50 people left.")

    assert [one.said_by for one in find_in(make_document(*text)).figures] == [None, None]


INTERVIEW = (
    "Interview by Ben Sample",
    "Ana Example keeps the boats of the bay. She spoke to us in May.",
    "How many people has your team found?",
    "I have counted 300 people. The Coastguard says that 40 people drowned.",
    "And the others?",
    "I know of 200 boats.",
    "They say it is over.",
    "I say there are 100 more boats.",
    "Will you go on?",
    "Yes. With 20 volunteers.",
)


def test_the_answers_of_an_interview_are_said_by_whom_it_is_with() -> None:
    article = find_in(make_document(*INTERVIEW))

    assert [(one.text, one.said_by) for one in article.figures] == [
        ("300", "Ana Example"), ("40", "The Coastguard"), ("200", "Ana Example"), ("100", "Ana Example"),
        ("20", "Ana Example"),
    ]  # fmt: skip


def test_questions_with_answers_in_nobody_s_words_are_no_interview() -> None:
    told = tuple(text.replace("I ", "They ") for text in INTERVIEW)

    assert {one.said_by for one in find_in(make_document(*told)).figures} == {None, "The Coastguard"}


def test_links_are_readings_only_under_their_heading() -> None:
    article = find_in_text(
        "# A text\n\nSee [our page](https://example.org/page) about it.\n\n## Further reading\n\n"
        "- [The Long Way](https://example.org/way), Harbour Press, 2018\n",
        "text.md",
    )

    assert [(link.text, link.url) for link in article.links] == [("our page", "https://example.org/page")]
    assert [one.url for one in article.readings] == ["https://example.org/way"]
    assert [section.heading for section in article.sections] == [""]


def test_the_author_s_office_and_what_is_declared_are_found_and_are_no_text_of_the_article() -> None:
    article = find_in(
        Document(
            pieces=(
                Piece(PieceKind.PARAGRAPH, "There is a text about the harbour and the sea."),
                Piece(PieceKind.PARAGRAPH, "Written by [Harbour Aid!] Board Member, Ana Example."),
                Piece(PieceKind.PARAGRAPH, "Ana also sits on the board of Shore Watch. She likes tea."),
            ),
            language="en",
            author="Ana Example",
        )
    )

    assert (article.author, article.author_office) == ("Ana Example", "Board Member, Harbour Aid!")
    assert article.interests == ("Ana also sits on the board of Shore Watch.",)
    assert len(article.sections[0].paragraphs) == 1
    assert "Shore Watch" in [one.name for one in article.organizations]


def test_the_summary_is_the_beginning_of_the_article_and_not_its_motto() -> None:
    article = find_in(
        make_document(
            "“The sea is wide.” -Ana Example, Director of Harbour Aid",
            "The harbour of Utopia was closed in spring, and nobody knows when it will open again.",
        )
    )

    assert article.summary.startswith("The harbour of Utopia was closed")


def test_what_was_left_out_is_handed_on_and_nothing_else_is_made_up() -> None:
    article = find_in(Document((), "ko", left_out=(LeftOut("Menu", "navigation"),)))

    assert [(one.text, one.reason) for one in article.left_out] == [("Menu", "navigation")]
    assert (article.title, article.author, article.summary, article.published) == (None, None, "", "undated")


def test_a_text_longer_than_any_article_is_kept_and_said_to_be_searched_only_in_part() -> None:
    text = "Some 40 people came. " + "It rained. " * (LONGEST_SEARCHED // 11) + "Some 50 people left."
    article = find_in(make_document(text))

    assert [figure.text for figure in article.figures] == ["Some 40"]
    assert article.sections[0].paragraphs == (text,)
    assert f"{LONGEST_SEARCHED:,}" in article.left_out[0].reason


def test_more_figures_than_anybody_settles_are_said_to_be_left() -> None:
    article = find_in(make_document("Some 40 people came. " * (MOST_FIGURES + 5)))

    assert len(article.figures) == MOST_FIGURES
    assert str(MOST_FIGURES) in article.left_out[0].reason
