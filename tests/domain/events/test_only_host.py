"""The only host of an event to come: their account does not go before somebody else manages the event."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.clock import now
from portal.db import db
from portal.domain.accounts import queries as account_queries
from portal.domain.accounts.models import User
from portal.domain.accounts.service import close_account
from portal.domain.events import proposals
from portal.domain.events.errors import OnlyHost
from portal.domain.events.models import Event
from tests.factories.accounts import make_user
from tests.factories.events import make_event, make_host, make_shift
from tests.foundation.rushes import at_once

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("status", "hours", "refused"),
    [
        ("published", 48, True),
        ("published", -1, True),  # it is under way
        ("published", -2, False),
        ("proposed", 48, True),
        ("draft", 48, False),
        ("declined", 48, False),
        ("cancelled", 48, False),
    ],
)
@pytest.mark.usefixtures("db_session")
def test_what_is_to_come_or_under_way_needs_its_host(status: str, hours: int, refused: bool) -> None:
    event, host = hosted(hours=hours, status=status)
    assert needed_by(host) == (event.title if refused else None)


@pytest.mark.usefixtures("db_session")
def test_the_one_that_comes_first_is_named() -> None:
    _, host = hosted(hours=72)
    sooner, _ = hosted(host, hours=48)
    assert needed_by(host) == sooner.title


@pytest.mark.usefixtures("db_session")
def test_somebody_else_who_said_yes_and_has_an_account_is_enough() -> None:
    event, host = hosted()
    make_host(event)  # no account, so they can't manage it
    gone = make_user()
    gone.active = False
    make_host(event, gone.person)
    make_host(event, (asked := make_user()).person, accepted_at=None)
    assert needed_by(host) == event.title
    proposals.accept_host(asked.person_id, event.id, now())
    assert needed_by(host) is None


@pytest.mark.usefixtures("db_session")
def test_who_is_only_asked_may_go() -> None:
    event, _ = hosted()
    make_host(event, (asked := make_user()).person, accepted_at=None)
    assert needed_by(asked) is None


def test_of_two_hosts_who_close_their_accounts_at_one_moment_one_stays(app: Flask) -> None:
    with app.app_context():
        pairs = []
        for _ in range(8):
            event, one = hosted()
            make_host(event, (other := make_user()).person)
            pairs.append((one.id, other.id))
        db.session.commit()
    of_each = iter(zip(*pairs, strict=True))

    def close_one_of_each() -> None:
        for user_id in next(of_each):
            user = account_queries.get_user(user_id)
            try:
                proposals.refuse_only_host(user.person_id, now())
                close_account(user, now())
                db.session.commit()
            except OnlyHost:
                db.session.rollback()

    assert at_once(app, 2, close_one_of_each) == []
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == len(pairs)


def hosted(host: User | None = None, hours: int = 48, **facts: str) -> tuple[Event, User]:
    """Add an event with one host that begins in so many hours and takes two; gives both."""
    event, host = make_event(**facts), host or make_user()
    make_shift(event, starts_at=now() + timedelta(hours=hours))
    make_host(event, host.person)
    return event, host


def needed_by(user: User) -> str | None:
    """Give the title of the event that somebody can't leave."""
    try:
        proposals.refuse_only_host(user.person_id, now())
    except OnlyHost as refusal:
        return refusal.title
    return None
