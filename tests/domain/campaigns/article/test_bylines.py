"""Who wrote an article and when, from lines that say nothing else; and the title in the line above comments."""

import pytest

from portal.domain.campaigns.article.files.bylines import author_of, day_in, is_dateline, licence_in
from portal.domain.campaigns.article.titles import title_in_comment_line, titled, without_site


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ana Example", "Ana Example"),
        ("By Ana Example and Ben O’Sample, Rivermouth", "Ana Example and Ben O’Sample"),
        ("Written by [Rivermouth Aid] Board Member, Ana van der Example.", "Ana van der Example"),
        ("Posted on 3 November 2020 by Ana Example, field officer at Rivermouth Aid", "Ana Example"),
        ("Interview: Ana Example", "Ana Example"),
        ("김하나 기자", "김하나"),
        ("글: 김하나 (새싹길 활동가)", "김하나"),
        ("By the end of 2017, they had gone.", None),
        ("By admin", None),
        ("Ana Example came by.", None),
    ],
)
def test_a_byline_gives_the_name_without_office_and_date(line: str, name: str | None) -> None:
    assert author_of(line) == name


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-06-05T23:30:00-05:00", "2018-06-05"),
        ("5 June 2018", "2018-06-05"),
        ("June 5th, 2018", "2018-06-05"),
        ("Sept. 2018", "2018-09"),
        ("2018년 6월 5일", "2018-06-05"),
        ("입력 2021.10.07 09:00", "2021-10-07"),
        ("2018-06", "2018-06"),
        ("31 June 2018", None),
        ("2018", None),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, day: str | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("Published on Tuesday, 5 June 2018 at 09:30", True),
        ("2018년 6월 5일 화요일 입력", True),
        ("On 5 June 2018, 40 people crossed.", False),
        ("They crossed in June 2018", False),
    ],
)
def test_a_dateline_tells_a_date_and_nothing_else(line: str, alone: bool) -> None:
    assert is_dateline(line) is alone


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("This text is licensed under CC BY-NC-ND 4.0.", "CC BY-NC-ND 4.0"),
        ("Driving licence", None),
    ],
)
def test_a_licence_is_named_as_it_is_written_or_as_its_address_stands_for(
    text: str, licence: str | None
) -> None:
    assert licence_in(text) == licence


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("One thought on “The “Forgotten” Harbour: A Case", "The “Forgotten” Harbour: A Case"),
        ("One thought on “The “Forgotten” Harbour”", "The “Forgotten” Harbour"),
        ("One thought on “The “Forgotten Harbour", "The “Forgotten Harbour”"),
        ("3 thoughts on “Who “Counts”", "Who “Counts”"),
        ('2 responses to "The harbour"', "The harbour"),
        ("12 comments on The harbour", "The harbour"),
        ("“항구의 겨울”에 대한 댓글 3개", "항구의 겨울"),
        ("One thought came to her", None),
    ],
)
def test_the_line_above_comments_gives_the_title_with_its_marks_in_pairs(
    line: str, title: str | None
) -> None:
    assert title_in_comment_line(line) == title


def test_a_pages_title_loses_the_sites_name_and_nothing_else() -> None:
    assert (
        without_site("The harbour – a year on | Rivermouth Aid", ("Rivermouth Aid",))
        == "The harbour – a year on"
    )
    assert without_site("Rivermouth Aid » The harbour", ("Rivermouth Aid",)) == "The harbour"
    assert without_site("The winter in the old harbour of the town - Rivermouth Aid", ()) == (
        "The winter in the old harbour of the town - Rivermouth Aid"
    )
    assert (
        without_site("The winter in the old harbour of the town | Aid", ())
        == "The winter in the old harbour of the town"
    )


@pytest.mark.parametrize(
    "name", ["Word Document", "Microsoft Word - draft.doc", "Untitled", "문서1", "  ", "***"]
)
def test_a_programs_name_for_a_file_is_no_title(name: str) -> None:
    assert titled(name) is None
