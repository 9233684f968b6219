"""How long signing in and asking for a password take for addresses that have an account, and for those that have none.

Who could tell them apart by a clock would know who is here. Passwords are hashed as in production; each address is
typed once, a known one and an unknown one in turn.
"""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from flask_security import hash_password

from bench.portals import prepare, settings, within
from portal.clock import now
from portal.db import db
from portal.domain.accounts.service import open_account
from portal.domain.people.models import Person

EACH = 100
MOST_APART = 0.1
LEAST_OVERLAP = 0.8
# All of them come from one computer here.
LIMITS = ("RATELIMIT_SIGN_IN", "RATELIMIT_SIGN_IN_ADDRESS", "RATELIMIT_LINK", "RATELIMIT_LINK_MAIL")
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@dataclass
class Times:
    """How long a form takes for known and for unknown addresses: milliseconds of the processor, and by the clock.

    The processor's decide: what else the computer does moves the clock by more than is measured here.
    """

    name: str
    known: list[float] = field(default_factory=list)
    unknown: list[float] = field(default_factory=list)
    clock: dict[bool, list[float]] = field(default_factory=lambda: {True: [], False: []})

    @property
    def ratio(self) -> float:
        """The median for known ones by that for unknown ones."""
        return median(self.known) / median(self.unknown)

    @property
    def overlap(self) -> float:
        """The share of all times that lie where both kinds have some, but for the slowest and fastest twentieth."""
        spans = [sorted(times)[EACH // 20 : EACH - EACH // 20] for times in (self.known, self.unknown)]
        least, most = max(span[0] for span in spans), min(span[-1] for span in spans)
        return sum(least <= one <= most for span in spans for one in span) / sum(map(len, spans))

    @property
    def met(self) -> bool:
        """Whether the clock tells nothing."""
        return abs(self.ratio - 1) <= MOST_APART and self.overlap >= LEAST_OVERLAP


def measure(folder: Path) -> list[Times]:
    """Measure both forms, in a portal with so many accounts."""
    environment = settings(folder) | dict.fromkeys(LIMITS, "1000000/hour")
    folder.mkdir()
    prepare(environment)
    with within(environment) as app:
        hashed = hash_password("a password that nobody types")
        for number in range(EACH + 1):
            person = Person(email=_address(number, known=True))
            db.session.add(person)
            db.session.flush()
            open_account(person.id, hashed, now())
        db.session.commit()
    client = app.test_client()
    return [
        _times(client, "signing in", "/sign-in", 422, {"password": "another one that is wrong"}),
        _times(client, "asking for a password", "/forgot", 303, {}),
    ]


def _address(number: int, *, known: bool) -> str:
    # As long as each other, and sorted among each other.
    return f"somebody-{number:03d}-{'at' if known else 'no'}@example.org"


def _times(client: FlaskClient, name: str, path: str, expected: int, more: dict[str, str]) -> Times:
    found = Times(name)
    token = TOKEN.search(client.get(path).get_data(as_text=True))
    if token is None:
        raise RuntimeError(f"{path}: no token")
    for number in range(EACH, -1, -1):  # the first of each counts for nothing: it finds no cache
        for known in (True, False) if number % 2 else (False, True):
            times = found.known if known else found.unknown
            sent = {"csrf_token": token[1], "email": _address(number, known=known), **more}
            began, worked = time.perf_counter(), time.process_time()
            answer = client.post(path, data=sent)
            worked, lasted = time.process_time() - worked, time.perf_counter() - began
            if answer.status_code != expected:
                raise RuntimeError(f"{path}: {answer.status}")
            if number < EACH:
                times.append(worked * 1000)
                found.clock[known].append(lasted * 1000)
    return found
