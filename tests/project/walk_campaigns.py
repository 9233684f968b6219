"""Campaigns, and whom they name: (endpoint, state, how to get there, how it answers, whether anything is there)."""

from collections.abc import Callable
from typing import Any

from portal.domain.donations.models import DonationState
from tests.foundation.demo import SLUG, SLUGS
from tests.foundation.pages import Page


def _get(path: str) -> Callable[[Any], Page]:
    def go(world: Any) -> Page:
        page: Page = world.browser.get(path.format(slug=world.slug))
        return page

    return go


def _name_shown(world: Any) -> Page:
    world.donation(DonationState.PAID, show_name=True, name="민아")
    return _get("/campaigns/{slug}")(world)


STATES = [
    ("pages.home", "seeded", _get("/")),
    ("pages.home", "before anything is published", _get("/"), 200, False),
    ("campaigns.index", "seeded", _get("/campaigns")),
    ("campaigns.index", "empty", _get("/campaigns"), 200, False),
    ("campaigns.show", "fresh", _get("/campaigns/{slug}")),
    ("campaigns.show", "with a name", _name_shown),
    *(("campaigns.show", slug, _get(f"/campaigns/{slug}")) for slug in SLUGS if slug != SLUG),
    ("campaigns.organization", "named", _get("/organizations/north-korea-refugee-aid")),
    ("campaigns.organization", "unknown", _get("/organizations/nobody"), 404),
    ("campaigns.partner", "invented", _get("/partners/harbour-table")),
    ("campaigns.partner", "unknown", _get("/partners/nobody"), 404),
    ("campaigns.show", "unknown", _get("/campaigns/nothing-here"), 404),
]
