"""Every page and every error page: what its headers forbid, and that its document is well made."""

from collections import Counter
from collections.abc import Iterator

import pytest

from portal.web.access import ACCESS, Audience
from tests.foundation.pages import Page
from tests.project.conftest import Walk
from tests.project.document import problems
from tests.project.walk import EVERYTHING, PAGES, Visit
from tests.sandbox.live import StandIn

REQUIRED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# The one page that other sites may show in a frame; in exchange it may do less than any other.
FRAMED = "campaigns.embed"
REQUIRED_IN_FRAMES = REQUIRED | {"X-Frame-Options": None, "Cross-Origin-Resource-Policy": "cross-origin"}
CLOSED_IN_FRAMES = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors *"
)
CLOSED = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
OPEN = ("unsafe", "*", "data:", "blob:", "http:", "https:;")
# Everybody's pages, and an address that the provider alone asks for.
SHARED = {Audience.ANYONE, Audience.PROVIDER}
PERSONAL = [
    visit for visit in PAGES if visit.endpoint in ACCESS and not ACCESS[visit.endpoint].audiences & SHARED
]
REVEALING = ("Server", "X-Powered-By", "Access-Control-Allow-Origin")


@pytest.mark.parametrize("visit", EVERYTHING, ids=str)
def test_every_answer_is_closed_and_every_document_well_made(
    visit: Visit, walk: Walk, stand_in: StandIn
) -> None:
    page = walk(visit)
    framed = visit.endpoint == FRAMED
    wrong = [*(_open_frame(page) if framed else _open_headers(page, stand_in.base_url)), *_open_cookies(page)]
    wrong += [f"{name} is sent {times} times" for name, times in _sent(page).items() if times > 1]
    assert wrong + (problems(page) if visit in PAGES else []) == []


@pytest.mark.parametrize("visit", PERSONAL, ids=str)
def test_a_page_for_one_reader_is_stored_and_listed_by_nobody(visit: Visit, walk: Walk) -> None:
    page = walk(visit)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.status >= 400 or page.one(".//meta[@name='robots']").get("content") == "noindex"


@pytest.mark.parametrize("visit", [v for v in PAGES if v.endpoint == "error"], ids=str)
def test_an_error_page_tells_nothing_of_the_inside(visit: Visit, walk: Walk) -> None:
    page = walk(visit)
    assert not [
        word for word in ("Traceback", "ZeroDivision", ".py", "werkzeug", "sqlalchemy") if word in page.source
    ]
    assert page.links, "there must be a way on"


def _open_frame(page: Page) -> Iterator[str]:
    """Give what differs from the headers that are declared for frames of other sites."""
    yield from (
        f"{name}: {page.headers.get(name)}"
        for name, value in REQUIRED_IN_FRAMES.items()
        if page.headers.get(name) != value
    )
    if page.headers["Content-Security-Policy"] != CLOSED_IN_FRAMES:
        yield f"the policy is {page.headers['Content-Security-Policy']}"
    if page.headers.getlist("Set-Cookie"):
        yield "it sets a cookie on another site"
    yield from (f"a link stays in the frame: {link}" for link in _links_within(page))


def _links_within(page: Page) -> list[str]:
    return [
        str(link.get("href"))
        for link in page.all("a")
        if (link.get("target"), link.get("rel")) != ("_blank", "noopener")
    ]


def _open_headers(page: Page, stand_in: str) -> Iterator[str]:
    """Give what an answer's headers leave open that it does not need."""
    yield from (
        f"{name}: {page.headers.get(name)}" for name in REQUIRED if page.headers.get(name) != REQUIRED[name]
    )
    yield from (f"{name} tells of the inside" for name in REVEALING if name in page.headers)
    policy = page.headers.get("Content-Security-Policy", "")
    yield from (f"the policy lacks {part}" for part in CLOSED if part not in policy)
    yield from (f"the policy allows {word}" for word in OPEN if word in policy.replace(stand_in, ""))
    if "camera=()" not in page.headers.get("Permissions-Policy", ""):
        yield "the camera is not closed"
    if not page.headers.get("Cache-Control"):
        yield "nothing is said of caching"


def _sent(page: Page) -> Counter[str]:
    return Counter(name.title() for name, _value in page.headers if name != "Set-Cookie")


def _open_cookies(page: Page) -> Iterator[str]:
    for cookie in page.headers.getlist("Set-Cookie"):
        yield from (
            f"a cookie without {word}: {cookie}"
            for word in ("HttpOnly", "SameSite=Lax")
            if word not in cookie
        )
