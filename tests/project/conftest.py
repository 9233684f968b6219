"""A portal to walk through: with or without its demo, beside a running stand-in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import Test
from portal import create_app
from portal.db import db
from tests.foundation.giving import settings_for
from tests.project.walk import World, publish_demo
from tests.sandbox.live import StandIn, running_stand_in

OpenWorld = Callable[..., World]


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[StandIn]:
    """The stand-in for Stripe, on a port of its own."""
    with running_stand_in(tmp_path / "stand-in") as running:
        yield running


@pytest.fixture
def open_world(settings: dict[str, str], stand_in: StandIn) -> Iterator[OpenWorld]:
    """Makes the portal to walk through; `publish` fills it, other keywords set configuration values."""
    worlds = []

    def make(publish: Callable[[], str] = publish_demo, **values: object) -> World:
        config = Test(settings | settings_for(stand_in))
        vars(config).update(values)
        worlds.append(World(create_app(config), stand_in, publish))
        return worlds[-1]

    yield make
    for world in worlds:
        with world.app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def world(open_world: OpenWorld) -> World:
    """The portal as it comes."""
    return open_world()
