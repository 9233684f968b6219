"""Organizers before browsers of their own, the demo's campaign, and what is in the database behind them."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Page as Tab
from sqlalchemy import select

from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.campaigns.models import Campaign, CampaignRevision
from portal.domain.campaigns.revisions import Opened, open_campaign
from tests.factories.accounts import make_user
from tests.foundation.browsers import Visit
from tests.foundation.demo import SLUG, publish_demo
from tests.foundation.members import sign_in
from tests.foundation.pages import Page, PageClient, text_of


@dataclass
class Editor:
    """A browser in which an organizer is signed in."""

    app: Flask
    name: str = "Aoife"
    page: PageClient = field(init=False)

    def __post_init__(self) -> None:
        self.page = PageClient(self.app.test_client())
        with self.app.app_context():
            user = make_user(Role.ORGANIZER, name=self.name, email=f"{self.name.lower()}@example.org")
            db.session.commit()
            self.person_id, user_id = user.person_id, user.id
        sign_in(self.page.client, self.app, user_id)

    def seed(self, slug: str = SLUG) -> int:
        """Publish one of the demo's campaigns; gives its id."""
        with self.app.app_context():
            publish_demo(slug)
            db.session.commit()
            return db.session.scalars(select(Campaign.id).where(Campaign.slug == slug)).one()

    def open(self, campaign_id: int) -> Page:
        """Open the editor."""
        return self.page.get(f"/desk/campaigns/{campaign_id}/edit")

    def open_in(self, window: Visit, address: str, path: str) -> Tab:
        """Open a page in a real browser's window, with the cookie of this one."""
        cookie = self.page.client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        window.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        window.page.goto(f"{address}{path}")
        return window.page

    def send(self, seen: Page, path: str, **entries: str) -> Page:
        """Press a button of the editor, with these entries changed; "-" in a name is written "__" here."""
        changed = {name.replace("__", "-"): value for name, value in entries.items()}
        return self.page.post(path, sent_by(seen) | changed)

    def press(self, campaign_id: int, action: str, **entries: str) -> Page:
        """Press a button on the campaign's page."""
        seen = self.page.get(f"/desk/campaigns/{campaign_id}")
        token = seen.field("csrf_token").get("value") or ""
        base = seen.field("base_number").get("value") or ""
        form = {"csrf_token": token, "base_number": base, **entries}
        return self.page.post(f"/desk/campaigns/{campaign_id}/{action}", form)

    def opened(self, campaign_id: int) -> Opened:
        """The campaign as it is stored, with its newest text."""
        with self.app.app_context():
            return open_campaign(campaign_id)

    def campaign(self, campaign_id: int) -> Campaign:
        """The campaign's row."""
        return self.opened(campaign_id).campaign

    def stored(self) -> list[Any]:
        """Everything that is stored of campaigns, to be compared."""
        with self.app.app_context():
            tables = (Campaign.__table__, CampaignRevision.__table__)
            return [tuple(row) for table in tables for row in db.session.execute(select(table))]


def sent_by(page: Page, form_id: str = "editor") -> dict[str, str]:
    """Give what a browser would send of a form as it stands, without its buttons."""
    sent: dict[str, str] = {}
    form = page.by_id(form_id) if form_id else page.all("form")[0]
    for element in form.iter():
        name = element.get("name")
        if not name or element.tag == "button":
            continue
        if element.tag == "textarea":
            sent[name] = "".join(element.itertext())
        elif element.tag == "select":
            chosen = [one for one in element.iter("option") if one.get("selected") is not None]
            options = chosen or list(element.iter("option"))
            sent[name] = (options[0].get("value") or "") if options else ""
        elif element.get("type") not in ("checkbox", "radio") or element.get("checked") is not None:
            sent[name] = element.get("value") or ""
    return sent


def told_at(page: Page, name: str) -> str:
    """Give what is said beside an entry; empty where nothing is."""
    return " ".join(text_of(one) for one in page.all(f".//*[@id='{name}-errors']"))
