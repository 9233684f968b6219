"""A campaign that has ended: still at its address for those who follow a link, and open for nothing any more."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import db
from portal.domain.campaigns import editing
from portal.domain.campaigns.models import Campaign
from portal.domain.campaigns.service import add_to_total
from tests.factories.campaigns import make_campaign, make_story
from tests.factories.events import make_event, make_shift
from tests.foundation.pages import Page, PageClient, text_of
from tests.foundation.statements import counted

# In Rivermouth it is the next day already.
LATE = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)


def test_it_is_read_at_its_address_with_a_note_since_when_it_has_ended(app: Flask, page: PageClient) -> None:
    end(app, shift=True)
    seen = page.get(PATH)
    assert (seen.status, seen.heading) == (200, "이름 그대로")
    assert "This campaign ended on 1 July 2027." in seen.text
    assert "Once it was told." in seen.text
    assert robots(seen) == ["noindex"]


@pytest.mark.settings(STRIPE_SECRET_KEY="sk_test_of_no_account")
def test_it_shows_what_it_received_and_neither_form_nor_shifts(app: Flask, page: PageClient) -> None:
    end(app, shift=True)
    seen = page.get(PATH)
    assert "€25 of €5,000" in seen.text
    assert seen.all("form") == []
    assert "Language partner" not in seen.text
    assert [link for link in seen.links if link.startswith("#")] == ["#main", "#story", "#give"]
    assert {one.get("id") for one in seen.document.iter()} >= {"main", "story", "give"}


@pytest.mark.parametrize("path", ["/", "/campaigns"])
def test_no_list_shows_it(app: Flask, page: PageClient, path: str) -> None:
    end(app)
    assert "이름 그대로" not in page.get(path).text


@pytest.mark.parametrize("way", ["card.png", "qr.svg", "poster"])
def test_nothing_carries_it_further(app: Flask, page: PageClient, way: str) -> None:
    end(app)
    assert page.get(f"{PATH}/{way}").status == page.get(f"/embed{PATH}").status == 404
    seen = page.get(PATH)
    assert [one for one in seen.all("meta") if (one.get("property") or "").startswith("og:")] == []
    assert page.get("/feed.xml").source.count(SLUG) == page.get("/sitemap.xml").source.count(SLUG) == 0


def test_it_leads_to_those_that_are_open_as_they_are_now(app: Flask, page: PageClient) -> None:
    end(app)
    assert "No campaign is open right now." in page.get(PATH).text
    with app.app_context():
        other = make_campaign(slug="another", story=make_story(title="Another one"))
        db.session.commit()
        other_id = other.id
    assert open_now(page) == ["Another one"]
    with app.app_context():
        editing.unpublish(7, other_id, LATE)
        db.session.commit()
    assert open_now(page) == []


def test_its_page_takes_three_statements_and_one_when_it_is_kept(app: Flask, client: FlaskClient) -> None:
    end(app)
    taken = []
    for _ in range(2):
        with counted(app) as statements:
            assert client.get(PATH).status_code == 200
        taken.append(len(statements))
    assert taken == [3, 1]


def test_a_kept_page_of_an_open_one_does_not_outlive_its_end(app: Flask, page: PageClient) -> None:
    with app.app_context():
        campaign_id = make_campaign(slug=SLUG).id
        db.session.commit()
    assert robots(page.get(PATH)) == robots(page.get(PATH)) == []
    with app.app_context():
        editing.archive(7, campaign_id, LATE)
        db.session.commit()
    assert robots(page.get(PATH)) == ["noindex"]


@pytest.mark.parametrize("moves", [["archive"], ["unpublish", "archive"], ["archive", "unpublish"]])
@pytest.mark.both_databases
def test_only_what_readers_saw_to_the_end_is_found_afterwards(app: Flask, moves: list[str]) -> None:
    with app.app_context():
        campaign_id = make_campaign(slug=SLUG).id
        for move in moves:
            getattr(editing, move)(7, campaign_id, LATE)
        db.session.commit()
        ended_at = db.session.scalars(select(Campaign.ended_at)).one()
    found = app.test_client().get(PATH).status_code
    assert (ended_at, found) == ((LATE, 200) if moves == ["archive"] else (None, 404))


def test_published_again_it_is_open_as_before(app: Flask, page: PageClient) -> None:
    campaign_id = end(app)
    with app.app_context():
        editing.publish(7, campaign_id, 1, datetime(2026, 11, 23, tzinfo=UTC))
        db.session.commit()
        assert db.session.get_one(Campaign, campaign_id).ended_at is None
    assert robots(page.get(PATH)) == []


@pytest.mark.both_databases
def test_nobody_signs_up_for_its_events_and_their_page_says_why(app: Flask) -> None:
    page = PageClient(app.test_client())
    end(app, shift=True)
    seen = page.get("/events/1")
    assert "The campaign that this event was for has ended." in seen.text
    assert (seen.all("form"), robots(seen)) == ([], ["noindex"])
    form = {"shift": "1", "name": "민아", "email": "mina@example.org", "adult": "y"}
    refused = page.post("/events/1/sign-up", form)
    assert (refused.status, "This campaign has ended" in refused.text) == (422, True)
    with app.app_context():
        assert db.session.execute(db.text("SELECT count(*) FROM sign_up")).scalar_one() == 0


SLUG = "ended"
PATH = f"/campaigns/{SLUG}"


def end(app: Flask, *, shift: bool = False) -> int:
    """Let a campaign end that received a gift; gives its id."""
    with app.app_context():
        campaign: Any = make_campaign(slug=SLUG, story=make_story(title="이름 그대로"))
        if shift:
            make_shift(make_event(campaign))
        add_to_total(campaign.id, livemode=False, currency="EUR", received=2_500, fees=0, gifts=1)
        editing.archive(7, campaign.id, LATE)
        db.session.commit()
        return int(campaign.id)


def robots(page: Page) -> list[str | None]:
    return [one.get("content") for one in page.all("meta") if one.get("name") == "robots"]


def open_now(page: PageClient) -> list[str]:
    return [text_of(one) for one in page.get(PATH).all(".//section[@id='give']/ul/li/a")]
