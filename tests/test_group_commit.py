"""Group commit: steps that come together are written together, and one that fails takes no other with it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session, scoped_session

from portal.db import db
from portal.domain.people.models import Person
from portal.domain.people.service import remember_person
from portal.group_commit import EVENTS_TOLD, SIGN_UPS, commit_together
from tests.foundation.rushes import run_together

pytestmark = pytest.mark.both_databases


def test_steps_that_had_to_wait_are_committed_in_one_transaction(rush: "Rush") -> None:
    results = rush.run([remembering(f"p{n}@example.org") for n in range(6)])
    assert rush.people() == {f"p{n}@example.org" for n in range(6)}
    assert all(isinstance(result, int) for result in results)
    # The one that came first, and then all that waited for it.
    assert rush.commits == 2


def test_a_step_that_fails_fails_alone_and_is_told_so(rush: "Rush") -> None:
    steps = [remembering(f"p{n}@example.org") for n in range(4)]
    results = rush.run([*steps, failing])
    assert rush.people() == {f"p{n}@example.org" for n in range(4)}
    assert [type(result) for result in results] == [int, int, int, int, LookupError]


def test_nothing_of_a_failed_step_stays(rush: "Rush") -> None:
    def half() -> None:
        remember_person("half@example.org")
        raise LookupError

    assert [type(result) for result in rush.run([half])] == [LookupError]
    assert rush.people() == set()


def test_a_later_step_is_not_held_up_by_one_that_failed(rush: "Rush") -> None:
    rush.run([failing, failing])
    rush.run([remembering("after@example.org")])
    assert rush.people() == {"after@example.org"}


def test_when_the_commit_itself_fails_every_step_hears_of_it_and_none_is_kept(rush: "Rush") -> None:
    def refuse(_session: Any) -> None:
        raise ConnectionError("the disk is full")

    event.listen(db.session, "before_commit", refuse)
    try:
        results = rush.run([remembering(f"p{n}@example.org") for n in range(3)])
    finally:
        event.remove(db.session, "before_commit", refuse)
    assert [type(result) for result in results] == [ConnectionError] * 3
    assert rush.people() == set()


def test_a_thread_that_is_ended_in_its_step_leaves_the_turn_to_the_next(rush: "Rush") -> None:
    def ended() -> None:
        raise SystemExit

    results = rush.run([ended, remembering("next@example.org")])
    assert type(results[0]) is SystemExit
    assert rush.people() == {"next@example.org"}


def test_what_a_caller_left_open_is_not_carried_along(rush: "Rush") -> None:
    with rush.app.app_context():
        remember_person("left-open@example.org")
        commit_together(SIGN_UPS, remembering("meant@example.org"))
    assert rush.people() == {"meant@example.org"}


def test_one_kind_of_step_does_not_wait_for_another(rush: "Rush") -> None:
    began, over = Event(), Event()

    def wait() -> bool:
        began.set()
        return over.wait(10)

    with ThreadPoolExecutor() as threads:
        event_told = threads.submit(rush.commit, EVENTS_TOLD, wait)
        assert began.wait(10)
        sign_up = threads.submit(rush.commit, SIGN_UPS, remembering("mina@example.org"))
        try:
            assert sign_up.result(5)
        finally:
            over.set()
        assert event_told.result(5)
    assert rush.people() == {"mina@example.org"}


def remembering(email: str) -> Callable[[], int]:
    """Give a step that writes one person."""
    return lambda: remember_person(email)


def failing() -> None:
    """Be a step that can't be done."""
    raise LookupError


class Rush:
    """Steps that all come while another one is at it, and what came of them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.commits = 0

    def run(self, steps: list[Callable[[], Any]]) -> list[Any]:
        """Give what each step gave or raised."""
        return run_together(self.app, SIGN_UPS, [partial(self.commit, SIGN_UPS, step) for step in steps])

    def people(self) -> set[str]:
        """Give the addresses in the database."""
        with self.app.app_context():
            return set(db.session.scalars(select(Person.email)))

    def commit(self, kind: str, step: Callable[[], Any]) -> Any:
        """Run one step in an app context of its own; gives what it gives."""
        with self.app.app_context():
            return commit_together(kind, step)

    def count(self, _session: Any) -> None:
        """Count one commit."""
        self.commits += 1


@pytest.fixture
def rush(app: Flask, db_session: scoped_session[Session]) -> Iterator[Rush]:
    """A rush on a fresh database."""
    rush = Rush(app)
    db_session.rollback()
    event.listen(db.session, "after_commit", rush.count)
    yield rush
    event.remove(db.session, "after_commit", rush.count)
