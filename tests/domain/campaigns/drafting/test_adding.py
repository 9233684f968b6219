"""What the importer did not find is added by its words in the article, and is from then on like what it found."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.domain.audit.queries import list_entries
from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.drafting import service
from portal.domain.campaigns.drafting.adding import MOST_OF_A_KIND, Added, with_added
from portal.domain.campaigns.drafting.decisions import MOST_ASKED, Decisions, first_decisions
from portal.domain.campaigns.drafting.errors import (
    AlreadyThere,
    DecidedMeanwhile,
    DraftRefused,
    FragmentTooLong,
    NumberUnreadable,
    TooManyTaken,
    WordsNotThere,
    YearUnreadable,
)
from portal.domain.campaigns.drafting.queries import get_imported
from portal.domain.campaigns.drafting.writing import draft_of
from portal.domain.campaigns.errors import EntryMissing, EntryTooLong
from tests.factories.drafting import FERRIES, WORDS, make_article, make_hangul_article, make_imported

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AOIFE = 7
SAID = "The crossing of 1951 took 51 minutes and some 2,500 oars. It was the U.N. that counted them."
TOLD = {"heading": "Before", "paragraphs": ["Nobody counted.", SAID]}
LONG = "The crossing of 1951 took 51 minutes and some 2,500 oars. It was the U.N."
MINUTES = {"text": "51", "value": "51", "unit": "minutes", "year": "1951", "said_by": "the U.N."}


def test_a_figure_is_taken_from_its_words_with_its_sentence_and_section() -> None:
    article, decisions = added(MINUTES)
    found, decided = article.figures[-1], decisions.figures[-1]
    assert (found.text, found.value, found.unit, found.year, found.said_by) == (
        "51", 51, "minutes", 1951, "the U.N.",
    )  # fmt: skip
    assert (found.sentence, found.section) == (SAID.partition(" It was")[0], "Before")
    assert (decided.take, decided.shown, decided.counts, decided.year, decided.said_by) == (
        True, "51", "minutes", "1951", "the U.N.",
    )  # fmt: skip
    assert (decided.as_written, decided.section) == ("51", "Before")
    assert len(article.figures) == len(decisions.figures) == 3


def test_it_is_told_in_the_draft_with_its_source_where_its_sentence_stands() -> None:
    article, decisions = added(MINUTES)
    draft = draft_of(article, decisions, WORDS, date(2026, 11, 23))
    row = draft.rows["key_figures"][-1]
    assert (row["shown"], row["as_written"], row["said_by"], row["year"]) == ("51", "51", "the U.N.", 1951)
    assert draft.told_in[2] == [f":: figure {row['id']}"]


@pytest.mark.parametrize(
    ("typed", "value", "low", "high"),
    [
        ("10,500,000", 10_500_000, None, None),
        (" 0.5 ", 0.5, None, None),
        ("1200–1500", None, 1200, 1500),
        ("1,200 to 1,500.5", None, 1200, 1500.5),
    ],
)
def test_a_value_is_a_number_or_both_ends_of_a_range(
    typed: str, value: float | None, low: float | None, high: float | None
) -> None:
    found = added({**MINUTES, "value": typed})[0].figures[-1]
    assert (found.value, found.low, found.high) == (value, low, high)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("2,500 oars", "2,500 oars"),
        ("some\n 2,500", "some 2,500"),
        ("51 minutes and some 2,500 oars. It was", "51 minutes and some 2,500 oars. It was"),
    ],
)
def test_words_stand_there_whatever_space_is_between_them(words: str, written: str) -> None:
    found = added({**MINUTES, "text": words})[0].figures[-1]
    assert (found.text, SAID.startswith(found.sentence)) == (written, True)
    assert written in found.sentence


@pytest.mark.parametrize("words", ["52", "195", "500", "2,50", "oar", "took 51 hours", "Minutes"])
def test_words_that_do_not_stand_there_whole_are_refused(words: str) -> None:
    assert refused({**MINUTES, "text": words}) == {"added-text": WordsNotThere}
    assert refused({"organization": words}) == {"added-organization": WordsNotThere}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"value": "5"}, {"added-text": EntryMissing}),
        ({"text": "51"}, {"added-value": EntryMissing}),
        ({**MINUTES, "text": "("}, {"added-text": EntryMissing}),
        ({"organization": "."}, {"added-organization": EntryMissing}),
        ({**MINUTES, "text": LONG}, {"added-text": FragmentTooLong}),
        ({"organization": LONG}, {"added-organization": FragmentTooLong}),
        ({**MINUTES, "value": "1500-1200"}, {"added-value": NumberUnreadable}),
        ({**MINUTES, "value": "63-63"}, {"added-value": NumberUnreadable}),
        ({**MINUTES, "value": "many"}, {"added-value": NumberUnreadable}),
        ({**MINUTES, "value": "1e9"}, {"added-value": NumberUnreadable}),
        ({**MINUTES, "year": "last"}, {"added-year": YearUnreadable}),
        ({**MINUTES, "unit": "x" * 201}, {"added-unit": EntryTooLong}),
    ],
)
def test_what_is_wrong_is_told_beside_its_entry(
    typed: dict[str, str], wrong: dict[str, type[Exception]]
) -> None:
    assert refused(typed) == wrong


def test_an_organization_is_taken_by_the_name_that_stands_there() -> None:
    article, decisions = added({"organization": "the U.N."})
    assert article.organizations[-1].name == decisions.organizations[-1].name == "the U.N."
    assert decisions.organizations[-1].take
    assert len(article.figures) == 2


def test_what_is_there_already_is_not_added_again() -> None:
    article, decisions = added({**MINUTES, "organization": "the U.N."})
    with pytest.raises(DraftRefused) as told:
        with_added(article, decisions, Added(**MINUTES, organization="the U.N."), WORDS)
    wrong = {name: type(one) for name, one in told.value.by_entry.items()}
    assert wrong == {"added-text": AlreadyThere, "added-organization": AlreadyThere}


def test_korean_words_stand_there_with_what_is_joined_to_them() -> None:
    article = make_hangul_article()
    decisions = first_decisions(article, WORDS, "EUR")
    typed = Added(text="187만 명", value="1870000", unit="명")
    assert with_added(article, decisions, typed, WORDS)[0].figures[-1].sentence == article.figures[0].sentence


def test_it_stands_beside_its_decision_also_where_more_was_found_than_is_asked_about() -> None:
    many = make_article().figures[:1] * (MOST_ASKED + 5)
    article, decisions = added(MINUTES, figures=many)
    assert article.figures[len(decisions.figures) - 1].text == decisions.figures[-1].shown == "51"
    assert len(article.figures) == MOST_ASKED + 6


def test_no_more_is_added_than_anybody_looks_through() -> None:
    article = make_article(sections=[TOLD])
    decisions = first_decisions(article, WORDS, "EUR")
    full = decisions.model_copy(update={"figures": decisions.figures[:1] * MOST_OF_A_KIND})
    with pytest.raises(DraftRefused) as told:
        with_added(article, full, Added(**MINUTES), WORDS)
    assert {name: type(one) for name, one in told.value.by_entry.items()} == {"added-text": TooManyTaken}


@pytest.mark.both_databases
def test_it_is_kept_with_all_that_was_decided_and_noted_without_its_words(db_session: Any) -> None:
    article_id = make_imported().id
    decisions = get_imported(article_id).decisions.model_copy(update={"title": "Ferries"})
    typed = Added(text="a working day", value="1", organization="harbour office")
    service.add_to_article(AOIFE, article_id, 1, decisions, typed, WORDS, NOW)
    db_session.commit()
    kept = get_imported(article_id)
    assert (kept.number, kept.decisions.title) == (2, "Ferries")
    assert (kept.article.figures[-1].sentence, kept.decisions.figures[-1].shown) == (FERRIES, "a working day")
    assert kept.decisions.organizations[-1].name == kept.article.organizations[-1].name == "harbour office"
    assert list_entries()[0].action == "article.completed"
    assert list_entries()[0].after == {"figures": 3, "organizations": 2}


def test_nothing_is_added_to_what_somebody_else_has_decided_about_meanwhile(db_session: Any) -> None:
    article_id = make_imported().id
    decisions = get_imported(article_id).decisions
    service.add_to_article(AOIFE, article_id, 1, decisions, Added(text="ferry", value="1"), WORDS, NOW)
    with pytest.raises(DecidedMeanwhile):
        service.add_to_article(AOIFE, article_id, 1, decisions, Added(text="dog", value="1"), WORDS, NOW)
    db_session.commit()
    assert [one.text for one in get_imported(article_id).article.figures[2:]] == ["ferry"]


def added(typed: dict[str, str], **facts: Any) -> tuple[Article, Decisions]:
    """Add something to an article that begins as the others do and ends with what the importer missed."""
    first = make_article()
    article = make_article(**{"sections": [*first.sections, TOLD], **facts})
    return with_added(article, first_decisions(article, WORDS, "EUR"), Added(**typed), WORDS)


def refused(typed: dict[str, str]) -> dict[str, type[Exception]]:
    """Give what is wrong with something that can't be added, by the name of its entry."""
    with pytest.raises(DraftRefused) as told:
        added(typed)
    return {name: type(one) for name, one in told.value.by_entry.items()}
