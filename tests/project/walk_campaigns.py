"""Pages of campaigns, with all that the portal ships with: (endpoint, state, how to get there)."""

from collections.abc import Callable
from typing import Any

from portal.db import db
from tests.foundation.demo import SLUGS
from tests.foundation.pages import Page


def _of_all(path: str) -> Callable[[Any], Page]:
    """Go to a page of a portal with all the campaigns that it ships with."""

    def go(world: Any) -> Page:
        with world.app.app_context():
            world.publish(*SLUGS)
            db.session.commit()
        page: Page = world.browser.get(path)
        return page

    return go


STATES = [
    ("pages.home", "seeded", _of_all("/")),
    ("campaigns.index", "seeded", _of_all("/campaigns")),
    *(("campaigns.show", f"fresh {slug}", _of_all(f"/campaigns/{slug}")) for slug in SLUGS),
]
