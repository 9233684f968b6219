"""The five campaigns against the article they are based on: their figures, their fragments, and no sentence of it."""

import re
import subprocess
from pathlib import Path

import pytest

from portal.domain.campaigns.story import DRAWINGS, Sourced, Story, hundredths
from tests.foundation.demo import SLUGS, some_content
from tests.foundation.requirements import ROOT

LONGEST_RUN = 11
NUMBER = r"\d[\d,.]*(?<![,.])"
HEADINGS = (
    "Human Rights Violations in North Korea",
    "Fleeing North Korea",
    "Shedding light on the situation",
    "Additional Reading",
)


def test_every_figure_and_claim_stands_in_the_article_under_the_heading_that_we_name(
    article: str, story: Story
) -> None:
    for part in parts(story):
        heading, paragraph = found_in(article, part.as_written)
        assert part.section == heading, part.id
        assert len(words(part.as_written)) <= LONGEST_RUN, part.id
        told = f"{paragraph} {part.contradicted_by or ''}"
        assert part.year is None or str(part.year) in told, part.id


def test_each_number_of_a_figure_is_written_there_or_follows_from_what_is(article: str, story: Story) -> None:
    assert story.key_figures
    for figure in story.key_figures:
        whole = story.whole_of(figure)
        written = re.findall(NUMBER, figure.as_written)
        if whole and "of 100" in figure.shown:
            assert re.findall(NUMBER, figure.shown) == [str(hundredths(figure, whole)), "100"]
        else:
            assert re.findall(NUMBER, figure.shown) == written
        for number in re.findall(NUMBER, figure.counts):
            assert number in article, figure.id


def test_whoever_said_it_is_named_in_the_article(article: str, story: Story) -> None:
    for part in parts(story):
        names = set(re.findall(r"\b[A-Z]\w+", part.said_by or "")) - {"UN"}
        assert [name for name in names if name not in article] == [], part.id


def test_whatever_we_quote_stands_in_the_article_and_has_fewer_than_twelve_words(
    article: str, story: Story
) -> None:
    ours = [story.summary, story.content_note or "", *(block.html for block in story.blocks)]
    ours += [claim.says for claim in story.claims] + [figure.counts for figure in story.key_figures]
    for fragment in re.findall("“([^”]+)”", " ".join(ours)):
        assert fragment.lower() in article.lower()
        assert len(words(fragment)) <= LONGEST_RUN


def test_the_titles_to_read_on_stand_in_the_article_with_their_addresses(article: str, story: Story) -> None:
    assert story.reading
    for text in story.reading:
        assert str(text.url) in article
        assert text.title in article


def test_the_un_report_has_the_date_of_the_linked_file_and_the_other_is_told(stories: list[Story]) -> None:
    reports = [text for story in stories for text in story.reading if text.title.startswith("DPR Korea")]

    assert reports
    for report in reports:
        assert report.dated == "March 2017"
        assert "March 2018" in (report.note or "")
    (said,) = (part for story in stories for part in story.claims if part.said_by and "DPR" in part.said_by)
    assert (said.year, "March 2018" in (said.contradicted_by or "")) == (2017, True)


def test_the_page_of_texts_has_all_five_of_the_list_and_draws_as_many(article: str) -> None:
    story = story_of("shed-light")
    listed = article.partition("Additional Reading")[2].partition("Written by")[0]

    assert len(re.findall("https?://", listed)) == len(story.reading) == 5
    assert (story.drawing, story.opening and story.opening.shown) == ("books", "Five texts")


def test_the_two_figures_of_hunger_overlap_and_are_added_nowhere() -> None:
    story = story_of("hunger-and-rights")
    undernourished, on_rations = story.figure("undernourished"), story.figure("on-rations")
    told = " ".join([*(block.html for block in story.blocks), *(part.counts for part in story.key_figures)])

    assert (undernourished.value, on_rations.value) == (10_500_000, 18_000_000)
    assert {story.drawn_by(block) for block in story.blocks if block.kind == "drawing"} == {on_rations}
    assert "28.5" not in told
    assert "Do not add the two." in told


def test_none_of_the_five_shares_a_drawing_with_another(stories: list[Story]) -> None:
    drawn = [{story.drawing, *(b.name for b in story.blocks if b.kind == "drawing")} for story in stories]

    assert len(set().union(*drawn)) == sum(len(names) for names in drawn)
    assert set().union(*drawn) <= DRAWINGS


def test_grave_things_stand_behind_a_content_note() -> None:
    for slug, grave in (("hunger-and-rights", "tortures"), ("the-way-out", "leaving-is-a-crime")):
        story = story_of(slug)
        told = [block.kind + block.html + block.name for block in story.blocks]
        note = next(place for place, block in enumerate(story.blocks) if block.kind == "note")
        assert story.content_note
        assert [place for place, words_ in enumerate(told) if grave in words_][0] > note


def test_the_organizations_are_those_the_article_names_with_no_address_made_up(
    article: str, story: Story
) -> None:
    assert len(story.organizations) == 2
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


def story_of(slug: str) -> Story:
    (campaign,) = some_content(slug).campaigns
    return campaign.story


def found_in(article: str, fragment: str) -> tuple[str | None, str]:
    """Give the heading above a fragment, None above the first one, and the paragraph that it stands in."""
    heading = None
    for line in article.splitlines():
        heading = line if line in HEADINGS else heading
        if fragment in line:
            return heading, line
    raise AssertionError(f"not in the article: {fragment}")


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


@pytest.fixture(params=SLUGS)
def story(request: pytest.FixtureRequest) -> Story:
    return story_of(request.param)


@pytest.fixture
def stories() -> list[Story]:
    return [story_of(slug) for slug in SLUGS]
