"""Signing up beside a bare app that does so: people who take a place in one shift, each of them another one."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import func, select

from bench import bare_sign_up
from bench.portals import SLUG, within
from bench.rounds import Comparison, Subject
from bench.servers import WEBHOOKS, Server, serving
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.models import Campaign
from portal.domain.events.models import Event, Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.rules import MOST_PLACES

BAR = 0.5
SIGN_UPS_A_RUN = 300
TITLE = "A shift to be measured"
# All of them come from one computer here.
LIMITS = ("RATELIMIT_SIGN_UP", "RATELIMIT_SIGN_UP_OVERALL")


@contextmanager
def comparisons(
    environment: dict[str, str], folder: Path
) -> Iterator[tuple[list[Comparison], dict[str, Server]]]:
    """Give what is compared, while the servers run, with places for all who come."""
    database = str(folder / "bare-sign-up.sqlite3")
    bare_sign_up.make_database(database)
    event_id, shift_id = _add_shift(environment)
    with (
        serving("bench.bare_sign_up:create_app()", WEBHOOKS, {"BENCH_DATABASE": database}) as base,
        serving(
            "portal:create_app()", WEBHOOKS, environment | dict.fromkeys(LIMITS, "1000000/hour")
        ) as target,
    ):

        def bare_requests() -> list[bytes]:
            return [_request(event_id, 1) for _ in range(SIGN_UPS_A_RUN)]

        def portal_requests() -> list[bytes]:
            return [_request(event_id, shift_id) for _ in range(SIGN_UPS_A_RUN)]

        bare = Subject("bare sign-up", base, bare_requests, expected=303, seconds=0)
        portal = Subject("sign-up", target, portal_requests, expected=303, seconds=0)
        found = [Comparison("sign-ups, places taken / bare", bare, portal, BAR)]
        yield found, {"bare sign-up": base, "portal, sign-ups": target}


def rosters(environment: dict[str, str]) -> str:
    """Say whether places taken, people in them and mails to them are as many."""
    with within(environment):
        shift = db.session.scalars(select(Shift).join(Shift.event).where(Event.title == TITLE)).one()
        held = db.session.scalar(
            select(func.count()).where(SignUp.shift_id == shift.id, SignUp.state == SignUpState.PENDING)
        )
        people = db.session.scalar(
            select(func.count(SignUp.person_id.distinct())).where(SignUp.shift_id == shift.id)
        )
        mails = db.session.scalar(select(func.count()).where(OutboxMail.kind == "sign_up_confirm"))
        if shift.taken == shift.last_number == held == people == mails:
            return f"rosters agree: {held} places taken, people in them and mails to them"
        return f"ROSTERS DISAGREE: {shift.taken} taken, {held} sign-ups, {people} people, {mails} mails"


def _add_shift(environment: dict[str, str]) -> tuple[int, int]:
    with within(environment):
        campaign_id = db.session.scalars(select(Campaign.id).where(Campaign.slug == SLUG)).one()
        starts_at = now() + timedelta(days=30)
        event = Event(
            campaign_id=campaign_id, title=TITLE, summary="", timezone="Europe/Dublin", place="Anywhere"
        )
        shift = Shift(
            event=event,
            role="Helper",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            places=MOST_PLACES,
        )
        db.session.add(shift)
        db.session.commit()
        return event.id, shift.id


def _request(event_id: int, shift_id: int) -> bytes:
    """Give the whole HTTP request of somebody new who takes a place, as browsers send it."""
    who = secrets.token_hex(8)
    body = urlencode(
        {
            "shift": shift_id,
            "name": f"Ada {who}",
            "email": f"{who}@example.org",
            "adult": "y",
        }
    )
    head = (
        f"POST /events/{event_id}/sign-up HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode()
