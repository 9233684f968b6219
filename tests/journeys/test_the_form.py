"""The form to give, as different people meet it: without script, by keyboard, on a phone, from another site."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.journeys.giver import Giver
from tests.journeys.keyboard import tab_to
from tests.journeys.pages.campaign import CampaignPage
from tests.journeys.pages.donation import PAID
from tests.journeys.pages.payment import PaymentPage
from tests.journeys.proof import assert_nothing_paid, assert_paid_once, donation_of
from tests.journeys.records import Total
from tests.journeys.running import Lantern
from tests.long import crowd

Enter = Callable[..., Giver]
WAYS = pytest.mark.parametrize(
    "way",
    [{}, {"java_script_enabled": False}, {"width": 360}],
    ids=["at a desk", "without script", "on a phone of 360 px"],
)


@WAYS
def test_a_wrong_amount_is_explained_beside_its_field_with_all_else_kept_and_then_put_right(
    lantern: Lantern, enter: Enter, way: dict[str, object]
) -> None:
    before, rows = lantern.records.total(), lantern.records.count("donation")
    giver = enter(**way)
    campaign = giver.campaign()
    campaign.preset(1000).click()
    campaign.cover_costs()
    campaign.show_name("한별")
    campaign.add_message("For the library")
    campaign.own_amount.fill("0.20")
    campaign.button.click()
    expect(campaign.problems).to_be_focused()
    sentence = "The smallest gift we can take by card is €1. Type that or more."
    expect(campaign.problems).to_contain_text(sentence)
    expect(campaign.sentence_beside("own_amount")).to_have_text(sentence)
    assert campaign.own_amount.get_attribute("aria-invalid") == "true"
    _assert_kept(campaign)
    assert lantern.records.count("donation") == rows, "nothing may be noted for an amount that is refused"
    campaign.own_amount.fill("20")
    donation = campaign.go_on().pay(giver.email)
    donation.says(PAID)
    # 20.77 is the smallest sum of which 20.00 is left after 2.5 % and 25 cents.
    assert_paid_once(lantern, donation.public_id, 2077, giver.email)
    assert lantern.records.total().since(before) == Total(2077, 77, 1)


def test_a_gift_is_given_by_keyboard_alone_with_the_focus_always_to_be_seen(
    lantern: Lantern, giver: Giver
) -> None:
    campaign, keys = giver.campaign(), giver.page.keyboard
    tab_to(giver.page, campaign.form.locator("input[name=amount]:checked"))
    keys.press("ArrowRight")
    assert campaign.tapped() == "6000"
    tab_to(giver.page, campaign.own_amount)
    keys.type("12.50")
    tab_to(giver.page, campaign.form.locator("#cover_fee"))
    keys.press("Space")
    tab_to(giver.page, campaign.button)
    keys.press("Enter")
    payment = PaymentPage.reached(giver.page)
    for label, text in {
        "E-mail": giver.email,
        "Card number": "4242424242424242",
        "Expiry": "1240",
        "CVC": "123",
    }.items():
        tab_to(giver.page, giver.page.get_by_label(label))
        keys.type(text)
    keys.press("Enter")
    donation = payment.returned()
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 1308, giver.email)


@WAYS
def test_a_name_is_shown_only_when_asked_for_and_only_once_the_gift_is_paid(
    lantern: Lantern, enter: Enter, way: dict[str, object]
) -> None:
    giver = enter(**way)
    name, campaign = f"김민지 {giver.email[6:14]}", giver.campaign()
    campaign.show_name(name)
    payment = campaign.go_on()
    _let_somebody_else_give(lantern)
    assert _names_seen(lantern, enter).count(name) == 0
    donation = payment.pay(giver.email)
    assert _names_seen(lantern, enter).count(name) == 1
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_a_name_typed_before_the_box_is_unticked_again_is_neither_shown_nor_kept(
    lantern: Lantern, giver: Giver, enter: Enter
) -> None:
    campaign, name = giver.campaign(), f"Hidden {giver.email[6:14]}"
    campaign.show_name(name)
    campaign.hide_name()
    donation = campaign.go_on().pay(giver.email)
    donation.says(PAID)
    assert name not in _names_seen(lantern, enter)
    assert lantern.records.gift(donation.public_id).row.name == ""
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_a_name_made_of_markup_stays_text(lantern: Lantern, giver: Giver, enter: Enter) -> None:
    name = f"<script>alert(1)</script><img src=x onerror=alert(2)> {giver.email[6:14]}"
    giver.page.on("dialog", lambda dialog: giver.visit.complaints.append(dialog.message))
    campaign = giver.campaign()
    campaign.show_name(name)
    payment = campaign.go_on()
    donation = payment.go_back()
    assert giver.page.locator("form.give [name=name]").input_value() == name
    giver.page.go_back()
    PaymentPage.reached(giver.page).pay(giver.email).says(PAID)
    assert name in _names_seen(lantern, enter)
    assert giver.campaign().page.locator("img[onerror]").count() == 0
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_form_sent_by_a_page_of_another_origin_is_refused_and_nothing_is_noted(
    lantern: Lantern, giver: Giver, host: str
) -> None:
    rows = lantern.records.count("donation")
    with _foreign_page(f"{lantern.address}/campaigns/the-way-out/give") as port:
        with giver.page.expect_response("**/give") as refused:
            giver.page.goto(f"http://{host}:{port}/")
        assert refused.value.request.post_data == "amount=2500&frequency=once"
        assert refused.value.status == 403
    assert lantern.records.count("donation") == rows


def test_a_gift_that_was_begun_and_left_has_moved_nothing(lantern: Lantern, giver: Giver) -> None:
    before = lantern.records.total()
    payment = giver.campaign().go_on()
    assert_nothing_paid(lantern, donation_of(lantern, payment.session_id))
    assert lantern.records.total() == before


def _let_somebody_else_give(lantern: Lantern) -> None:
    """Make the campaign's page be rendered anew: it is kept until something on it changes."""
    other = crowd.Giver(2, lantern.address, seed=lantern.records.count("donation")).give()
    assert_paid_once(lantern, other.public_id, other.minor, other.email)


def _assert_kept(campaign: CampaignPage) -> None:
    assert campaign.tapped() == "1000"
    assert campaign.form.locator("#cover_fee").is_checked()
    assert campaign.form.get_by_label("Show my name").is_checked()
    assert campaign.name.input_value() == "한별"
    assert campaign.form.get_by_label("Your message").input_value() == "For the library"
    assert campaign.own_amount.input_value() == "0.20"


def _names_seen(lantern: Lantern, enter: Enter) -> list[str]:
    """Give the names that somebody else finds on the campaign's page."""
    return enter().campaign().names.all_inner_texts()


@contextmanager
def _foreign_page(target: str) -> Iterator[int]:
    """Serve, on a port of its own, a page that sends the give form as soon as it is opened."""
    html = (
        f"<!doctype html><title>Elsewhere</title><form method=post action='{target}'>"
        "<input name=amount value=2500><input name=frequency value=once></form>"
        "<script>document.forms[0].submit()</script>"
    )

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """A test needs no line per request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
