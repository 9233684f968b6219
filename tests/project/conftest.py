"""A portal to walk through: with or without its demo, beside a running stand-in."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest

from config import Test
from portal import create_app
from portal.db import db
from tests.foundation.databases import copy_sqlite, let_go, settings_on
from tests.foundation.giving import settings_for
from tests.foundation.pages import Page
from tests.foundation.servers import free_port, serving
from tests.project.walk import Publish, Seeded, Visit, World, publish_all
from tests.sandbox.live import StandIn, running_stand_in

OpenWorld = Callable[..., World]
Walk = Callable[[Visit], Page]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Put all that looks at one visit side by side: whoever of the run's workers has walked there need not again."""
    places = [place for place, item in enumerate(items) if "walk" in item.fixturenames]
    first: dict[str, int] = {}
    for place in places:
        first.setdefault(_visit_of(items[place]), place)
    walking = sorted((items[place] for place in places), key=lambda item: first[_visit_of(item)])
    for place, item in zip(places, walking, strict=True):
        items[place] = item


def _visit_of(item: pytest.Function) -> str:
    return str(item.callspec.params["visit"])


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """The stand-in for Stripe: one for the whole walk, in which no page sees another's payments."""
    with running_stand_in(tmp_path_factory.mktemp("stand-in")) as running:
        yield running


@pytest.fixture(scope="session")
def seeded(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Publish], Seeded]:
    """Gives a database in which this was published: once for all the worlds that are copied from it."""

    @cache
    def publish_once(publish: Publish) -> Seeded:
        folder = tmp_path_factory.mktemp("seeded")
        app = create_app(Test(settings_on(copy_sqlite(template_file, folder), folder)))
        with app.app_context():
            slug = publish()
            db.session.commit()
            file = Path(db.engine.url.database or "")
        let_go(app)
        return Seeded(file, slug)

    return publish_once


@pytest.fixture(scope="session")
def open_world(
    template_file: Path,
    stand_in: StandIn,
    seeded: Callable[[Publish], Seeded],
    tmp_path_factory: pytest.TempPathFactory,
) -> OpenWorld:
    """Makes a portal to walk through; `publish` fills it, other keywords set configuration values."""

    def make(publish: Publish = publish_all, **values: object) -> World:
        folder = tmp_path_factory.mktemp("world")
        config = Test(settings_on(copy_sqlite(template_file, folder), folder) | settings_for(stand_in))
        vars(config).update(values)
        return World(create_app(config), stand_in, partial(seeded, publish))

    return make


@pytest.fixture(scope="session")
def walk(open_world: OpenWorld) -> Walk:
    """Gives how a visit was answered in a portal of its own; asked again, what it was answered then."""
    answers: dict[str, Page] = {}

    def look(visit: Visit) -> Page:
        if str(visit) not in answers:
            world = open_world()
            answers[str(visit)] = visit(world)
            let_go(world.app)
        return answers[str(visit)]

    return look


@pytest.fixture(scope="session")
def live(open_world: OpenWorld) -> Iterator[str]:
    """The address of a portal, from which a browser gets its style and scripts."""
    with serving(open_world().app, free_port()) as address:
        yield address
