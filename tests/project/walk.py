"""How to reach every page of the portal in each of its states: a new route needs a visit here."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from unittest import mock

from flask import Flask, abort

from config import ROOT
from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.queries import list_campaigns
from portal.domain.campaigns.service import seed_demo
from portal.domain.donations.models import Donation, DonationState
from tests.factories.donations import make_checkout, make_donation, make_payment, make_receipt
from tests.factories.people import make_person
from tests.foundation.giving import sign, start_gift
from tests.foundation.pages import Page, PageClient
from tests.sandbox.live import StandIn

STATES = DonationState
ERROR_CODES = (400, 403, 404, 405, 410, 413, 418, 422, 429, 500, 502, 503)


def publish_demo() -> str:
    """Publish what the portal ships with; gives the slug of a campaign."""
    seed_demo(ROOT / "portal" / "content", now())
    return list_campaigns(livemode=False)[0].slug


@dataclass
class World:
    """A portal with something to see in it."""

    app: Flask
    stand_in: StandIn
    publish: Callable[[], str] = publish_demo
    slug: str = ""
    browser: PageClient = field(init=False)

    def __post_init__(self) -> None:
        self.browser = PageClient(self.app.test_client())
        # Errors that no page here makes happen still have a page of their own.
        self.app.add_url_rule("/fail/<int:code>", "test_fail", lambda code: abort(code))
        self.app.add_url_rule("/crash", "test_crash", lambda: 1 // 0)  # type: ignore[arg-type,return-value]
        self.app.config["PROPAGATE_EXCEPTIONS"] = False

    def seed(self) -> None:
        """Publish something to see."""
        with self.app.app_context():
            self.slug = self.publish()
            db.session.commit()

    def donation(self, state: DonationState, *, asked: bool = False, **facts: Any) -> str:
        """Add a gift that stands here and give its public id; with `asked`, to a provider that never heard of it."""
        with self.app.app_context():
            session_id = "cs_test_unknown" if asked else None
            donation = make_donation(self._campaign(), state=state, **facts)
            make_checkout(donation, session_id=session_id)
            if state == DonationState.PAID:
                donation.paid_at, donation.person_id = now(), make_person().id
                make_payment(donation)
                make_receipt(donation)
            db.session.commit()
            return donation.public_id

    def _campaign(self) -> Any:
        campaign = db.metadata.tables["campaign"]
        return db.session.execute(db.select(campaign).where(campaign.c.slug == self.slug)).one()

    def link(self, *, age: timedelta = timedelta(), withdrawn: bool = False) -> tuple[str, str]:
        """Give a receipt's link as it was mailed some time ago, and the gift's public id."""
        public_id = self.donation(DonationState.PAID)
        with self.app.app_context():
            nonce = db.session.scalars(db.select(Donation.link_nonce).filter_by(public_id=public_id)).one()
        subject = links.Link(links.RECEIPT, public_id, "another" if withdrawn else nonce)
        then = int((datetime.now(UTC) - age).timestamp())
        with mock.patch("itsdangerous.timed.TimestampSigner.get_timestamp", return_value=then):
            return links.sign(subject, self.app.config["SECRET_KEY"]), public_id


@dataclass(frozen=True)
class Visit:
    """One state of one page: how to get there, and how it answers."""

    endpoint: str
    state: str
    go: Callable[[World], Page]
    status: int = 200
    seeded: bool = True
    html: bool = True

    def __call__(self, world: World) -> Page:
        if self.seeded:
            world.seed()
        page = self.go(world)
        assert page.status == self.status, page.text[:300]
        assert (page.response.mimetype == "text/html") is self.html
        return page

    def __str__(self) -> str:
        return f"{self.endpoint}-{self.state}".replace(" ", "_")


def _get(path: str) -> Callable[[World], Page]:
    return lambda world: world.browser.get(path.format(slug=world.slug))


def _gift(state: DonationState, **facts: Any) -> Callable[[World], Page]:
    return lambda world: world.browser.get(f"/donations/{world.donation(state, **facts)}")


def _open_gift(world: World) -> Page:
    public_id = _start(world)
    return world.browser.get(f"/donations/{public_id}")


def _start(world: World) -> str:
    start_gift(world.browser.client, world.slug)
    with world.app.app_context():
        return db.session.scalars(db.select(Donation.public_id)).one()


def _give(world: World, headers: dict[str, str] | None = None, **entries: str) -> Page:
    form = {"amount": "2500", "frequency": "once", **entries}
    return world.browser.post(f"/campaigns/{world.slug}/give", form, headers=headers or {})


def _give_from_an_old_browser(world: World) -> Page:
    form = {"amount": "2500", "frequency": "once"}
    return Page(world.browser.client.post(f"/campaigns/{world.slug}/give", data=form))


WRONG = {"own_amount": "0", "show_name": "y", "name": "", "message": "1" * 1001}


def _name_shown(world: World) -> Page:
    world.donation(DonationState.PAID, show_name=True, name="민아")
    return world.browser.get(f"/campaigns/{world.slug}")


def _post_with_token(world: World, page: Page, path: str, **entries: str) -> Page:
    token = page.field("csrf_token").get("value") or ""
    return world.browser.post(path, {"csrf_token": token, **entries})


def _try_again(world: World, **entries: str) -> Page:
    public_id = _start(world)
    page = world.browser.get(f"/donations/{public_id}")
    form = {"amount": "2500", "frequency": "once", **entries}
    return _post_with_token(world, page, f"/donations/{public_id}/try-again", **form)


def _follow(world: World, **facts: Any) -> Page:
    return world.browser.get(f"/s/{world.link(**facts)[0]}")


def _receipt(world: World) -> Page:
    page = _follow(world)
    return world.browser.get(page.location or "")


def _receipt_without_link(world: World) -> Page:
    return world.browser.get(f"/donations/{world.donation(STATES.PAID)}/receipt")


def _new_link(world: World) -> Page:
    page = _follow(world, age=timedelta(days=500))
    return _post_with_token(world, page, "/s/new", link=page.field("link").get("value") or "")


def _withdraw(world: World) -> Page:
    page = _receipt(world)
    return _post_with_token(world, page, f"{page.response.request.path}/withdraw-link")


def _notice(world: World) -> Page:
    return world.browser.get(_withdraw(world).location or "")


def _webhook(world: World, *, signed: bool) -> Page:
    event = {
        "id": "evt_1", "object": "event", "api_version": "2026-10-28", "created": 1, "type": "price.created",
        "livemode": False, "pending_webhooks": 1, "request": None, "data": {"object": {}},
    }  # fmt: skip
    body = json.dumps(event).encode()
    headers = {"Stripe-Signature": sign(body) if signed else "t=1,v1=0"}
    return Page(world.browser.client.post("/webhooks/stripe", data=body, headers=headers))


VISITS = [
    Visit("static", "style", _get("/static/lantern.css"), html=False),
    Visit("pages.home", "seeded", _get("/")),
    Visit("pages.home", "before anything is published", _get("/"), seeded=False),
    Visit("pages.privacy", "seeded", _get("/privacy")),
    Visit("pages.accessibility", "seeded", _get("/accessibility")),
    Visit("pages.concern", "seeded", _get("/concern")),
    Visit("pages.healthz", "well", _get("/healthz"), html=False),
    Visit("campaigns.index", "seeded", _get("/campaigns")),
    Visit("campaigns.index", "empty", _get("/campaigns"), seeded=False),
    Visit("campaigns.show", "fresh", _get("/campaigns/{slug}")),
    Visit("campaigns.show", "with a name", _name_shown),
    Visit("campaigns.show", "unknown", _get("/campaigns/nothing-here"), 404),
    Visit("donations.give", "taken", _give, 303),
    Visit("donations.give", "wrong entries", partial(_give, **WRONG), 422),
    Visit("donations.give", "unknown origin", _give_from_an_old_browser, 422),
    Visit("donations.give", "another site", partial(_give, headers={"Sec-Fetch-Site": "cross-site"}), 403),
    Visit("donations.show", "open", _open_gift),
    Visit("donations.show", "provider away", _gift(STATES.OPEN, asked=True)),
    Visit("donations.show", "started", _gift(STATES.STARTED)),
    Visit("donations.show", "processing", _gift(STATES.PROCESSING)),
    Visit("donations.show", "paid", _gift(STATES.PAID)),
    Visit("donations.show", "failed", _gift(STATES.FAILED)),
    Visit("donations.show", "expired", _gift(STATES.EXPIRED)),
    Visit("donations.show", "unknown", _get("/donations/nothing-here"), 404),
    Visit("donations.try_again", "taken", _try_again, 303),
    Visit("donations.try_again", "wrong entries", partial(_try_again, **WRONG), 422),
    Visit("donations.follow_link", "good", _follow, 303),
    Visit("donations.follow_link", "altered", _get("/s/made-up"), 404),
    Visit("donations.follow_link", "expired", partial(_follow, age=timedelta(days=500)), 410),
    Visit("donations.follow_link", "withdrawn", partial(_follow, withdrawn=True), 410),
    Visit("donations.mail_new_link", "mailed", _new_link, 303),
    Visit("donations.show", "with a notice", _notice),
    Visit("donations.receipt", "shown", _receipt),
    Visit("donations.receipt", "without the link", _receipt_without_link, 404),
    Visit("donations.withdraw_link", "withdrawn", _withdraw, 303),
    Visit("webhooks.stripe", "forged", partial(_webhook, signed=False), 400, html=False),
    Visit("webhooks.stripe", "signed", partial(_webhook, signed=True), html=False),
]
ERRORS = [Visit("error", str(code), _get(f"/fail/{code}"), code, seeded=False) for code in ERROR_CODES]
CRASH = Visit("error", "crash", _get("/crash"), 500, seeded=False)
PAGES = [visit for visit in [*VISITS, *ERRORS, CRASH] if visit.html and visit.status != 303]
EVERYTHING = [*VISITS, *ERRORS, CRASH]
