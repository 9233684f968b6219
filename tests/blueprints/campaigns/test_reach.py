"""What carries a campaign further: the same bytes for everyone, of published campaigns alone, honest about practice."""

import json
import re
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import update

from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.campaigns.models import Campaign, CampaignStatus, Group
from portal.domain.campaigns.queries import get_campaign_page
from portal.domain.campaigns.service import add_to_total, touch_page
from portal.web import kept
from portal.web.reach import card_words
from tests.factories.accounts import make_user
from tests.factories.campaigns import make_campaign, make_group, make_story
from tests.foundation.members import sign_in
from tests.foundation.pages import Page, PageClient, text_of
from tests.foundation.statements import counted

PUBLIC_URL = "https://give.example.org"
ADDRESS = f"{PUBLIC_URL}/campaigns/a-story"
OWN = ("card.png", "qr.svg", "qr.png", "poster")
PATHS = (*(f"/campaigns/a-story/{what}" for what in OWN), "/embed/campaigns/a-story")

NAMED = [{"name": "Helping Hands", "does": "It helps."}]

pytestmark = pytest.mark.settings(PUBLIC_URL=PUBLIC_URL)


@pytest.mark.parametrize("path", PATHS)
def test_it_is_kept_asked_for_with_one_statement_and_not_sent_twice(
    app: Flask, client: FlaskClient, campaign_id: int, path: str
) -> None:
    first = client.get(path)
    with counted(app) as statements:
        again = client.get(path)
    unchanged = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.data, len(statements)) == (200, first.data, 1)
    assert (unchanged.status_code, unchanged.data) == (304, b"")


@pytest.mark.parametrize("path", PATHS)
def test_it_asks_for_no_session_and_answers_head_like_get(
    client: FlaskClient, campaign_id: int, path: str
) -> None:
    got, head = client.get(path), client.head(path)

    for answer in (got, head):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Content-Length"] == str(len(got.data))
    assert (head.status_code, head.data) == (200, b"")


@pytest.mark.parametrize("status", [CampaignStatus.DRAFT, CampaignStatus.ARCHIVED])
@pytest.mark.parametrize("path", PATHS)
def test_what_readers_do_not_see_is_nowhere_even_when_it_was_kept(
    app: Flask, client: FlaskClient, campaign_id: int, path: str, status: CampaignStatus
) -> None:
    assert client.get(path).status_code == 200
    with app.app_context():
        db.session.execute(update(Campaign).values(status=status))
        db.session.commit()

    assert client.get(path).status_code == 404
    assert "A story" not in client.get(path).get_data().decode(errors="replace")


@pytest.mark.parametrize("path", [PATHS[0], PATHS[3], PATHS[4]])
def test_a_change_of_the_page_is_a_change_of_it(
    app: Flask, client: FlaskClient, campaign_id: int, path: str
) -> None:
    before = client.get(path)
    with app.app_context():
        db.session.execute(update(Group).values(name="Another Circle"))
        touch_page(campaign_id)
        db.session.commit()

    assert client.get(path).headers["ETag"] != before.headers["ETag"]


def test_a_gift_shows_in_frames_at_once_and_draws_no_picture_anew(
    app: Flask, client: FlaskClient, campaign_id: int
) -> None:
    client.get(PATHS[0])
    client.get(PATHS[4])
    with app.app_context():
        add_to_total(campaign_id, livemode=False, currency="EUR", received=12_300, fees=0, gifts=1)
        db.session.commit()

    with counted(app) as statements:
        client.get(PATHS[0])
    assert len(statements) == 1
    assert "€123" in client.get(PATHS[4]).text


