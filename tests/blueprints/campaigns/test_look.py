"""The campaign page in a real browser: widths, weight, keyboard, and what axe finds."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from PIL import Image
from playwright.sync_api import expect

from portal.db import db
from tests.blueprints.campaigns.test_views import PATH, STAND_IN
from tests.foundation.browsers import Visit
from tests.foundation.demo import SLUGS, publish_demo

pytestmark = pytest.mark.settings(**STAND_IN)
Opens = Callable[..., Visit]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
@pytest.mark.parametrize("path", [PATH, "/", "/privacy"])
def test_axe_finds_nothing_and_the_console_stays_silent(
    live: str, visit: Opens, width: int, scheme: str, path: str
) -> None:
    seen = visit(width=width, scheme=scheme)
    seen.page.goto(live + path)
    for details in seen.page.locator("summary").all():
        details.click()
    results = Axe().run(seen.page)

    assert results.violations_count == 0, results.generate_report()
    assert seen.complaints == []


def test_axe_finds_nothing_on_a_form_that_was_not_taken(live: str, visit: Opens) -> None:
    seen = visit(width=360)
    give(seen, live, "ten")
    results = Axe().run(seen.page)

    assert seen.page.evaluate("document.activeElement.id") == "problems"
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_has_to_be_scrolled_sideways(live: str, visit: Opens, width: int) -> None:
    seen = visit(width=width)
    seen.page.goto(live + PATH)
    for details in seen.page.locator("summary").all():
        details.click()

    assert seen.page.evaluate("document.documentElement.scrollWidth") == width


def test_on_a_phone_the_panel_follows_the_opening_and_its_button_is_on_the_second_screen(
    app: Flask, live: str, visit: Opens
) -> None:
    with app.app_context():
        publish_demo(*SLUGS)
        db.session.commit()
    seen = visit(width=360)
    for slug in SLUGS:
        seen.page.goto(f"{live}/campaigns/{slug}")
        button = seen.page.locator(".give button").bounding_box()
        story = seen.page.locator("#story").bounding_box()

        assert button and story
        assert button["y"] + button["height"] <= 1600, slug
        assert story["y"] > button["y"]


def test_the_docked_button_never_covers_what_has_the_focus(live: str, visit: Opens) -> None:
    seen = visit(width=360)
    seen.page.goto(live + PATH)
    covered = """() => {
        const focused = document.activeElement.getBoundingClientRect();
        const dock = document.querySelector('.dock').getBoundingClientRect();
        return !document.activeElement.closest('.dock') && focused.bottom > dock.top && focused.top < dock.bottom;
    }"""
    seen.page.locator("#story").focus()
    for _ in range(15):
        seen.page.keyboard.press("Tab")
        assert not seen.page.evaluate(covered), seen.page.evaluate("document.activeElement.outerHTML")


def test_the_poster_is_one_sheet_whose_code_a_phone_reads(app: Flask, live: str, visit: Opens) -> None:
    # The campaign of the demo with most to say.
    slug = "the-forgotten-refugees"
    with app.app_context():
        publish_demo(slug)
        db.session.commit()
    seen = visit(width=718)
    seen.page.goto(f"{live}/campaigns/{slug}/poster")
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(seen.page.locator(".poster").screenshot())))

    assert read.text == f"{live}/campaigns/{slug}"
    for size in ("A4", "Letter"):
        printed = seen.page.pdf(format=size)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, size


def test_a_page_is_four_requests_of_less_than_forty_kilobytes_all_our_own(live: str, visit: Opens) -> None:
    seen = visit(width=360)
    sizes: dict[str, int] = {}

    def weigh(response: Any) -> None:
        sizes[response.url] = response.request.sizes()["responseBodySize"]

    seen.page.on("requestfinished", lambda request: weigh(request.response()))
    seen.page.goto(live + PATH, wait_until="networkidle")

    assert len(sizes) <= 4
    assert all(url.startswith(live) for url in sizes)
    assert sum(sizes.values()) < 40_000, sizes


def test_the_cost_of_a_typed_amount_is_told_while_typing_and_a_name_is_asked_for_when_wanted(
    live: str, visit: Opens
) -> None:
    seen = visit(width=360)
    seen.page.goto(live + PATH)
    label = seen.page.locator("label[for=cover_fee]")
    assert label.inner_text() == "Add towards card costs: €0.90 on €25"

    seen.page.locator("label:has(#amount-3)").click()
    assert label.inner_text() == "Add towards card costs: €1.79 on €60"
    seen.page.fill("#own_amount", "12,50")
    assert label.inner_text() == "Add towards card costs: €0.58 on €12.50"
    seen.page.fill("#own_amount", "1.000")
    assert label.inner_text() == "Add towards card costs: the exact sum is shown before you pay"

    assert not seen.page.locator("#name").is_visible()
    seen.page.check("#show_name")
    assert seen.page.locator("#name").is_visible()


def test_without_scripts_the_same_form_is_sent(live: str, visit: Opens) -> None:
    seen = visit(width=360, java_script_enabled=False)
    give(seen, live, "ten")

    assert seen.page.title().startswith("Problem: ")
    assert seen.page.input_value("#own_amount") == "ten"


def test_a_second_click_is_not_possible_and_coming_back_makes_it_so_again(live: str, visit: Opens) -> None:
    seen = visit(width=360)
    seen.page.goto(live + PATH)
    seen.page.evaluate(
        "document.querySelector('.give').addEventListener('submit', (e) => e.preventDefault())"
    )
    button = seen.page.locator(".give button")
    button.click()
    expect(button).to_be_disabled()
    seen.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(button).to_be_enabled()


def give(seen: Visit, live: str, amount: str) -> None:
    seen.page.goto(live + PATH)
    seen.page.fill("#own_amount", amount)
    with seen.page.expect_navigation():
        seen.page.locator(".give button").click()


@pytest.fixture
def live(app: Flask, live_server: str) -> str:
    with app.app_context():
        publish_demo()
        db.session.commit()
    return live_server
