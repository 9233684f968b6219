"""A person's sign-ups as their own pages and calendar show them: where each stands, and what may be told of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Response, current_app
from flask_babel import force_locale, get_locale

from portal import links
from portal.domain.events.models import EventStatus
from portal.domain.events.rules import place_shown
from portal.domain.people.models import Person
from portal.domain.volunteers import queries, service
from portal.domain.volunteers.errors import TooLateToChange
from portal.domain.volunteers.models import NameLook, SignUp, SignUpState
from portal.domain.volunteers.rules import ACTIVE, changes_close_at
from portal.emails.calendar import FILE_NAME, calendar_file, entry_of

__all__ = ["FILE_NAME"]
# What is over stays in a calendar, what was cancelled goes: each long enough for every calendar to have asked.
PAST_IN_CALENDAR, CANCELLED_IN_CALENDAR = timedelta(days=400), timedelta(days=30)

Standing = Literal[
    "unproved",
    "unproved-waiting",
    "vetting",
    "confirmed",
    "waiting",
    "off",
    "returned",
    "over",
    "here",
    "missed",
]


@dataclass(frozen=True)
class Own:
    """One sign-up as its person sees it; `place` is as exact as may be told now."""

    sign_up: SignUp
    standing: Standing
    position: int | None
    place: str
    place_is_exact: bool
    may_give_back: bool
    closes_at: datetime

    @property
    def may_decline(self) -> bool:
        """Whether the place came free for them, so that giving it back is saying no."""
        return self.may_give_back and self.sign_up.moved_up_at is not None and self.sign_up.holds_place


@dataclass(frozen=True)
class OwnHelp:
    """All of a person's help: what waits for the address to be proved, what comes, what was, and what ended early."""

    unproved: list[Own]
    coming: list[Own]
    past: list[Own]
    ended: list[Own]

    @property
    def hours(self) -> float | int:
        """How many hours the past shifts had, to a tenth."""
        tenths = sum(_seconds(one.sign_up) for one in self.past) // 360
        return tenths // 10 if tenths % 10 == 0 else tenths / 10


@dataclass(frozen=True)
class Look:
    """Looks of one day at a list with the person's name: who, when last, the zone of that, and how many times."""

    by: str
    at: datetime
    timezone: str
    times: int = 1


def see(sign_up: SignUp, moment: datetime, positions: Mapping[int, int]) -> Own:
    """Give a sign-up as its person sees it at a moment."""
    shift, event = sign_up.shift, sign_up.shift.event
    standing = _standing(sign_up, moment)
    # The exact place is told to those who are expected there: proved, and seen by an organizer where that is asked.
    exact = standing in ("confirmed", "here", "over") or not event.place_hidden
    return Own(
        sign_up=sign_up,
        standing=standing,
        position=positions.get(sign_up.id),
        place=place_shown(event.place, event.exact_place, hidden=event.place_hidden, signed_up=exact),
        place_is_exact=exact,
        may_give_back=sign_up.state in ACTIVE and _is_in_time(sign_up, moment),
        closes_at=changes_close_at(shift.starts_at, event.changes_close_hours),
    )


def _standing(sign_up: SignUp, moment: datetime) -> Standing:
    if sign_up.shift.event.status == EventStatus.CANCELLED and sign_up.shift.ends_at > moment:
        return "off"
    if sign_up.state == SignUpState.CANCELLED:
        return "returned"
    if sign_up.state == SignUpState.NO_SHOW:
        return "missed"
    if sign_up.state == SignUpState.ATTENDED:
        return "over" if sign_up.minutes is not None or sign_up.shift.ends_at <= moment else "here"
    if sign_up.state == SignUpState.CONFIRMED:
        return "confirmed" if sign_up.shift.ends_at > moment else "over"
    waits = sign_up.state == SignUpState.WAITING
    if sign_up.proved_at is None:
        return "unproved-waiting" if waits else "unproved"
    return "waiting" if waits else "vetting"


