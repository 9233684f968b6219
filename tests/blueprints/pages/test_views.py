"""The pages around the campaigns, the pages of errors, and the look at our own health."""

from collections import Counter
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from portal.db import db
from portal.web.access import ANYONE, may
from portal.web.access import EXTENSION as ACCESS
from tests.factories.campaigns import make_group
from tests.foundation.demo import SLUGS, publish_demo
from tests.foundation.pages import PageClient

CODES = [400, 403, 404, 405, 410, 413, 422, 429, 500, 503]
NO_DATABASE: dict[str, Any] = {"DATABASE_URL": "sqlite:////proc/none/lantern.sqlite3"}


@pytest.mark.parametrize("path", ["/", "/campaigns", "/privacy", "/accessibility", "/concern"])
@pytest.mark.parametrize("seeded", [True, False])
def test_a_page_is_whole_and_links_to_what_every_page_needs(
    app: Flask, page: PageClient, path: str, seeded: bool
) -> None:
    if seeded:
        with app.app_context():
            publish_demo(*SLUGS)
            db.session.commit()
    seen = page.get(path)

    assert (seen.status, seen.parse_errors) == (200, [])
    assert seen.heading
    assert {"/concern", "/privacy", "/accessibility", "/campaigns"} <= set(seen.links)
    assert "Set-Cookie" not in seen.headers
    identifiers = [element.get("id") for element in seen.document.iter() if element.get("id")]
    assert [name for name, number in Counter(identifiers).items() if number > 1] == []
    assert seen.all(".//*[@style]") + seen.all("style") == []


def test_home_and_campaigns_lead_to_all_campaigns_in_their_order(app: Flask, page: PageClient) -> None:
    with app.app_context():
        publish_demo(*SLUGS)
        db.session.commit()

    for path in ("/", "/campaigns"):
        seen = page.get(path)
        assert [f"/campaigns/{slug}" for slug in SLUGS] == [
            link for link in seen.links if link.startswith("/campaigns/")
        ]
        assert "Situation as described in 2018" in seen.text


def test_a_concern_goes_to_two_roles(app: Flask, page: PageClient) -> None:
    with app.app_context():
        make_group()
        db.session.commit()
    seen = page.get("/concern")

    assert "mailto:care@example.org" in seen.links
    assert "mailto:deputy@example.org" in seen.links
    assert "Safeguarding lead" in seen.text


@pytest.mark.parametrize(
    ("settings_of", "said"),
    [
        ({}, "Giving is not set up"),
        (
            {"STRIPE_SECRET_KEY": "sk_test_sandbox_1", "STRIPE_API_BASE": "http://127.0.0.1:12111"},
            "practice on this computer",
        ),
        ({"STRIPE_SECRET_KEY": "sk_test_1"}, "Stripe’s test mode"),
    ],
)
def test_privacy_says_what_kind_of_payments_these_are(
    request: pytest.FixtureRequest, settings_of: dict[str, str], said: str
) -> None:
    request.node.add_marker(pytest.mark.settings(STRIPE_WEBHOOK_SECRET="whsec_1", **settings_of))
    client = request.getfixturevalue("client")

    assert said in PageClient(client).get("/privacy").text


@pytest.mark.parametrize("code", CODES)
@pytest.mark.settings(**NO_DATABASE)
def test_an_error_says_what_happened_and_what_to_do_next_without_a_database(app: Flask, code: int) -> None:
    app.add_url_rule("/fails", "fails", lambda: abort(code))
    app.extensions[ACCESS]["fails"] = may(ANYONE)
    seen = PageClient(app.test_client()).get("/fails")

    assert (seen.status, seen.parse_errors) == (code, [])
    assert seen.headers["Cache-Control"] == "no-store"
    assert str(code) in seen.text
    assert len(seen.all(".//main//p")) >= 3


@pytest.mark.settings(**NO_DATABASE)
def test_an_exception_nobody_expected_is_answered_with_a_page_that_tells_nothing_of_it(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    seen = PageClient(app.test_client()).get("/")

    assert seen.status == 500
    assert seen.heading == "Something broke on our side"
    assert "sqlite" not in seen.source.lower()


def test_a_wrong_method_still_says_which_ones_are_right(client: FlaskClient) -> None:
    answer = client.post("/privacy")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_health_is_ok_while_the_database_answers(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok", "database": "ok"})


@pytest.mark.settings(**NO_DATABASE)
def test_health_is_failing_when_the_database_does_not_answer(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (503, {"status": "failing", "database": "failing"})
