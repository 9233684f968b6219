"""Every list beside itself: in a portal with a million gifts and in one with hardly more rows than a page shows.

Both portals run in this process, so that a request's processor time is nothing else's; who reads may see everything.
"""

import time
from dataclasses import dataclass, field
from functools import partial
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from bench.crowds import ADMIN, FIRST, Crowd
from bench.portals import PATH, within
from portal.db import db
from portal.domain.donations.models import Donation
from portal.domain.donations.sought import GiftKey
from portal.domain.people.models import Person
from portal.web.signed_in import KEY

BAR = 1.5
AT_ONCE = 5

LISTS = (
    "/desk", "/desk/gifts", "/desk/gifts?campaign=the-way-out", "/desk/gifts?state=paid",
    "/desk/gifts?campaign=the-way-out&state=expired", "/desk/gifts?month={month}", "/desk/gifts?look=y",
    "/desk/gifts?before={gift}", "/desk/gifts?q=ada", "/desk/gifts?q=ad", "/desk/gifts?q=lovelace+ada",
    "/desk/gifts?q=ada&state=paid", "/desk/gifts?q=ada&before={gift}", "/desk/gifts?q=민아",
    "/desk/gifts?q=6.00", "/desk/gifts?q={number}", "/desk/gifts?q={email}", "/desk/gifts?q=nobody",
    "/desk/totals", "/desk/people", "/desk/people?before={person}", "/desk/people?q=ada", "/desk/people?q=a",
    "/desk/people?q=ada+lovelace", "/desk/people?q=ada&before={person}", "/desk/people?q={email}",
    "/desk/campaigns", "/desk/events", "/desk/outbox", "/desk/outbox?state=failed",
    "/desk/outbox?before={mail}", "/desk/audit", "/desk/audit?kind=event", "/desk/audit?by={admin}",
    "/desk/audit?before={entry}", "/desk/roles", "/hosting", "/events", "/events?need=Helper", "/campaigns", PATH,
)  # fmt: skip


@dataclass
class Reader:
    """Somebody who reads a portal's lists, with what the addresses of its pages name."""

    app: Flask
    client: FlaskClient
    named: dict[str, str]

    def read(self, path: str) -> str:
        """Ask for a list and give the page. Raises RuntimeError for anything but a page."""
        answer = self.client.get(path.format(**self.named))
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer.get_data(as_text=True)

    def cpu_ms(self, path: str) -> float:
        """Give the processor time of one request, of a few."""
        before = time.process_time()
        for _ in range(AT_ONCE):
            self.read(path)
        return (time.process_time() - before) * 1000 / AT_ONCE

    def statements(self, path: str) -> int:
        """Give how many statements a request takes, but for the one in a while that notes who was seen."""
        counts = []
        with self.app.app_context():
            engine = db.engine
        for _ in range(2):
            seen: list[str] = []
            note = partial(_note, seen)
            event.listen(engine, "before_cursor_execute", note)
            self.read(path)
            event.remove(engine, "before_cursor_execute", note)
            counts.append(len(seen))
        return min(counts)


def _note(seen: list[str], _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    seen.append(statement)


@dataclass
class Growth:
    """What a list takes with few rows and with very many, round by round."""

    path: str
    statements: tuple[int, int]
    few: list[float] = field(default_factory=list)
    many: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The median of the processor time with many rows by that with few."""
        return median(self.many) / median(self.few)

    @property
    def met(self) -> bool:
        """Whether the bar is met, with as many statements."""
        return self.ratio <= BAR and self.statements[0] == self.statements[1]


def grow(path: str, few: Reader, many: Reader, rounds: int) -> Growth:
    """Measure one list."""
    for reader in (few, many):  # so that caches are warm and templates compiled
        reader.read(path)
    found = Growth(path, (few.statements(path), many.statements(path)))
    for _ in range(rounds):
        found.few.append(few.cpu_ms(path))
        found.many.append(many.cpu_ms(path))
    return found


def reader_of(crowd: Crowd) -> Reader:
    """Give somebody who is signed in and may see everything."""
    with within(crowd.environment) as app:
        named = _named(crowd)
    client = app.test_client()
    with client.session_transaction() as session:
        session[KEY] = crowd.secret
        session["_user_id"], session["_fresh"] = crowd.uniquifier, True
        session.permanent = True
    return Reader(app, client, named)


def _named(crowd: Crowd) -> dict[str, str]:
    """Give what addresses name: places with full pages behind them, and what is looked for."""
    size = crowd.size
    gift = db.session.get_one(Donation, FIRST + size.gifts * 9 // 10)
    person = db.session.get_one(Person, gift.person_id)
    admin_id = db.session.scalars(select(Person.id).where(Person.email == ADMIN)).one()
    told = {
        "month": f"{gift.created_at:%Y-%m}", "gift": GiftKey(gift.created_at, gift.id), "number": gift.number,
        "email": person.email, "person": FIRST + size.people * 9 // 10, "mail": FIRST + size.gifts * 9 // 5,
        "entry": FIRST + size.people // 2, "admin": admin_id,
    }  # fmt: skip
    return {name: str(value) for name, value in told.items()}
