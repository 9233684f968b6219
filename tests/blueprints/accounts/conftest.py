"""What tests of accounts can ask for."""

import pytest
from flask import Flask

from portal.db import db
from tests.blueprints.accounts.browser import Member
from tests.factories.campaigns import make_group


@pytest.fixture
def member(app: Flask) -> Member:
    """Mina, who has no account yet."""
    with app.app_context():
        make_group()
        db.session.commit()
    return Member(app)
