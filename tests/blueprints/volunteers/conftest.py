"""What tests of one's own help can ask for."""

import pytest
from flask import Flask

from tests.blueprints.volunteers.helper import Helper
from tests.foundation.pages import PageClient


@pytest.fixture
def mina(app: Flask, page: PageClient) -> Helper:
    """Mina's browser."""
    return Helper(app, page)


@pytest.fixture
def other(app: Flask) -> Helper:
    """Somebody else's browser."""
    return Helper(app, PageClient(app.test_client()), "other@example.org")
