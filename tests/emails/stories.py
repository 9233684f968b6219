"""What has to happen for each kind of mail about helping to be queued."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.models import Campaign
from portal.domain.events.models import Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.volunteers import attendance, due, hosting, mailed_links, service
from tests.factories.campaigns import make_campaign, make_story
from tests.factories.events import make_event, make_shift
from tests.factories.people import make_person
from tests.factories.volunteers import make_sign_up

pytestmark = pytest.mark.usefixtures("db_session")
# A Saturday, far enough from now for every rule of time.
# A Saturday, far enough from now for every rule of time.
SATURDAY = datetime(2030, 12, 14, 10, 0, tzinfo=UTC)
ADDRESS = "mina@example.org"


def story_of_confirm() -> OutboxMail:
    """Somebody signs up."""
    make_sign_up(saturday(), email=ADDRESS, proved=False)
    return queued("sign_up_confirm")


def story_of_confirm_again() -> OutboxMail:
    """Somebody signs up and lets half of the time go by."""
    made = make_sign_up(saturday(), email=ADDRESS, proved=False)
    due.ask_again_due(made.prove_by - timedelta(minutes=1), 50)
    return queued("sign_up_confirm_again")


def story_of_confirmed() -> OutboxMail:
    """Somebody signs up and proves the address."""
    make_sign_up(saturday(), email=ADDRESS)
    return queued("sign_up_confirmed")


def story_of_cancelled() -> OutboxMail:
    """The event is called off."""
    made = make_sign_up(saturday(), email=ADDRESS)
    service.call_off(made.shift.event, now())
    return queued("sign_up_cancelled")


def story_of_given_back() -> OutboxMail:
    """The person gives the place back."""
    service.cancel_by_person(make_sign_up(saturday(), email=ADDRESS), now())
    return queued("sign_up_given_back")


def story_of_changed() -> OutboxMail:
    """The shift is moved to the next day."""
    made = make_sign_up(saturday(), email=ADDRESS)
    moved = SATURDAY + timedelta(hours=23)
    service.change_times(made.shift, moved, moved + timedelta(hours=2.5), now())
    return queued("sign_up_changed")


def story_of_event_changed() -> OutboxMail:
    """The event gets another place."""
    made = make_sign_up(saturday(), email=ADDRESS)
    event = made.shift.event
    elsewhere = replace(hosting.details_of(event), place="Language café in Korea Street")
    hosting.change_details(make_person().id, event.id, elsewhere, now())
    return queued("event_changed")


def story_of_message() -> OutboxMail:
    """A host writes to the shift."""
    made = make_sign_up(saturday(), email=ADDRESS)
    attendance.write_to_shift(make_person().id, made.shift_id, "The door is blue.\nRing twice.", now())
    return queued("host_message")


def story_of_moved_up() -> OutboxMail:
    """A place comes free."""
    shift = saturday(places=1)
    holder = make_sign_up(shift)
    make_sign_up(shift, email=ADDRESS)
    service.cancel(holder, now())
    return queued("sign_up_moved_up")


def story_of_moved_back() -> OutboxMail:
    """There are fewer places than before."""
    shift = saturday()
    make_sign_up(shift)
    make_sign_up(shift, email=ADDRESS)
    service.change_places(shift, 1, now())
    return queued("sign_up_moved_back")


def story_of_help_link() -> OutboxMail:
    """Somebody asks for the link."""
    made = make_sign_up(saturday(), email=ADDRESS)
    assert made.person_id is not None
    mailed_links.mail_link(made.person_id, now())
    return queued("help_link")


def story_of_reminder() -> OutboxMail:
    """It is the day before."""
    made = make_sign_up(saturday(), email=ADDRESS)
    due.remind_due(SATURDAY - timedelta(hours=20), 50)
    assert made.reminded_at is not None
    return queued("shift_reminder")


def story_of_thanks() -> OutboxMail:
    """The shift was this morning."""
    made = make_sign_up(saturday(), email=ADDRESS)
    start = (now() - timedelta(days=1)).replace(hour=10)
    put(made.shift, start, start + timedelta(hours=2))
    due.thank_due(now(), 50)
    return queued("shift_thanks")


STORIES: dict[str, Callable[[], OutboxMail]] = {
    "sign_up_confirm": story_of_confirm,
    "sign_up_confirm_again": story_of_confirm_again,
    "sign_up_confirmed": story_of_confirmed,
    "sign_up_cancelled": story_of_cancelled,
    "sign_up_given_back": story_of_given_back,
    "sign_up_changed": story_of_changed,
    "event_changed": story_of_event_changed,
    "host_message": story_of_message,
    "sign_up_moved_up": story_of_moved_up,
    "sign_up_moved_back": story_of_moved_back,
    "help_link": story_of_help_link,
    "shift_reminder": story_of_reminder,
    "shift_thanks": story_of_thanks,
}


def saturday(places: int = 2) -> Shift:
    """A shift of an event with a telling title, for a campaign with a telling one."""
    campaign: Campaign = make_campaign(story=make_story(title="The way out for refugees"), slug="the-way-out")
    return make_shift(make_event(campaign), SATURDAY, places=places)


def put(shift: Shift, starts_at: datetime, ends_at: datetime) -> None:
    """Let time go by, seen from a shift; nobody is told."""
    shift.starts_at, shift.ends_at = starts_at, ends_at
    db.session.flush()


def queued(kind: str) -> OutboxMail:
    """The last mail of a kind to the one whom the stories are about."""
    rows = select(OutboxMail).where(OutboxMail.kind == kind).order_by(OutboxMail.id.desc())
    found = db.session.scalars(rows).first()
    assert found is not None
    return found
