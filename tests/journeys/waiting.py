"""Waiting for what other processes bring about: look again until it is so."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.05

Seen = TypeVar("Seen")


def eventually(look: Callable[[], Seen], within: float = PATIENCE_SECONDS) -> Seen:
    """Give what `look` gives as soon as its asserts hold; raises its last failure when they never do."""
    deadline = time.monotonic() + within
    while True:
        try:
            return look()
        except (AssertionError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(LOOK_AGAIN_SECONDS)
