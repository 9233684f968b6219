"""A gift's way on the web: what the form takes, what coming back shows, what a link opens."""

import pytest

from portal.db import db
from portal.domain.campaigns.models import Campaign, CampaignStatus
from portal.domain.donations.models import Donation
from portal.payments.stripe_gateway import EXTENSION, StripeGateway
from tests.blueprints.donations.browser import Giver
from tests.foundation.giving import events_of, start_gift, tell
from tests.foundation.pages import text_of

WRONG_AMOUNTS = ["", "0", "-5", "1e9", "12.345", "0.99", "10000.01", "1,000", "zehn", "5²", "9" * 60]


def test_a_preset_needs_no_typing_and_leads_to_the_payment_page(giver: Giver) -> None:
    answer = giver.give(amount="2500")
    assert answer.status == 303
    assert answer.location.startswith(f"{giver.stand_in.base_url}/c/pay/")
    donation = giver.donation()
    assert (donation.state, donation.gift_minor, donation.card_costs_minor, donation.livemode) == (
        "open",
        2500,
        0,
        False,
    )


def test_coming_back_shows_paid_because_the_page_asks_by_itself(giver: Giver) -> None:
    page = giver.pay_and_return()
    assert "arrived" in page.heading
    assert "€25.00" in page.text
    assert "No real money moved" in page.text
    assert giver.ledger() == [2500]


def test_a_purpose_that_ends_with_a_full_stop_is_told_with_one(giver: Giver) -> None:
    with giver.app.app_context():
        db.session.get_one(Campaign, giver.campaign_id).purpose = "Ten bicycles, with lights."
        db.session.commit()
    assert "for Ten bicycles, with lights. " in giver.campaign_page().text
    assert "for Ten bicycles, with lights. " in giver.pay_and_return().text


def test_coming_back_twice_and_in_two_tabs_counts_once(giver: Giver) -> None:
    giver.pay_and_return()
    for _ in range(3):
        giver.show()
    assert giver.ledger() == [2500]


def test_coming_back_unpaid_offers_to_go_on_and_to_change_with_everything_kept(giver: Giver) -> None:
    giver.give(own_amount="7,50", cover_fee="y", show_name="y", name="민아", message="Courage")
    page = giver.show()
    assert "not finished" in page.heading
    assert page.field("own_amount").get("value") == "7.50"
    assert page.field("cover_fee").get("checked") is not None
    assert page.field("name").get("value") == "민아"
    assert text_of(page.field("message")) == "Courage"
    assert any("/c/pay/" in link for link in page.links)


def test_changing_the_amount_closes_the_first_page_and_charges_the_second_only(giver: Giver) -> None:
    first = giver.give(amount="2500").location
    second = giver.try_again(giver.show(), amount="5000").location
    assert giver.stand_in.pay(first).status != 303
    giver.stand_in.pay(second)
    giver.show()
    assert giver.ledger() == [5000]
    assert giver.donation().attempt == 2
    statuses = sorted(session["status"] for session in giver.stand_in.books()["sessions"])
    assert statuses == ["complete", "expired"]


def test_trying_again_after_paying_in_another_tab_never_charges_twice(giver: Giver) -> None:
    url = giver.give(amount="2500").location
    stale = giver.show()
    giver.stand_in.pay(url)
    answer = giver.try_again(stale, amount="2500")
    assert answer.status == 303
    assert answer.location.endswith(f"/donations/{giver.donation().public_id}")
    page = giver.show()
    assert "paid already" in page.text
    assert giver.ledger() == [2500]
    assert len(giver.stand_in.books()["sessions"]) == 1


def test_an_expired_page_is_told_and_tried_again_as_the_same_gift(giver: Giver) -> None:
    giver.give(amount="2500")
    giver.stand_in.expire(giver.session_id())
    page = giver.show()
    assert "closed" in page.heading
    giver.stand_in.pay(giver.try_again(page, amount="2500").location)
    assert "arrived" in giver.show().heading
    assert giver.count(Donation) == 1


