"""A campaign in a frame of another site, in a browser that gives such frames no cookies."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Frame, expect

from portal.db import db
from portal.web.reach import embed_code
from tests.factories.campaigns import make_campaign, make_group, make_story
from tests.foundation.browsers import Visit
from tests.foundation.servers import free_port, serving

TITLE = "A story of lanterns"
# One that frames may have too, where the browser lets them.
SET_COOKIE = "document.cookie = 'a=1; SameSite=None; Secure'; document.cookie"


@pytest.mark.settings(STRIPE_SECRET_KEY="sk_test_of_no_account")
def test_another_site_shows_a_campaign_without_cookies_and_its_button_leads_to_us(
    live_server: str, elsewhere: str, visit: Callable[..., Visit]
) -> None:
    seen = visit(width=320)
    seen.page.goto(f"{elsewhere}/embedding")
    frame = frame_of(seen, live_server)

    expect(frame.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert frame.evaluate(SET_COOKIE) == "", (
        "this browser gives frames of other sites cookies: the test is of no use"
    )
    with seen.context.expect_page() as opened:
        frame.get_by_role("link", name="Give or help").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{live_server}/campaigns/a-story#give"
    assert opened.value.evaluate("window.opener") is None
    assert seen.page.url == f"{elsewhere}/embedding"
    assert (seen.context.cookies(), seen.complaints) == ([], [])
    assert opened.value.evaluate(SET_COOKIE) == "a=1"


def test_a_frame_fits_a_narrow_column_and_below_it_stands_a_plain_link(
    live_server: str, elsewhere: str, visit: Callable[..., Visit]
) -> None:
    seen = visit(width=256)
    seen.page.goto(f"{elsewhere}/embedding")
    frame = frame_of(seen, live_server)

    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert frame.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [240, 240]
    link = seen.page.get_by_role("link", name=f"Demo. {TITLE}, a campaign of Test Circle", exact=True)
    expect(link).to_have_attribute("href", f"{live_server}/campaigns/a-story")


def test_no_other_page_of_ours_is_shown_in_a_frame(
    live_server: str, elsewhere: str, visit: Callable[..., Visit]
) -> None:
    seen = visit()
    seen.page.goto(f"{elsewhere}/framing-the-campaign-itself")

    assert TITLE not in seen.page.frames[1].content()
    assert "frame" in " ".join(seen.complaints)


def frame_of(seen: Visit, address: str) -> Frame:
    # It is loaded once it comes into sight.
    seen.page.frame_locator("iframe").get_by_role("heading", level=1).wait_for()
    (frame,) = [frame for frame in seen.page.frames if frame.url.startswith(address)]
    return frame


@pytest.fixture
def elsewhere(app: Flask, live_server: str) -> Iterator[str]:
    """Another site, whose page shows our campaign by the code that the desk gives."""
    with app.app_context():
        make_campaign(slug="a-story", story=make_story(title=TITLE))
        db.session.commit()
    with app.test_request_context():
        code = embed_code("a-story", TITLE, make_group())
    site = Flask("elsewhere")
    head = "<!doctype html><title>Elsewhere</title><link rel=icon href=data:,>"
    site.add_url_rule("/embedding", "embedding", lambda: head + code)
    framing = f"{head}<iframe src='{live_server}/campaigns/a-story'></iframe>"
    site.add_url_rule("/framing-the-campaign-itself", "framing", lambda: framing)
    with serving(site, port := free_port()):
        # To a browser the same computer by another name is another site.
        yield f"http://localhost:{port}"