def test_no_more_is_kept_than_the_bound(
    app: Flask, client: FlaskClient, campaign_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_BODIES_KEPT", 1)
    client.get(PATHS[3])
    client.get(PATHS[4])

    with counted(app) as statements:
        client.get(PATHS[3])
    assert len(statements) == 2


def test_a_picture_may_be_kept_for_an_hour_and_a_page_is_asked_for_again(
    client: FlaskClient, campaign_id: int
) -> None:
    kept_for = {path: client.get(path).headers["Cache-Control"] for path in PATHS}

    assert kept_for == dict.fromkeys(PATHS[:3], "public, max-age=3600") | dict.fromkeys(PATHS[3:], "no-cache")


def test_the_page_tells_other_sites_its_title_and_picture_by_whole_addresses(
    page: PageClient, campaign_id: int
) -> None:
    seen = page.get("/campaigns/a-story")
    told = {tag.get("property") or tag.get("name"): tag.get("content") for tag in seen.all("meta")}

    assert (told["og:title"], told["og:site_name"]) == ("A story", "Test Circle")
    assert told["og:url"] == seen.one(".//link[@rel='canonical']").get("href") == ADDRESS
    assert told["og:image"] == f"{ADDRESS}/card.png?v=1"
    assert told["og:image:alt"] == "Demo. A story. 50,000 to 200,000 people in hiding. Test Circle."
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert (told["og:type"], told["twitter:card"]) == ("article", "summary_large_image")


def test_the_pictures_address_is_another_one_after_a_change(
    app: Flask, page: PageClient, campaign_id: int
) -> None:
    with app.app_context():
        touch_page(campaign_id)
        db.session.commit()

    seen = page.get("/campaigns/a-story")
    assert seen.one(".//meta[@property='og:image']").get("content") == f"{ADDRESS}/card.png?v=2"


def test_the_data_of_the_page_say_what_it_is_based_on_and_offer_no_gift_in_practice(
    page: PageClient, campaign_id: int
) -> None:
    data = data_of(page.get("/campaigns/a-story"))

    assert (data["@type"], data["headline"], data["url"]) == ("Article", "A story", ADDRESS)
    assert data["isBasedOn"]["name"] == "An article"
    assert data["isBasedOn"]["author"] == {"@type": "Person", "name": "Ada Writer"}
    assert data["publisher"]["name"] == "Test Circle"
    assert "potentialAction" not in data


@pytest.mark.parametrize(
    ("demo", "livemode", "mark"), [(True, False, "Demo"), (False, False, "Practice"), (False, True, "")]
)
def test_the_picture_says_what_is_not_real(app: Flask, demo: bool, livemode: bool, mark: str) -> None:
    app.config["LIVEMODE"] = livemode
    with app.test_request_context():
        make_group(demo=demo)
        slug = make_campaign().slug

        assert card_words(get_campaign_page(slug, livemode=livemode)).mark == mark


@pytest.mark.parametrize(
    ("demo", "livemode", "mark", "said"),
    [
        (True, False, "Demo. ", "A demo: the group is invented. "),
        (False, False, "Practice. ", "Practice: no real money moves here. "),
        (False, True, "", ""),
    ],
)
def test_words_that_go_out_without_the_page_say_what_is_not_real(
    app: Flask, page: PageClient, demo: bool, livemode: bool, mark: str, said: str
) -> None:
    app.config["LIVEMODE"] = livemode
    with app.app_context():
        make_group(demo=demo)
        make_campaign(
            slug="a-story", story=make_story(title="A story", summary="It is told.", organizations=NAMED)
        )
        db.session.commit()
    seen = page.get("/campaigns/a-story")
    told = {tag.get("property") or tag.get("name"): tag.get("content") for tag in seen.all("meta")}
    feed = ElementTree.fromstring(page.get("/feed.xml").source)
    entry = feed.find("./{*}entry/{*}summary")
    assert entry is not None

    for words in (told["description"], told["og:description"], entry.text, data_of(seen)["description"]):
        assert words == f"{said}It is told."
    for alt in (told["og:image:alt"], told["twitter:image:alt"]):
        assert str(alt).startswith(f"{mark}A story.")
    ways = [unquote(str(link.get("href")).replace("+", " ")) for link in ways_of(seen)]
    # Facebook takes the address alone, and reads the page for the rest.
    handed_on = [way for way in ways if "facebook" not in way]
    assert len(handed_on) == 5
    assert [
        way for way in handed_on if not re.search(rf"[?&](text|subject)={mark}A story(\n|&|$)", way)
    ] == []
    assert str(feed.findtext("./{*}subtitle")).startswith(f"{said}Campaigns")
    for path in ("/", "/events", "/organizations/helping-hands"):
        assert str(page.get(path).one(".//meta[@name='description']").get("content")).startswith(said)
    assert livemode or "Practice: no real money moves here" in page.get(PATHS[4]).text


def test_where_real_gifts_are_taken_the_data_say_where_and_for_whom(
    app: Flask, page: PageClient, campaign_id: int
) -> None:
    app.config["LIVEMODE"] = True
    data = data_of(page.get("/campaigns/a-story"))

    assert data["potentialAction"]["target"] == f"{ADDRESS}#give"
    assert data["potentialAction"]["recipient"]["name"] == "Test Circle"


def test_words_cannot_leave_the_block_of_data(app: Flask, page: PageClient) -> None:
    with app.app_context():
        title = "</script><script>alert(1)</script>"
        make_campaign(slug="hostile", story=make_story(title=title, summary=title))
        db.session.commit()
    seen = page.get("/campaigns/hostile")

    assert data_of(seen)["headline"] == title
    assert len(seen.all("script")) == 2
    assert seen.parse_errors == []


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_qr_code_leads_to_the_campaign(client: FlaskClient, campaign_id: int, kind: str) -> None:
    answer = client.get(f"/campaigns/a-story/qr.{kind}")

    assert answer.mimetype == {"png": "image/png", "svg": "image/svg+xml"}[kind]
    if kind == "png":
        (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(answer.data)))
        assert read.text == ADDRESS


