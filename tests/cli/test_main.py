"""The `lantern` command: seeded once, books that prove themselves."""

import pytest
from sqlalchemy import select, text

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role, User
from portal.domain.campaigns.models import Campaign, CampaignRevision
from portal.domain.donations import service
from portal.domain.donations.gateway import CheckoutSeen
from portal.domain.donations.rules import Observed
from portal.money import Money
from tests.cli.conftest import Runner
from tests.factories.donations import make_checkout, make_donation
from tests.foundation.demo import SLUGS

pytestmark = pytest.mark.usefixtures("db_session")


def test_seeding_publishes_the_demo_once(run: Runner) -> None:
    said = run("seed").output
    assert [slug for slug in SLUGS if slug not in said] == []
    assert "already" in run("seed").output
    assert set(db.session.scalars(select(Campaign.slug))) == set(SLUGS)
    assert list(db.session.scalars(select(CampaignRevision.number))) == [1] * len(SLUGS)


def test_the_demo_starts_with_no_money_and_no_invented_givers(run: Runner) -> None:
    run("seed")
    for table in ("donation", "payment", "ledger_entry", "campaign_total", "person"):
        assert db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0  # noqa: S608


def test_a_name_is_taken_off_the_page_and_not_kept(run: Runner) -> None:
    donation = make_donation(state="paid", show_name=True, name="Rude", number=7, paid_at=now())
    version = donation.campaign.page_version
    db.session.commit()
    assert run("hide-name", "7").exit_code == 0
    db.session.expire_all()
    assert (donation.show_name, donation.name) == (False, "")
    assert donation.campaign.page_version == version + 1
    assert run("hide-name", "8").output == "Error: There is no donation 8.\n"


def test_books_that_add_up_are_said_to(run: Runner) -> None:
    pay()
    result = run("ledger", "check")
    assert (result.exit_code, "ok:" in result.output) == (0, True)


def test_a_total_that_does_not_add_up_is_an_error(run: Runner) -> None:
    pay()
    db.session.execute(text("UPDATE campaign_total SET received_minor = 2600"))
    db.session.commit()
    result = run("ledger", "check")
    assert result.exit_code == 1
    assert "total €26.00, ledger €25.00" in result.output


def test_a_payment_that_needs_a_look_is_named(run: Runner) -> None:
    pay(moved=Money(2400, "EUR"))
    result = run("ledger", "check")
    assert result.exit_code == 0
    assert "amount differs, €24.00 moved" in result.output


def test_the_worker_s_one_round_says_what_it_did(run: Runner) -> None:
    result = run("worker", "--once")
    assert result.exit_code == 0
    assert "open-checkouts: 0" in result.output


def test_a_setting_that_must_not_start_is_one_sentence(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_live_nobody")
    result = run("seed")
    assert result.exit_code == 1
    assert "live key" in result.output
    assert "Traceback" not in result.output


def test_the_first_admin_gets_a_link_to_choose_a_password_at(run: Runner) -> None:
    result = run("create-admin", "Ada@example.org", "--name", "Ada")
    assert (result.exit_code, "ada@example.org is an admin now." in result.output) == (0, True)
    assert "/s/" in result.output
    made = db.session.scalars(select(User)).one()
    assert (made.email, made.person.name, made.role_names) == ("ada@example.org", "Ada", {Role.ADMIN})


@pytest.mark.parametrize(
    ("email", "name", "wrong"),
    [
        ("ada@group.invalid", "Ada", "EMAIL"),
        ("ada", "Ada", "EMAIL"),
        ("ada@example.org", " ", "--name"),
        ("ada@example.org", "www.example.org", "--name"),
    ],
)
def test_which_entry_of_an_admin_can_not_be_kept_is_said(
    run: Runner, email: str, name: str, wrong: str
) -> None:
    result = run("create-admin", email, "--name", name)
    assert (result.exit_code, f"Invalid value for {wrong}: " in result.output) == (2, True)
    assert db.session.scalars(select(User)).all() == []


def pay(**facts: Money) -> None:
    """Enter the payment of a gift of 25.00."""
    checkout = make_checkout()
    seen = CheckoutSeen(
        checkout.session_id or "",
        Observed.PAID,
        False,
        checkout.donation.public_id,
        1,
        payment_id="pi_1",
        moved=facts.get("moved", Money(2500, "EUR")),
    )
    service.apply_checkout(seen, now())
    db.session.commit()
