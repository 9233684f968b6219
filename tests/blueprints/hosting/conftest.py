"""What tests of managing events can ask for."""

import pytest
from flask import Flask

from tests.blueprints.hosting.member import Member


@pytest.fixture
def ann(app: Flask) -> Member:
    """Ann's browser, signed in."""
    return Member(app)


@pytest.fixture
def bo(app: Flask) -> Member:
    """Bo's browser, signed in."""
    return Member(app, "bo@example.org")
