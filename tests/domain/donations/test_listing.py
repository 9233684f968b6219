"""The treasurer's list of gifts: its order, pages, filters and search, and which index carries each statement."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from portal.clock import now
from portal.db import db
from portal.domain.donations.export import GiftRow, stream_gifts
from portal.domain.donations.listing import Trouble, find_gift, list_gifts, list_totals
from portal.domain.donations.models import DonationState, EventState, LedgerKind, PaymentCase
from portal.domain.donations.service import hide_name
from portal.domain.donations.sought import (
    GiftFilter,
    GiftKey,
    Month,
    page_of_gifts,
    read_key,
    read_month,
)
from portal.domain.people.service import rename_person
from portal.money import Money
from tests.factories.campaigns import make_campaign, make_total
from tests.factories.donations import (
    make_checkout,
    make_donation,
    make_ledger_entry,
    make_payment,
    make_provider_event,
    make_receipt,
)
from tests.factories.people import make_person
from tests.foundation.statements import counted

pytestmark = pytest.mark.both_databases
TEST = GiftFilter(livemode=False)
CURRENCIES = ("EUR", "KRW")
START = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_the_newest_gift_comes_first_and_of_one_moment_the_last_one(db_session: Any) -> None:
    middle, newer, older = (make_donation(created_at=START + timedelta(days=day)) for day in (1, 2, 0))
    beside = make_donation(created_at=middle.created_at)
    assert _ids(TEST) == [newer.id, beside.id, middle.id, older.id]


def test_pages_by_key_show_every_gift_once_also_while_new_ones_come(db_session: Any) -> None:
    # Three of each moment, so that a page ends between two of one moment.
    made = [make_donation(created_at=START + timedelta(seconds=n // 3)).id for n in range(10)]
    seen, before = [], None
    while True:
        page = list_gifts(TEST, before, most=4)
        seen += [gift.id for gift in page.gifts]
        make_donation(created_at=now())
        before = page.older
        if before is None:
            break
    assert seen == made[::-1]


def test_a_last_page_that_is_full_is_the_last(db_session: Any) -> None:
    for _ in range(4):
        make_donation()
    assert list_gifts(TEST, most=4).older is None


def test_test_and_live_gifts_are_never_in_one_list(db_session: Any) -> None:
    campaign, person = make_campaign(), make_person(email="ada@example.org", name="Ada")
    test, live = (make_donation(campaign, livemode=mode, person_id=person.id) for mode in (False, True))
    for sought in ("", "ada", "ada@example.org", "25", live.public_id):
        wanted = GiftFilter(livemode=True, sought=sought, currencies=CURRENCIES)
        assert _ids(wanted) == [live.id]
    assert _ids(GiftFilter(livemode=False, sought=live.public_id)) == []
    assert find_gift(live.public_id, livemode=False) is None
    assert find_gift(test.public_id, livemode=False) is not None


def test_filters_can_be_put_together(db_session: Any) -> None:
    one, other = make_campaign(), make_campaign()
    november = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
    wanted = make_donation(one, state=DonationState.PAID, created_at=november)
    make_donation(other, state=DonationState.PAID, created_at=november)
    make_donation(one, state=DonationState.EXPIRED, created_at=november)
    make_donation(one, state=DonationState.PAID, created_at=november + timedelta(minutes=1))
    month = Month(date(2026, 11, 1), "UTC")
    assert _ids(GiftFilter(False, one.id, DonationState.PAID, month)) == [wanted.id]


def test_a_month_is_that_of_the_group_s_calendar(db_session: Any) -> None:
    # In Seoul, nine hours ahead, November began while it was still October in UTC.
    gift = make_donation(created_at=datetime(2026, 10, 31, 15, tzinfo=UTC))
    before = make_donation(created_at=datetime(2026, 10, 31, 14, 59, tzinfo=UTC))
    assert _ids(GiftFilter(False, month=read_month("2026-11", "Asia/Seoul"))) == [gift.id]
    assert _ids(GiftFilter(False, month=read_month("2026-10", "Asia/Seoul"))) == [before.id]


@pytest.mark.parametrize(
    "wrong", ["", "2026", "2026-13", "2026-00", "0000-01", "9999-12", "2026-1", "٢٠٢٦-١١"]
)
def test_what_is_no_month_is_none(wrong: str) -> None:
    assert read_month(wrong, "UTC") is None


@pytest.mark.parametrize(
    "wrong", ["", "1", "-1", "1-", "1-2-3", "x-1", "1-99999999999", "9" * 18 + "-1", "1-2147483648", "١-١"]
)
def test_what_is_no_key_is_none(wrong: str) -> None:
    assert read_key(wrong) is None


def test_a_key_comes_back_from_an_address_as_it_was() -> None:
    key = GiftKey(datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC), 42)
    assert read_key(str(key)) == key


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("김민아", "민아"),
        ("김민아", "김"),
        ("김민아", "\u1100\u1175\u11b7\u1106\u1175\u11ab"),  # decomposed, as one system's keyboards send it
        ("Zoë O’Brien", "ZOË"),
        ("Zoë O’Brien", "brien"),
        ("ÅSA Öberg", "åsa öb"),
        ("Straße", "STRASSE"),
        ("ＭＩＮＡ", "mina"),
    ],
)
def test_a_name_is_found_by_its_words_in_any_case_and_script(db_session: Any, name: str, typed: str) -> None:
    shown = make_donation(name=name, show_name=True)
    of_volunteer = make_donation(person_id=make_person(name=name).id)
    make_donation(name="Somebody else", show_name=True, person_id=make_person(name="Nobody").id)
    assert _ids(GiftFilter(False, sought=typed)) == [of_volunteer.id, shown.id]


def test_a_search_takes_every_word_that_was_typed(db_session: Any) -> None:
    both = make_donation(name="Ada Lovelace")
    make_donation(name="Ada Byron")
    assert _ids(GiftFilter(False, sought="love ada")) == [both.id]


@pytest.mark.parametrize("typed", ["%", "_", "'; --", "\\", "\0", "ada\0", "=1+1", "\U0010ffff", " "])
def test_signs_of_the_database_s_language_mean_nothing_in_a_search(db_session: Any, typed: str) -> None:
    gift = make_donation(name="Ada")
    assert _ids(GiftFilter(False, sought=typed)) in ([], [gift.id] if "ada" in typed else [])


def test_a_gift_is_found_by_address_amount_and_every_number_it_has(db_session: Any) -> None:
    gift = make_donation(
        number=1042, gift_minor=4_321, state=DonationState.PAID, person_id=make_person(email="ada.l@example.org").id
    )  # fmt: skip
    payment = make_payment(gift)
    make_receipt(gift, series="TEST-2026", number=12)
    make_donation(gift_minor=5_000)
    for typed in (
        "ada.l@example.org", "ADA.L@", "ada", "43.21", "43,21", "€43.21", "1042", gift.public_id,
        payment.provider_id, "TEST-2026-000012", "test-2026-12",
    ):  # fmt: skip
        assert _ids(GiftFilter(False, sought=typed, currencies=CURRENCIES)) == [gift.id], typed


def test_an_amount_is_one_of_its_currency(db_session: Any) -> None:
    euro = make_donation(gift_minor=3_000_000)
    won = make_donation(make_campaign(currency="KRW"), gift_minor=30_000)
    assert _ids(GiftFilter(False, sought="30000", currencies=CURRENCIES)) == [won.id, euro.id]
    assert _ids(GiftFilter(False, sought="₩30000", currencies=CURRENCIES)) == [won.id]


def test_a_name_that_was_hidden_or_changed_is_not_found_any_more(db_session: Any) -> None:
    person = make_person(name="Mina")
    gift = make_donation(name="Ada", show_name=True, person_id=person.id)
    hide_name(gift)
    rename_person(person.id, "Minseo")
    assert _ids(GiftFilter(False, sought="ada")) == _ids(GiftFilter(False, sought="mina")) == []
    assert _ids(GiftFilter(False, sought="minseo")) == [gift.id]
    assert db_session.scalar(text("SELECT count(*) FROM donation_word")) == 0


def test_a_name_that_was_never_read_is_not_found_any_more_either(db_session: Any) -> None:
    person = make_person(name="Mina")
    db_session.commit()
    person.name = "Minseo"
    db_session.commit()
    assert list(db_session.scalars(text("SELECT word FROM person_word"))) == ["minseo"]


def test_search_and_filters_go_together_and_are_paged(db_session: Any) -> None:
    campaign = make_campaign()
    made = [make_donation(campaign, name="Ada", created_at=START + timedelta(days=n)).id for n in range(5)]
    make_donation(name="Ada", created_at=START)
    wanted = GiftFilter(False, campaign_id=campaign.id, sought="ada")
    first = list_gifts(wanted, most=3)
    assert [gift.id for gift in first.gifts] == made[:1:-1]
    assert _ids(wanted, first.older) == made[1::-1]


def test_sums_are_told_for_each_currency_that_moved_and_fees_in_theirs(db_session: Any) -> None:
    gift = make_donation(make_campaign(currency="KRW"), gift_minor=30_000, state=DonationState.PAID)
    payment = make_payment(gift, fee_minor=87, net_minor=1_913)
    make_ledger_entry(payment, kind=LedgerKind.FEE, amount_minor=-87, currency="EUR")
    (listed,) = list_gifts(TEST).gifts
    assert listed.gross == (Money(30_000, "KRW"),)
    assert (listed.fee, listed.net) == ((Money(87, "EUR"),), (Money(1_913, "EUR"),))


def test_fee_and_net_are_unknown_until_the_provider_told_them_of_each_payment(db_session: Any) -> None:
    gift = make_donation(state=DonationState.PAID)
    make_payment(gift, fee_minor=62, net_minor=2_438)
    make_payment(gift, case=PaymentCase.DOUBLE)
    (listed,) = list_gifts(TEST).gifts
    assert listed.gross == (Money(5_000, "EUR"),)
    assert listed.fee == listed.net == ()


def test_what_needs_a_look_is_named_and_can_be_listed_alone(db_session: Any) -> None:
    double, differs, unbooked, fine, done = (make_donation(state=DonationState.OPEN) for _ in range(5))
    make_payment(double)
    make_payment(double, case=PaymentCase.DOUBLE)
    make_payment(differs, case=PaymentCase.AMOUNT_DIFFERS, amount_minor=1)
    make_payment(fine)
    for gift, state in ((unbooked, EventState.FAILED), (done, EventState.DONE)):
        make_provider_event(session_id=make_checkout(gift).session_id, state=state)
    troubles = {gift.id: gift.troubles for gift in list_gifts(GiftFilter(False, stuck=True)).gifts}
    assert troubles == {
        unbooked.id: (Trouble.NOT_BOOKED,),
        differs.id: (Trouble.AMOUNT_DIFFERS,),
        double.id: (Trouble.DOUBLE,),
    }
    assert _ids(GiftFilter(False, stuck=True, sought=str(double.number), currencies=CURRENCIES)) == [
        double.id
    ]


@pytest.mark.parametrize(
    "wanted",
    [TEST, GiftFilter(False, sought="ada", currencies=CURRENCIES), GiftFilter(False, stuck=True)],
    ids=["all", "search", "stuck"],
)
def test_many_gifts_take_as_many_statements_as_few(app: Flask, db_session: Any, wanted: GiftFilter) -> None:
    def count() -> int:
        db_session.flush()
        with counted(app) as statements:
            list_gifts(wanted)
        return len(statements)

    nothing = count()
    for _ in range(30):
        gift = make_donation(name="Ada", state=DonationState.PAID, person_id=make_person().id)
        make_payment(gift, case=PaymentCase.AMOUNT_DIFFERS)
    # One more for a search: whether it fits more than is looked at.
    assert count() == nothing == (4 if wanted.sought else 3)


PLANS = {
    "all": (TEST, "ix_donation_newest"),
    "campaign": (GiftFilter(False, campaign_id=1), "ix_donation_of_campaign"),
    "state": (GiftFilter(False, state=DonationState.PAID), "ix_donation_in_state"),
    "both": (
        GiftFilter(False, campaign_id=1, state=DonationState.PAID),
        "ix_donation_in_state_of_campaign",
    ),
    "month": (GiftFilter(False, month=Month(date(2026, 11, 1), "UTC")), "ix_donation_newest"),
}


@pytest.mark.parametrize(("wanted", "index"), PLANS.values(), ids=PLANS)
def test_an_index_carries_each_list_in_its_order(db_session: Any, wanted: GiftFilter, index: str) -> None:
    for before in (None, GiftKey(START, 7)):
        plan = _plan(page_of_gifts(wanted, before, 50))
        assert f"{index} " in plan or f"{index}\n" in plan, plan
        assert "SCAN" not in plan.upper().replace("INDEX SCAN", "").replace("INDEX ONLY SCAN", "")
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("stuck", [False, True])
@pytest.mark.parametrize("typed", ["", "ada", "1042", "25.00", "ada@example.org", "민아"])
def test_a_search_reads_no_table_from_end_to_end(db_session: Any, typed: str, stuck: bool) -> None:
    for limits in ({}, {"campaign_id": 1, "state": DonationState.PAID}):
        wanted = GiftFilter(False, sought=typed, stuck=stuck or not typed, currencies=CURRENCIES, **limits)
        for before in (None, GiftKey(START, 7)):
            plan = _plan(page_of_gifts(wanted, before, 50))
            assert [line for line in plan.splitlines() if _reads_all(line)] == [], plan


@pytest.mark.parametrize("at_once", [1, 2, 3, 4, 1000])
def test_a_gift_with_several_payments_is_never_torn_apart_or_told_twice(
    db_session: Any, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("portal.domain.donations.export.AT_ONCE", at_once)
    told = []
    for payments in (2, 1, 3, 0, 2):
        gift = make_donation()
        told.append(
            [(gift.number, make_payment(gift).provider_id) for _ in range(payments)] or [(gift.number, None)]
        )
    db_session.commit()
    rows = [GiftRow(*row) for batch in stream_gifts(db.engine, TEST) for row in batch]
    assert [(row.number, row.provider_id) for row in rows] == [row for gift in told[::-1] for row in gift]


def test_the_export_has_a_row_for_each_payment_and_for_each_gift_without_one(db_session: Any) -> None:
    unpaid = make_donation(created_at=START)
    twice = make_donation(created_at=START + timedelta(days=1), state=DonationState.PAID)
    payments = [make_payment(twice).provider_id for _ in range(2)]
    db_session.commit()
    rows = [GiftRow(*row) for batch in stream_gifts(db.engine, TEST) for row in batch]
    assert [(row.number, row.provider_id) for row in rows] == [
        (twice.number, payments[0]),
        (twice.number, payments[1]),
        (unpaid.number, None),
    ]


def test_the_export_goes_on_batch_by_batch_and_holds_no_transaction_between(
    db_session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.domain.donations.export.AT_ONCE", 2)
    made = [make_donation().number for _ in range(5)]
    db_session.commit()
    batches = stream_gifts(db.engine, TEST)
    seen = [GiftRow(*row).number for row in next(batches)]
    assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    make_donation()
    db_session.commit()
    assert seen + [GiftRow(*row).number for batch in batches for row in batch] == made[::-1]


def test_totals_are_those_of_this_livemode_and_named_by_the_story(db_session: Any) -> None:
    campaign = make_campaign()
    make_total(campaign, 5_000, fees_minor=120, gifts=2)
    make_total(campaign, 900_000, livemode=True)
    (total,) = list_totals(livemode=False)
    assert (total.title, total.received, total.fees, total.gifts) == (
        "A story told in tests", Money(5_000, "EUR"), Money(120, "EUR"), 2,
    )  # fmt: skip


def test_one_gift_comes_with_all_that_belongs_to_it(db_session: Any) -> None:
    gift = make_donation(state=DonationState.PAID, person_id=make_person().id)
    entry = make_ledger_entry(make_payment(gift))
    receipt = make_receipt(gift)
    make_ledger_entry()
    found = find_gift(gift.public_id, livemode=False)
    assert found is not None
    assert found.entries == [entry]
    assert found.receipt is receipt
    assert found.person is not None
    assert [one.amount for one in found.moved] == [Money(2_500, "EUR")]


def _ids(wanted: GiftFilter, before: GiftKey | None = None) -> list[int]:
    return [gift.id for gift in list_gifts(wanted, before).gifts]


def _plan(statement: Any) -> str:
    """How the database would run a statement with very many rows about: it may not fall back to reading all."""
    dialect = db.engine.dialect
    if dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        db.session.execute(text("SET LOCAL enable_sort = off"))
        db.session.execute(text("SET LOCAL enable_bitmapscan = off"))
    explain = "EXPLAIN QUERY PLAN" if dialect.name == "sqlite" else "EXPLAIN"
    compiled = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    rows = db.session.connection().exec_driver_sql(f"{explain} {compiled.replace('%', '%%')}")
    return "\n".join(str(row[-1]) for row in rows) + "\n"


def _reads_all(line: str) -> bool:
    # The index of the whole list carries that list, and is no way to look up a few gifts of it.
    if "Seq Scan" in line or "SEARCH donation USING INDEX ix_donation_newest" in line:
        return True
    if line.rstrip().endswith(("(livemode=?)", "(campaign_id=?)")):
        return True
    # A step that SQLite calls a scan of a table or index; what it made itself a moment ago, and what is odd, is little.
    few = ("SCAN found", "SCAN (", "SCAN anon", "SCAN CONSTANT", "SCAN payment USING INDEX ix_payment_odd")
    return line.strip().startswith("SCAN") and not line.strip().startswith(few)
