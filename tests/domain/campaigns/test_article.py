"""The demo campaign against the article it is based on: its figures, its fragments, and no sentence of it."""

import re
import subprocess
from pathlib import Path

import pytest

from portal.domain.campaigns.content import load_content
from portal.domain.campaigns.story import Sourced, Story
from tests.foundation.requirements import ROOT

LONGEST_RUN = 11


def test_every_figure_and_claim_stands_in_the_article_as_we_say_it_is_written(
    article: str, story: Story
) -> None:
    for part in parts(story):
        assert part.as_written in article, part.id
        assert part.section in article, part.id
        assert part.year is None or str(part.year) in article, part.id


def test_a_figure_is_shown_with_the_numbers_it_is_written_with(story: Story) -> None:
    for figure in story.key_figures:
        assert re.findall(r"[\d,.]+", figure.shown) == re.findall(r"[\d,.]+", figure.as_written)


def test_whatever_we_quote_stands_in_the_article_and_has_fewer_than_twelve_words(
    article: str, story: Story
) -> None:
    told = " ".join([block.html for block in story.blocks] + [part.as_written for part in parts(story)])
    quoted = re.findall("“([^”]+)”", told)

    assert quoted
    for fragment in quoted:
        assert fragment in article
        assert len(words(fragment)) <= LONGEST_RUN


def test_the_five_titles_stand_in_the_article_with_their_addresses(article: str, story: Story) -> None:
    assert len(story.reading) == 5
    for text in story.reading:
        assert str(text.url) in article
        assert text.title in article


def test_the_un_report_has_the_date_of_the_linked_file_and_the_other_is_told(story: Story) -> None:
    (report,) = (text for text in story.reading if text.title.startswith("DPR Korea"))

    assert report.dated == "March 2017"
    assert "March 2018" in (report.note or "")


def test_the_organizations_are_those_the_article_names_with_no_address_made_up(
    article: str, story: Story
) -> None:
    for organization in story.organizations:
        assert organization.url is None
        for name in (organization.name, *organization.aliases):
            assert name.lower() in article.lower()


def test_no_text_of_the_repository_holds_twelve_words_in_a_row_from_the_article(article: str) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    assert len(files) > 50
    runs = runs_of(article)
    copied = {file.relative_to(ROOT).as_posix(): found for file in files if (found := runs & runs_in(file))}

    assert copied == {}


def parts(story: Story) -> tuple[Sourced, ...]:
    return (*story.key_figures, *story.claims)


def words(text: str) -> list[str]:
    without_addresses = re.sub(r"https?://\S+", " ", text)
    return re.findall(r"\w+", without_addresses.lower())


def runs_of(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + LONGEST_RUN + 1]) for start in range(len(found) - LONGEST_RUN)}


def runs_in(file: Path) -> set[tuple[str, ...]]:
    try:
        return runs_of(file.read_text("utf-8"))
    except (UnicodeDecodeError, FileNotFoundError):
        return set()


@pytest.fixture
def article(shared: Path) -> str:
    return (shared / "seeds" / "article.txt").read_text("utf-8")


@pytest.fixture
def story() -> Story:
    return load_content(ROOT / "portal" / "content").campaigns[0].story
