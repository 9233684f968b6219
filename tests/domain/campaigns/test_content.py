"""Content files: every mistake is told with its file, its line and a sentence, all at once."""

from pathlib import Path

import pytest

from portal.domain.campaigns.content import load_content
from portal.domain.campaigns.errors import ContentInvalid
from tests.foundation.demo import SLUGS, demo_content

GROUP = """\
name: Test Circle
town: Rivermouth
timezone: Europe/Dublin
currency: EUR
contact_email: circle@example.org
statement_name: TEST CIRCLE
card_fees:
  EUR: {basis_points: 250, fixed_minor: 25}
concern_contacts:
  - {role: Lead, email: lead@example.org}
  - {role: Trustee, email: trustee@example.org}
"""
CAMPAIGN = """\
---
title: A story
summary: Two lines.
situation: As described in 2018
opening_figure: hidden
drawing: lights
goal: 5000 EUR
amounts: [10 EUR, 25 EUR]
usual_amount: 25 EUR
receiver:
  name: Test Circle
  country: IE
  purpose: lessons
  check: {checked_on: 2026-11-22, checked_by: the treasurer, lists: [UN, EU, UK, US]}
key_figures:
  - id: hidden
    as_written: between 50,000 and 200,000
    shown: 50,000 to 200,000
    low: 50000
    high: 200000
    counts: people
    said_by: null
    year: 2018
    section: Fleeing
    last_checked: 2026-11-22
credit: {article: A, author: B, office: C, dated: D}
---

## First

:: figure hidden
"""


def test_a_right_folder_gives_the_group_and_its_campaigns_in_minor_units(tmp_path: Path) -> None:
    content = load_content(folder(tmp_path))

    (campaign,) = content.campaigns
    assert (content.group.name, campaign.slug) == ("Test Circle", "a-story")
    assert (campaign.settings.currency, campaign.settings.goal) == ("EUR", 500_000)
    assert (campaign.story.amounts, campaign.story.usual_amount) == ((1_000, 2_500), 2_500)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: A story", "titel: A story", "2: `titel` is no field that Lantern knows."),
        ("title: A story\n", "", "2: `title` is missing."),
        ("title: A story", "title: [A", "3: this is no YAML: "),
        ("title: A story", "title: A story\ntitle: B", "3: `title` stands here a second time."),
        (
            "opening_figure: hidden",
            "opening_figure: lost",
            "5: `opening_figure`: no key figure is called lost.",
        ),
        ("drawing: lights", "drawing: map", "6: `drawing`: "),
        ("goal: 5000 EUR", "goal: 5e3", "7: `goal`: 5e3 is no amount; write one such as 25 EUR."),
        (
            "[10 EUR, 25 EUR]",
            "[10 EUR, 2.5.1]",
            "8: `amounts`: 2.5.1 is no amount; write one such as 25 EUR.",
        ),
        ("[10 EUR, 25 EUR]", "[30 EUR, 25 EUR]", "8: `amounts`: must be positive amounts, each once"),
        ("usual_amount: 25 EUR", "usual_amount: 26 EUR", "9: `usual_amount`: must be one of the amounts."),
        (
            "country: IE",
            "country: Ireland",
            "12: `receiver.country` does not have the right form: 'Ireland'.",
        ),
        ("2026-11-22, checked_by", "soon, checked_by", "14: `receiver.check.checked_on`: "),
        ("lists: [UN", "lists: [XX", "14: `receiver.check.lists.0`: "),
        (
            "    low: 50000",
            "    low: 40000",
            "16: `key_figures.0`: low and high, and value, must be numbers that stand",
        ),
        (
            "    low: 50000",
            "    value: 7\n    low: 50000",
            "16: `key_figures.0`: low and high, and value, must be",
        ),
        (
            "    low: 50000",
            "    share: half\n    low: 50000",
            "16: `key_figures.0`: a share must stand in as_written",
        ),
        (
            "    low: 50000",
            "    of: lost\n    low: 50000",
            "15: `key_figures`: hidden needs a value, and of a key fig",
        ),
        (
            "    low: 50000\n    high: 200000\n",
            "",
            "2: ``: the drawing lights needs an opening figure with low",
        ),
        (
            "drawing: lights",
            "drawing: clippings",
            "2: ``: the drawing clippings needs a key figure with a value",
        ),
        (
            "drawing: lights",
            "drawing: bowls",
            "2: ``: the drawing bowls needs a key figure with a value and the",
        ),
        ("drawing: lights", "drawing: door", "2: ``: the drawing door needs a key figure with a share."),
        (
            "drawing: lights",
            "drawing: books",
            "2: ``: the drawing books needs one to seven texts to read on.",
        ),
        (
            "opening_figure: hidden\n",
            "",
            "2: ``: the drawing lights needs an opening figure with low and high",
        ),
        (":: figure hidden", ":: drawing grains lost", "31: no figure is called lost."),
        (
            ":: figure hidden",
            ":: drawing grains hidden",
            "2: ``: the drawing grains needs a key figure with a value",
        ),
        (
            ":: figure hidden",
            ":: figure hidden lights",
            "31: :: figure hidden lights is no place for a block;",
        ),
        ("    said_by: null\n", "", "16: `key_figures.0.said_by` is missing."),
        ("year: 2018", "year: soon", "23: `key_figures.0.year`: "),
        ("## First", "# First", "29: headings of a story start with ## or ###."),
        (":: figure hidden", ":: figure lost", "31: no figure is called lost."),
        (":: figure hidden", ":: drawing map", "31: no drawing is called map."),
        (":: figure hidden", ":: picture x", "31: no picture is called x."),
        (":: figure hidden", ":: photo x", "31: :: photo x is no place for a block;"),
        ("drawing: lights", "pictures: [x]", "6: `pictures` is no field that Lantern knows."),
        ("---\ntitle", "title", "1: a campaign starts with --- and YAML"),
    ],
)
def test_a_mistake_in_a_campaign_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert told_about(folder(tmp_path, campaign=changed(CAMPAIGN, old, new)))[0].startswith(
        f"campaigns/a-story.md:{told}"
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Europe/Dublin", "Europe/Dubin", "3: `timezone`: no time zone is called Europe/Dubin;"),
        ("circle@example.org", "circle", "5: `contact_email` does not have the right form: 'circle'."),
        ("TEST CIRCLE", "Test Circle", "6: `statement_name` does not have the right form: 'Test Circle'."),
        ("fixed_minor: 25", "fixed: 25", "8: `card_fees.EUR.fixed_minor` is missing."),
        ("  - {role: Trustee, email: trustee@example.org}\n", "", "9: `concern_contacts`: "),
    ],
)
def test_a_mistake_in_the_group_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert told_about(folder(tmp_path, group=changed(GROUP, old, new)))[0].startswith(f"group.yaml:{told}")


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    campaign = changed(changed(CAMPAIGN, "title: A story\n", ""), "## First", "# First")
    told = told_about(folder(tmp_path, group=changed(GROUP, "town: Rivermouth\n", ""), campaign=campaign))

    assert [line.split(" ")[0] for line in told] == [
        "campaigns/a-story.md:2:",
        "campaigns/a-story.md:28:",
        "group.yaml:1:",
    ]


