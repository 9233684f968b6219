"""What tests of events' pages ask for."""

import pytest
from flask import Flask

from tests.blueprints.events.browser import Helper
from tests.factories.campaigns import make_group


@pytest.fixture
def helper(app: Flask) -> Helper:
    """Somebody before a browser, on a portal whose group is set up."""
    with app.app_context():
        make_group()
    return Helper(app)
