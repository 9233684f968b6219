"""Readers who turn back, change something, click twice or open two tabs: charged once at most."""

import re

from playwright.sync_api import expect

from tests.journeys.giver import Giver
from tests.journeys.pages.campaign import CampaignPage, GivePanel
from tests.journeys.pages.donation import CLOSED, NOT_FINISHED, PAID, DonationPage
from tests.journeys.pages.payment import PaymentPage
from tests.journeys.proof import assert_nothing_paid, assert_paid_once, donation_of, intents_of, sessions_of
from tests.journeys.records import Total
from tests.journeys.running import Lantern


def test_who_turns_back_and_changes_the_amount_pays_only_the_new_one(lantern: Lantern, giver: Giver) -> None:
    before, campaign = lantern.records.total(), giver.campaign()
    campaign.preset(6000).click()
    campaign.show_name("Min-ji")
    campaign.add_message("For the Saturday group")
    first = campaign.go_on()
    donation = first.go_back()
    donation.says(NOT_FINISHED)
    panel = GivePanel(giver.page)
    assert (panel.tapped(), panel.name.input_value()) == ("6000", "Min-ji")
    assert panel.form.get_by_label("Your message").input_value() == "For the Saturday group"
    panel.preset(1000).click()
    second = panel.go_on()
    assert second.session_id != first.session_id
    states = {s["id"]: s["status"] for s in sessions_of(lantern, donation.public_id)}
    assert states == {first.session_id: "expired", second.session_id: "open"}
    second.pay(giver.email).says(PAID)
    assert_paid_once(lantern, donation.public_id, 1000, giver.email)
    assert lantern.records.total().since(before) == Total(1000, 50, 1)


def test_who_turns_back_and_changes_nothing_goes_on_to_the_same_payment_page(
    lantern: Lantern, giver: Giver
) -> None:
    first = giver.campaign().go_on()
    donation = first.go_back()
    giver.page.get_by_role("link", name="Go on to pay €25.00").click()
    again = PaymentPage.reached(giver.page)
    assert again.session_id == first.session_id
    again.pay(giver.email).says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_the_payment_page_that_was_left_behind_takes_no_money_any_more(
    lantern: Lantern, giver: Giver
) -> None:
    first = giver.campaign().go_on()
    first.fill_in(giver.email)
    left_behind, other = giver.page, giver.new_tab()
    public_id = donation_of(lantern, first.session_id)
    other.goto(f"{lantern.address}/donations/{public_id}")
    panel = GivePanel(other)
    panel.preset(1000).click()
    second = panel.go_on()
    left_behind.get_by_role("button", name="Donate").click()
    expect(left_behind.get_by_role("heading", level=1)).to_have_text("This page has expired")
    assert_nothing_paid(lantern, public_id)
    second.pay(giver.email).says(PAID)
    assert_paid_once(lantern, public_id, 1000, giver.email)


def test_a_double_click_on_continue_leads_to_one_payment(lantern: Lantern, giver: Giver) -> None:
    before, campaign = lantern.records.total(), giver.campaign()
    campaign.button.dblclick()
    donation = PaymentPage.reached(giver.page).pay(giver.email)
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
    assert lantern.records.total().since(before) == Total(2500, 88, 1)


def test_a_double_click_on_the_pay_button_charges_once(lantern: Lantern, giver: Giver) -> None:
    before, payment = lantern.records.total(), giver.campaign().go_on()
    payment.fill_in(giver.email)
    payment.button.dblclick()
    donation = payment.returned()
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
    assert lantern.records.total().since(before) == Total(2500, 88, 1)


def test_two_tabs_on_the_same_payment_page_charge_once(lantern: Lantern, giver: Giver) -> None:
    first = giver.campaign().go_on()
    tab = giver.new_tab()
    tab.goto(first.url)
    second = PaymentPage(tab)
    second.fill_in(giver.email)
    donation = first.pay(giver.email)
    second.button.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Already paid")
    tab.get_by_role("link", name="Continue").click()
    DonationPage.reached(tab).says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_two_tabs_that_give_separately_are_two_gifts(lantern: Lantern, giver: Giver) -> None:
    before, first = lantern.records.total(), giver.campaign()
    second = CampaignPage(giver.new_tab(), lantern.address).open()
    second.preset(1000).click()
    payments = [first.go_on(), second.go_on()]
    donations = [payment.pay(giver.email) for payment in payments]
    assert donations[0].public_id != donations[1].public_id
    assert_paid_once(lantern, donations[0].public_id, 2500, giver.email)
    assert_paid_once(lantern, donations[1].public_id, 1000, giver.email)
    assert lantern.records.total().since(before) == Total(3500, 88 + 50, 2)
    assert len(lantern.mails_to(giver.email)) == 2


def test_a_gift_whose_payment_page_has_run_out_is_tried_again_as_the_same_gift(
    lantern: Lantern, giver: Giver
) -> None:
    first = giver.campaign().go_on()
    lantern.stand_in.expire(first.session_id)
    giver.page.reload()
    expect(giver.page.get_by_role("heading", level=1)).to_have_text("This page has expired")
    giver.page.get_by_role("link", name="Go back").click()
    donation = DonationPage.reached(giver.page)
    donation.says(CLOSED)
    assert_nothing_paid(lantern, donation.public_id)
    second = GivePanel(giver.page).go_on()
    again = second.pay(giver.email)
    again.says(PAID)
    assert again.public_id == donation.public_id
    assert [s["status"] for s in sessions_of(lantern, donation.public_id)] == ["expired", "complete"]
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_going_back_after_paying_and_sending_the_form_again_charges_nothing_more(
    lantern: Lantern, giver: Giver
) -> None:
    payment = giver.campaign().go_on()
    with giver.page.expect_request(lambda r: r.method == "POST" and r.url == payment.url) as sent:
        donation = payment.pay(giver.email)
    donation.says(PAID)
    giver.page.go_back()
    expect(giver.page.get_by_role("heading", level=1)).to_have_text("Already paid")
    again = giver.visit.context.request.post(
        payment.url,
        data=sent.value.post_data or "",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert again.url == f"{lantern.address}/donations/{donation.public_id}"
    giver.page.go_back()
    assert giver.page.url == f"{lantern.address}/campaigns/the-way-out"
    expect(GivePanel(giver.page).button).to_be_enabled()
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
    assert len(intents_of(lantern, donation.public_id)) == 1


def test_who_tries_again_from_an_old_tab_after_paying_is_told_that_it_is_paid(
    lantern: Lantern, giver: Giver
) -> None:
    payment = giver.campaign().go_on()
    donation = payment.go_back()
    other = giver.new_tab()
    other.goto(payment.url)
    PaymentPage.reached(other).pay(giver.email)
    GivePanel(giver.page).button.click()
    expect(giver.page.get_by_role("status")).to_have_text(re.compile("paid already"))
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
    assert len(sessions_of(lantern, donation.public_id)) == 1


def test_who_pays_while_another_tab_changes_the_amount_is_charged_once(
    lantern: Lantern, giver: Giver
) -> None:
    """The payment gets through without any news of it, and then the old page is used to change the gift."""
    lantern.stand_in.deliveries("never")
    payment = giver.campaign().go_on()
    donation = payment.go_back()
    assert lantern.stand_in.pay(payment.url, giver.email).status == 303
    panel = GivePanel(giver.page)
    panel.preset(1000).click()
    panel.button.click()
    expect(giver.page.get_by_role("status")).to_have_text(re.compile("paid already"))
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