def test_a_bank_debit_is_processing_then_failed_then_tried_again(giver: Giver) -> None:
    giver.stand_in.pay_by_debit(giver.give(amount="2500").location)
    page = giver.show()
    assert "still working" in page.heading
    assert not [element for element in page.all("form") if element.get("method") == "post"]
    giver.stand_in.settle_debit(giver.session_id(), "fail")
    page = giver.show()
    assert "did not send" in page.heading
    giver.stand_in.pay(giver.try_again(page, amount="2500").location)
    assert "arrived" in giver.show().heading
    assert giver.ledger() == [2500]


@pytest.mark.parametrize("typed", WRONG_AMOUNTS)
def test_an_amount_that_cannot_be_taken_is_told_beside_it_and_all_else_is_kept(
    giver: Giver, typed: str
) -> None:
    page = giver.give(
        amount="" if not typed else "2500",
        own_amount=typed,
        cover_fee="y",
        show_name="y",
        name="שרה",
        message="Hi\nyou",
    )
    assert page.status == 422
    field = page.field("own_amount")
    assert field.get("aria-invalid") == "true"
    told = [text_of(page.by_id(ident)) for ident in (field.get("aria-describedby") or "").split()]
    assert any(len(sentence) > 15 and sentence.endswith(".") for sentence in told[-1:])
    assert field.get("value") == typed
    assert page.field("cover_fee").get("checked") is not None
    assert page.field("name").get("value") == "שרה"
    assert "Hi\nyou" in "".join(page.field("message").itertext())
    giver.assert_nothing_stored()


def test_an_ambiguous_amount_asks_which_is_meant(giver: Giver) -> None:
    page = giver.give(own_amount="1,000")
    assert "€1,000 or €1" in page.text


def test_a_message_with_markup_and_a_name_with_a_script_stay_text(giver: Giver) -> None:
    evil = "<script>alert(1)</script>\"'>"
    page = giver.give(own_amount="x", show_name="y", name=evil, message=f"</textarea>{evil}")
    assert page.field("name").get("value") == evil
    assert f"</textarea>{evil}" in "".join(page.field("message").itertext())
    assert page.programs == []


@pytest.mark.parametrize("name", ["Mina\r\nBcc: x@example.org", "Mina\nx", "x" * 201, "a\x00b"])
def test_a_name_that_cannot_be_kept_is_told_beside_it(giver: Giver, name: str) -> None:
    page = giver.give(amount="2500", show_name="y", name=name)
    assert page.status == 422
    assert page.field("name").get("aria-invalid") == "true"
    giver.assert_nothing_stored()


@pytest.mark.parametrize("name", ["Ω", "민아", "🏮", "שרה לוי", "  Zoë  "])
def test_a_name_is_stored_as_typed_and_shown_once_paid(giver: Giver, name: str) -> None:
    giver.stand_in.pay(giver.give(amount="2500", show_name="y", name=name).location)
    assert name.strip() not in giver.campaign_page().text
    giver.show()
    assert giver.donation().name == name
    assert [text_of(shown) for shown in giver.campaign_page().all("bdi")] == [" ".join(name.split())]


def test_a_form_of_another_site_is_refused_and_leaves_no_trace(giver: Giver) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ):
        assert giver.give(amount="2500", headers=headers).status == 403
    giver.assert_nothing_stored()


def test_an_old_browser_of_our_own_origin_is_let_through_and_another_is_not(giver: Giver) -> None:
    own = giver.give_without_fetch_metadata({"Origin": "http://127.0.0.1:5000"})
    foreign = giver.give_without_fetch_metadata({"Origin": "https://evil.example"})
    assert (own.status, foreign.status) == (303, 403)


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
def test_a_browser_that_does_not_say_where_from_is_asked_for_one_more_click(
    giver: Giver, headers: dict[str, str]
) -> None:
    page = giver.give_without_fetch_metadata(headers)
    assert page.status == 422
    giver.assert_nothing_stored()
    token = page.field("csrf_token").get("value")
    again = giver.give_without_fetch_metadata(headers, csrf_token=token)
    assert again.status == 303


def test_trying_again_without_the_page_s_token_is_refused(giver: Giver) -> None:
    giver.give(amount="2500")
    public_id = giver.donation().public_id
    assert giver.page.post(f"/donations/{public_id}/try-again", {"amount": "2500"}).status == 400
    assert giver.donation().attempt == 1


