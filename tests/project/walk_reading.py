"""How to reach what anybody reads: pages about us, campaigns, and what carries them further; `world` is walk.py's."""

from typing import Any

from portal.db import db
from portal.domain.campaigns.models import Group
from portal.domain.donations.models import DonationState
from tests.foundation.demo import SLUG, SLUGS
from tests.foundation.pages import Page


class _Get:
    """Asks for an address, in which {slug} stands for the campaign that is published."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __call__(self, world: Any) -> Page:
        return world.browser.get(self.path.format(slug=world.slug))


def _name_shown(world: Any) -> Page:
    world.donation(DonationState.PAID, show_name=True, name="민아")
    return _Get("/campaigns/{slug}")(world)


def _after_the_demo(world: Any) -> Page:
    """See the poster of a group that is not invented."""
    with world.app.app_context():
        db.session.execute(db.update(Group).values(demo=False))
        db.session.commit()
    return world.browser.get(f"/campaigns/{world.slug}/poster")


# The arguments of walk.py's Visit.
STATES: list[tuple[Any, ...]] = [
    ("pages.home", "seeded", _Get("/")),
    ("pages.home", "before anything is published", _Get("/"), 200, False),
    ("pages.privacy", "seeded", _Get("/privacy")),
    ("pages.accessibility", "seeded", _Get("/accessibility")),
    ("pages.concern", "seeded", _Get("/concern")),
    ("pages.healthz", "well", _Get("/healthz"), 200, True, False),
    ("pages.sitemap", "seeded", _Get("/sitemap.xml"), 200, True, False),
    ("pages.robots", "seeded", _Get("/robots.txt"), 200, True, False),
    ("campaigns.index", "seeded", _Get("/campaigns")),
    ("campaigns.index", "empty", _Get("/campaigns"), 200, False),
    ("campaigns.show", "fresh", _Get("/campaigns/{slug}")),
    ("campaigns.show", "with a name", _name_shown),
    *(("campaigns.show", slug, _Get(f"/campaigns/{slug}")) for slug in SLUGS if slug != SLUG),
    ("campaigns.organization", "named", _Get("/organizations/north-korea-refugee-aid")),
    ("campaigns.organization", "unknown", _Get("/organizations/nobody"), 404),
    ("campaigns.partner", "invented", _Get("/partners/harbour-table")),
    ("campaigns.partner", "unknown", _Get("/partners/nobody"), 404),
    ("campaigns.show", "unknown", _Get("/campaigns/nothing-here"), 404),
    ("campaigns.card", "drawn", _Get("/campaigns/{slug}/card.png"), 200, True, False),
    ("campaigns.card", "unknown", _Get("/campaigns/nothing-here/card.png"), 404),
    ("campaigns.qr_svg", "drawn", _Get("/campaigns/{slug}/qr.svg"), 200, True, False),
    ("campaigns.qr_png", "drawn", _Get("/campaigns/{slug}/qr.png"), 200, True, False),
    ("campaigns.poster", "of a demo", _Get("/campaigns/{slug}/poster")),
    ("campaigns.poster", "after the demo", _after_the_demo),
    ("campaigns.embed", "shown", _Get("/embed/campaigns/{slug}")),
    ("campaigns.embed", "unknown", _Get("/embed/campaigns/nothing-here"), 404),
    ("campaigns.feed", "seeded", _Get("/feed.xml"), 200, True, False),
]
