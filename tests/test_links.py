"""Signed links: one purpose, one subject, an end, and a way to withdraw them."""

from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous import TimestampSigner

from portal import links
from portal.links import Link, LinkAltered, LinkExpired, LinkForOtherPurpose

SECRET = "a secret that only this test knows"
LINK = Link(links.RECEIPT, "public-id", "nonce")


def test_a_link_comes_back_as_it_was_signed() -> None:
    assert links.read(links.sign(LINK, SECRET), SECRET) == LINK


@pytest.mark.parametrize("change", ["x", "", "cut", "swap"])
def test_an_altered_link_opens_nothing(change: str) -> None:
    token = links.sign(LINK, SECRET)
    altered = {"x": "x" + token, "": "", "cut": token[:-3], "swap": token.replace(".", "-", 1)}[change]
    with pytest.raises(LinkAltered):
        links.read(altered, SECRET)


def test_a_link_signed_with_another_secret_opens_nothing() -> None:
    with pytest.raises(LinkAltered):
        links.read(links.sign(LINK, "another secret"), SECRET)


def test_an_expired_link_still_says_whose_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.sign(LINK, SECRET)
    move_clock(monkeypatch, links.LIFETIMES[links.RECEIPT] + timedelta(days=1))
    with pytest.raises(LinkExpired) as expired:
        links.read(token, SECRET)
    assert expired.value.link == LINK


def test_a_followed_link_opens_its_page_for_a_little_while_only(monkeypatch: pytest.MonkeyPatch) -> None:
    value = links.sign_visit(LINK, SECRET)
    assert links.read_visit(value, SECRET, links.RECEIPT, "public-id") == LINK
    move_clock(monkeypatch, links.VISIT + timedelta(minutes=1))
    with pytest.raises(LinkExpired):
        links.read_visit(value, SECRET, links.RECEIPT, "public-id")


def test_a_followed_link_opens_no_other_page() -> None:
    value = links.sign_visit(LINK, SECRET)
    with pytest.raises(LinkForOtherPurpose):
        links.read_visit(value, SECRET, links.RECEIPT, "another-public-id")
    with pytest.raises(LinkForOtherPurpose):
        links.read_visit(value, SECRET, "another purpose", "public-id")


def test_a_mailed_link_is_no_cookie_and_a_cookie_no_mailed_link() -> None:
    with pytest.raises(LinkAltered):
        links.read_visit(links.sign(LINK, SECRET), SECRET, links.RECEIPT, "public-id")
    with pytest.raises(LinkAltered):
        links.read(links.sign_visit(LINK, SECRET), SECRET)


def test_a_link_of_a_purpose_that_nobody_knows_opens_nothing() -> None:
    with pytest.raises(LinkAltered):
        links.read(links.sign(Link("unheard of", "x", "y"), SECRET), SECRET)


def move_clock(monkeypatch: pytest.MonkeyPatch, forward: timedelta) -> None:
    """Let the signer believe that this much time has passed."""
    later = int((datetime.now(UTC) + forward).timestamp())
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: later)
