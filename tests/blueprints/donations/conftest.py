"""What tests of a gift's pages can ask for."""

import pytest
from flask import Flask

from tests.blueprints.donations.browser import Giver
from tests.foundation.pages import PageClient
from tests.sandbox.live import StandIn


@pytest.fixture
def giver(app: Flask, page: PageClient, stand_in: StandIn) -> Giver:
    """A browser in front of a campaign that takes gifts."""
    return Giver(app, page, stand_in)