def _is_in_time(sign_up: SignUp, moment: datetime) -> bool:
    try:
        service.get_way_out(sign_up, moment)
    except TooLateToChange:
        return False
    return True


def sort(sign_ups: Iterable[SignUp], positions: Mapping[int, int], moment: datetime) -> OwnHelp:
    """Give a person's sign-ups as their pages group them: coming ones soonest first, past ones latest first."""
    seen = [see(one, moment, positions) for one in sorted(sign_ups, key=_start)]
    here = [one for one in seen if one.standing == "here"]
    coming = [one for one in seen if one.sign_up.state in ACTIVE and one.sign_up.shift.ends_at > moment]
    ended = [one for one in seen if one.standing in ("off", "returned")]
    missed = [one for one in reversed(seen) if one.standing == "missed"]
    return OwnHelp(
        unproved=[one for one in coming if one.sign_up.proved_at is None],
        coming=here + coming,
        past=[one for one in reversed(seen) if one.standing == "over"],
        ended=[one for one in ended if one.sign_up.shift.ends_at > moment] + missed,
    )


def _seconds(sign_up: SignUp) -> int:
    """Give how long somebody helped: as a host wrote it down, otherwise all of the shift."""
    if sign_up.minutes is not None:
        return sign_up.minutes * 60
    return int((sign_up.shift.ends_at - sign_up.shift.starts_at).total_seconds())


def _start(sign_up: SignUp) -> tuple[datetime, int]:
    return sign_up.shift.starts_at, sign_up.id


def list_in_event(person_id: int, event_id: int, moment: datetime) -> list[Own]:
    """Give what a person has in one event that is not over."""
    own = [one for one in queries.list_active(person_id, moment) if one.shift.event_id == event_id]
    return [see(one, moment, {}) for one in own]


def see_looks(looks: Iterable[NameLook], sign_ups: Iterable[SignUp]) -> list[Look]:
    """Give looks, the latest first, with the zone of the event whose list was looked at.

    Whoever checks people in looks again and again: of one day and event it is told once, with how many times.
    """
    zones = {one.id: one.shift.event.timezone for one in sign_ups}
    by_day: dict[tuple[str, int, date], Look] = {}
    for one in looks:
        zone = zones[one.sign_up_id]
        key = one.looked_by, one.sign_up_id, one.looked_at.astimezone(ZoneInfo(zone)).date()
        known = by_day.get(key, Look(one.looked_by, one.looked_at, zone, 0))
        by_day[key] = replace(known, times=known.times + 1)
    return list(by_day.values())


def list_for_calendar(person_id: int, moment: datetime) -> list[SignUp]:
    """Give what a person's calendar is told: proved places, and for a while those that were cancelled."""
    return [
        one
        for one in queries.list_all_of(person_id)
        if one.proved_at is not None
        and (
            (one.holds_place and one.shift.ends_at > moment - PAST_IN_CALENDAR)
            or (one.state == SignUpState.CANCELLED and one.changed_at > moment - CANCELLED_IN_CALENDAR)
        )
    ]


def calendar_answer(sign_ups: Iterable[SignUp], language: str | None = None) -> Response:
    """Give sign-ups as a calendar file."""
    public_url = current_app.config["PUBLIC_URL"]
    host = urlsplit(public_url).hostname or "localhost"
    with force_locale(language or str(get_locale())):
        content = calendar_file([entry_of(one, public_url, host) for one in sign_ups], method="PUBLISH")
    return Response(content, mimetype="text/calendar")


def calendar_url(person: Person) -> str:
    """Give the address at which a person's calendar asks for their shifts."""
    link = links.Link(links.CALENDAR, str(person.id), person.calendar_nonce)
    token = links.sign(link, current_app.config["SECRET_KEY"])
    return f"{current_app.config['PUBLIC_URL']}/calendar/{token}"
