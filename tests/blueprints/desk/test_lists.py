"""Every list: as many statements for many rows as for few, and none that reads a large table from end to end."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.campaigns.models import Campaign
from portal.domain.donations.models import DonationState, PaymentCase
from portal.domain.events.models import EventHost, EventStatus
from portal.domain.people.models import Person
from tests.blueprints.desk.conftest import SignIn
from tests.factories.accounts import make_user
from tests.factories.audit import make_entry
from tests.factories.campaigns import make_campaign
from tests.factories.donations import make_donation, make_payment
from tests.factories.drafting import make_imported
from tests.factories.events import make_event, make_shift
from tests.factories.people import make_mail, make_person
from tests.factories.volunteers import make_sign_up
from tests.foundation.pages import PageClient
from tests.foundation.statements import Statement, counted

LISTS = (
    "/desk", "/desk/gifts", "/desk/gifts?campaign=the-way-out", "/desk/gifts?state=paid", "/desk/gifts?look=y",
    "/desk/gifts?campaign=the-way-out&state=paid&month=2026-11", "/desk/gifts?before=1795000000000000-7",
    "/desk/gifts?q=ada", "/desk/gifts?q=ada+lovelace&state=paid", "/desk/gifts?q=25.00", "/desk/gifts?q=7",
    "/desk/totals", "/desk/people", "/desk/people?before=9", "/desk/people?q=ada", "/desk/people?q=ada+lovelace",
    "/desk/people?q=ada&before=9", "/desk/campaigns", "/desk/events", "/desk/outbox", "/desk/outbox?state=failed",
    "/desk/outbox?before=9", "/desk/audit", "/desk/audit?kind=event", "/desk/audit?by=1",
    "/desk/audit?about=event:1", "/desk/audit?before=9", "/desk/roles", "/hosting", "/events",
    "/events?need=Helper", "/campaigns", "/campaigns/the-way-out",
)  # fmt: skip
# There are hardly ever more of them than a page shows.
SMALL = {"group", "campaign", "campaign_revision", "campaign_total", "campaign_plan", "user_role"}
# In the order of their keys, and no further than the page: that is no reading from end to end.
BY_KEY = {"/desk/people": {"person"}, "/desk/audit": {"audit_entry"}}


@pytest.mark.parametrize("path", LISTS)
def test_many_rows_take_as_many_statements_as_few(app: Flask, admin: PageClient, path: str) -> None:
    def count() -> int:
        admin.get(path)  # what is kept until something changes is made now
        with counted(app) as statements:
            assert admin.get(path).status == 200
        return len(statements)

    _add_rows(app, 1)
    few = count()
    _add_rows(app, 8)
    assert count() == few


@pytest.mark.parametrize("path", LISTS)
def test_no_list_reads_a_large_table_from_end_to_end(app: Flask, admin: PageClient, path: str) -> None:
    _add_rows(app, 2)
    with counted(app) as statements:
        assert admin.get(path).status == 200
    for one in statements:
        plan = _plan(app, one)
        read = {
            found[1]
            for line in plan
            if (found := re.match(r"SCAN (\w+)(?! USING INDEX ix_payment_odd)", line))
        }
        large = read & set(db.metadata.tables) - SMALL - BY_KEY.get(path.partition("?")[0], set())
        assert not large, f"{one.sql}\n{plan}"


def test_names_on_a_campaign_s_page_are_read_in_their_order_and_no_further(
    app: Flask, admin: PageClient
) -> None:
    with counted(app) as statements:
        admin.get("/campaigns/the-way-out")
    (plan,) = [_plan(app, one) for one in statements if "ORDER BY donation.paid_at" in one.sql]
    assert [line.partition(" (")[0] for line in plan] == ["SEARCH donation USING INDEX ix_donation_shown"]


def test_coming_shifts_are_read_in_their_order_and_no_further(app: Flask, admin: PageClient) -> None:
    for path in ("/events", "/desk"):
        with counted(app) as statements:
            admin.get(path)
        plans = [
            _plan(app, one)
            for one in statements
            if "shift.starts_at > " in one.sql and "sign_up" not in one.sql
        ]
        assert plans
        for plan in plans:
            assert any("ix_shift_starts_at" in line for line in plan), plan
            assert not any("TEMP B-TREE" in line for line in plan), plan


def _add_rows(app: Flask, count: int) -> None:
    """Add rows to everything that is listed."""
    with app.app_context():
        me = db.session.scalars(db.select(Person).order_by(Person.id)).first()
        campaign = db.session.scalars(db.select(Campaign)).first()
        for number in range(count):
            person = make_person(name="Ada Lovelace")
            gift = make_donation(
                campaign, name="Ada Lovelace", state=DonationState.PAID, person_id=person.id, show_name=True
            )
            make_payment(gift, case=PaymentCase.AMOUNT_DIFFERS)
            for status in (EventStatus.PUBLISHED, EventStatus.PROPOSED):
                one = make_event(campaign, title="Ada reads", status=status, proposed_at=now())
                db.session.add(EventHost(event_id=one.id, person_id=me.id, made_at=now(), accepted_at=now()))
                shift = make_shift(one, starts_at=now() + timedelta(days=1, hours=number), vetted=True)
                if status == EventStatus.PUBLISHED:
                    make_sign_up(shift)
            make_mail(person_id=person.id, state="failed")
            make_mail(person_id=person.id, kind="reminder", state="failed")
            make_entry(subject=f"person:{person.id}", who=me.id)
            make_user(Role.ORGANIZER)
            make_imported(by=person.id)
        db.session.commit()


def _plan(app: Flask, statement: Statement) -> list[str]:
    with app.app_context(), db.engine.connect() as connection:
        explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement.sql}", statement.values)
        return [str(row[3]) for row in explained]


@pytest.fixture
def admin(app: Flask, signed_in: SignIn) -> PageClient:
    """A browser of somebody who may see every list, of a portal with one campaign."""
    browser = signed_in(*Role)
    with app.app_context():
        make_campaign(slug="the-way-out")
        db.session.commit()
    return browser
