"""A scanner for holes in web sites, sent through the portal as a stranger, a volunteer and an organizer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.foundation.servers import free_port, serving
from tests.long.leaky import make_leaky_site
from tests.long.scanned import Scanned
from tests.long.wapiti import Finding, scan
from tests.sandbox.live import running_stand_in

# What would end the scanner's own session, or the account that it looks with.
LEFT_ALONE = ("/sign-out", "/me/leave", "/me/account/browsers/end")
# Public pages are the same for who is signed in: the stranger's scan has them, and the others have time for theirs.
LEFT_TO_STRANGERS = ("/campaigns*", "/events*")
# Pages that each must have opened: for strangers, for who is signed in, for the desk.
OPENED = {
    "anonymous": {"/", "/campaigns", "/campaigns/the-way-out", "/events", "/sign-in", "/register", "/forgot"},
    "volunteer": {"/me", "/me/account", "/hosting", "/hosting/new"},
    "organizer": {"/desk", "/desk/campaigns", "/desk/events", "/desk/people", "/desk/outbox", "/hosting"},
}
HOLES = {
    "Reflected Cross Site Scripting",
    "SQL Injection",
    "Open Redirect",
    "Cross Site Request Forgery",
    "Content Security Policy Configuration",
    "Clickjacking Protection",
    "MIME Type Confusion",
    "HttpOnly Flag cookie",
    "Secure Flag cookie",
    "Path Traversal",
}


@pytest.mark.parametrize("who", OPENED)
def test_the_scanner_finds_nothing(who: str, scanned: Scanned, tmp_path: Path) -> None:
    found = scan(scanned.address, tmp_path, _way_through(scanned, who))
    assert [one for one in found if not _is_guarded_by_origin(one)] == []
    asked = scanned.requests()
    assert OPENED[who] <= {path for method, path, status in asked if (method, status) == ("GET", 200)}
    assert sum(many for (method, _, _), many in asked.items() if method == "POST") > 50
    # No answer was an error of ours, and who was signed in stayed so to the end.
    assert [key for key in asked if key[2] >= 500] == []
    if who != "anonymous":
        assert [path for _, path, status in asked if path in OPENED[who] and status == 303] == []


def test_the_scanner_finds_every_hole_where_there_are_some(tmp_path: Path) -> None:
    with serving(make_leaky_site(), free_port()) as address:
        found = scan(address, tmp_path)
    assert {one.kind for one in found} >= HOLES


def _is_guarded_by_origin(one: Finding) -> bool:
    """Tell whether the scanner misses a token in a form whose page is the same for everyone and can have none.

    What the browser says of the page that sent it guards it instead (web/origin.py), of which the scanner knows
    nothing; that another site's form is refused is held in tests/project/test_csrf.py and, by a browser, in
    tests/blueprints/donations/test_hostile.py.
    """
    by_origin = one.path.endswith("/give") or one.path.endswith("/sign-up")
    return one.kind == "Cross Site Request Forgery" and by_origin and one.info == "Lack of anti CSRF token"


def _way_through(scanned: Scanned, who: str) -> list[str]:
    """Give the words by which the scanner signs in, where it begins and what it leaves alone."""
    words = [word for path in sorted(OPENED[who]) for word in ("-s", f"{scanned.address}{path}")]
    left_alone = LEFT_ALONE if who == "anonymous" else (*LEFT_ALONE, *LEFT_TO_STRANGERS)
    words += [word for path in left_alone for word in ("-x", f"{scanned.address}{path}")]
    if who != "anonymous":
        words += ["--form-user", f"{who}@demo.invalid", "--form-password", scanned.password_of(who)]
        words += ["--form-url", f"{scanned.address}/sign-in"]
    return words


@pytest.fixture
def scanned(tmp_path: Path) -> Iterator[Scanned]:
    """The portal to scan, with a stand-in of its own."""
    folder = tmp_path / "portal"
    folder.mkdir()
    with (
        running_stand_in(tmp_path / "stand-in", spec_check=False) as stand_in,
        Scanned(folder, stand_in).running() as portal,
    ):
        yield portal
