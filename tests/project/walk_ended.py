"""Pages about a campaign that has ended: (endpoint, state, how to get there, how it answers)."""

from functools import partial
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.editing import archive
from portal.domain.donations.models import DonationState
from portal.domain.events.models import Event
from tests.foundation.pages import Page

FORM = {"shift": "1", "name": "민아", "email": "mina@example.org", "adult": "y"}


def look(world: Any, path: str, sent: dict[str, str] | None = None) -> Page:
    """Open an address, or send something there, after the walked campaign and that of an event were archived."""
    with world.app.app_context():
        of_event = db.session.get_one(Event, 1).campaign_id
        for campaign_id in {world._campaign().id, of_event}:
            archive(1, campaign_id, now())
        db.session.commit()
    address = path.format(slug=world.slug)
    return world.browser.get(address) if sent is None else world.browser.post(address, sent)


def look_at_gift(world: Any) -> Page:
    """Come back to a gift that was begun before."""
    return look(world, f"/donations/{world.donation(DonationState.EXPIRED)}")


STATES: list[Any] = [
    ("campaigns.show", "ended", partial(look, path="/campaigns/{slug}")),
    ("events.show", "campaign ended", partial(look, path="/events/1")),
    ("events.sign_up", "campaign ended", partial(look, path="/events/1/sign-up", sent=FORM), 422),
    ("donations.give", "campaign ended", partial(look, path="/campaigns/{slug}/give", sent={}), 410),
    ("donations.show", "campaign ended", look_at_gift),
]
