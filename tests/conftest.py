"""What every test can ask for. Rows are made by tests/factories, not by fixtures."""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy.orm import Session, scoped_session

from config import Test
from portal import create_app
from portal.db import db
from tests.foundation import giving
from tests.foundation.addresses import keep_compiled_addresses
from tests.foundation.browsers import Visit, chromium, visiting
from tests.foundation.databases import (
    Postgresql,
    copy_sqlite,
    let_go,
    settings_on,
    sqlite_template,
    start_postgresql,
)
from tests.foundation.dialects import keep_compiled_statements
from tests.foundation.pages import PageClient
from tests.foundation.requirements import shared_folder
from tests.foundation.servers import Mailbox, free_port, serving
from tests.foundation.templates import keep_compiled_templates
from tests.sandbox.live import StandIn, running_stand_in

# How long an example takes tells of a busy machine, not of the code: speed is measured in bench/.
hypothesis.settings.register_profile("lantern", deadline=None)
hypothesis.settings.load_profile("lantern")
keep_compiled_templates()
keep_compiled_addresses()
keep_compiled_statements()
# Most of what a test makes is freed without it; looking for the rest after each 700 took a sixth of the run.
OBJECTS_BETWEEN_SEARCHES = 20_000


def pytest_collection_finish() -> None:
    """Leave out of the search for unreachable objects what stays to the end: modules, and the tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark what needs a browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test marked `both_databases` once on each."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without rows."""
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgresql() -> Postgresql:
    """The run's PostgreSQL server."""
    return start_postgresql()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without rows, of this test's own."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield copy_sqlite(request.getfixturevalue("template_file"), tmp_path)
        return
    with request.getfixturevalue("postgresql").database() as url:
        yield url


@pytest.fixture
def settings(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> dict[str, str]:
    """The environment that the app starts with; a test adds to it by the marker `settings`."""
    values = settings_on(database, tmp_path)
    if "stand_in" in request.fixturenames:
        values |= giving.settings_for(request.getfixturevalue("stand_in"))
    for marker in reversed(list(request.node.iter_markers("settings"))):
        values.update(marker.kwargs)
    return values


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[StandIn]:
    """A running stand-in that the app speaks to; what they say to each other is held against Stripe's description."""
    with running_stand_in(tmp_path / "stand-in") as stand_in:
        yield stand_in


@pytest.fixture
def app(settings: dict[str, str]) -> Iterator[Flask]:
    """The portal on a database of this test's own."""
    app = create_app(Test(settings))
    yield app
    let_go(app)


@pytest.fixture
def db_session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The session, within an app context; what a test commits is gone after it."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Flask's test client."""
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> PageClient:
    """A client whose answers are parsed pages."""
    return PageClient(client)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that keeps what it receives."""
    with Mailbox().running() as box:
        yield box


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address at which a browser finds the portal while the test runs."""
    port = free_port()
    app.config["PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    with serving(app, port) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium, started once for each worker."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a browser window: `visit(width=360, scheme="dark")`; closed after the test."""
    with ExitStack() as windows:

        def open_window(**options: Any) -> Visit:
            return windows.enter_context(visiting(browser, **options))

        yield open_window


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of files that are at hand in development, but are no part of the product."""
    return shared_folder()
