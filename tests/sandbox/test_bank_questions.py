"""Cards whose bank asks back (3-D Secure): confirmed, failed, left unanswered."""

import stripe

from tests.sandbox.conftest import Opener
from tests.sandbox.live import CHALLENGE_CARD, DECLINED_CARD, StandIn


def test_a_card_that_asks_back_pays_after_the_answer(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session()
    answer = stand_in.pay(session.url, "kim@example.org", CHALLENGE_CARD)
    assert (answer.status, answer.location) == (303, f"{session.url}/challenge")
    assert "Complete" in stand_in.get(f"{session.url}/challenge").text
    intent = client.v1.payment_intents.list().data[0]
    assert (intent.status, intent.next_action.type) == ("requires_action", "redirect_to_url")
    assert stand_in.answer_challenge(session.url, "complete").status == 303
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    card = paid.payment_intent.latest_charge.payment_method_details.card
    assert (paid.payment_status, card.three_d_secure.result) == ("paid", "authenticated")
    assert _types(client)[:2] == ["payment_intent.created", "payment_intent.requires_action"]


def test_a_failed_question_leaves_the_session_open(
    stand_in: StandIn, client: stripe.StripeClient, open_session: Opener
) -> None:
    session = open_session()
    stand_in.pay(session.url, "kim@example.org", CHALLENGE_CARD)
    answer = stand_in.answer_challenge(session.url, "fail")
    assert (answer.status, answer.location) == (303, session.url)
    page = stand_in.get(session.url)
    assert "Your bank could not confirm" in page.text
    assert 'value="kim@example.org"' in page.text
    assert _types(client)[-1] == "payment_intent.payment_failed"
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"


def test_a_question_can_end_in_a_decline(stand_in: StandIn, open_session: Opener) -> None:
    session = open_session()
    stand_in.pay(session.url, card="4000008400001629")
    stand_in.answer_challenge(session.url, "complete")
    assert "Your card was declined." in stand_in.get(session.url).text
    assert [charge["status"] for charge in stand_in.books()["charges"]] == ["failed"]


def test_an_answered_question_pays_only_once(stand_in: StandIn, open_session: Opener) -> None:
    session = open_session()
    stand_in.pay(session.url, card=CHALLENGE_CARD)
    stand_in.answer_challenge(session.url, "complete")
    assert "Already paid" in stand_in.answer_challenge(session.url, "complete").text
    assert stand_in.books()["balance"]["eur"]["count"] == 1


def test_another_card_ends_an_unanswered_question(stand_in: StandIn, open_session: Opener) -> None:
    session = open_session()
    stand_in.pay(session.url, card=CHALLENGE_CARD)
    stand_in.pay(session.url, card=DECLINED_CARD)
    stand_in.answer_challenge(session.url, "complete")
    assert stand_in.books()["balance"] == {}


def _types(client: stripe.StripeClient) -> list[str]:
    return [event.type for event in client.v1.events.list({"limit": 100})][::-1]
