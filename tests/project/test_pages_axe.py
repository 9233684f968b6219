"""Every page in a browser: no accessibility rule broken, nothing wider than a small phone, a silent console."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Route

from tests.foundation.browsers import Visit as Window
from tests.foundation.browsers import visiting
from tests.foundation.pages import Page
from tests.project.conftest import Walk
from tests.project.walk import PAGES, Visit

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Of thousands of passed checks nothing is told: telling them takes three times as long as checking.
ASK = "options => axe.run(document, options).then(found => found.violations)"
WRITE = """async html => {
    document.open(); document.write(html); document.close();
    if (document.readyState !== "complete")
        await new Promise(done => window.addEventListener("load", done, { once: true }));
    return document.readyState === "complete" && typeof axe === "object";
}"""
# Width and scheme, one after the other.
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "light"), (1280, "dark"))
NARROWEST = 320
# All error pages are one template; these three are its states.
SEEN = [page for page in PAGES if page.endpoint != "error" or page.state in ("404", "429", "crash")]


@dataclass
class Shown(Window):
    """A window, and the policy under which its page came."""

    policy: str = ""


@pytest.mark.parametrize("visit", SEEN, ids=str)
def test_a_page_breaks_no_rule_fits_a_small_phone_and_keeps_the_console_silent(
    visit: Visit, walk: Walk, window: Shown, live: str, looked_at: set[str]
) -> None:
    page = walk(visit)
    if page.source in looked_at:
        return  # to the letter the page of another address: what is not there, or not theirs
    looked_at.add(page.source)
    _show(window, f"{live}/as-it-was-answered", page)
    wrong = [problem for width, scheme in LOOKS for problem in _broken_rules(window, width, scheme)]
    window.page.set_viewport_size({"width": NARROWEST, "height": 700})
    reach = window.page.evaluate("document.documentElement.scrollWidth")
    wrong += [f"it reaches to {reach} of {NARROWEST}"] if reach > NARROWEST else []
    assert wrong + window.complaints == []


def _show(window: Shown, address: str, got: Page) -> None:
    """Show a page as the test client got it, with style and scripts from the live portal.

    Written into the document of the page before where that came under the same policy: opening each anew, and reading
    the checks in again, takes a third of the whole.
    """
    window.complaints.clear()
    policy = got.headers["Content-Security-Policy"]
    if window.policy == policy:
        assert window.page.evaluate(WRITE, got.source), "it must be complete, and the checks still there"
        return
    window.policy = policy
    window.page.unroute_all()
    window.page.route(address, lambda route: _answer(route, got))
    window.page.goto(address, wait_until="load")
    window.page.evaluate(AXE_SCRIPT)


def _broken_rules(window: Shown, width: int, scheme: Literal["light", "dark"]) -> list[str]:
    window.page.set_viewport_size({"width": width, "height": 800})
    window.page.emulate_media(color_scheme=scheme)
    broken = window.page.evaluate(ASK, {"runOnly": RULES, "resultTypes": ["violations"]})
    return [f"{width} {scheme}: {rule['id']}: {node['html']}" for rule in broken for node in rule["nodes"]]


def _answer(route: Route, got: Page) -> None:
    headers = {
        name: value for name, value in got.headers.items() if name not in ("Content-Encoding", "Set-Cookie")
    }
    route.fulfill(status=got.status, headers=headers, body=got.source)


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Shown]:
    """One window for all pages: opening one takes longer than most of them."""
    with visiting(browser) as window:
        yield Shown(window.context, window.page, window.complaints)


@pytest.fixture(scope="session")
def looked_at() -> set[str]:
    return set()
