"""Changes to events: the demo's, made ahead for the weeks that come."""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from portal.db import db
from portal.domain.campaigns.models import Campaign
from portal.domain.campaigns.service import touch_help
from portal.domain.events.documents import EventDocument, load_events
from portal.domain.events.models import Event, Shift
from portal.domain.events.rules import shift_times

MADE_AHEAD = timedelta(weeks=5)


def seed_events(content_dir: Path, moment: datetime) -> int:
    """Make the demo's events of every month that the next five weeks reach into; give how many are new.

    What is there already stays as it is, so that doing it again changes nothing. Events of a campaign that is not
    there are left out. Raises ContentInvalid, with every problem of every file, before anything is written.
    """
    return sum(_make_series(name, document, moment) for name, document in load_events(content_dir).items())


def _make_series(name: str, document: EventDocument, moment: datetime) -> int:
    campaign_id = db.session.scalar(select(Campaign.id).where(Campaign.slug == document.campaign))
    if campaign_id is None:
        return 0
    today = moment.astimezone(document.zone).date()
    made = [
        _make_event(f"{name}:{month:%Y-%m}", document, days, campaign_id, moment)
        for month in months_of(today, today + MADE_AHEAD)
        # From tomorrow on: who signs up for today could hardly be told in time.
        if (days := [day for day in document.dates.days_of(month) if day > today])
    ]
    if any(made):
        touch_help(campaign_id)
    return sum(made)


def months_of(first: date, last: date) -> list[date]:
    """Give the first day of each month from one day's to another's."""
    months = [first.replace(day=1)]
    while (following := (months[-1] + timedelta(days=32)).replace(day=1)) <= last:
        months.append(following)
    return months


def _make_event(
    source_key: str, document: EventDocument, days: list[date], campaign_id: int, moment: datetime
) -> bool:
    """Make one month's event with its shifts, unless it was made before; tell whether it is new."""
    if db.session.scalar(select(Event.id).where(Event.source_key == source_key)) is not None:
        return False
    event = Event(
        source_key=source_key,
        campaign_id=campaign_id,
        title=f"{document.title}, {days[0]:%B}",
        demo=True,
        created_at=moment,
        **document.columns(),
    )
    for day in days:
        for shift in document.shifts:
            starts_at, ends_at = shift_times(day, *shift.times, document.zone)
            event.shifts.append(
                Shift(
                    role=shift.role,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    places=shift.places,
                    vetted=shift.vetted,
                    vetting_note=shift.vetting_note,
                )
            )
    db.session.add(event)
    db.session.flush()
    return True
