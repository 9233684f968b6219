"""Kept campaign pages: the same bytes until something a reader could see changes, at the price of one statement."""

import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.models import Campaign, CampaignStatus
from portal.domain.campaigns.service import add_to_total, touch_page
from portal.domain.donations.models import DonationState
from portal.domain.events.models import Shift
from portal.web import pages
from tests.factories.campaigns import make_campaign, make_group
from tests.factories.donations import make_donation
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up
from tests.foundation.statements import counted


def test_a_page_takes_three_statements_to_render_and_one_to_answer_again(
    app: Flask, client: FlaskClient
) -> None:
    campaign = open_campaign(app)
    with app.app_context():
        for _ in range(50):
            make_donation(campaign, state=DonationState.PAID, show_name=True, name="Ada", paid_at=NOON)
        db.session.commit()

    assert statements_of(app, client) == 3
    assert statements_of(app, client) == 1
    with app.app_context():
        add_to_total(campaign.id, livemode=False, currency="EUR", received=100, fees=0, gifts=1)
        db.session.commit()
    assert statements_of(app, client) == 3


def test_a_page_takes_three_statements_after_a_sign_up_too_and_shows_the_place_taken_at_once(
    app: Flask, client: FlaskClient
) -> None:
    shift_id = open_shift(app, open_campaign(app), places=5)
    assert (statements_of(app, client), statements_of(app, client)) == (3, 1)
    assert "5 places left" in client.get(PATH).text

    with app.app_context():
        make_sign_up(db.session.get_one(Shift, shift_id))
        db.session.commit()
    assert (statements_of(app, client), statements_of(app, client)) == (3, 1)
    assert "4 places left" in client.get(PATH).text


def test_a_gift_does_not_render_the_shifts_anew_and_a_sign_up_does_not_look_up_the_names(
    app: Flask, client: FlaskClient
) -> None:
    campaign = open_campaign(app)
    shift_id = open_shift(app, campaign)
    client.get(PATH)
    with app.app_context():
        add_to_total(campaign.id, livemode=False, currency="EUR", received=100, fees=0, gifts=1)
        db.session.commit()
    with counted(app) as after_gift:
        client.get(PATH)
    with app.app_context():
        make_sign_up(db.session.get_one(Shift, shift_id))
        db.session.commit()
    with counted(app) as after_sign_up:
        client.get(PATH)

    assert not [one for one in after_gift if "FROM shift" in one.sql]
    assert not [one for one in after_sign_up if "FROM donation" in one.sql]


def test_a_shift_that_has_begun_is_listed_no_more(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts_at = datetime(2026, 12, 12, 10, tzinfo=UTC)
    campaign = open_campaign(app)
    open_shift(app, campaign, starts_at, role="Welcome desk")
    open_shift(app, campaign, starts_at + timedelta(hours=2), role="Washing up")
    monkeypatch.setattr(pages, "now", lambda: starts_at - timedelta(seconds=1))
    assert (statements_of(app, client), statements_of(app, client)) == (3, 1)
    assert "Welcome desk" in client.get(PATH).text

    monkeypatch.setattr(pages, "now", lambda: starts_at)
    after = client.get(PATH).text
    assert ("Welcome desk" in after, "Washing up" in after) == (False, True)
    assert statements_of(app, client) == 1


def test_no_more_than_six_shifts_stand_on_a_campaigns_page(app: Flask, client: FlaskClient) -> None:
    campaign = open_campaign(app)
    for _ in range(8):
        open_shift(app, campaign)
    other = make_other_campaigns_shift(app)

    shown = client.get(PATH).text
    assert shown.count("?shift=") == pages.MOST_SHIFTS_SHOWN == 6
    assert f"?shift={other}" not in shown


def test_a_page_asked_for_again_is_the_same_bytes_and_an_unchanged_one_is_not_sent(
    app: Flask, client: FlaskClient
) -> None:
    open_campaign(app)
    first, second = client.get(PATH), client.get(PATH)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]

    unchanged = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert unchanged.headers[name] == first.headers[name]


