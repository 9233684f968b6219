"""A campaign at the desk: started from four fields, written by two, published, and put away."""

from collections.abc import Callable
from datetime import date
from typing import Any

from playwright.sync_api import expect

from tests.journeys.member import Member
from tests.journeys.running import Lantern

Arrive = Callable[..., Member]
TITLE, SLUG = "Bicycles for the night shift", "bicycles-for-the-night-shift"


def test_a_campaign_is_started_written_previewed_published_and_archived_and_two_editors_lose_nothing(
    lantern: Lantern, arrive: Arrive
) -> None:
    orla, reader = arrive("organizer"), arrive(width=360)
    campaign = _start(lantern, orla)
    _write(lantern, orla, campaign.id)
    assert reader.go(f"/campaigns/{SLUG}").status == 404
    _publish(orla, reader)
    assert _campaign(lantern).status == "published"
    ada = arrive("admin", java_script_enabled=False)
    _write_at_once(lantern, orla, ada, campaign.id)
    reader.go(f"/campaigns/{SLUG}")
    reader.reads("Ada was here.", "Orla was here too.")

    orla.choose("Back to the campaign")
    orla.press("Archive")
    orla.reads("This campaign is archived. Its gifts stay in the books.")
    assert _campaign(lantern).status == "archived"
    assert reader.go(f"/campaigns/{SLUG}").status == 200
    reader.reads("It stays here to be read")
    did = lantern.records.noted(f"campaign:{campaign.id}")
    assert did == [
        ("campaign.started", orla.email),
        ("campaign.revised", orla.email),
        ("campaign.moved", orla.email),
        ("campaign.revised", ada.email),
        ("campaign.revised", orla.email),
        ("campaign.moved", orla.email),
    ]


def _start(lantern: Lantern, orla: Member) -> Any:
    orla.page.get_by_role("navigation", name="Desk").get_by_role("link", name="Campaigns").click()
    orla.choose("Start a campaign")
    orla.fill(
        {
            "Title": TITLE,
            "What the money is for, in a sentence": "Ten bicycles, with lights.",
            "Goal": "2500",
            "Who receives the money": "Lantern Circle (demo)",
        }
    )
    orla.press("Make the draft")
    orla.reads("Nobody sees what you save before you publish it.")
    campaign = _campaign(lantern)
    assert (campaign.status, campaign.goal_minor, campaign.currency) == ("draft", 250_000, "EUR")
    assert (campaign.receiver, campaign.receiver_checked_on) == ("Lantern Circle (demo)", None)
    orla.choose("Back to the campaign")
    orla.reads("Before it can be published")
    expect(orla.page.get_by_role("button", name="Publish")).to_have_count(0)
    orla.choose("Edit")
    return campaign


def _write(lantern: Lantern, orla: Member, campaign_id: int) -> None:
    orla.fill(
        {"The story": "## Home at four\n\nThe last bus goes at **eleven**.", "Checked by": "the treasurer"}
    )
    orla.fill({"Checked on": str(date.today())})
    orla.page.get_by_label("Country", exact=True).select_option("Ireland")
    for name in ("the United Nations", "the European Union", "the United Kingdom", "the United States"):
        orla.tick(f"the list of {name}")
    orla.press("Preview")
    orla.reads("Preview, not published", "The last bus goes at eleven.")
    assert _revisions(lantern, campaign_id) == [1]
    orla.press("Save it as it is here")
    orla.reads("Saved as revision 2.")
    assert _revisions(lantern, campaign_id) == [1, 2]


def _publish(orla: Member, reader: Member) -> None:
    orla.choose("Back to the campaign")
    orla.press("Publish")
    orla.reads("Readers see this campaign now.")
    orla.choose("See it as readers do")
    orla.is_at(TITLE)
    reader.go("/campaigns")
    reader.choose(TITLE)
    reader.is_at(TITLE)
    reader.reads("Home at four", "Lantern Circle (demo)", "for Ten bicycles, with lights. Your")
    expect(reader.page.get_by_role("button", name="Continue (practice)")).to_be_visible()


def _write_at_once(lantern: Lantern, orla: Member, ada: Member, campaign_id: int) -> None:
    """Let both open the editor, and save one after the other."""
    for one in (orla, ada):
        one.go(f"/desk/campaigns/{campaign_id}/edit")
        one.reads("Readers see what you save at once.")
    ada.fill({"The story": "Ada was here."})
    ada.press("Save")
    ada.reads("Saved as revision 3.")
    orla.fill({"The story": "Orla was here too.", "As of when": "As of this autumn"})
    orla.press("Save")
    orla.reads("Not saved: somebody else saved revision 3", "Demo admin", "Both of you changed these.")
    assert _stories(lantern, campaign_id)[2:] == ["Ada was here."]
    story = orla.page.get_by_label("The story", exact=True)
    expect(story).to_have_value("Orla was here too.")
    orla.fill({"The story": "Ada was here.\n\nOrla was here too."})
    orla.press("Save")
    orla.reads("Saved as revision 4.")
    assert _stories(lantern, campaign_id)[2:] == ["Ada was here.", "Ada was here.\n\nOrla was here too."]


def _campaign(lantern: Lantern) -> Any:
    (campaign,) = lantern.records.rows("SELECT * FROM campaign WHERE slug = :slug", slug=SLUG)
    return campaign


def _revisions(lantern: Lantern, campaign_id: int) -> list[int]:
    found = lantern.records.rows(
        "SELECT number FROM campaign_revision WHERE campaign_id = :id ORDER BY number", id=campaign_id
    )
    return [row.number for row in found]


def _stories(lantern: Lantern, campaign_id: int) -> list[str]:
    """Give the story of each revision, without what stands above it."""
    found = lantern.records.rows(
        "SELECT source FROM campaign_revision WHERE campaign_id = :id ORDER BY number", id=campaign_id
    )
    return [row.source.rpartition("---\n")[2].strip() for row in found]
