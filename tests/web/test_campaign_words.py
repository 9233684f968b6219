"""What is wrong with an entry of a campaign, in words that fit where it stands."""

from flask import Flask

from portal.domain.campaigns.errors import Problem
from portal.web.campaign_words import problem_in_words


def test_only_what_stands_in_a_row_can_be_cured_by_taking_the_row_out(app: Flask) -> None:
    with app.test_request_context():
        assert "row" not in told("credit", "author")
        assert "row" in told("key_figures", 0, "counts")


def told(*where: str | int) -> str:
    return problem_in_words(Problem("a.md", 1, "", where, "missing"))
