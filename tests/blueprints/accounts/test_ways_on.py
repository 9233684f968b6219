"""Where one is led after signing in or typing the password again: to a page of ours, whatever the address says."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.blueprints.accounts.browser import PASSWORD, Member
from tests.foundation.browsers import Visit

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "//evil.example@localhost",
    "//localhost@evil.example/me",
    "//evil.example:80/me",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/me\\..\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "\x00//evil.example",
    "/\x00/evil.example",
    "/\u00a0/evil.example",
    "/\u2028/evil.example",
    "/\u200b/evil.example",
    "evil.example",
    "@evil.example",
    ".evil.example",
    ":80",
    "%2f%2fevil.example",
    "%5c%5cevil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "http://evil.example/",
    "https:evil.example",
    "https://evil.example/",
    "HTTPS://EVIL.EXAMPLE/",
    "https://localhost.evil.example/",
    "https://localhost@evil.example/",
    "https://localhost:x@evil.example/me",
    # Our own, but whose name a request's Host header gives is not ours to trust.
    "http://localhost/me/account",
    "//localhost/me/account",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "javascript://localhost/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "me/account",
    "?next=//evil.example",
    "",
]  # fmt: skip
# Odd, and ours all the same: a browser looks for them here.
OURS = [
    "/me/account", "/hosting?x=1", "/me#//evil.example", "/%2f%2fevil.example", "/%5cevil.example",
    "/.//evil.example", "/..//evil.example", "/@evil.example", "/:80", "/me?next=https://evil.example",
    "/\uff0fevil.example", "/\uff3cevil.example",
]  # fmt: skip


def test_nobody_is_led_to_another_site(doors: "Doors") -> None:
    assert {wanted: ways for wanted in ELSEWHERE if set(ways := doors.ways(wanted)) != {"/me"}} == {}


def test_who_wanted_a_page_of_ours_gets_there(doors: "Doors") -> None:
    assert {wanted: ways for wanted in OURS[:3] if set(ways := doors.ways(wanted)) != {wanted}} == {}


def test_a_browser_that_follows_any_of_them_stays_here(doors: "Doors", visit: Callable[..., Visit]) -> None:
    """By a browser's own reading of addresses, which is no library's."""
    led = [way for wanted in (ELSEWHERE + OURS) for way in doors.ways(wanted)]
    read = "led => led.map(to => new URL(to, 'http://localhost/sign-in').origin)"
    assert set(visit().page.evaluate(read, led)) == {"http://localhost"}


def test_a_page_that_asks_for_the_password_hands_no_other_site_on(doors: "Doors") -> None:
    for browser, page in ((doors.inside, "/verify"), (doors.outside, "/sign-in")):
        wrong = {"email": browser.email, "password": "wrong", "next": "//evil.example"}
        for seen in (browser.page.get(f"{page}?next=//evil.example"), browser.send(page, **wrong)):
            assert seen.status == (200 if seen.response.request.method == "GET" else 422)
            assert "evil.example" not in seen.source


class Doors:
    """A browser of somebody signed in and one of nobody, each with the token of its session."""

    def __init__(self, member: Member) -> None:
        self.outside, self.inside = member.has_account(), member.another_browser()
        self.inside.sign_in()
        self.tokens = [
            browser.page.get(page).field("csrf_token").get("value") or ""
            for browser, page in ((self.outside, "/sign-in"), (self.inside, "/verify"))
        ]

    def ways(self, wanted: str) -> list[str]:
        """Give where every page that takes a way on leads to, by its form and by its address."""
        query, typed = f"?next={quote(wanted)}", {"email": self.outside.email, "password": PASSWORD}
        enter, verify = ({"csrf_token": token, **typed} for token in self.tokens)
        answers = (
            self.outside.copy().page.post("/sign-in", {**enter, "next": wanted}),
            self.outside.copy().page.post(f"/sign-in{query}", enter),
            self.inside.page.get(f"/sign-in{query}"),
            self.inside.page.post("/verify", {**verify, "next": wanted}),
            self.inside.page.post(f"/verify{query}", verify),
        )
        assert {answer.status for answer in answers} == {303}
        return [answer.location or "" for answer in answers]


@pytest.fixture
def doors(member: Member) -> Doors:
    """Mina inside and outside."""
    return Doors(member)
