"""The importer against what a careful reader found: the article that the demo is made from, and further texts."""

from pathlib import Path

import pytest

from tests.domain.campaigns.article.gold import NAMES, problems, read_gold, read_text, score_figures

LEAST_OF_SEED, LEAST_OF_OTHERS, MOST_FALSE = 0.95, 0.9, 0.1
# What beside the figures may be otherwise, of all that a list of a text has.
MOST_PROBLEMS = 0.1


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_found_with_value_unit_year_and_who_says_it(name: str, shared: Path) -> None:
    gold = read_gold(name)
    score = score_figures(gold["figures"], read_text(gold, shared).figures)

    assert score.recall >= (LEAST_OF_SEED if "seed" in gold else LEAST_OF_OTHERS), score.wrong
    assert score.false_part <= MOST_FALSE, score.false


@pytest.mark.parametrize("name", NAMES)
def test_everything_else_is_found_as_a_reader_finds_it(name: str, shared: Path) -> None:
    gold = read_gold(name)
    told = problems(gold, read_text(gold, shared))
    listed = sum(
        len(value) if isinstance(value, list) else 1 for key, value in gold.items() if key != "figures"
    )

    allowed = 0 if "seed" in gold else int(MOST_PROBLEMS * listed)
    assert len(told) <= allowed, told
