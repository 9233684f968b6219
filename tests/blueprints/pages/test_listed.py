"""What search engines are told: which pages may be listed, which may not, and the data of events."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.models import CampaignStatus
from portal.domain.campaigns.queries import find_group
from portal.domain.events.models import EventStatus
from portal.web import structured
from tests.factories.campaigns import make_campaign
from tests.factories.events import make_event, make_shift
from tests.foundation.pages import PageClient
from tests.foundation.statements import counted

PUBLIC_URL = "https://give.example.org"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
STARTS_AT = datetime(2027, 7, 3, 9, tzinfo=UTC)
HIDDEN = {"place_hidden": True, "exact_place": "Door 3"}

pytestmark = pytest.mark.settings(PUBLIC_URL=PUBLIC_URL)


def test_the_sitemap_has_the_campaigns_with_the_day_of_their_words_and_the_coming_events(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        campaign = make_campaign(slug="a-story", written_at=STARTS_AT)
        event_id = make_shift(make_event(campaign)).event_id
        db.session.commit()
    listed = sitemap_of(client)

    assert listed[f"{PUBLIC_URL}/campaigns/a-story"] == "2027-07-03T09:00:00+00:00"
    about = ("/", "/campaigns", "/events", "/privacy", "/accessibility", "/concern")
    assert set(listed) == {
        f"{PUBLIC_URL}{path}" for path in (*about, "/campaigns/a-story", f"/events/{event_id}")
    }


@pytest.mark.parametrize(
    ("facts", "days_ahead", "campaign_status"),
    [
        (HIDDEN, 1, CampaignStatus.PUBLISHED),
        ({"status": EventStatus.PROPOSED}, 1, CampaignStatus.PUBLISHED),
        ({"status": EventStatus.CANCELLED}, 1, CampaignStatus.PUBLISHED),
        ({}, -2, CampaignStatus.PUBLISHED),
        ({}, 1, CampaignStatus.ARCHIVED),
    ],
    ids=["hidden", "proposed", "cancelled", "over", "campaign archived"],
)
def test_an_event_that_is_hidden_over_or_not_shown_is_not_listed(
    app: Flask, client: FlaskClient, facts: dict[str, Any], days_ahead: int, campaign_status: CampaignStatus
) -> None:
    with app.app_context():
        campaign = make_campaign(status=campaign_status)
        make_shift(make_event(campaign, **facts), now() + timedelta(days=days_ahead))
        db.session.commit()

    assert [address for address in sitemap_of(client) if "/events/" in address] == []


def test_a_draft_is_not_listed(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_campaign(slug="a-draft", status=CampaignStatus.DRAFT)
        db.session.commit()

    assert [address for address in sitemap_of(client) if "draft" in address] == []


def test_the_sitemap_takes_two_statements_however_much_there_is(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for _ in range(4):
            make_shift()
        db.session.commit()

    with counted(app) as statements:
        client.get("/sitemap.xml")
    assert len(statements) == 2


def test_everything_listed_is_there_and_names_itself_as_its_own_address(
    app: Flask, client: FlaskClient, page: PageClient
) -> None:
    with app.app_context():
        make_shift()
        db.session.commit()

    for address in sitemap_of(client):
        seen = page.get(f"{address.removeprefix(PUBLIC_URL)}?shift=1&utm_source=x")
        assert (seen.status, seen.all(".//meta[@name='robots']")) == (200, []), address
        assert seen.one(".//link[@rel='canonical']").get("href") == address


def test_robots_are_told_the_sitemap_and_kept_from_what_is_one_readers(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines())

    assert (answer.mimetype, robots.site_maps()) == ("text/plain", [f"{PUBLIC_URL}/sitemap.xml"])
    for path in (
        "/desk",
        "/desk/gifts",
        "/me",
        "/me/account",
        "/s/abc",
        "/donations/abc",
        "/calendar/a",
        "/sign-in",
    ):
        assert not robots.can_fetch("Anybot", f"{PUBLIC_URL}{path}"), path
    for path in (
        "/",
        "/campaigns/a-story",
        "/events/1",
        "/feed.xml",
        "/campaigns/a/card.png",
        "/embed/campaigns/a",
    ):
        assert robots.can_fetch("Anybot", f"{PUBLIC_URL}{path}"), path


def test_an_event_at_a_place_for_everyone_is_told_as_one(app: Flask, page: PageClient) -> None:
    data = event_data(app, page)

    assert data is not None
    assert (data["@type"], data["eventStatus"]) == ("Event", "https://schema.org/EventScheduled")
    assert data["startDate"] == "2027-07-03T10:00:00+01:00"
    assert data["endDate"] == "2027-07-03T15:00:00+01:00"
    assert data["location"]["address"] == "Library, 2nd floor, Rivermouth"
    assert data["url"].startswith(f"{PUBLIC_URL}/events/")


def test_an_event_that_was_called_off_says_so(app: Flask, page: PageClient) -> None:
    data = event_data(app, page, status=EventStatus.CANCELLED)

    assert data is not None
    assert data["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize("facts", [HIDDEN, {"demo": True}], ids=str)
def test_a_hidden_place_and_an_event_that_is_no_real_one_are_told_to_no_machine(
    app: Flask, page: PageClient, facts: dict[str, Any]
) -> None:
    assert event_data(app, page, **facts) is None
    # Not only because the page asks for none.
    with app.test_request_context():
        event = make_shift(make_event(**facts)).event
        assert structured.event_data(event, find_group()) is None


def event_data(app: Flask, page: PageClient, **facts: Any) -> dict[str, Any] | None:
    """Give what an event's page tells machines of an event of two shifts; None for nothing."""
    with app.app_context():
        event = make_event(**facts)
        for hours in (0, 3):
            make_shift(event, STARTS_AT + timedelta(hours=hours))
        event_id = event.id
        db.session.commit()
    blocks = page.get(f"/events/{event_id}").all(".//script[@type='application/ld+json']")
    return json.loads(blocks[0].text or "") if blocks else None


def sitemap_of(client: FlaskClient) -> dict[str, str | None]:
    """Give the addresses of the sitemap, each with the day of its last change."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").data)
    return {
        url.findtext("s:loc", "", SITEMAP): url.findtext("s:lastmod", None, SITEMAP)
        for url in root.findall("s:url", SITEMAP)
    }
