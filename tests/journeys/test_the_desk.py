"""Treasurers and admins at the desk: a gift found and taken as a file, a role that works from the next click on."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.giver import Giver
from tests.journeys.hourglass import let_password_be_typed
from tests.journeys.member import Member
from tests.journeys.pages.donation import PAID
from tests.journeys.proof import assert_paid_once
from tests.journeys.running import Lantern

Arrive = Callable[..., Member]
LONG_AGO = timedelta(hours=1)


def test_a_treasurer_finds_a_gift_and_takes_it_as_a_file_after_typing_the_password_once_more(
    lantern: Lantern, arrive: Arrive, giver: Giver
) -> None:
    campaign = giver.campaign()
    campaign.show_name("=Mina & 민아")
    donation = campaign.go_on().pay(giver.email)
    donation.says(PAID)
    assert_paid_once(lantern, donation.public_id, 2500, giver.email)
    gift = lantern.records.gift(donation.public_id)

    tess = arrive("treasurer")
    tess.choose("Gifts")
    tess.fill({"Name, e-mail, amount or number": giver.email})
    tess.page.keyboard.press("Enter")
    expect(tess.page.get_by_role("row").filter(has_text=f"Donation {gift.row.number}")).to_contain_text(
        "=Mina & 민아"
    )
    expect(tess.page.get_by_role("row")).to_have_count(2)
    user_id = lantern.records.person(tess.email).user_id
    let_password_be_typed(lantern, user_id, LONG_AGO)
    tess.choose("Take these gifts as a file (CSV)")
    tess.is_at("Your password once more")
    assert _exports(lantern) == []
    tess.fill({"Your password": tess.password})
    tess.press("Go on")
    expect(tess.page.get_by_label("Name, e-mail, amount or number")).to_have_value(giver.email)
    with tess.page.expect_download() as taken:
        tess.choose("Take these gifts as a file (CSV)")
    with open(taken.value.path(), encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    payment, receipt = gift.payments[0], gift.receipts[0]
    told = {
        "Donation": str(gift.row.number),
        "Name": "'=Mina & 민아",
        "E-mail": giver.email,
        "State": "paid",
        "Gift": "25.00",
        "Currency": "EUR",
        "Received": "25.00",
        "Fee": f"{payment.fee_minor / 100:.2f}",
        "Net": f"{payment.net_minor / 100:.2f}",
        "Payment": payment.provider_id,
        "Receipt": f"{receipt.series}-{receipt.number:06d}",
        "Test or live": "TEST",
    }
    assert {name: row[name] for name in told} == told
    assert _exports(lantern) == [tess.email]


def test_an_organizer_finds_neither_a_gift_nor_the_way_to_them(lantern: Lantern, arrive: Arrive) -> None:
    orla = arrive("organizer")
    desk = orla.page.get_by_role("navigation", name="Desk")
    expect(desk.get_by_role("link", name="Totals")).to_be_visible()
    expect(desk.get_by_role("link", name="Gifts")).to_have_count(0)
    for path, endpoint in (("/desk/gifts", "gifts.index"), ("/desk/gifts.csv", "gifts.export")):
        before = lantern.records.noted(f"page:{endpoint}")
        assert orla.go(path).status == 404
        assert lantern.records.noted(f"page:{endpoint}") == [*before, ("access.refused", orla.email)]


def test_a_role_is_given_and_taken_back_and_an_open_session_feels_it_at_its_next_click(
    lantern: Lantern, arrive: Arrive
) -> None:
    ada, vera = arrive("admin"), arrive("volunteer", width=360)
    person = lantern.records.person(vera.email)
    vera.choose("My account")
    expect(vera.page.get_by_role("link", name="The desk")).to_have_count(0)
    assert vera.go("/desk").status == 404
    vera.go("/me")

    ada.choose("Roles")
    ada.fill({"The address of their account": vera.email})
    ada.page.get_by_label("Role", exact=True).select_option("Treasurer")
    ada.press("Give it")
    ada.reads("They have it from their next click on.")
    assert lantern.records.roles_of(vera.email) == ["treasurer"]
    vera.choose("My account")
    vera.choose("The desk")
    vera.choose("Gifts")
    vera.is_at("Gifts")

    ada.press("Take away", beside=vera.email)
    ada.reads("It is gone from their next click on.")
    assert lantern.records.roles_of(vera.email) == []
    with vera.page.expect_response("**/desk/totals") as answered:
        vera.choose("Totals")
    assert answered.value.status == 404
    changes = lantern.records.rows(
        "SELECT a.before, a.after, p.email FROM audit_entry a JOIN person p ON p.id = a.person_id "
        "WHERE a.action = 'roles.changed' AND a.subject = :subject ORDER BY a.id",
        subject=f"person:{person.id}",
    )
    told = [(json.loads(row.before), json.loads(row.after), row.email) for row in changes]
    assert told == [
        ({"roles": []}, {"roles": ["treasurer"]}, ada.email),
        ({"roles": ["treasurer"]}, {"roles": []}, ada.email),
    ]


def _exports(lantern: Lantern) -> list[str]:
    found = lantern.records.rows(
        "SELECT p.email FROM audit_entry a JOIN person p ON p.id = a.person_id "
        "WHERE a.action = 'gifts.exported' ORDER BY a.id"
    )
    return [row.email for row in found]
