"""What people with bad intentions, or several tabs, send: nothing breaks, nothing is charged twice, nothing leaks."""

import io
import logging
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.db import db
from portal.domain.donations.models import Checkout, Donation, DonationState
from portal.money import AmountNotANumber, parse_amount
from portal.payments import steps
from tests.blueprints.donations.browser import Giver
from tests.foundation.pages import Page, PageClient
from tests.foundation.servers import free_port, serving
from tests.sandbox.live import StandIn

OWN = {"Sec-Fetch-Site": "same-origin"}


def test_tabs_that_try_again_at_once_leave_one_page_that_can_be_paid(giver: Giver) -> None:
    giver.give(amount="2500")
    seen = giver.show()
    pages = at_once(
        [lambda amount=amount: try_again(giver, seen, amount) for amount in ("1000", "2500", "5000")]
    )
    statuses = [session["status"] for session in giver.stand_in.books()["sessions"]]
    assert statuses.count("open") == 1
    for page in pages:
        if page.location and "/c/pay/" in page.location:
            giver.stand_in.pay(page.location)
    giver.show()
    (paid,) = giver.ledger()
    assert giver.donation().total.minor == paid


def test_a_page_that_opens_after_another_tab_went_on_is_closed_at_once(giver: Giver) -> None:
    """The first tab's request reaches the provider when the second tab has already begun its own attempt."""
    giver.give(amount="2500")
    with giver.app.app_context():
        gateway = giver.app.extensions["lantern.gateway"]
        donation = db.session.scalars(select(Donation)).one()
        donation.attempt = 2
        make = {"gift_minor": 2500, "card_costs_minor": 0}
        late = Checkout(donation_id=donation.id, attempt=2, expires_at=first_end(), **make)
        db.session.add(late)
        donation.attempt = 3
        db.session.commit()
        assert steps.open_checkout(gateway, late).endswith(f"/donations/{donation.public_id}")
        assert db.session.get_one(Checkout, late.id).closed
    statuses = [session["status"] for session in giver.stand_in.books()["sessions"]]
    assert sorted(statuses) == ["expired", "open"]


def test_what_the_page_thanks_for_is_what_was_paid(giver: Giver) -> None:
    url = giver.give(amount="1000").location
    with giver.app.app_context():
        donation = db.session.scalars(select(Donation)).one()
        donation.gift_minor, donation.attempt = 5000, 2
        make = {"gift_minor": 5000, "card_costs_minor": 0}
        db.session.add(Checkout(donation_id=donation.id, attempt=2, expires_at=first_end(), **make))
        db.session.commit()
    giver.stand_in.pay(url)
    settle_all(giver)
    assert "€10.00" in giver.show().text


def test_a_bank_debit_in_an_earlier_tab_is_seen_and_no_second_payment_offered(giver: Giver) -> None:
    url = giver.give(amount="1000").location
    with giver.app.app_context():
        donation = db.session.scalars(select(Donation)).one()
        donation.attempt = 2
        make = {"gift_minor": 1000, "card_costs_minor": 0}
        db.session.add(Checkout(donation_id=donation.id, attempt=2, expires_at=first_end(), **make))
        db.session.commit()
    giver.stand_in.pay_by_debit(url)
    settle_all(giver)
    assert giver.donation().state == DonationState.PROCESSING
    assert "still working" in giver.show().heading


def test_a_long_amount_is_refused_before_it_is_read() -> None:
    began = time.process_time()
    with pytest.raises(AmountNotANumber):
        parse_amount("1" + " " * 200_000 + "x", "EUR")
    assert time.process_time() - began < 5  # it took minutes, not fractions, to read


def test_a_body_that_is_sent_slowly_holds_up_nobody(giver: Giver) -> None:
    with serving(giver.app, free_port()) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as slow:
            slow.sendall(
                f"POST /campaigns/{giver.slug}/give HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\namount".encode()
            )
            time.sleep(0.5)
            began = time.monotonic()
            assert giver.give(amount="2500").status == 303
            assert time.monotonic() - began < 8  # a held lock would be waited for until the busy timeout


