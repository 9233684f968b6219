"""Cards that are declined, banks that ask back, debits that take days."""

from email.message import EmailMessage

from playwright.sync_api import expect

from tests.journeys.giver import Giver
from tests.journeys.pages.campaign import GivePanel
from tests.journeys.pages.donation import FAILED, PAID, PROCESSING
from tests.journeys.proof import (
    assert_adds_up,
    assert_discreet_mail,
    assert_nothing_paid,
    assert_paid_once,
    donation_of,
    intents_of,
    sessions_of,
)
from tests.journeys.running import Lantern
from tests.journeys.waiting import eventually
from tests.sandbox.live import CHALLENGE_CARD, DECLINED_CARD


def test_after_a_declined_card_another_one_pays_the_same_gift(lantern: Lantern, giver: Giver) -> None:
    payment = giver.campaign().go_on()
    payment.try_card(giver.email, DECLINED_CARD)
    expect(payment.alert).to_have_text("Your card was declined. Please try another card.")
    public_id = donation_of(lantern, payment.session_id)
    assert_nothing_paid(lantern, public_id)
    donation = payment.pay(giver.email)
    donation.says(PAID)
    assert donation.public_id == public_id
    assert_paid_once(lantern, public_id, 2500, giver.email)
    charges = [c for c in lantern.stand_in.books()["charges"] if c["billing_details"]["email"] == giver.email]
    assert sorted(charge["status"] for charge in charges) == ["failed", "succeeded"]


def test_a_payment_that_the_bank_asks_about_is_paid_once_confirmed(lantern: Lantern, giver: Giver) -> None:
    payment = giver.campaign().go_on()
    payment.try_card(giver.email, CHALLENGE_CARD)
    payment.answer_bank("Complete")
    donation = payment.returned()
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)


def test_a_payment_that_the_bank_could_not_confirm_is_not_made_until_another_card_pays_it(
    lantern: Lantern, giver: Giver
) -> None:
    payment = giver.campaign().go_on()
    payment.try_card(giver.email, CHALLENGE_CARD)
    payment.answer_bank("Fail")
    expect(payment.alert).to_contain_text("Your bank could not confirm that it was you.")
    public_id = donation_of(lantern, payment.session_id)
    assert_nothing_paid(lantern, public_id)
    payment.pay(giver.email).says(PAID)
    assert_paid_once(lantern, public_id, 2500, giver.email)


def test_a_bank_debit_is_shown_as_under_way_and_counts_only_when_the_money_has_come(
    lantern: Lantern, giver: Giver
) -> None:
    before, campaign = lantern.records.total(), giver.campaign()
    payment = campaign.go_on()
    donation = payment.order_debit(giver.email)
    donation.says(PROCESSING)
    assert giver.page.locator("form.give").count() == 0, "a second payment must not be offered"
    assert_nothing_paid(lantern, donation.public_id)
    assert lantern.records.gift(donation.public_id).state == "processing"
    assert lantern.records.total() == before
    lantern.stand_in.settle_debit(payment.session_id, "succeed")
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
    donation.reload()
    donation.says(PAID)


def test_a_bank_debit_that_fails_can_be_tried_again_and_is_charged_once(
    lantern: Lantern, giver: Giver
) -> None:
    payment = giver.campaign().go_on()
    donation = payment.order_debit(giver.email)
    donation.says(PROCESSING)
    lantern.stand_in.settle_debit(payment.session_id, "fail")
    eventually(lambda: _assert_state(lantern, donation.public_id, "failed"))
    donation.reload()
    donation.says(FAILED)
    assert_nothing_paid(lantern, donation.public_id)
    assert_adds_up(lantern)
    (told,) = eventually(lambda: _not_arrived(lantern, giver))
    assert_discreet_mail(lantern, told)
    again = GivePanel(giver.page).go_on()
    assert again.session_id != payment.session_id
    again.pay(giver.email).says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
    assert len(sessions_of(lantern, donation.public_id)) == 2
    assert len(intents_of(lantern, donation.public_id)) == 2


def _not_arrived(lantern: Lantern, giver: Giver) -> list[EmailMessage]:
    mails = [mail for mail in lantern.mails_to(giver.email) if "has not arrived" in mail["Subject"]]
    assert len(mails) == 1
    return mails


def _assert_state(lantern: Lantern, public_id: str, state: str) -> None:
    assert lantern.records.gift(public_id).state == state
