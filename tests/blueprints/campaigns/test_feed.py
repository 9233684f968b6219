"""The feed of campaigns, as an independent reader of feeds takes it."""

import warnings
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from portal.db import db
from portal.domain.campaigns import editing
from portal.domain.campaigns.models import Campaign, CampaignRevision, CampaignStatus
from portal.web import feeds
from tests.factories.accounts import make_user
from tests.factories.campaigns import make_campaign, make_group, make_story
from tests.foundation.pages import PageClient
from tests.foundation.statements import counted

with warnings.catch_warnings():
    # It still imports a module that Python 3.13 does without.
    warnings.simplefilter("ignore", DeprecationWarning)
    import feedparser

PUBLIC_URL = "https://give.example.org:8443"
JUNE, OCTOBER = datetime(2026, 6, 1, 12, tzinfo=UTC), datetime(2026, 10, 1, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.settings(PUBLIC_URL=PUBLIC_URL)


def test_a_feed_reader_finds_every_campaign_the_latest_news_first(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        older, newer = add_campaign("one", JUNE), add_campaign("two", OCTOBER, title="Two & <more>")
    feed = read(client)

    assert (feed.version, feed.bozo, feed.feed.title) == ("atom10", False, "Test Circle")
    assert [entry.title for entry in feed.entries] == ["Two & <more>", "A story told in tests"]
    assert [entry.link for entry in feed.entries] == [
        f"{PUBLIC_URL}/campaigns/{slug}" for slug in ("two", "one")
    ]
    assert feed.feed.updated_parsed[:5] == feed.entries[0].updated_parsed[:5] == OCTOBER.timetuple()[:5]
    assert [entry.id for entry in feed.entries] == [
        f"tag:give.example.org,2026-01-01:campaign/{one}" for one in (newer, older)
    ]


def test_a_revision_moves_an_entry_and_keeps_its_id(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        campaign_id = add_campaign("one", JUNE)
    (before,) = read(client).entries
    with app.app_context():
        revision = CampaignRevision(
            campaign_id=campaign_id, number=2, story=make_story(title="Told anew").model_dump(mode="json"),
            fingerprint="2", created_at=OCTOBER,
        )  # fmt: skip
        db.session.add(revision)
        db.session.execute(update(Campaign).values(revision_number=2))
        db.session.commit()
    (after,) = read(client).entries

    assert (after.id, after.title) == (before.id, "Told anew")
    assert after.updated_parsed > before.updated_parsed


def test_what_was_written_in_june_and_published_in_october_is_news_of_october(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        campaign_id = add_campaign("one", JUNE, status=CampaignStatus.DRAFT)
    assert read(client).entries == []
    with app.app_context():
        campaign = db.session.get_one(Campaign, campaign_id)
        campaign.receiver_checked_on = OCTOBER.date()
        editing.publish(make_user().person_id, campaign_id, 1, OCTOBER)
        db.session.commit()

    (entry,) = read(client).entries
    assert entry.updated_parsed[:4] == OCTOBER.timetuple()[:4]


@pytest.mark.parametrize("status", [CampaignStatus.DRAFT, CampaignStatus.ARCHIVED])
def test_what_readers_do_not_see_is_in_no_feed(
    app: Flask, client: FlaskClient, status: CampaignStatus
) -> None:
    with app.app_context():
        add_campaign("one", JUNE, status=status)

    assert read(client).entries == []
    assert "A story" not in client.get("/feed.xml").text


def test_an_empty_feed_is_well_made_too(client: FlaskClient) -> None:
    feed = read(client)

    assert (feed.bozo, feed.entries, bool(feed.feed.updated)) == (False, [], True)


def test_a_feed_without_news_is_not_sent_again_and_takes_two_statements(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        for number in range(5):
            add_campaign(f"number-{number}", JUNE)
    first = client.get("/feed.xml")
    with counted(app) as statements:
        again = client.get("/feed.xml", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data, len(statements)) == (304, b"", 2)
    assert first.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "Set-Cookie" not in first.headers


def test_a_feed_has_an_end(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    with app.app_context():
        for number in range(3):
            add_campaign(f"number-{number}", JUNE + timedelta(days=number))

    assert [entry.link[-1] for entry in read(client).entries] == ["2", "1"]


@pytest.mark.parametrize("path", ["/", "/campaigns", "/campaigns/one"])
def test_the_feed_is_found_from_the_pages_that_it_is_about(app: Flask, page: PageClient, path: str) -> None:
    with app.app_context():
        add_campaign("one", JUNE)
    found = page.get(path).one(".//link[@rel='alternate']")

    assert (found.get("type"), found.get("href")) == ("application/atom+xml", "/feed.xml")


def test_the_feed_of_a_demo_says_so(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_group(demo=True)
        db.session.commit()

    assert "the group is invented" in read(client).feed.subtitle


def read(client: FlaskClient) -> Any:
    """Give the feed as a reader of feeds takes it; its XML is well made, or this fails."""
    answer = client.get("/feed.xml")
    ElementTree.fromstring(answer.data)
    return feedparser.parse(answer.data, response_headers={"content-type": answer.headers["Content-Type"]})


def add_campaign(slug: str, written_at: datetime, title: str = "", **facts: Any) -> int:
    """Add a campaign whose words were written at a moment; gives its id."""
    story = make_story(title=title) if title else make_story()
    compared = [one.model_copy(update={"last_checked": written_at.date()}) for one in story.key_figures]
    story = story.model_copy(update={"key_figures": tuple(compared)})
    campaign_id = make_campaign(slug=slug, story=story, written_at=written_at, **facts).id
    db.session.commit()
    return campaign_id
