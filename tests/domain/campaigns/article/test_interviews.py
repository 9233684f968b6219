"""Interviews: whose turn it is, and that a label before a colon is not always somebody."""

import pytest

from tests.factories.documents import find_in_text

STORY = "The boats left the harbour in the night. Nobody saw them go."


def test_each_turn_is_said_by_whom_its_label_names() -> None:
    text = "Ben Sample: How many?\n\nAna Example: Some 300 people.\n\nSample: Left?\n\nExample: Another 40 people."
    found = find_in_text(f"# Boats\n\n{STORY}\n\n{text}\n\n{STORY}", "text.md").figures

    assert [figure.said_by for figure in found] == ["Ana Example", "Ana Example"]


@pytest.mark.parametrize("label", ["The answer", "Why not", "Please note"])
def test_a_label_that_is_no_name_says_nothing(label: str) -> None:
    text = f"Question: How many came?\n\n{label}: some 300 people left.\n\nAna Example: And now?"
    (figure,) = find_in_text(f"# Boats\n\n{STORY}\n\n{text}\n\n{STORY}", "text.md").figures

    assert figure.said_by is None
