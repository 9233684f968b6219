"""From a file of the article to a published campaign, in few clicks, with the way from every figure to who said it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from portal.domain.campaigns.drafting.taken import ArticleWords
from tests.journeys.member import Member
from tests.journeys.running import Lantern

MOST_CLICKS = 12
TITLE, SLUG = "Who nobody writes about", "who-nobody-writes-about"
# Counted by the browser itself, over all pages of the way.
COUNTER = "addEventListener('pointerdown', () => { localStorage.clicks = 1 + Number(localStorage.clicks ?? 0); }, true)"


def test_an_article_becomes_a_published_campaign_in_twelve_clicks_with_the_source_of_every_figure(
    lantern: Lantern, arrive: Callable[..., Member], shared: Path
) -> None:
    orla, reader, file = arrive("organizer"), arrive(width=360), shared / "seeds" / "article.txt"
    orla.page.context.add_init_script(COUNTER)
    orla.go("/desk/campaigns")
    orla.choose("From an article")
    orla.page.get_by_label("A file", exact=True).set_input_files(file)
    chosen_by_a_click = 1
    orla.press("Read it")
    orla.reads("This is what was found.")
    _decide(orla)
    assert _campaigns(lantern) == []
    orla.press("Make the draft")
    orla.reads("The draft is there.")
    assert [one.status for one in _campaigns(lantern)] == ["draft"]
    assert reader.go(f"/campaigns/{SLUG}").status == 404
    orla.choose("Back to the campaign")
    orla.press("Publish")
    orla.reads("Readers see this campaign now.")
    clicks = int(orla.page.evaluate("localStorage.clicks")) + chosen_by_a_click
    assert clicks <= MOST_CLICKS

    (campaign,) = _campaigns(lantern)
    assert (campaign.status, campaign.receiver_country, campaign.goal_minor) == ("published", "IE", 150_000)
    assert (campaign.receiver_lists, campaign.receiver_checked_by) == ("UN, EU, UK, US", "an organizer")
    noted = lantern.records.noted(f"campaign:{campaign.id}")
    assert noted == [("campaign.started", orla.email), ("campaign.moved", orla.email)]
    reader.go(f"/campaigns/{SLUG}")
    reader.is_at(TITLE)
    _leads_every_figure_to_its_source(lantern, reader, campaign)
    article = file.read_text().partition("Additional Reading")[0].splitlines()
    assert ArticleWords.read(article).taken_in(reader.main.inner_text()) == ""


def _decide(orla: Member) -> None:
    """Settle, retell, and say who gets the money; all but boxes and buttons is typed, and reached by Tab."""
    for one in orla.page.locator(".settle .item").all():
        one.get_by_role("radio").last.check()
    typed = {
        "#title": TITLE,
        "#summary": "Hardly anybody tells of them.",
        "#sections-1-words": "Many there have too little to eat.",
        "#purpose": "Talks at schools",
        "#goal": "1500",
        "#receiver": "Lantern Circle (demo)",
    }
    for place, words in typed.items():
        orla.page.locator(place).fill(words)
    # What the article says of a figure is often a row of its words.
    for number, counts in enumerate(orla.page.locator("#figures [id$='-counts']").all()):
        counts.fill(f"counted by somebody, number {number + 1} of those told here")
    orla.page.locator("#receiver").focus()
    orla.page.keyboard.press("Tab")
    expect(orla.page.get_by_label("Country", exact=True)).to_be_focused()
    orla.page.keyboard.type("Ireland")
    for words in (
        "Looked up today in all four",
        "Where “who said it” is still empty",
        "I have compared these",
    ):
        orla.page.get_by_label(words).check()


def _leads_every_figure_to_its_source(lantern: Lantern, reader: Member, campaign: Any) -> None:
    (row,) = lantern.records.rows(
        "SELECT story FROM campaign_revision WHERE campaign_id = :id AND number = 1", id=campaign.id
    )
    story = json.loads(row.story)
    shown = reader.page.locator(".figure")
    assert len(story["key_figures"]) > 5
    expect(shown).to_have_count(len(story["key_figures"]))
    for figure, place in zip(story["key_figures"], shown.all(), strict=True):
        place.get_by_text("Who says so?").click()
        expect(place).to_contain_text(f"{figure['shown']} {figure['counts']}")
        source = figure["said_by"] or "the article does not say who counted this"
        expect(_told(place, "Said by")).to_have_text(source)
        expect(_told(place, "In its words")).to_have_text(f"“{figure['as_written']}”")
        expect(_told(place, "Year")).to_have_text(str(figure["year"] or "not given"))
        expect(_told(place, "Last checked")).not_to_have_text("not yet")
    said = {figure["said_by"] for figure in story["key_figures"]}
    assert None in said
    assert len(said) > 2


def _told(place: Locator, label: str) -> Locator:
    """Give what stands beside a label among what is told of a figure."""
    return place.locator("dl > div", has=place.page.get_by_text(label, exact=True)).locator("dd")


def _campaigns(lantern: Lantern) -> list[Any]:
    return lantern.records.rows("SELECT * FROM campaign WHERE slug = :slug", slug=SLUG)
