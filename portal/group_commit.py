"""Group commit: what several threads want to write at one moment goes into one transaction."""

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app

from portal.db import db

EXTENSION = "lantern.group_commit"
# Each kind by itself: a transaction that has written a person must not wait for the turn of sign-ups (ADR 15), whose
# holder may wait for that same person.
EVENTS_TOLD, SIGN_UPS = GROUPS = ("events", "sign-ups")
Result = TypeVar("Result")


class GroupCommit:
    """Runs steps of one process in the order they came, those that had to wait together in one transaction.

    Writers of a database wait for each other anyway, and most of what a small one costs is its beginning and its
    commit. Whoever comes first leads: its transaction takes along the steps of all who came to wait meanwhile.
    """

    def __init__(self) -> None:
        self._guard, self._turn = Lock(), Lock()
        self._waiting: list[_Entry] = []

    def run(self, step: Callable[[], Result]) -> Result:
        """Give what the step gives, committed; raises what it raises, with nothing of it written.

        The step may run in another thread, and twice, the first time rolled back: it speaks to the database alone
        and gives plain values, no rows of the session. A transaction that the caller has open is rolled back.
        """
        if db.session.registry.has():
            # Nothing of whoever waits may hold what the others wait for.
            db.session.rollback()
        entry = _Entry(step)
        with self._guard:
            self._waiting.append(entry)
        with self._turn:
            if not entry.tried:
                self._run_together()
            if entry.done:
                return entry.result
            return self._run_alone(step)

    def _run_together(self) -> None:
        """Run all that wait in one transaction; when one of them fails, none is done and each runs alone."""
        with self._guard:
            entries, self._waiting = self._waiting, []
        for entry in entries:
            entry.tried = True
        if len(entries) == 1:
            return
        try:
            for entry in entries:
                entry.result = entry.step()
            db.session.commit()
        except Exception:
            db.session.rollback()
            return
        for entry in entries:
            entry.done = True

    def _run_alone(self, step: Callable[[], Result]) -> Result:
        try:
            result = step()
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        return result


class _Entry:
    """A step that waits; tried once a transaction took it along, done once that one is committed."""

    def __init__(self, step: Callable[[], Any]) -> None:
        self.step = step
        self.result: Any = None
        self.tried = self.done = False


def init_group_commit(app: Flask) -> None:
    """Give the app its own, as it has its own database."""
    app.extensions[EXTENSION] = {name: GroupCommit() for name in GROUPS}


def commit_together(name: str, step: Callable[[], Result]) -> Result:
    """Run a step in a transaction of the current app, with others of its kind; see `GroupCommit.run`."""
    group: GroupCommit = current_app.extensions[EXTENSION][name]
    return group.run(step)
