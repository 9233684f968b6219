"""A running Lantern for each worker of pytest-xdist, and a reader with a browser."""

from collections.abc import Callable, Iterator

import pytest

from tests.foundation.browsers import Visit
from tests.journeys.giver import Giver
from tests.journeys.member import Member
from tests.journeys.postbox import Postbox
from tests.journeys.running import Lantern
from tests.journeys.volunteer import Volunteer

# Their asserts carry the journeys; without this a failure would not show the values.
pytest.register_assert_rewrite("tests.journeys.proof", "tests.long.killing")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lantern]:
    """Lantern, started once for each worker by dev.py."""
    with (
        Postbox().running() as mailbox,
        Lantern(tmp_path_factory.mktemp("lantern") / "data", mailbox).running() as lantern,
    ):
        yield lantern


@pytest.fixture
def lantern(running: Lantern) -> Iterator[Lantern]:
    """The running Lantern; how the stand-in delivers is put back after the test."""
    yield running
    running.stand_in.deliveries("normal")


@pytest.fixture
def enter(visit: Callable[..., Visit], lantern: Lantern) -> Iterator[Callable[..., Giver]]:
    """Lets a giver come in: `enter(width=360, java_script_enabled=False)`; no console may have complained."""
    givers: list[Giver] = []

    def come_in(**options: object) -> Giver:
        givers.append(Giver(visit(**options), lantern.address))
        return givers[-1]

    yield come_in
    assert [complaint for giver in givers for complaint in giver.visit.complaints] == []


@pytest.fixture
def come(visit: Callable[..., Visit], lantern: Lantern) -> Iterator[Callable[..., Volunteer]]:
    """Lets a volunteer come in: `come(width=360)`; no console may have complained."""
    volunteers: list[Volunteer] = []

    def come_in(**options: object) -> Volunteer:
        volunteers.append(Volunteer(visit(**options), lantern))
        return volunteers[-1]

    yield come_in
    assert [complaint for one in volunteers for complaint in one.visit.complaints] == []


@pytest.fixture
def arrive(visit: Callable[..., Visit], lantern: Lantern) -> Iterator[Callable[..., Member]]:
    """Lets somebody come in: `arrive("organizer")` has signed in as the demo's, `arrive(width=360)` has no account yet.

    No console may have complained.
    """
    members: list[Member] = []

    def come_in(role: str = "", **options: object) -> Member:
        members.append(Member(visit(**options), lantern))
        if role:
            members[-1].email = f"{role}@demo.invalid"
            members[-1].password = lantern.passwords[members[-1].email]
            members[-1].sign_in()
        return members[-1]

    yield come_in
    assert [complaint for one in members for complaint in one.visit.complaints] == []


@pytest.fixture
def giver(enter: Callable[..., Giver]) -> Giver:
    """A giver at a desk."""
    return enter()


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A mail server of this test's own."""
    with Postbox().running() as box:
        yield box
