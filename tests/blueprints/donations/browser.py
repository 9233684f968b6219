"""A reader's browser in front of one campaign, without the browser: what it sends, and what was stored."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.editing import archive
from portal.domain.donations.models import Checkout, Donation, LedgerEntry
from portal.links import Link
from tests.factories.campaigns import make_campaign
from tests.foundation.giving import start_gift
from tests.foundation.pages import Page, PageClient
from tests.sandbox.live import StandIn


class Giver:
    """A browser in front of one campaign, and ways to see what was stored."""

    def __init__(self, app: Flask, page: PageClient, stand_in: StandIn) -> None:
        self.app, self.page, self.stand_in = app, page, stand_in
        with app.app_context():
            campaign = make_campaign()
            self.campaign_id, self.slug = campaign.id, campaign.slug
            campaign.group.card_fees = {"EUR": {"basis_points": 250, "fixed_minor": 25}}
            story = db.session.execute(db.text("SELECT story FROM campaign_revision")).scalar_one()
            assert "2500" in story
            db.session.commit()

    def give(self, headers: dict[str, str] | None = None, **entries: str) -> Page:
        """Send the give form."""
        form = {"frequency": "once", **entries}
        return self.page.post(f"/campaigns/{self.slug}/give", form, headers=headers or {})

    def give_without_fetch_metadata(self, headers: dict[str, str], **entries: Any) -> Page:
        """Send the give form as a browser from before 2023 does."""
        form = {"frequency": "once", "amount": "2500", **entries}
        return Page(self.page.client.post(f"/campaigns/{self.slug}/give", data=form, headers=headers))

    def show(self) -> Page:
        """Open the return page."""
        return self.page.get(f"/donations/{self.donation().public_id}")

    def try_again(self, seen: Page, **entries: str) -> Page:
        """Send the form of the return page."""
        token = seen.field("csrf_token").get("value")
        form = {"frequency": "once", "csrf_token": token, **entries}
        return self.page.post(f"/donations/{self.donation().public_id}/try-again", form)

    def pay_and_return(self) -> Page:
        """Give, pay, and come back."""
        url, _ = start_gift(self.page.client, self.slug)
        self.stand_in.pay(url)
        return self.show()

    def end_campaign(self) -> None:
        """Let the campaign be archived by an organizer."""
        with self.app.app_context():
            archive(1, self.campaign_id, now())
            db.session.commit()

    def campaign_page(self) -> Page:
        """Open the campaign."""
        return self.page.get(f"/campaigns/{self.slug}")

    def donation(self) -> Donation:
        """The one donation."""
        with self.app.app_context():
            return db.session.scalars(select(Donation)).one()

    def session_id(self) -> str:
        """The latest checkout's session."""
        with self.app.app_context():
            return (
                db.session.scalars(select(Checkout.session_id).order_by(Checkout.attempt.desc())).first()
                or ""
            )

    def token(self) -> str:
        """The token that a mail sent now would carry."""
        donation = self.donation()
        link = Link(links.RECEIPT, donation.public_id, donation.link_nonce)
        return links.sign(link, self.app.config["SECRET_KEY"])

    def receipt_path(self) -> str:
        """Where the receipt is."""
        return f"/donations/{self.donation().public_id}/receipt"

    def ledger(self) -> list[int]:
        """The payments in the ledger."""
        with self.app.app_context():
            return list(db.session.scalars(select(LedgerEntry.amount_minor)))

    def count(self, table: type) -> int:
        """How many rows a table has."""
        with self.app.app_context():
            return db.session.execute(select(func.count()).select_from(table)).scalar_one()

    def assert_nothing_stored(self) -> None:
        """No gift was begun, here or at the provider."""
        assert self.count(Donation) == 0
        assert self.stand_in.books()["sessions"] == []
