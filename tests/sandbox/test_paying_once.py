"""However often the button is pressed, a session is paid once."""

import threading

from tests.sandbox.conftest import Opener
from tests.sandbox.live import GOOD_CARD, Answer, StandIn


def test_a_paid_session_says_so_and_leads_on(stand_in: StandIn, open_session: Opener) -> None:
    session = open_session()
    stand_in.pay(session.url)
    page = stand_in.get(session.url)
    assert "Already paid" in page.text
    assert f"https://portal.example/thanks?session={session.id}" in page.text


def test_a_double_click_pays_once_and_arrives_at_the_thanks_twice(
    stand_in: StandIn, open_session: Opener
) -> None:
    session = open_session()
    form = {
        "email": "k@example.org",
        "card_number": GOOD_CARD,
        "expiry": "12/40",
        "cvc": "123",
        "form": "one",
    }
    answers = [stand_in.post(session.url, form) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert stand_in.books()["balance"]["eur"]["count"] == 1


def test_racing_submits_pay_once(stand_in: StandIn, open_session: Opener) -> None:
    session = open_session()
    start = threading.Barrier(8)
    answers: list[Answer] = []

    def submit(card: str) -> None:
        start.wait()
        answers.append(stand_in.post(session.url, _form(card)))

    threads = [threading.Thread(target=submit, args=(GOOD_CARD,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    books = stand_in.books()
    assert sorted(answer.status for answer in answers) == [200] * 7 + [303]
    assert books["balance"]["eur"]["count"] == 1
    assert [len(books[kind]) for kind in ("payment_intents", "charges", "balance_transactions")] == [1, 1, 1]
    assert len(books["events"]) == 4


def _form(card: str) -> dict[str, str]:
    return {"email": "kim@example.org", "card_number": card, "expiry": "12/40", "cvc": "123"}
