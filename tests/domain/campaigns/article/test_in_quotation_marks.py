"""What stands in quotation marks says nothing of the sentence around it, and in a title counts nothing."""

import pytest

from tests.factories.documents import find_in_text


@pytest.mark.parametrize(
    "text",
    [
        "“The town says that nobody stays,” and 300 people left.",
        "The ship was called “The king says” and took 300 people.",
    ],
)
def test_who_says_something_within_quotation_marks_said_nothing_of_the_rest(text: str) -> None:
    (figure,) = find_in_text(text).figures

    assert (figure.text, figure.said_by) == ("300", None)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("The book “Twelve Boats and 300 People” tells of it.", []),
        ("The film “Forty Children of the Bay” is shown to 60 people.", ["60"]),
        ("“There were 300 people on it,” said Ana Example.", ["300"]),
    ],
)
def test_a_number_in_a_title_is_no_figure_and_one_in_a_speech_is(text: str, written: list[str]) -> None:
    assert [figure.text for figure in find_in_text(text).figures] == written
