"""Mailed links to a receipt: opened, looked at by scanners, withdrawn, run out, altered."""

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from portal import links
from portal.db import db
from portal.domain.messages.models import OutboxMail
from portal.links import Link
from tests.blueprints.donations.browser import Giver


def test_a_mailed_link_leaves_the_address_bar_at_once_and_opens_the_receipt(giver: Giver) -> None:
    giver.pay_and_return()
    answer = giver.page.get(f"/s/{giver.token()}")
    assert (answer.status, urlsplit(answer.location).path) == (303, giver.receipt_path())
    receipt = giver.page.get(giver.receipt_path())
    assert receipt.heading == "TEST, NOT A RECEIPT"
    assert "€25.00" in receipt.text
    assert re.search(r"TEST-\d{4}-000001", receipt.text)


def test_a_receipt_without_its_link_is_not_shown(giver: Giver) -> None:
    giver.pay_and_return()
    assert giver.page.get(giver.receipt_path()).status == 404


def test_a_link_looked_at_by_a_scanner_changes_nothing(giver: Giver) -> None:
    giver.pay_and_return()
    before = giver.donation().link_nonce
    for _ in range(5):
        giver.page.client.get(f"/s/{giver.token()}")
        giver.page.client.head(f"/s/{giver.token()}")
    assert giver.donation().link_nonce == before
    assert giver.count(OutboxMail) == 1


def test_a_link_that_was_withdrawn_no_longer_opens_and_a_new_one_is_mailed(giver: Giver) -> None:
    giver.pay_and_return()
    old = giver.token()
    giver.page.get(f"/s/{old}")
    receipt = giver.page.get(giver.receipt_path())
    done = giver.page.post(
        f"{giver.receipt_path()}/withdraw-link", {"csrf_token": receipt.field("csrf_token").get("value")}
    )
    assert done.status == 303
    assert "on its way" in giver.page.get(done.location).text
    assert giver.page.get(f"/s/{old}").status == 410
    assert giver.page.get(giver.receipt_path()).status == 410
    assert giver.page.get(f"/s/{giver.token()}").status == 303
    with giver.app.app_context():
        assert list(db.session.scalars(select(OutboxMail.kind))) == ["thank_you", "receipt_link"]


def test_an_expired_link_offers_a_new_one_by_mail(giver: Giver, monkeypatch: pytest.MonkeyPatch) -> None:
    giver.pay_and_return()
    token = giver.token()
    monkeypatch.setitem(links.LIFETIMES, links.RECEIPT, links.VISIT * -1)
    refused = giver.page.get(f"/s/{token}")
    assert (refused.status, "run out" in refused.text) == (410, True)
    fields = {name: refused.field(name).get("value") for name in ("csrf_token", "link")}
    assert giver.page.post("/s/new", fields).status == 303
    assert giver.count(OutboxMail) == 2


@pytest.mark.parametrize("token", ["x", "a.b.c", "x" * 3000])
def test_an_altered_link_opens_nothing(giver: Giver, token: str) -> None:
    page = giver.page.get(f"/s/{token}")
    assert (page.status, "not complete" in page.text) == (404, True)


def test_a_link_for_another_purpose_opens_nothing(giver: Giver, monkeypatch: pytest.MonkeyPatch) -> None:
    giver.pay_and_return()
    monkeypatch.setitem(links.LIFETIMES, "other", links.VISIT)
    donation = giver.donation()
    token = links.sign(Link("other", donation.public_id, donation.link_nonce), giver.app.config["SECRET_KEY"])
    assert giver.page.get(f"/s/{token}").status == 404


def test_a_new_link_is_not_mailed_for_a_token_that_was_made_up(giver: Giver) -> None:
    giver.pay_and_return()
    page = giver.page.get("/s/x")
    assert page.status == 404
    giver.page.get(f"/s/{giver.token()}")
    token = giver.page.get(giver.receipt_path()).field("csrf_token").get("value")
    assert giver.page.post("/s/new", {"csrf_token": token, "link": "made-up"}).status == 404
    assert giver.count(OutboxMail) == 1
