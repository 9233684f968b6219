"""Limits: how often one reader, and all together, may do what asks a provider, holds a place or sends a mail."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha256
from threading import Timer
from typing import Any

from flask import Flask, Response, current_app, make_response, request
from flask.typing import ResponseReturnValue
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from portal.domain.people.rules import fold_email
from portal.web.reader import reader_address
from portal.web.signed_in import get_user

EXTENSION = "lantern.limits"
View = Callable[..., ResponseReturnValue]
SWEEP_EVERY = 60.0


@dataclass(frozen=True)
class Limit:
    """A limit, by the name of its setting; what has the same `key` is counted together."""

    setting: str
    key: Callable[[], str] = reader_address


def for_everyone() -> str:
    """Count what all readers do together."""
    return "everyone"


def who() -> str:
    """Count by who is signed in."""
    return str(get_user().id)


def typed_address() -> str:
    """Count by typed address, without keeping it where the limits are counted."""
    return sha256(fold_email(request.form.get("email", "")).encode()).hexdigest()


def once() -> int:
    """Count an answer as one."""
    return 1


def was_done(response: Response) -> bool:
    """Tell whether a form did something: a mistyped one is shown again, and is no attempt."""
    return response.status_code == 303


def init_limits(app: Flask) -> None:
    """Give the app its counters, kept where RATELIMIT_STORAGE_URI says."""
    storage = storage_from_string(app.config["RATELIMIT_STORAGE_URI"])
    if isinstance(storage, MemoryStorage):
        storage.timer = _Resting(0, int)
    app.extensions[EXTENSION] = _Counters(FixedWindowRateLimiter(storage))


def limited(
    *each: Limit, counts: Callable[[Response], bool] | None = was_done, cost: Callable[[], int] = once
) -> Callable[[View], View]:
    """Refuse a view with 429 where one of the limits has no room for its `cost`.

    An answer that `counts` is taken off each of them; with None whatever is asked is, before it is answered.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> ResponseReturnValue:
            counters: _Counters = current_app.extensions[EXTENSION]
            amount = cost()
            rooms = [room for limit in each for room in counters.rooms(limit)]
            for room in rooms:
                if not counters.limiter.test(*room, cost=amount):
                    raise TooManyRequests(retry_after=counters.seconds_left(room))
            if counts is None:
                counters.take(rooms, amount)
                return view(**values)
            response = make_response(view(**values))
            if counts(response):
                counters.take(rooms, amount)
            return response

        return guarded

    return guard


Room = tuple[RateLimitItem, str, str]


class _Resting(Timer):
    """Keeps counters in memory from starting a thread in every hundredth of a second, only to look for old ones.

    Under load that took a tenth of what a sign-up costs; old windows are forgotten by `_Counters.sweep` instead.
    """

    def is_alive(self) -> bool:
        """Say that there is no need to start another."""
        return True


@dataclass
class _Counters:
    """What was counted so far, and the settings as they were read."""

    limiter: FixedWindowRateLimiter
    read: dict[str, list[RateLimitItem]] = field(default_factory=dict)
    swept_at: float = field(default_factory=time.monotonic)

    def rooms(self, limit: Limit) -> list[Room]:
        """Give the windows that a request counts in: one for each part of "20 per minute; 120 per hour"."""
        if limit.setting not in self.read:
            self.read[limit.setting] = parse_many(current_app.config[limit.setting])
        key = limit.key()
        return [(item, limit.setting, key) for item in self.read[limit.setting]]

    def take(self, rooms: list[Room], amount: int) -> None:
        """Count so much in each window."""
        for room in rooms:
            self.limiter.hit(*room, cost=amount)
        if time.monotonic() >= self.swept_at + SWEEP_EVERY:
            self.sweep()

    def sweep(self) -> None:
        """Forget the windows that are over, where they are kept in memory."""
        self.swept_at = time.monotonic()
        if isinstance(storage := self.limiter.storage, MemoryStorage):
            for key in list(storage.expirations):
                storage.get(key)  # forgets it when it is over

    def seconds_left(self, room: Room) -> int:
        """Give in how many seconds a window that is full begins anew."""
        return max(int(self.limiter.get_window_stats(*room).reset_time - time.time()) + 1, 1)