@pytest.mark.parametrize("prefix", ["//evil.example", "/elsewhere"])
def test_a_page_asked_for_under_a_made_up_prefix_is_not_kept_for_others(giver: Giver, prefix: str) -> None:
    path = f"/campaigns/{giver.slug}"
    giver.page.client.get(path, environ_overrides={"SCRIPT_NAME": prefix})
    assert prefix not in giver.page.get(path).source


@pytest.mark.settings(RATELIMIT_GIVE="2 per minute", RATELIMIT_GIVE_OVERALL="5 per minute")
def test_one_address_cannot_stop_everybody_from_giving(giver: Giver) -> None:
    for _ in range(20):
        giver.give(amount="2500")
        giver.give(amount="2500", headers={"Sec-Fetch-Site": "cross-site"})
    other = {"X-Forwarded-For": "203.0.113.9"}
    assert giver.give(amount="2500", headers=other).status == 303


@pytest.mark.settings(RATELIMIT_GIVE="2 per minute")
def test_a_mistyped_amount_is_no_attempt_to_give(giver: Giver) -> None:
    assert [giver.give(own_amount="x").status for _ in range(5)] == [422] * 5
    assert giver.give(amount="2500").status == 303


@pytest.mark.parametrize(
    "body",
    [
        b"[1]",
        b"5",
        b'"x"',
        b'{"own_amount": 5}',
        b'{"name": {"a": 1}}',
        b'{"amount": "\\ud800"}',
        b"[" * 5000,
    ],
)
@pytest.mark.parametrize("path", ["/campaigns/{slug}/give", "/s/new"])
def test_json_is_no_form(giver: Giver, path: str, body: bytes) -> None:
    answer = giver.page.client.post(
        path.format(slug=giver.slug), data=body, content_type="application/json", headers=OWN
    )
    assert answer.status_code in (400, 404, 422)
    giver.assert_nothing_stored()


@pytest.mark.parametrize("field", ["own_amount", "name", "message", "amount"])
def test_a_file_is_no_entry(giver: Giver, field: str) -> None:
    sent: dict[str, Any] = {"frequency": "once", field: (b_file(), "x.txt")}
    answer = giver.page.client.post(f"/campaigns/{giver.slug}/give", data=sent, headers=OWN)
    assert answer.status_code == 422
    giver.assert_nothing_stored()


@pytest.mark.parametrize("path", ["/campaigns/%00", "/campaigns/a%00b", "/donations/%00", "/s/%00"])
def test_an_address_with_a_nul_is_not_found(giver: Giver, path: str) -> None:
    assert giver.page.get(path).status == 404


def test_a_token_does_not_reach_the_log(
    app: Flask, page: PageClient, stand_in: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["links.follow"] = fail
    with caplog.at_level(logging.ERROR):
        assert page.get("/s/a-token-that-opens-a-receipt").status == 500
    assert "Exception on /s/…" in caplog.text
    assert "a-token-that-opens" not in caplog.text.replace("fail(token='a-token-that-opens-a-receipt')", "")


def try_again(giver: Giver, seen: Page, amount: str) -> Page:
    """Send the return page's form with a client of its own that has the same cookies."""
    return giver.try_again(seen, amount=amount)


def at_once(calls: list[Callable[[], Page]]) -> list[Page]:
    """Make the calls in threads that start together."""
    barrier, answers = threading.Barrier(len(calls)), []

    def run(call: Callable[[], Page]) -> None:
        barrier.wait()
        answers.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def settle_all(giver: Giver) -> None:
    """Ask about every session of the stand-in's books that money moved for."""
    with giver.app.app_context():
        for session in giver.stand_in.books()["sessions"]:
            if session["status"] == "complete":
                steps.settle(giver.app.extensions["lantern.gateway"], session["id"])


def first_end() -> Any:
    """When the first attempt's page ends."""
    return db.session.scalars(select(Checkout.expires_at)).first()


def b_file() -> Any:
    """Something to upload."""

    return io.BytesIO(b"5")


def fail(token: str) -> None:
    """A view with a fault."""
    raise RuntimeError("a fault of ours")
