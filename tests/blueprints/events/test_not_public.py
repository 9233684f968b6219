"""An event that was never published is nowhere to be found, and nobody can sign up for it."""

import pytest
from flask import Flask

from portal.db import db
from portal.domain.campaigns.models import Campaign
from portal.domain.events.models import Event
from tests.blueprints.events.browser import Helper


@pytest.mark.parametrize("status", ["draft", "proposed", "declined"])
def test_what_was_never_published_has_no_page_and_stands_on_no_list(helper: Helper, status: str) -> None:
    event_id = helper.event(title="Secret plans")
    shift_id = helper.shift(event_id, role="Secret role")
    slug = slug_of(helper.app, event_id)
    listing = ("/events", f"/campaigns/{slug}")
    assert ["Secret" in helper.page.get(path).source for path in listing] == [True, True]

    with helper.app.app_context():
        campaign = db.session.scalars(db.select(Campaign).where(Campaign.slug == slug)).one()
        campaign.help_version += 1
        db.session.commit()
    helper.change(Event, event_id, status=status)
    assert ["Secret" in helper.page.get(path).source for path in listing] == [False, False]
    assert helper.look(event_id).status == helper.page.get(f"/events/{event_id}/signed-up").status == 404
    assert helper.sign_up(shift_id).status == 404
    assert (helper.rows(), helper.mails()) == ([], [])


def slug_of(app: Flask, event_id: int) -> str:
    with app.app_context():
        return db.session.get_one(Event, event_id).campaign.slug