def test_a_campaign_that_has_ended_takes_no_gift_and_says_so(giver: Giver) -> None:
    giver.end_campaign()
    refused = giver.give(amount="2500")
    assert (refused.status, "This campaign has ended" in refused.text) == (410, True)
    giver.assert_nothing_stored()
    assert "This campaign has ended, so" not in giver.campaign_page().text


def test_a_gift_begun_before_its_campaign_ended_still_comes_home(giver: Giver) -> None:
    url, _ = start_gift(giver.page.client, giver.slug)
    giver.end_campaign()
    page = giver.show()
    assert ("not finished" in page.heading, url in page.links) == (True, True)
    giver.stand_in.pay(url)
    assert "arrived" in giver.show().heading
    assert giver.ledger() == [2500]
    assert "€25 of €5,000" in giver.campaign_page().text


def test_an_event_about_a_gift_to_a_campaign_that_has_ended_is_entered(giver: Giver) -> None:
    url, _ = start_gift(giver.page.client, giver.slug)
    giver.end_campaign()
    giver.stand_in.pay(url)
    (paid,) = events_of(giver.stand_in, giver.session_id(), "completed")
    assert tell(giver.page.client, paid).status_code == 200
    assert giver.ledger() == [2500]


def test_a_gift_is_not_tried_again_once_its_campaign_has_ended(giver: Giver) -> None:
    start_gift(giver.page.client, giver.slug)
    seen = giver.show()
    giver.end_campaign()
    assert giver.try_again(seen, amount="2500").status == 303
    assert giver.donation().attempt == 1
    page = giver.show()
    assert "This campaign has ended" in page.text
    assert "no new payment page can be opened" in page.text
    assert page.all(".//form[@method='post']") == []


@pytest.mark.parametrize("status", [CampaignStatus.DRAFT, CampaignStatus.ARCHIVED])
def test_a_campaign_that_is_not_published_takes_no_gift(giver: Giver, status: CampaignStatus) -> None:
    with giver.app.app_context():
        db.session.get_one(Campaign, giver.campaign_id).status = status
        db.session.commit()
    assert giver.give(amount="2500").status == 404
    giver.assert_nothing_stored()


def test_a_gift_to_a_campaign_that_was_archived_since_is_still_shown(giver: Giver) -> None:
    giver.pay_and_return()
    with giver.app.app_context():
        db.session.get_one(Campaign, giver.campaign_id).status = CampaignStatus.ARCHIVED
        db.session.commit()
    assert "arrived" in giver.show().heading


def test_a_provider_that_does_not_answer_is_told_and_nothing_is_charged(giver: Giver) -> None:
    giver.app.extensions[EXTENSION] = StripeGateway("sk_test_sandbox_x", "http://127.0.0.1:9")
    page = giver.give(amount="2500", message="Courage")
    assert page.status == 503
    assert "Nothing was charged" in page.text
    assert text_of(page.field("message")) == "Courage"


def test_coming_back_while_the_provider_is_away_says_so_and_loses_nothing(giver: Giver) -> None:
    giver.give(amount="2500")
    real = giver.app.extensions[EXTENSION]
    giver.app.extensions[EXTENSION] = StripeGateway("sk_test_sandbox_x", "http://127.0.0.1:9")
    page = giver.show()
    assert (page.status, "does not answer" in page.text) == (200, True)
    giver.app.extensions[EXTENSION] = real
    assert "not finished" in giver.show().heading


@pytest.mark.parametrize("path", ["", "/receipt"])
def test_a_gift_nobody_knows_is_not_found(giver: Giver, path: str) -> None:
    assert giver.page.get(f"/donations/unknown{path}").status == 404


@pytest.mark.settings(RATELIMIT_GIVE="2 per minute")
def test_too_many_gifts_in_a_minute_are_told_to_wait(giver: Giver) -> None:
    assert [giver.give(amount="2500").status for _ in range(3)] == [303, 303, 429]
    assert giver.count(Donation) == 2


@pytest.mark.settings(RATELIMIT_RETURN="2 per minute")
def test_a_return_page_cannot_be_made_to_ask_the_provider_without_end(giver: Giver) -> None:
    giver.give(amount="2500")
    assert [giver.show().status for _ in range(3)] == [200, 200, 429]
