"""What the tests of the desk share."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal.db import db
from portal.domain.accounts.models import Role
from tests.blueprints.desk.editor import Editor
from tests.factories.accounts import make_user
from tests.factories.campaigns import make_group
from tests.foundation.members import sign_in
from tests.foundation.pages import PageClient

SignIn = Callable[..., PageClient]


@pytest.fixture
def signed_in(app: Flask) -> SignIn:
    """Gives a browser of its own, in which somebody with these roles is signed in."""

    def make(*roles: Role, name: str = "Aoife") -> PageClient:
        browser = PageClient(app.test_client())
        with app.app_context():
            make_group()
            user_id = make_user(*roles, name=name).id
            db.session.commit()
        sign_in(browser.client, app, user_id)
        return browser

    return make


@pytest.fixture
def editor(app: Flask) -> Editor:
    """An organizer before a browser, on a portal whose group is set up."""
    with app.app_context():
        make_group()
        db.session.commit()
    return Editor(app)
