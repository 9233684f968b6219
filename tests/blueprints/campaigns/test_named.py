"""Pages about whom campaigns name: organizations that receive nothing here, and partners of the group."""

from typing import Any

import pytest
from flask import Flask

from portal.db import db
from portal.domain.campaigns.errors import ContentInvalid
from portal.domain.campaigns.models import Campaign, CampaignStatus
from tests.domain.campaigns.test_content import GROUP, folder, load_content
from tests.factories.campaigns import make_campaign, make_story
from tests.foundation.demo import SLUGS, publish_demo
from tests.foundation.pages import Page, PageClient, text_of
from tests.web.test_pages import counted

AID, LINK = "/organizations/north-korea-refugee-aid", "/organizations/liberty-in-north-korea"
PARTNER = "/partners/harbour-table"


def test_every_campaign_leads_to_both_organizations_and_they_lead_back(browser: PageClient) -> None:
    for slug in SLUGS:
        assert {AID, LINK} <= set(browser.get(f"/campaigns/{slug}").links)
    for path in (AID, LINK):
        page = browser.get(path)
        assert (page.status, page.parse_errors) == (200, [])
        assert [link for link in page.links if link.startswith("/campaigns/")] == [
            f"/campaigns/{slug}" for slug in SLUGS
        ]


def test_a_book_without_an_address_is_listed_and_leads_nowhere(app: Flask, page: PageClient) -> None:
    book = {"title": "The long crossing", "publisher": "Harbour Press", "dated": "2019"}
    linked = {"title": "Lost boats", "publisher": "Harbour Office", "url": "https://example.org/boats"}
    with app.app_context():
        credit = make_story().model_dump()["credit"] | {"dated": "2025-03-14"}
        slug = make_campaign(story=make_story(reading=[book, linked], credit=credit)).slug
        db.session.commit()
    told = page.get(f"/campaigns/{slug}")

    assert text_of(told.one("cite")) == "The long crossing"
    assert "The long crossing Harbour Press, 2019" in told.text
    assert [link for link in told.links if link.startswith("https://example.org")] == [
        "https://example.org/boats"
    ]
    assert "Ada Writer, board member; 14 March 2025." in told.text


def test_an_organization_is_no_receiver_and_gets_no_address_that_nobody_gave(browser: PageClient) -> None:
    page = browser.get(AID)
    assert page.heading == "North Korea Refugee Aid"
    assert "The article also writes North Korean Refugee Aid." in page.text
    assert "Nothing that is given here goes to it." in page.text
    assert "The article gives no address for it" in page.text
    assert page.all("form") == [] and [link for link in page.links if link.startswith("http")] == []


def test_the_author_s_interest_is_told_with_the_organization_that_it_is_about(browser: PageClient) -> None:
    assert "who also sits on the advisory board of North Korea Refugee Aid" in browser.get(AID).text
    assert "advisory board" not in browser.get(LINK).text


def test_an_organization_s_own_address_is_a_link_that_tells_nobody_where_it_was_followed(app: Flask) -> None:
    named = {"name": "Body", "does": "Helps.", "url": "https://body.example/"}
    with app.app_context():
        make_campaign(slug="one", story=make_story(organizations=[{**named, "url": None}]))
        make_campaign(slug="two", story=make_story(organizations=[named]))
        make_campaign(slug="draft", story=make_story(organizations=[named]), status=CampaignStatus.DRAFT)
        db.session.commit()
    page = PageClient(app.test_client()).get("/organizations/body")
    (away,) = (link for link in page.all("a") if (link.get("href") or "").startswith("http"))
    assert (away.get("href"), away.get("rel")) == ("https://body.example/", "noopener noreferrer")
    assert "/campaigns/draft" not in page.links and page.text.count("Helps.") == 1


def test_an_organization_that_only_a_draft_names_has_no_page(app: Flask) -> None:
    with app.app_context():
        organizations = [{"name": "Body", "does": "Helps."}]
        make_campaign(story=make_story(organizations=organizations), status=CampaignStatus.ARCHIVED)
        db.session.commit()
    assert PageClient(app.test_client()).get("/organizations/body").status == 404


def test_the_invented_partner_says_so_and_since_when_where_and_who_looked_it_up(browser: PageClient) -> None:
    page = browser.get(PARTNER)
    assert page.text.index("Invented.") < page.text.index("Lends two rooms")
    assert facts(page) == {
        "Agreement since": "2 November 2026",
        "Country": "Ireland",
        "Looked up on": "22 November 2026",
        "Looked up by": "the treasurer (an invented role in this demo)",
        "In these sanctions lists": "UN, EU, UK, US",
    }
    assert "No gift can be meant for a partner here yet." in page.text
    assert {"/campaigns/the-way-out", "/campaigns/a-new-start"} <= set(page.links)


def test_the_pages_of_a_partner_s_campaigns_name_it_and_no_others_do(browser: PageClient) -> None:
    naming = {slug for slug in SLUGS if PARTNER in browser.get(f"/campaigns/{slug}").links}
    assert naming == {"the-way-out", "a-new-start"}


def test_each_of_these_pages_takes_few_statements(app: Flask, browser: PageClient) -> None:
    for path, most in ((AID, 2), (PARTNER, 2)):
        with app.app_context(), counted(app) as statements:
            browser.get(path)
        assert len(statements) <= most, path


def test_a_campaign_that_is_taken_down_is_named_no_more(app: Flask, browser: PageClient) -> None:
    with app.app_context():
        db.session.execute(db.update(Campaign).values(status=CampaignStatus.DRAFT))
        db.session.commit()
    assert browser.get(AID).status == 404
    assert [link for link in browser.get(PARTNER).links if link.startswith("/campaigns/")] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "country: IE",
            "country: KP",
            "`partners.0.country`: no money, goods or services go into North Korea.",
        ),
        ("agreed_on: 2026-11-02, ", "", "`partners.0.agreed_on` is missing."),
        ("lists: [UN]", "lists: []", "`partners.0.check.lists`: "),
        (
            "country: IE",
            "campaigns: [lost], country: IE",
            "group.yaml:1: `partners`: no campaign is called lost.",
        ),
    ],
)
def test_a_partner_without_agreement_check_or_open_country_is_refused(
    tmp_path: Any, old: str, new: str, told: str
) -> None:
    partner = (
        "partners:\n  - {id: table, name: Table, country: IE, does: Lends., agreed_on: 2026-11-02, "
        "check: {checked_on: 2026-11-22, checked_by: the treasurer, lists: [UN]}}\n"
    )
    assert load_content(folder(tmp_path / "right", group=GROUP + partner)).group.partners
    with pytest.raises(ContentInvalid) as refused:
        load_content(folder(tmp_path / "wrong", group=GROUP + partner.replace(old, new)))
    assert told in str(refused.value)


def facts(page: Page) -> dict[str, str]:
    rows = page.all(".//dl[@class='facts']/{*}div") or page.all(".//dl[@class='facts']/div")
    return {text_of(row[0]): text_of(row[1]) for row in rows}


@pytest.fixture
def browser(app: Flask) -> PageClient:
    with app.app_context():
        publish_demo(*SLUGS)
        db.session.commit()
    return PageClient(app.test_client())
