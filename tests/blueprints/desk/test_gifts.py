"""The treasurer's pages: gifts as rows, one gift with all that belongs to it, the file, and totals for organizers."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from portal.blueprints.desk.gift_file import local_time
from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.accounts.models import SignIn as Browser
from portal.domain.audit.models import AuditEntry
from portal.domain.donations.models import DonationState, EventState, LedgerKind, PaymentCase
from portal.web.csv_file import harmless
from tests.blueprints.desk.conftest import SignIn
from tests.factories.campaigns import make_campaign, make_group, make_story, make_total
from tests.factories.donations import (
    make_checkout,
    make_donation,
    make_ledger_entry,
    make_payment,
    make_provider_event,
    make_receipt,
)
from tests.factories.people import make_mail, make_person
from tests.foundation.pages import Page, PageClient, text_of
from tests.foundation.statements import counted

MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_a_row_says_who_gave_what_and_what_is_left_of_it(app: Flask, treasurer: PageClient) -> None:
    with app.app_context():
        campaign = make_campaign(story=make_story(title="The way out"))
        person = make_person(email="ada@example.org")
        gift = make_donation(
            campaign, number=42, name="Ada", state=DonationState.PAID, person_id=person.id, created_at=MOMENT,
            card_costs_minor=64,
        )  # fmt: skip
        make_payment(gift, fee_minor=64, net_minor=2_500)
        db.session.commit()
    row = _rows(treasurer.get("/desk/gifts"))
    assert row == [
        "Donation 42 2026-11-23 09:30", "Ada, ada@example.org", "The way out",
        "€25.00 and €0.64 towards card costs", "€25.64", "€0.64", "€25.00", "paid",
    ]  # fmt: skip


def test_what_needs_a_look_says_why(app: Flask, treasurer: PageClient) -> None:
    with app.app_context():
        twice, waiting = (make_donation(state=state) for state in (DonationState.PAID, DonationState.OPEN))
        make_payment(twice, case=PaymentCase.DOUBLE)
        make_provider_event(session_id=make_checkout(waiting).session_id, state=EventState.FAILED)
        make_donation()
        db.session.commit()
    page = treasurer.get("/desk/gifts?look=y")
    assert len(page.all("tbody/tr")) == 2
    assert [text_of(one) for one in page.all(".//strong[@class='trouble']")] == [
        "Stripe has news of it that could not be booked yet", "Paid twice",
    ]  # fmt: skip


def test_older_gifts_are_a_link_away_and_keep_what_was_asked_for(app: Flask, treasurer: PageClient) -> None:
    with app.app_context():
        campaign = make_campaign(slug="the-way-out")
        numbers = [
            make_donation(campaign, state=DonationState.PAID, created_at=MOMENT + timedelta(hours=n)).number
            for n in range(53)
        ]
        for n in range(9):
            make_donation(created_at=MOMENT + timedelta(hours=n))
        db.session.commit()
    page = treasurer.get("/desk/gifts?campaign=the-way-out&state=paid&month=2026-11")
    (older,) = (link for link in page.links if "before=" in link)
    assert "campaign=the-way-out" in older
    second = treasurer.get(older)
    assert [text_of(one).split()[1] for one in second.all("tbody/tr/th/a")] == [
        str(n) for n in numbers[2::-1]
    ]
    assert [link for link in second.links if "before=" in link] == []


@pytest.mark.parametrize(
    "query", ["campaign=nothing", "state=lost", "month=2026-13", "month=x", "before=x", "before="]
)
def test_an_address_that_no_link_of_ours_has_is_not_found(treasurer: PageClient, query: str) -> None:
    for page in ("/desk/gifts", "/desk/gifts.csv"):
        assert treasurer.get(f"{page}?{query}").status == 404


def test_a_search_finds_hangul_and_says_when_there_is_nothing(app: Flask, treasurer: PageClient) -> None:
    with app.app_context():
        make_donation(name="김민아")
        make_donation(name="Ada")
        db.session.commit()
    assert "김민아" in _rows(treasurer.get("/desk/gifts?q=민아"))
    page = treasurer.get("/desk/gifts?q=%3Cscript%3E")
    assert page.status == 200
    assert "No gift is like that." in page.text
    assert page.field("q").get("value") == "<script>"


def test_a_search_that_fits_very_many_says_that_not_all_are_listed(
    app: Flask, treasurer: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.domain.donations.sought.MOST_LOOKED_AT", 2)
    with app.app_context():
        for name in ("Ada Lovelace", "Ada Byron", "Ada"):
            make_donation(name=name)
        db.session.commit()
    page = treasurer.get("/desk/gifts?q=ada")
    assert "not all of their gifts are listed" in page.text
    assert len(page.all("tbody/tr")) == 2
    assert "not all of their gifts" not in treasurer.get("/desk/gifts?q=ada+byron").text


def test_live_gifts_are_not_shown_in_a_portal_with_test_keys(app: Flask, treasurer: PageClient) -> None:
    with app.app_context():
        live = make_donation(livemode=True).public_id
        db.session.commit()
    assert "Nobody has given anything yet." in treasurer.get("/desk/gifts").text
    assert treasurer.get(f"/desk/gifts/{live}").status == 404
    assert _file(treasurer.get("/desk/gifts.csv")) == []


def test_many_gifts_take_as_many_statements_as_few(app: Flask, treasurer: PageClient) -> None:
    def count(path: str) -> int:
        with counted(app) as statements:
            assert treasurer.get(path).status == 200
        return len(statements)

    with app.app_context():
        make_campaign(slug="the-way-out")
        db.session.commit()
    paths = ["/desk/gifts", "/desk/gifts?q=ada", "/desk/gifts?look=y", "/desk/totals"]
    few = [count(path) for path in paths]
    with app.app_context():
        for _ in range(60):
            gift = make_donation(name="Ada", state=DonationState.PAID, person_id=make_person().id)
            make_payment(gift, case=PaymentCase.AMOUNT_DIFFERS)
            make_total(gift.campaign, 100)
        db.session.commit()
    assert [count(path) for path in paths] == few


def test_one_gift_shows_its_payments_entries_receipt_and_mails(app: Flask, treasurer: PageClient) -> None:
    with app.app_context():
        person = make_person(email="ada@example.org")
        gift = make_donation(number=42, state=DonationState.PAID, person_id=person.id, message="Good luck")
        payment = make_payment(gift, fee_minor=62, net_minor=2_438)
        make_ledger_entry(payment)
        make_ledger_entry(payment, kind=LedgerKind.FEE, amount_minor=-62)
        make_receipt(gift, series="TEST-2026", number=7)
        about = {"donation_id": gift.id}
        make_mail(kind="thank_you", person_id=person.id, about=about, state="sent")
        make_mail(kind="not_arrived", person_id=person.id, about={"donation_id": gift.id + 1})
        db.session.commit()
        path = f"/desk/gifts/{gift.public_id}"
    text = treasurer.get(path).text
    for told in (
        "Donation 42", "ada@example.org", "TEST-2026-000007", "Fee €0.62, net €24.38.", "Payment: €25.00",
        "Fee: -€0.62", "Good luck", "Thanks for a gift",
    ):  # fmt: skip
        assert told in text
    assert "A gift did not arrive" not in text


def test_an_unknown_gift_is_not_found(treasurer: PageClient) -> None:
    assert treasurer.get("/desk/gifts/nothing-here").status == 404


def test_the_file_has_every_gift_that_is_looked_for_as_plain_figures(
    app: Flask, treasurer: PageClient
) -> None:
    with app.app_context():
        won = make_campaign(slug="won", currency="KRW", story=make_story(title="Won"))
        gift = make_donation(
            won, number=42, gift_minor=30_000, state=DonationState.PAID, created_at=MOMENT, paid_at=MOMENT,
            person_id=make_person(email="ada@example.org").id, name="Ada",
        )  # fmt: skip
        payment = make_payment(gift, fee_minor=87, net_minor=1_913, provider_id="pi_1")
        make_ledger_entry(payment, kind=LedgerKind.FEE, amount_minor=-87, currency="EUR")
        make_payment(gift, case=PaymentCase.DOUBLE)
        make_receipt(gift, series="TEST-2026", number=7)
        make_donation(number=41)
        db.session.commit()
    first, second = _file(treasurer.get("/desk/gifts.csv?campaign=won"))
    assert list(first.values()) == [
        "42", "2026-11-23 09:30:00", "2026-11-23 09:30:00", "Won", "Ada", "ada@example.org", "paid", "30000", "0",
        "KRW", "30000", "KRW", "0.87", "19.13", "EUR", "expected", "pi_1", "TEST-2026-000007", "TEST",
    ]  # fmt: skip
    assert (second["Donation"], second["Gift"], second["Received"]) == ("42", "", "30000")
    assert (second["Fee"], second["As asked"]) == ("", "double")


def test_the_file_can_be_read_by_a_spreadsheet_and_names_nothing(treasurer: PageClient) -> None:
    answer = treasurer.get("/desk/gifts.csv").response
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith("\ufeffDonation,Given (Europe/Dublin),".encode())
    name = answer.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="list-20')
    assert "gift" not in name
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("begin", list("=+-@\t\r\n＝＋－＠") + [" =", "\u00a0@"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(begin: str) -> None:
    assert harmless(f"{begin}HYPERLINK(1)") == f"'{begin}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", " ", "Ada", "김민아", "O’Brien =1", "a-b", '"=1"'])
def test_a_cell_that_only_reads_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    "zone", ["Europe/Dublin", "Asia/Seoul", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
)
@pytest.mark.parametrize("day", [datetime(2026, 3, 28), datetime(2026, 4, 4), datetime(2026, 10, 3)])
def test_times_of_the_file_are_those_of_the_zone_s_clocks(zone: str, day: datetime) -> None:
    for minutes in range(0, 3 * 24 * 60, 5):
        moment = day.replace(tzinfo=UTC) + timedelta(minutes=minutes, seconds=59)
        stored = moment.replace(tzinfo=None)
        wall = moment.astimezone(ZoneInfo(zone))
        for kept in (stored, f"{stored:%Y-%m-%d %H:%M:%S}.000000"):
            assert local_time(kept, ZoneInfo(zone)) == f"{wall:%Y-%m-%d %H:%M:%S}"


def test_names_and_addresses_of_the_file_are_harmless_and_stay_in_their_cell(
    app: Flask, treasurer: PageClient
) -> None:
    with app.app_context():
        person = make_person(email="=cmd@example.org")
        make_donation(name='=1+1","x', person_id=person.id)
        db.session.commit()
    (row,) = _file(treasurer.get("/desk/gifts.csv"))
    assert (row["Name"], row["E-mail"]) == ('\'=1+1","x', "'=cmd@example.org")


@pytest.mark.both_databases
def test_the_file_begins_at_once_and_comes_batch_by_batch_after_the_request_is_over(
    app: Flask, treasurer: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.domain.donations.export.AT_ONCE", 3)
    with app.app_context():
        for _ in range(8):
            make_donation()
        db.session.commit()
    with counted(app) as statements:
        answer = treasurer.client.get("/desk/gifts.csv", buffered=False)
        pieces = iter(answer.response)  # type: ignore[call-overload]
        assert next(pieces).decode().count("\r\n") == 1
        asked = len(statements)
        lines = [piece.decode().count("\r\n") for piece in pieces]
    # Of each batch the last gift begins the next one: it may have more payments.
    assert lines == [2, 2, 2, 2]
    # One for each batch, and one that finds no more.
    assert len(statements) - asked == 5
    assert _checked_out(app) == 0


def test_that_somebody_took_the_file_is_noted_without_what_they_searched(
    app: Flask, treasurer: PageClient
) -> None:
    treasurer.get("/desk/gifts.csv?state=paid&q=ada@example.org")
    with app.app_context():
        (entry,) = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "gifts.exported"))
        assert entry.after == {"state": "paid", "searched": True, "livemode": False}
        assert entry.person_id is not None


def test_the_file_asks_for_a_password_typed_long_ago_and_is_then_taken_from_the_list(
    app: Flask, treasurer: PageClient
) -> None:
    with app.app_context():
        db.session.execute(db.update(Browser).values(fresh_at=now() - timedelta(hours=9)))
        db.session.commit()
    page = treasurer.get("/desk/gifts?q=민아 김&state=paid")
    (link,) = (one for one in page.all("a") if "gifts.csv" in one.get("href", ""))
    assert link.get("download") is None, (
        "a browser would keep the page that asks for the password as the file"
    )
    answer = treasurer.get(link.get("href", ""))
    assert answer.status == 303
    assert (answer.location or "").startswith("/verify?next=/desk/gifts?")
    asked = treasurer.get(answer.location or "").field("next").get("value") or ""
    assert treasurer.get(asked).field("q").get("value") == "민아 김"
    with app.app_context():
        taken = db.select(AuditEntry).where(AuditEntry.action == "gifts.exported")
        assert db.session.scalars(taken).all() == []


def test_an_organizer_sees_totals_and_no_gift(app: Flask, signed_in: SignIn) -> None:
    with app.app_context():
        make_total(make_campaign(story=make_story(title="The way out")), 250_000, fees_minor=1_200, gifts=41)
        gift = make_donation(name="Ada").public_id
        db.session.commit()
    browser = signed_in(Role.ORGANIZER)
    assert "The way out €2,500.00 €12.00 41" in browser.get("/desk/totals").text
    for path in ("/desk/gifts", "/desk/gifts.csv", f"/desk/gifts/{gift}"):
        assert browser.get(path).status == 404


def test_nobody_else_sees_any_of_it(page: PageClient, signed_in: SignIn) -> None:
    volunteer = signed_in()
    for path in ("/desk/gifts", "/desk/gifts.csv", "/desk/gifts/x", "/desk/totals"):
        assert volunteer.get(path).status == 404
        assert page.get(path).status == 303


def _rows(page: Page) -> list[str]:
    assert page.status == 200, page.text
    return [text_of(cell) for cell in page.one("tbody/tr")] if page.all("tbody") else []


def _file(page: Page) -> list[dict[str, str]]:
    assert page.status == 200
    return list(csv.DictReader(io.StringIO(page.response.data.decode("utf-8-sig"))))


def _checked_out(app: Flask) -> int:
    with app.app_context():
        pool: Any = db.engine.pool
        return int(pool.checkedout())


@pytest.fixture
def treasurer(app: Flask, signed_in: SignIn) -> PageClient:
    """A browser in which a treasurer is signed in."""
    browser = signed_in(Role.TREASURER)
    with app.app_context():
        make_group()
        db.session.commit()
    return browser