def test_the_poster_says_the_address_in_words_who_said_the_figure_and_that_it_is_practice(
    page: PageClient, campaign_id: int
) -> None:
    poster = page.get("/campaigns/a-story/poster")
    sheet = text_of(poster.one("article"))

    assert (poster.heading, poster.one(".//meta[@name='robots']").get("content")) == ("A story", "noindex")
    for told in ("give.example.org/campaigns/a-story", "50,000 to 200,000", "names no source", "Year: 2018"):
        assert told in sheet
    assert "Practice: no real money moves here" in sheet


def test_links_to_pass_it_on_are_plain_and_carry_the_whole_address(
    page: PageClient, campaign_id: int
) -> None:
    seen = page.get("/campaigns/a-story")
    block, outside = seen.by_id("pass-on"), ways_of(seen)

    assert block.get("open") is None
    assert {link.get("rel") for link in outside} == {"noopener noreferrer"}
    assert len(outside) == 6
    assert [link.get("href") for link in outside if ADDRESS not in unquote(str(link.get("href")))] == []
    (address,) = block.findall(".//input")
    assert (address.get("value"), address.get("readonly")) == (ADDRESS, "")


def test_the_desk_has_the_frame_to_copy_with_a_plain_link_below_it(
    app: Flask, page: PageClient, campaign_id: int
) -> None:
    with app.app_context():
        organizer = make_user(Role.ORGANIZER).id
        db.session.commit()
    sign_in(page.client, app, organizer)
    seen = page.get(f"/desk/campaigns/{campaign_id}")

    code = seen.by_id("embed-code").text or ""
    assert f'<iframe src="{PUBLIC_URL}/embed/campaigns/a-story" title="Demo. A story, a campaign of' in code
    assert f'<p><a href="{ADDRESS}">' in code
    assert {f"/campaigns/a-story/{what}" for what in OWN} <= set(seen.links)


@pytest.mark.parametrize("path", PATHS[3:])
def test_a_demo_says_so_where_it_is_shown(app: Flask, page: PageClient, path: str) -> None:
    with app.app_context():
        make_group(name="Lantern Circle (demo)", demo=True)
        make_campaign(slug="a-story")
        db.session.commit()

    assert "is invented, to show what this portal does" in page.get(path).text


def test_a_frame_of_a_campaign_without_a_figure_at_the_top_has_its_summary(
    app: Flask, page: PageClient, campaign_id: int
) -> None:
    assert "in two lines" not in page.get(PATHS[4]).text
    with app.app_context():
        make_campaign(slug="plain", story=make_story(opening_figure=None, drawing="lantern"))
        db.session.commit()
    assert "What happened, in two lines." in page.get("/embed/campaigns/plain").text


def ways_of(page: Page) -> list[Element]:
    """Give the links that hand a campaign on to other sites and programs."""
    links = page.by_id("pass-on").findall(".//a")
    return [link for link in links if not str(link.get("href")).startswith("/")]


def data_of(page: Page) -> dict[str, Any]:
    """Give a page's data for machines."""
    return json.loads(page.one(".//script[@type='application/ld+json']").text or "")


@pytest.fixture
def campaign_id(app: Flask) -> int:
    """A published campaign of a group that is not invented."""
    with app.app_context():
        campaign = make_campaign(slug="a-story", story=make_story(title="A story"))
        db.session.commit()
        return campaign.id