def test_the_compressed_form_is_the_same_page_under_a_tag_of_its_own(app: Flask, client: FlaskClient) -> None:
    open_campaign(app)
    plain = client.get(PATH)
    zipped = client.get(PATH, headers={"Accept-Encoding": "gzip, br"})

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    refused = client.get(PATH, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_a_kept_page_sets_no_cookie_and_asks_caches_to_come_back(app: Flask, client: FlaskClient) -> None:
    open_campaign(app)
    for response in (client.get(PATH), client.get(PATH)):
        assert "Set-Cookie" not in response.headers
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["Vary"] == "Accept-Encoding"


def test_a_gift_is_on_the_page_as_soon_as_it_is_committed(app: Flask, client: FlaskClient) -> None:
    campaign = open_campaign(app)
    tag = client.get(PATH).headers["ETag"]
    with app.app_context():
        add_to_total(campaign.id, livemode=False, currency="EUR", received=12_345, fees=0, gifts=1)
        db.session.commit()

    after = client.get(PATH, headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert "€123.45" in after.text
    assert "One gift so far." in after.text


@pytest.mark.settings(STRIPE_SECRET_KEY="sk_test_of_no_account")
def test_what_no_gift_changes_is_rendered_anew_when_the_pages_version_moves(
    app: Flask, client: FlaskClient
) -> None:
    campaign = open_campaign(app)
    before = client.get(PATH).text
    with app.app_context():
        db.session.execute(update(Campaign).values(purpose="Winter coats"))
        touch_page(campaign.id)
        add_to_total(campaign.id, livemode=False, currency="EUR", received=12_345, fees=0, gifts=1)
        db.session.commit()

    assert "Winter coats" not in before
    assert "for Winter coats." in client.get(PATH).text


def test_live_money_is_not_on_a_practice_page(app: Flask, client: FlaskClient) -> None:
    campaign = open_campaign(app)
    with app.app_context():
        add_to_total(campaign.id, livemode=True, currency="EUR", received=12_345, fees=0, gifts=1)
        db.session.commit()

    assert "€123.45" not in client.get(PATH).text


def test_a_page_is_rendered_anew_on_another_day_of_the_group(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        make_group(timezone="Asia/Seoul")
        db.session.commit()
    open_campaign(app)
    monkeypatch.setattr(pages, "now", lambda: datetime(2026, 11, 22, 14, 59, tzinfo=UTC))
    assert (statements_of(app, client), statements_of(app, client)) == (3, 1)

    monkeypatch.setattr(pages, "now", lambda: datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
    assert (statements_of(app, client), statements_of(app, client)) == (3, 1)


@pytest.mark.parametrize("status", [CampaignStatus.DRAFT, CampaignStatus.ARCHIVED])
def test_a_campaign_that_is_no_longer_published_is_gone_at_once(
    app: Flask, client: FlaskClient, status: CampaignStatus
) -> None:
    open_campaign(app)
    assert client.get(PATH).status_code == 200
    with app.app_context():
        db.session.execute(update(Campaign).values(status=status))
        db.session.commit()

    assert client.get(PATH).status_code == 404
    assert client.get("/campaigns/unheard-of").status_code == 404


def test_no_more_pages_are_kept_than_the_bound(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES_KEPT", 2)
    paths = [f"/campaigns/{slug}" for slug in ("first", "second", "third")]
    with app.app_context():
        for path in paths:
            make_campaign(slug=path.removeprefix("/campaigns/"))
        db.session.commit()
    for path in (paths[0], paths[1], paths[0], paths[2]):
        client.get(path)

    assert [is_rendered(app, client, path) for path in (paths[0], paths[2], paths[1])] == [False, False, True]


def test_a_kept_page_carries_the_same_headers_as_a_rendered_one(app: Flask, client: FlaskClient) -> None:
    open_campaign(app)
    rendered, kept = client.get(PATH), client.get(PATH)

    assert sorted(kept.headers) == sorted(rendered.headers)
    assert "Content-Security-Policy" in kept.headers


def test_only_looking_is_answered_from_what_is_kept(app: Flask, client: FlaskClient) -> None:
    open_campaign(app)
    client.get(PATH)
    looked = client.head(PATH)

    assert (looked.status_code, looked.data) == (200, b"")
    assert int(looked.headers["Content-Length"]) == len(client.get(PATH).data)
    assert client.post(PATH).status_code == 405
    assert client.get(f"{PATH}/give").status_code == 405


def test_a_database_that_went_away_is_told_and_not_papered_over(app: Flask, client: FlaskClient) -> None:
    open_campaign(app)
    client.get(PATH)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE campaign RENAME TO gone")

    assert client.get(PATH).status_code == 500


SLUG = "a-kept-one"
PATH = f"/campaigns/{SLUG}"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def open_campaign(app: Flask) -> Campaign:
    with app.app_context():
        campaign = make_campaign(slug=SLUG)
        db.session.commit()
        db.session.refresh(campaign)
        db.session.expunge(campaign)
        return campaign


def open_shift(app: Flask, campaign: Campaign, starts_at: datetime | None = None, **facts: Any) -> int:
    with app.app_context():
        shift = make_shift(make_event(campaign), starts_at, **facts)
        db.session.commit()
        return shift.id


def make_other_campaigns_shift(app: Flask) -> int:
    with app.app_context():
        shift = make_shift(starts_at=now() + timedelta(days=1))
        db.session.commit()
        return shift.id


def statements_of(app: Flask, client: FlaskClient, path: str = PATH) -> int:
    with counted(app) as statements:
        assert client.get(path).status_code == 200
    return len(statements)


def is_rendered(app: Flask, client: FlaskClient, path: str) -> bool:
    with counted(app) as statements:
        assert client.get(path).status_code == 200
    return any("campaign_revision" in one.sql for one in statements)
