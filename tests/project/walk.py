"""How to reach every page of the portal in each of its states: a new route needs a visit here."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from flask import Flask, abort

from portal import links
from portal.cli.main import CONTENT
from portal.clock import now
from portal.db import db
from portal.domain.donations.models import Donation, DonationState
from portal.domain.events.models import Event, EventStatus, Shift
from portal.domain.events.service import seed_events
from portal.web.access import ANYONE, EXTENSION, may
from tests.factories.donations import make_checkout, make_donation, make_payment, make_receipt
from tests.factories.people import make_person
from tests.foundation.databases import let_go
from tests.foundation.demo import SLUG, SLUGS, publish_demo
from tests.foundation.giving import sign, start_gift
from tests.foundation.pages import Page, PageClient
from tests.project import (
    walk_accounts,
    walk_articles,
    walk_desk,
    walk_desk_audit,
    walk_desk_gifts,
    walk_editor,
    walk_ended,
    walk_hosting,
    walk_reading,
)
from tests.project import walk_help as own
from tests.sandbox.live import StandIn

STATES = DonationState
PARTS = (
    walk_accounts, walk_articles, walk_desk, walk_desk_audit, walk_desk_gifts, walk_editor, walk_ended,
    walk_hosting, walk_reading,
)  # fmt: skip
ERROR_CODES = (400, 403, 404, 405, 410, 413, 418, 422, 429, 500, 502, 503)


Publish = Callable[[], str]


def publish_all() -> str:
    """Publish what the portal ships with; gives the slug of a campaign."""
    publish_demo(*SLUGS)
    seed_events(CONTENT, now())
    return SLUG


@dataclass(frozen=True)
class Seeded:
    """A database in which something was published, to be copied, and the slug of a campaign in it."""

    file: Path
    slug: str


@dataclass
class World:
    """A portal with something to see in it."""

    app: Flask
    stand_in: StandIn
    seeded: Callable[[], Seeded]
    slug: str = ""
    browser: PageClient = field(init=False)

    def __post_init__(self) -> None:
        self.browser = PageClient(self.app.test_client())
        # Errors that no page here makes happen still have a page of their own.
        self.app.extensions[EXTENSION].update({"pages.fail": may(ANYONE), "pages.crash": may(ANYONE)})
        self.app.add_url_rule("/fail/<int:code>", "pages.fail", lambda code: abort(code))
        self.app.add_url_rule("/crash", "pages.crash", lambda: 1 // 0)  # type: ignore[arg-type,return-value]
        self.app.config["PROPAGATE_EXCEPTIONS"] = False

    def seed(self) -> None:
        """Publish something to see."""
        seeded = self.seeded()
        let_go(self.app)
        with self.app.app_context():
            shutil.copyfile(seeded.file, db.engine.url.database or "")
        self.slug = seeded.slug

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
    return world.browser.post("/webhooks/stripe", body, headers={"Sec-Fetch-Site": None, **headers})


def _event(world: World) -> int:
    """Give the event of the last coming shift, of which some are full by then."""
    with world.app.app_context():
        last = db.session.scalars(db.select(Shift).order_by(Shift.starts_at.desc(), Shift.id)).first()
        assert last is not None
        return last.event_id


def _look_at_event(world: World, **facts: Any) -> Page:
    event_id = _event(world)
    with world.app.app_context():
        db.session.execute(db.update(Event).values(**facts)) if facts else None
        db.session.commit()
    return world.browser.get(f"/events/{event_id}")


def _look_at_all_begun(world: World) -> Page:
    with world.app.app_context():
        db.session.execute(db.update(Shift).values(starts_at=now() - timedelta(hours=1)))
        db.session.commit()
    return _look_at_event(world)


def _look_at_full(world: World) -> Page:
    with world.app.app_context():
        db.session.execute(db.update(Shift).values(places=1, taken=1, waiting=3))
        db.session.commit()
    return _look_at_event(world)


def _sign_up(world: World, **entries: Any) -> Page:
    page = _look_at_event(world)
    shift = page.field("shift").get("value")
    path = page.one(".//form[@class='sign-up']").get("action") or ""
    headers = entries.pop("headers", {})
    form = {"shift": shift, "name": "민아", "email": "mina@example.org", "adult": "y", **entries}
    return world.browser.post(path, form, headers=headers)


def _sign_up_from_an_old_browser(world: World) -> Page:
    return _sign_up(world, headers={"Sec-Fetch-Site": None})


def _sign_up_clashing(world: World) -> Page:
    """Take two shifts at one time, the second once the first is this browser's."""
    event_id = _event(world)
    with world.app.app_context():
        like = db.session.scalars(db.select(Shift).where(Shift.event_id == event_id)).first()
        assert like is not None
        when = {"starts_at": like.starts_at, "ends_at": like.ends_at}
        extra = [Shift(event_id=event_id, role=like.role, places=9, **when) for _ in range(2)]
        db.session.add_all(extra)
        db.session.commit()
        first, second = (shift.id for shift in extra)
    _sign_up(world, shift=first)
    return _sign_up(world, shift=second)


def _signed_up(world: World, **facts: Any) -> Page:
    with world.app.app_context():
        db.session.execute(db.update(Shift).values(**facts)) if facts else None
        db.session.commit()
    return world.browser.get(_sign_up(world).location or "")


def _signed_up_elsewhere(world: World) -> Page:
    return world.browser.get(f"/events/{_event(world)}/signed-up")


