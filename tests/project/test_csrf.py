"""Forms that another site sends in a reader's name: every one of them is refused, and nothing is changed by it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask

from portal.extensions import csrf
from tests.foundation.databases import let_go
from tests.foundation.pages import Page, PageClient
from tests.foundation.rows import Rows, all_rows
from tests.project.conftest import OpenWorld
from tests.project.posts import UNSAFE, UNSAFE_ENDPOINTS, Entries, Interception, normal_post
from tests.project.walk import VISITS, World

# Their pages are the same for everyone and carry no token: what the browser says of the page counts (web/origin.py).
BY_ORIGIN = {"donations.give", "events.sign_up"}
# Sent by no browser of ours: one by Stripe, signed; one by a mail program, whose address is the proof (RFC 8058).
BY_SIGNATURE = {"webhooks.stripe", "volunteers.stop_reminders"}
GUARDED = [endpoint for endpoint in UNSAFE_ENDPOINTS if endpoint not in BY_SIGNATURE]

OWN_SITE: dict[str, str | None] = {"Sec-Fetch-Site": "same-origin"}
NOT_SAID: dict[str, str | None] = {"Sec-Fetch-Site": None}
ANOTHER_SITE: dict[str, str | None] = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
NEIGHBOUR: dict[str, str | None] = {"Sec-Fetch-Site": "same-site", "Origin": "https://evil.localhost"}
OLD_BROWSER: dict[str, str | None] = {"Sec-Fetch-Site": None, "Origin": "https://evil.example"}
SANDBOXED_FRAME: dict[str, str | None] = {"Sec-Fetch-Site": None, "Origin": "null"}
REFUSED = {400, 403, 422}


@pytest.mark.parametrize("endpoint", GUARDED)
def test_what_another_site_sends_is_refused_and_changes_nothing(endpoint: str, open_world: OpenWorld) -> None:
    world, taken = open_world(), []
    world.browser = Interception(world, endpoint, partial(attack, world, endpoint, taken))
    # Sent as it should be, the same form is taken in the end: nothing but the attack was what was refused.
    normal_post(endpoint)(world)
    assert world.browser.found > 0
    assert taken == []
    let_go(world.app)


def test_nothing_but_these_does_without_a_token(app: Flask) -> None:
    names = {f"{view.__module__}.{view.__name__}": endpoint for endpoint, view in app.view_functions.items()}
    assert {names[view] for view in csrf._exempt_views} == BY_ORIGIN | BY_SIGNATURE
    assert csrf._exempt_blueprints == set()
    assert app.config["WTF_CSRF_ENABLED"] is True
    assert app.config["WTF_CSRF_CHECK_DEFAULT"] is True


def test_forms_are_the_only_way_to_change_something(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods & UNSAFE == {"POST"}


def test_a_signed_event_is_taken_without_a_token(open_world: OpenWorld) -> None:
    world = open_world()
    normal_post("webhooks.stripe")(world)
    assert world.browser.client.get_cookie("lantern") is None
    assert len(all_rows(world.app)["provider_event"]) == 1


def test_an_event_that_nobody_signed_is_refused_and_not_stored(open_world: OpenWorld) -> None:
    world = open_world()
    (forged,) = [visit for visit in VISITS if visit.endpoint == "webhooks.stripe" and visit.status == 400]
    forged(world)
    assert all_rows(world.app)["provider_event"] == []


def test_reminders_are_ended_without_a_token_but_not_by_an_address_that_nobody_signed(
    open_world: OpenWorld,
) -> None:
    world = open_world()

    def alter(post: Callable[..., Page], path: str, data: Entries, **kwargs: Any) -> Page:
        before = _without_audit(world)
        for wrong in ("made-up", path.rpartition("/")[2][:-1], path.rpartition("/")[2] + "x"):
            assert post(f"/reminders/{wrong}", data, **kwargs).status == 404
        assert _without_audit(world) == before
        return post(path, data, **kwargs)

    world.browser = Interception(world, "volunteers.stop_reminders", alter)
    normal_post("volunteers.stop_reminders")(world)
    assert world.browser.found == 1
    assert [person["wants_reminders"] for person in all_rows(world.app)["person"]] == [False]


def attack(
    world: World,
    endpoint: str,
    taken: list[tuple[str, int]],
    post: Callable[..., Page],
    path: str,
    data: Entries,
    **kwargs: Any,
) -> Page:
    """Send a form in every way that another site could before it is sent as its page would; notes what was taken."""
    before = _without_audit(world)
    for name, token, headers in _attacks(endpoint, _token_of_another_session(world)):
        entries = {key: value for key, value in data.items() if key != "csrf_token"}
        entries |= {"csrf_token": token} if token else {}
        # The header is the other place in which Flask-WTF looks for a token.
        for sent in (headers, {**headers, "X-CSRFToken": token}) if token else (headers,):
            answer = post(path, entries, headers=sent)
            if answer.status not in REFUSED or _without_audit(world) != before:
                taken.append((name, answer.status))
    return post(path, data, **kwargs)


def _attacks(endpoint: str, foreign: str) -> list[tuple[str, str, dict[str, str | None]]]:
    """Give each attack: its name, the token that it has and what the browser says of the page."""
    elsewhere = [
        ("another site", "", ANOTHER_SITE),
        ("another site with a token of its own", foreign, ANOTHER_SITE),
        ("a neighbouring host", foreign, NEIGHBOUR),
        ("another site, in an old browser", "", OLD_BROWSER),
        ("another site with a token of its own, in an old browser", foreign, OLD_BROWSER),
        ("a sandboxed frame", foreign, SANDBOXED_FRAME),
        ("a browser that says nothing", "", NOT_SAID),
        ("a browser that says nothing, with another session's token", foreign, NOT_SAID),
    ]
    if endpoint in BY_ORIGIN:
        return elsewhere
    return [
        *elsewhere,
        ("our own page, without a token", "", OWN_SITE),
        ("our own page, with another session's token", foreign, OWN_SITE),
        ("our own page, with a token that nobody gave", "x", OWN_SITE),
    ]


def _token_of_another_session(world: World) -> str:
    return PageClient(world.app.test_client()).get("/sign-in").field("csrf_token").get("value") or ""


def _without_audit(world: World) -> Rows:
    return {name: rows for name, rows in all_rows(world.app).items() if name != "audit_entry"}
