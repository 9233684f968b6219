"""What somebody learns who types another person's address: the same as of an address that nobody knows."""

import re
from datetime import timedelta
from typing import Any

import pytest

from portal.clock import now
from portal.domain.events.models import Shift
from portal.domain.volunteers.models import SignUp
from tests.blueprints.events.browser import EMAIL, Helper
from tests.blueprints.events.test_views import NOON
from tests.foundation.pages import Page

NEW = "nobody-knows@example.org"


@pytest.mark.both_databases
@pytest.mark.parametrize("before", ["confirmed", "pending", "holding a full one", "waiting in a free one"])
def test_a_known_address_is_answered_at_every_step_like_a_new_one(helper: Helper, before: str) -> None:
    shifts = [helper.shift(places=9, starts_at=NOON + timedelta(hours=n), role="Desk") for n in (0, 1)]
    sign_up_id = helper.taken_by(shifts[0], EMAIL, proved=before != "pending")
    if before == "holding a full one":
        helper.change(Shift, shifts[0], places=1)
        helper.taken_by(shifts[0], "next@example.org")
    if before == "waiting in a free one":
        helper.change(SignUp, sign_up_id, state="waiting")
        helper.change(Shift, shifts[0], taken=0, waiting=1)
    known, new = (told_to(Helper(helper.app, email), shifts) for email in (EMAIL, NEW))
    assert known == new


def test_what_was_asked_for_and_lapsed_is_forgotten_alike(helper: Helper) -> None:
    soon = now() + timedelta(minutes=40)
    held, wanted = helper.shift(places=9, starts_at=soon), helper.shift(places=9, starts_at=soon)
    helper.taken_by(held, EMAIL)
    answers = []
    for email in (EMAIL, NEW):
        stranger = Helper(helper.app, email)
        stranger.came_to(held)
        stranger.let_claims_run_out()
        answers.append(stranger.sign_up(wanted).status)
    assert answers == [303, 303]


def test_a_stranger_neither_renames_nor_gives_back_what_somebody_else_claimed(helper: Helper) -> None:
    held = helper.shift(places=9, starts_at=NOON)
    wanted = helper.shift(places=9, starts_at=NOON + timedelta(hours=1))
    helper.taken_by(held, EMAIL, proved=False)
    stranger = Helper(helper.app, EMAIL)
    for _ in range(2):
        stranger.came_to(held, name="Rude word")
    stranger.came_to(wanted, name="Rude word", instead=str(held))
    assert helper.rows()[0] == (EMAIL, held, "pending", "Mina")


def test_the_browser_that_claimed_may_change_its_mind_and_its_name(helper: Helper) -> None:
    held = helper.shift(places=9, starts_at=NOON)
    wanted = helper.shift(places=9, starts_at=NOON + timedelta(hours=1))
    helper.came_to(held, name="Min")
    helper.came_to(held, name="Mina")
    assert helper.rows() == [(EMAIL, held, "pending", "Mina")]
    helper.came_to(wanted, instead=str(held))
    assert [row[2] for row in helper.rows()] == ["cancelled", "pending"]
    assert helper.mails().count("sign_up_given_back") == 0, "nobody has shown that the address is theirs"


def test_what_a_known_address_had_before_stays_as_it_was(helper: Helper) -> None:
    held = helper.shift(places=9, starts_at=NOON)
    wanted = helper.shift(places=9, starts_at=NOON + timedelta(hours=1))
    helper.taken_by(held, EMAIL)
    before = helper.rows()
    stranger = Helper(helper.app, EMAIL)
    stranger.came_to(held, name="Somebody else")
    stranger.came_to(wanted, name="Somebody else", instead=str(held))
    assert helper.rows() == [*before, (EMAIL, wanted, "pending", "Somebody else")]


@pytest.mark.parametrize("full", [True, False])
def test_a_stranger_sees_the_same_for_an_address_that_helps_already_as_for_a_new_one(
    helper: Helper, full: bool
) -> None:
    shift_id = helper.shift(places=1 if full else 5)
    helper.taken_by(shift_id, "first@example.org")
    known = helper.shift(helper.event_of(shift_id), starts_at=NOON)
    for email in ("waits@example.org", EMAIL):
        helper.taken_by(shift_id, email)
    helper.taken_by(known, EMAIL)
    before = helper.counts(shift_id)[1]
    for_known = Helper(helper.app).came_to(shift_id, email=EMAIL)
    assert helper.counts(shift_id)[1] == before  # nothing of theirs has changed
    for_new = Helper(helper.app).came_to(shift_id, email="new@example.org")
    assert _plain(for_known) == _plain(for_new)


def told_to(browser: Helper, shifts: list[int]) -> list[Any]:
    """Give all that a stranger's browser is told on the way that learns most: statuses, pages, cookies."""
    held, wanted = shifts
    return [
        facts(browser, browser.sign_up(held)),
        facts(browser, browser.page.get(f"/events/{browser.event_of(held)}/signed-up")),
        facts(browser, browser.sign_up(wanted)),
        facts(browser, browser.sign_up(wanted, instead=str(held))),
        facts(browser, browser.page.get(f"/events/{browser.event_of(wanted)}/signed-up")),
        facts(browser, browser.sign_up(held, instead=str(wanted))),
        facts(browser, browser.page.get("/me")),
    ]


def facts(browser: Helper, page: Page) -> tuple[Any, ...]:
    """Give what can be compared of an answer: all but the address itself, tokens, and the counts of places."""
    source = page.source.replace(browser.email, "ADDRESS")
    source = re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1TOKEN", source)
    source = re.sub(r"(Only )?\d+ places? left", "PLACES", source)
    source = re.sub(r"\(\d+ waiting\)|\(nobody waits yet\)|Number \d+ in", "COUNT", source)
    source = re.sub(r"\d\d:\d\d", "TIME", source)
    return page.status, page.location, source, [(row[1], len(row[2]), row[3]) for row in browser.claims()]


def _plain(page: Page) -> str:
    """Give a page's text without the one thing that differs by the minute."""
    return re.sub(r"\d\d:\d\d", "00:00", page.text)