VISITS = [
    *(Visit(*state) for part in PARTS for state in part.STATES),
    Visit("static", "style", _get("/static/lantern.css"), html=False),
    Visit("events.index", "seeded", _get("/events")),
    Visit("events.index", "empty", _get("/events"), seeded=False),
    Visit("events.index", "nothing found", _get("/events?place=Nowhere")),
    Visit("events.show", "fresh", _look_at_event),
    Visit(
        "events.show", "for all ages", partial(_look_at_event, guardian_allowed=True, names_seen_by="shift")
    ),
    Visit("events.show", "place hidden", partial(_look_at_event, exact_place="⟦Door 3⟧", place_hidden=True)),
    Visit("events.show", "changes until it begins", partial(_look_at_event, changes_close_hours=0)),
    Visit("events.show", "cancelled", partial(_look_at_event, status=EventStatus.CANCELLED)),
    Visit("events.show", "begun", _look_at_all_begun),
    Visit("events.show", "full", _look_at_full),
    Visit("events.show", "unknown", _get("/events/999999"), 404),
    Visit("events.sign_up", "taken", _sign_up, 303),
    Visit("events.sign_up", "wrong entries", partial(_sign_up, shift="", name="", email="@", adult=""), 422),
    Visit("events.sign_up", "unknown origin", _sign_up_from_an_old_browser, 422),
    Visit("events.sign_up", "another site", partial(_sign_up, headers={"Sec-Fetch-Site": "cross-site"}), 403),
    Visit("events.sign_up", "clashing", _sign_up_clashing, 422),
    Visit("events.signed_up", "held", _signed_up),
    Visit("events.signed_up", "waiting", partial(_signed_up, places=1, taken=1, waiting=3)),
    Visit("events.signed_up", "another browser", _signed_up_elsewhere),
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
    Visit("links.follow", "good", _follow, 303),
    Visit("links.follow", "altered", _get("/s/made-up"), 404),
    Visit("links.follow", "expired", partial(_follow, age=timedelta(days=500)), 410),
    Visit("links.follow", "withdrawn", partial(_follow, withdrawn=True), 410),
    Visit("links.mail_new", "mailed", _new_link, 303),
    Visit("donations.show", "with a notice", _notice),
    Visit("donations.receipt", "shown", _receipt),
    Visit("donations.receipt", "without the link", _receipt_without_link, 404),
    Visit("donations.withdraw_link", "withdrawn", _withdraw, 303),
    Visit("volunteers.me", "without the link", _get("/me")),
    Visit("volunteers.me", "everything", own.see_everything),
    Visit("volunteers.me", "nothing", own.see_nothing),
    Visit("volunteers.me", "asked", own.asked),
    Visit("volunteers.mail_link", "taken", own.ask, 303),
    Visit("volunteers.mail_link", "wrong entries", partial(own.ask, email="mina@"), 422),
    Visit("volunteers.confirm", "one", own.confirm),
    Visit("volunteers.confirm", "nothing left", partial(own.confirm, proved=True)),
    Visit("volunteers.confirm", "without the link", _get("/me/confirm"), 404),
    Visit("volunteers.prove", "proved", own.prove, 303),
    Visit("volunteers.prove", "clash", partial(own.prove, clash=True), 422),
    Visit("volunteers.sign_up", "confirmed", own.see_sign_up),
    Visit("volunteers.sign_up", "unproved", partial(own.see_sign_up, proved=False)),
    Visit("volunteers.sign_up", "waiting", own.see_waiting),
    Visit("volunteers.sign_up", "vetting", own.see_vetting),
    Visit("volunteers.sign_up", "moved up", own.see_moved_up),
    Visit("volunteers.sign_up", "too late", lambda world: own.see_sign_up(world, starts_at=now() + own.SOON)),
    Visit("volunteers.sign_up", "given back", own.given_back),
    Visit("volunteers.sign_up", "somebody else's", own.see_somebody_elses, 404),
    Visit("volunteers.cancel", "given back", own.give_back, 303),
    Visit("volunteers.sign_up_calendar", "file", own.get_file, html=False),
    Visit("volunteers.rename", "taken", partial(own.press, path="/me/name", name="민아"), 303),
    Visit("volunteers.rename", "wrong entries", partial(own.press, path="/me/name", name=""), 422),
    Visit("volunteers.set_reminders", "off", partial(own.press, path="/me/reminders", wanted=""), 303),
    Visit("volunteers.renew_links", "withdrawn", partial(own.press, path="/me/links/renew"), 303),
    Visit("volunteers.renew_calendar", "renewed", partial(own.press, path="/me/calendar/renew"), 303),
    Visit("volunteers.leave", "asked", own.leave),
    Visit("volunteers.take_out", "gone", partial(own.press, path="/me/leave"), 303),
    Visit("volunteers.goodbye", "said", _get("/me/goodbye")),
    Visit("volunteers.calendar", "asked", own.get_calendar, html=False),
    Visit("volunteers.calendar", "withdrawn", partial(own.get_calendar, nonce="another"), 410),
    Visit("volunteers.reminders", "on", own.see_reminders),
    Visit("volunteers.reminders", "off", own.see_reminders_off),
    Visit("volunteers.stop_reminders", "off", own.stop_reminders),
    Visit("webhooks.stripe", "forged", partial(_webhook, signed=False), 400, html=False),
    Visit("webhooks.stripe", "signed", partial(_webhook, signed=True), html=False),
]
ERRORS = [Visit("error", str(code), _get(f"/fail/{code}"), code, seeded=False) for code in ERROR_CODES]
CRASH = Visit("error", "crash", _get("/crash"), 500, seeded=False)
PAGES = [visit for visit in [*VISITS, *ERRORS, CRASH] if visit.html and visit.status != 303]
EVERYTHING = [*VISITS, *ERRORS, CRASH]
