"""What must be true wherever money is written down: the database, the stand-in's books, the mail in the box."""

import json
import re
from email.message import EmailMessage
from typing import Any

from tests.journeys.records import Total
from tests.journeys.running import Lantern
from tests.journeys.waiting import eventually

BANNER = "PRACTICE: no real money moved"


def assert_paid_once(
    lantern: Lantern, public_id: str, minor: int, address: str, mails_may_repeat: bool = False
) -> None:
    """Fail unless a donation is, or soon is, paid by exactly this much exactly once, and said so by one mail.

    After a kill in the middle of sending, the same mail may have come twice: with the same Message-ID.
    """
    eventually(lambda: _assert_one_payment(lantern, public_id, minor))
    eventually(lambda: _assert_one_charge(lantern, public_id, minor, address))
    eventually(lambda: _assert_one_thank_you(lantern, public_id, address, mails_may_repeat))
    assert_adds_up(lantern)


def assert_nothing_paid(lantern: Lantern, public_id: str) -> None:
    """Fail if any money is written down for a donation, here or in the stand-in's books."""
    gift = lantern.records.gift(public_id)
    assert gift.state != "paid"
    assert (gift.payments, gift.entries, gift.receipts) == ([], [], [])
    assert "thank_you" not in [mail.kind for mail in gift.mails]
    assert not [intent for intent in intents_of(lantern, public_id) if intent["status"] == "succeeded"]


def assert_adds_up(lantern: Lantern) -> None:
    """Fail unless totals, ledger and the stand-in's balance say, or soon say, the same: amounts, fees, numbers."""

    def look() -> None:
        balance = lantern.stand_in.books()["balance"].get("eur", {"gross": 0, "fee": 0, "count": 0})
        theirs = Total(balance["gross"], balance["fee"], balance["count"])
        assert (lantern.records.total(), lantern.records.ledger()) == (theirs, theirs)

    eventually(look)


def donation_of(lantern: Lantern, session_id: str) -> str:
    """Give the public id of the donation that a session is for."""
    sessions = lantern.stand_in.books()["sessions"]
    return next(str(s["client_reference_id"]) for s in sessions if s["id"] == session_id)


def sessions_of(lantern: Lantern, public_id: str) -> list[dict[str, Any]]:
    """Give a donation's sessions from the stand-in's books, oldest first."""
    sessions = reversed(lantern.stand_in.books()["sessions"])
    return [session for session in sessions if session["client_reference_id"] == public_id]


def intents_of(lantern: Lantern, public_id: str) -> list[dict[str, Any]]:
    """Give a donation's payment intents from the stand-in's books, newest first."""
    intents = lantern.stand_in.books()["payment_intents"]
    return [intent for intent in intents if intent["metadata"].get("lantern_donation") == public_id]


def _assert_one_payment(lantern: Lantern, public_id: str, minor: int) -> None:
    gift = lantern.records.gift(public_id)
    assert gift.state == "paid"
    assert [(payment.amount_minor, payment.case) for payment in gift.payments] == [(minor, "expected")]
    fee = gift.payments[0].fee_minor
    assert fee, "the worker has not fetched the fee yet"
    assert gift.entries == [("payment", minor), ("fee", -fee)]
    assert gift.payments[0].net_minor == minor - fee
    assert [receipt.series[:5] for receipt in gift.receipts] == ["TEST-"]


def _assert_one_charge(lantern: Lantern, public_id: str, minor: int, address: str) -> None:
    books = lantern.stand_in.books()
    sessions = sessions_of(lantern, public_id)
    assert [s["amount_total"] for s in sessions if s["payment_status"] == "paid"] == [minor]
    assert [s["id"] for s in sessions if s["status"] == "open"] == []
    succeeded = [intent for intent in intents_of(lantern, public_id) if intent["status"] == "succeeded"]
    assert [intent["amount_received"] for intent in succeeded] == [minor]
    assert [p.provider_id for p in lantern.records.gift(public_id).payments] == [succeeded[0]["id"]]
    charges = [c for c in books["charges"] if c["payment_intent"] == succeeded[0]["id"] and c["paid"]]
    assert [(c["amount"], c["billing_details"]["email"]) for c in charges] == [(minor, address)]
    moved = [t for t in books["balance_transactions"] if t["source"] == charges[0]["id"]]
    assert [(t["amount"], t["fee"]) for t in moved] == [
        (minor, lantern.records.gift(public_id).payments[0].fee_minor)
    ]
    items = [_line_items(lantern, session["id"]) for session in sessions]
    assert_discreet(lantern, json.dumps([sessions, succeeded, charges, moved, items], ensure_ascii=False))


def _line_items(lantern: Lantern, session_id: str) -> list[str]:
    key = {"Authorization": f"Bearer {lantern.stand_in.api_key}"}
    answer = lantern.stand_in.get(f"/v1/checkout/sessions/{session_id}/line_items", key)
    lines = [item["description"] for item in json.loads(answer.text)["data"]]
    assert lines and lines[0].startswith("Donation ")
    return lines


def _assert_one_thank_you(lantern: Lantern, public_id: str, address: str, may_repeat: bool) -> None:
    gift = lantern.records.gift(public_id)
    rows = [mail for mail in gift.mails if mail.kind == "thank_you"]
    assert [(mail.state, mail.attempts) for mail in rows] == [("sent", 1)]
    assert "/s/…" in rows[0].masked_text
    subject = f"Thank you for donation {gift.row.number} (practice)"
    mails = [mail for mail in lantern.mails_to(address) if mail["Subject"] == subject]
    assert len(mails) == 1 or (mails and may_repeat)
    assert {mail["Message-ID"].strip("<>").partition("@")[0] for mail in mails} == {rows[0].message_id}
    assert_discreet_mail(lantern, mails[0])


def assert_discreet_mail(lantern: Lantern, mail: EmailMessage) -> None:
    """Fail if a mail tells whoever looks over a shoulder what it is about, or hides that this is practice."""
    parts = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    for part in parts:
        assert BANNER in part
    headers = [f"{name}: {value}" for name, value in mail.items()]
    assert_discreet(lantern, "\n".join([*headers, *parts]))


def told_by(mail: EmailMessage) -> str:
    """Give a mail's subject and all the text in it, calendars too."""
    parts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(mail["Subject"]), *parts])


def assert_discreet(lantern: Lantern, text: str) -> None:
    """Fail if a text that leaves the portal holds a campaign's name or its cause."""
    # A signed link has letters by chance, in which any short word can stand.
    readable = re.sub(r"/(s|calendar|reminders|donations)/[\w.~-]+", r"/\1/…", text).lower()
    for words in lantern.records.never_said():
        assert words not in readable, f"{words!r} must not be said: {text}"
