"""Every form of the portal as it is normally sent: found from the routes, so that a new one is among them."""

import tempfile
from collections.abc import Callable
from typing import Any

from config import Test
from portal import create_app
from tests.foundation.pages import Page, PageClient
from tests.project.walk import VISITS, Visit, World

Entries = dict[str, Any]
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def _unsafe_endpoints() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Test({"LANTERN_DATA": folder}))
    return sorted({rule.endpoint for rule in app.url_map.iter_rules() if UNSAFE & (rule.methods or set())})


UNSAFE_ENDPOINTS = _unsafe_endpoints()


def normal_post(endpoint: str) -> Visit:
    """Give the visit in which an endpoint takes what it is sent; a new endpoint needs one in walk.py."""
    taken = [visit for visit in VISITS if visit.endpoint == endpoint and visit.status < 400]
    assert taken, f"no visit in which {endpoint} takes what it is sent"
    return taken[0]


class Interception(PageClient):
    """A browser whose posts to one endpoint go through `change` before they are sent; `found` says how many did."""

    def __init__(self, world: World, endpoint: str, change: Callable[..., Page]) -> None:
        super().__init__(world.app.test_client())
        self.world, self.endpoint, self.change, self.found = world, endpoint, change, 0

    def post(self, path: str, data: Any = None, **kwargs: Any) -> Page:
        """POST a form, or do with it what this is for."""
        if not self._leads_to_endpoint(path):
            return super().post(path, data, **kwargs)
        self.found += 1
        return self.change(super().post, path, data or {}, **kwargs)

    def _leads_to_endpoint(self, path: str) -> bool:
        found, _ = self.world.app.url_map.bind("localhost").match(path.partition("?")[0], method="POST")
        return bool(found == self.endpoint)
