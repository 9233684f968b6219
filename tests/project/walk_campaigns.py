"""The pages of campaigns and of whom they name: (endpoint, state, how to get there, how it answers)."""

from collections.abc import Callable
from typing import Any

from tests.foundation.demo import SLUG, SLUGS
from tests.foundation.pages import Page


def _get(path: str) -> Callable[[Any], Page]:
    def go(world: Any) -> Page:
        page: Page = world.browser.get(path)
        return page

    return go


STATES = [
    ("pages.home", "seeded", _get("/")),
    ("campaigns.index", "seeded", _get("/campaigns")),
    *(("campaigns.show", slug, _get(f"/campaigns/{slug}")) for slug in SLUGS if slug != SLUG),
    ("campaigns.show", "unknown", _get("/campaigns/nothing-here"), 404),
]
