"""Shifts as mails tell of them: day, times and zone in the reader's language, where they stand, and nothing more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.numbers import format_decimal
from flask_babel import get_locale, gettext

from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.queries import positions


@dataclass(frozen=True)
class Told:
    """One shift in the words of a mail.

    `day` is for a subject, `when` holds day, times and zone. `held_until` is empty once the address is proved,
    `position` None unless the person waits, `vetting` empty unless somebody has yet to see what the role asks for.
    """

    day: str
    when: str
    held_until: str
    position: int | None
    is_held: bool
    is_vetted_later: bool
    vetting: str
    hours: str


def tell_of(sign_ups: Iterable[SignUp]) -> list[Told]:
    """Give these sign-ups in words of the context's language, in their order."""
    known = list(sign_ups)
    in_line = positions(known)
    return [_told(one, in_line.get(one.id)) for one in known]


def _told(sign_up: SignUp, position: int | None) -> Told:
    shift, zone = sign_up.shift, sign_up.shift.event.zone
    locale = get_locale()
    unseen = sign_up.state == SignUpState.PENDING and shift.vetted and sign_up.vetted_at is None
    return Told(
        day=say_day(shift.starts_at, zone, locale, year=False),
        when=say_times(shift.starts_at, shift.ends_at, zone, locale),
        held_until="" if sign_up.proved_at else say_moment(sign_up.prove_by, zone, locale),
        position=position,
        is_held=sign_up.holds_place,
        is_vetted_later=unseen,
        vetting=shift.vetting_note if unseen else "",
        hours=format_decimal(round((shift.ends_at - shift.starts_at) / timedelta(hours=1), 2), locale=locale),
    )


def say_day(moment: datetime, zone: ZoneInfo, locale: Locale, *, year: bool = True) -> str:
    """Say a moment's day in its zone: Saturday 12 December 2026."""
    local = moment.astimezone(zone)
    if locale.language == "en":
        return format_date(local, f"EEEE d MMMM{' y' if year else ''}", locale=locale)
    return format_skeleton(f"{'y' if year else ''}MMMMEEEEd", local, locale=locale)


def say_times(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Say when a shift is, with its zone: Saturday 12 December 2026, 10:00 to 12:00, Dublin time."""
    starts_on, ends_on = (say_day(moment, zone, locale) for moment in (starts_at, ends_at))
    start, end = (_clock(moment, zone, locale) for moment in (starts_at, ends_at))
    if ends_on != starts_on:
        end = f"{ends_on}, {end}"
    return gettext(
        "%(day)s, %(start)s to %(end)s, %(zone)s time",
        day=starts_on,
        start=start,
        end=end,
        zone=_place_of(zone, locale),
    )


def say_moment(moment: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Say a moment with its zone: Friday 11 December 2026, 10:00, Dublin time."""
    return gettext(
        "%(day)s, %(start)s, %(zone)s time",
        day=say_day(moment, zone, locale),
        start=_clock(moment, zone, locale),
        zone=_place_of(zone, locale),
    )


def _clock(moment: datetime, zone: ZoneInfo, locale: Locale) -> str:
    pattern = "HH:mm" if locale.language == "en" else "short"
    return format_time(moment.astimezone(zone), pattern, tzinfo=zone, locale=locale)


def _place_of(zone: ZoneInfo, locale: Locale) -> str:
    return get_timezone_location(zone, locale=locale, return_city=True)
