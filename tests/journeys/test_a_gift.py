"""A gift that goes as it should, to the receipt by mail."""

from email.message import EmailMessage

from tests.journeys.giver import Giver
from tests.journeys.pages.donation import PAID
from tests.journeys.pages.receipt import ReceiptPage, mailed_link
from tests.journeys.proof import assert_discreet, assert_discreet_mail, assert_paid_once
from tests.journeys.records import Total
from tests.journeys.running import Lantern
from tests.journeys.waiting import eventually


def test_a_gift_by_a_good_card_is_shown_as_paid_and_raises_the_total_by_exactly_that_amount_once(
    lantern: Lantern, giver: Giver
) -> None:
    before, campaign = lantern.records.total(), giver.campaign()
    shown_before = campaign.raised()
    donation = campaign.go_on().pay(giver.email)
    donation.says(PAID)
    number = lantern.records.gift(donation.public_id).row.number
    assert f"€25.00 in practice money, as donation {number}." in donation.text
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
    added = lantern.records.total().since(before)
    assert added == Total(received=2500, fees=88, gifts=1)
    assert giver.campaign().raised() == shown_before + 2500


def test_card_costs_are_added_only_when_ticked_and_then_leave_the_whole_gift_after_the_fee(
    lantern: Lantern, giver: Giver
) -> None:
    before, campaign = lantern.records.total(), giver.campaign()
    campaign.preset(6000).click()
    campaign.cover_costs()
    payment = campaign.go_on()
    assert "Towards card costs" in payment.text
    assert "61.79" in payment.text
    donation = payment.pay(giver.email)
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 6179, giver.email)
    assert lantern.records.total().since(before) == Total(received=6179, fees=179, gifts=1)


def test_an_amount_of_ones_own_beats_the_tapped_one(lantern: Lantern, giver: Giver) -> None:
    campaign = giver.campaign()
    campaign.preset(6000).click()
    campaign.own_amount.fill("7,50")
    donation = campaign.go_on().pay(giver.email)
    assert_paid_once(lantern, donation.public_id, 750, giver.email)


def test_the_payment_page_names_neither_the_campaign_nor_its_cause(lantern: Lantern, giver: Giver) -> None:
    payment = giver.campaign().go_on()
    assert "Donation " in payment.text
    assert_discreet(lantern, giver.page.content())


def test_the_receipt_opens_by_the_mailed_link_which_leaves_the_address_bar_at_once(
    lantern: Lantern, giver: Giver
) -> None:
    donation = giver.campaign().go_on().pay(giver.email)
    (mail,) = eventually(lambda: _mails(lantern, giver, 1))
    receipt = ReceiptPage.follow(giver.new_tab(), mailed_link(mail))
    assert receipt.page.url == f"{lantern.address}/donations/{donation.public_id}/receipt"
    assert receipt.heading == "TEST, NOT A RECEIPT"
    assert receipt.fact("Amount") == "€25.00"
    assert receipt.fact("Number").startswith("TEST-")
    assert receipt.fact("Received by") == "Lantern Circle (demo), Rivermouth"
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_nobody_sees_a_receipt_without_its_mailed_link(lantern: Lantern, giver: Giver) -> None:
    donation = giver.campaign().go_on().pay(giver.email)
    answer = giver.page.goto(f"{lantern.address}/donations/{donation.public_id}/receipt")
    assert answer and answer.status == 404
    assert giver.page.get_by_role("heading", level=1).inner_text() == "This link does not open"


def test_a_withdrawn_link_is_refused_and_the_one_mailed_in_its_place_works(
    lantern: Lantern, giver: Giver
) -> None:
    donation = giver.campaign().go_on().pay(giver.email)
    (first,) = eventually(lambda: _mails(lantern, giver, 1))
    receipt = ReceiptPage.follow(giver.page, mailed_link(first))
    receipt.withdraw_link()
    assert "A new link is on its way" in giver.page.get_by_role("status").inner_text()
    second = eventually(lambda: _mails(lantern, giver, 2))[1]
    assert_discreet_mail(lantern, second)
    answer = giver.page.goto(mailed_link(first))
    assert answer and answer.status == 410
    answer = giver.page.goto(f"{lantern.address}/donations/{donation.public_id}/receipt")
    assert answer and answer.status == 410, "the page that the withdrawn link had opened must close too"
    assert ReceiptPage.follow(giver.page, mailed_link(second)).heading == "TEST, NOT A RECEIPT"
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def _mails(lantern: Lantern, giver: Giver, number: int) -> list[EmailMessage]:
    mails = lantern.mails_to(giver.email)
    assert len(mails) == number
    return mails
