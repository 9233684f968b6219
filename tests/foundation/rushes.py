"""Changes that come at one moment: started together, or all while another one holds the database."""

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, Event, Thread
from typing import Any

from flask import Flask

from portal.db import db
from portal.group_commit import EXTENSION, commit_together

LONGEST_SECONDS = 20


def at_once(app: Flask, threads: int, change: Callable[[], Any]) -> list[Exception]:
    """Make a change in several threads that start together, each committing; gives what went wrong."""
    barrier, failed = Barrier(threads), list[Exception]()

    def run() -> None:
        with app.app_context():
            try:
                barrier.wait()
                change()
                db.session.commit()
            except Exception as error:
                failed.append(error)

    workers = [Thread(target=run) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return failed


def run_together(app: Flask, name: str, calls: list[Callable[[], Any]]) -> list[Any]:
    """Make calls that write, each in a thread, while a first one holds them up; give what each gave or raised."""
    begun, let_go = Event(), Event()
    given: list[Any] = [None] * len(calls)

    def hold() -> None:
        begun.set()
        let_go.wait(LONGEST_SECONDS)

    def hold_up() -> None:
        # Only to be in the way: what a test makes of commits is not its business.
        with app.app_context(), suppress(Exception):
            commit_together(name, hold)

    def make(place: int) -> None:
        try:
            given[place] = calls[place]()
        except BaseException as error:  # noqa: BLE001  (what a thread raises is what the caller asks for)
            given[place] = error

    threads = [Thread(target=hold_up)]
    threads[0].start()
    begun.wait(LONGEST_SECONDS)
    for place in range(len(calls)):  # in order, so that they wait in it
        threads.append(Thread(target=make, args=(place,)))
        threads[-1].start()
        _wait_until_waiting(app, name, place + 1)
    let_go.set()
    for thread in threads:
        thread.join(LONGEST_SECONDS)
    return given


def _wait_until_waiting(app: Flask, name: str, number: int) -> None:
    group = app.extensions[EXTENSION][name]
    deadline = time.monotonic() + LONGEST_SECONDS
    while len(group._waiting) < number and time.monotonic() < deadline:
        time.sleep(0.002)