def test_a_group_may_say_in_a_sentence_of_its_own_where_no_money_goes(tmp_path: Path) -> None:
    sentence = "No money goes to anybody who sells places on a boat."
    told = [
        load_content(folder(tmp_path / name, group=GROUP + more)).group.money_rule
        for name, more in (("a", ""), ("b", f"money_rule: {sentence}\n"))
    ]
    assert told == [None, sentence]


def test_a_missing_group_and_a_file_name_that_makes_no_address_are_told(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "group.yaml").unlink()
    (place / "campaigns" / "a-story.md").rename(place / "campaigns" / "A Story.md")

    assert [line.split(": ")[0] for line in told_about(place)] == ["campaigns/A Story.md:1", "group.yaml:1"]


def test_markup_in_a_story_stays_words_and_links_do_not_tell_where_they_were_followed(tmp_path: Path) -> None:
    text = "## First\n\n## First\n\n<script>alert(1)</script> [out](https://example.org/a) [bad](javascript:alert)\n"
    story = load_content(folder(tmp_path, campaign=CAMPAIGN + "\n" + text)).campaigns[0].story

    html = "".join(block.html for block in story.blocks)
    assert "<script" not in html
    assert "javascript:" not in html.replace("(javascript:alert)", "")
    assert '<a href="https://example.org/a" rel="noopener noreferrer">out</a>' in html
    assert [f'id="h-first{number}"' in html for number in ("", "-2", "-3")] == [True, True, True]


def test_a_changed_word_changes_the_fingerprint_and_nothing_else_does(tmp_path: Path) -> None:
    first = load_content(folder(tmp_path / "1")).campaigns[0].fingerprint

    assert load_content(folder(tmp_path / "2")).campaigns[0].fingerprint == first
    other = folder(tmp_path / "3", campaign=changed(CAMPAIGN, "## First", "## Last"))
    assert load_content(other).campaigns[0].fingerprint != first


def test_the_content_that_comes_with_lantern_is_right() -> None:
    told = sorted(demo_content().campaigns, key=lambda campaign: campaign.settings.position)

    assert tuple(campaign.slug for campaign in told) == SLUGS


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def folder(place: Path, *, group: str = GROUP, campaign: str = CAMPAIGN) -> Path:
    (place / "campaigns").mkdir(parents=True)
    (place / "group.yaml").write_text(group, "utf-8")
    (place / "campaigns" / "a-story.md").write_text(campaign, "utf-8")
    return place


def told_about(place: Path) -> list[str]:
    with pytest.raises(ContentInvalid) as caught:
        load_content(place)
    return str(caught.value).splitlines()
