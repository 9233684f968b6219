"""The demo's events: made ahead, once, on the right days, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from config import ROOT
from portal.db import db
from portal.domain.campaigns.errors import ContentInvalid
from portal.domain.campaigns.models import Campaign
from portal.domain.events.documents import DatesDocument, load_events
from portal.domain.events.models import Event, EventStatus, Shift
from portal.domain.events.service import MADE_AHEAD, months_of, seed_events
from portal.domain.volunteers.models import SignUp
from tests.factories.campaigns import make_campaign
from tests.foundation.demo import SLUGS, publish_demo

CONTENT = ROOT / "portal" / "content"
DUBLIN = ZoneInfo("Europe/Dublin")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("db_session")


@pytest.mark.both_databases
def test_the_demo_s_events_are_made_once_and_nothing_that_is_there_changes() -> None:
    publish_demo(*SLUGS)
    assert seed_events(CONTENT, NOW) > 0
    before = counts()
    db.session.execute(update(Event).values(title="Ours", status=EventStatus.CANCELLED))
    db.session.execute(update(Shift).values(places=77))

    assert seed_events(CONTENT, NOW) == 0
    assert counts() == before
    assert set(db.session.scalars(select(Event.title))) == {"Ours"}
    assert set(db.session.scalars(select(Shift.places))) == {77}


@pytest.mark.parametrize("moment", [NOW, NOW + timedelta(days=20), NOW + timedelta(days=130)])
def test_every_saturday_of_the_next_five_weeks_has_its_language_cafe(moment: datetime) -> None:
    publish_demo()
    seed_events(CONTENT, moment)
    today = moment.astimezone(DUBLIN).date()
    coming = [today + timedelta(days=ahead) for ahead in range(1, MADE_AHEAD.days + 1)]
    starts = {
        shift.starts_at.astimezone(DUBLIN)
        for shift in db.session.scalars(select(Shift).where(Shift.role == "Language partner"))
    }
    assert {day for day in coming if day.weekday() == 5} <= {start.date() for start in starts}
    assert {(start.weekday(), start.hour, start.minute) for start in starts} == {(5, 10, 0)}
    assert min(starts).date() > today


def test_shifts_keep_their_hour_when_clocks_go_forward() -> None:
    moment = datetime(2027, 3, 15, tzinfo=UTC)
    publish_demo()
    seed_events(CONTENT, moment)
    partners = db.session.scalars(
        select(Shift.starts_at).where(Shift.role == "Language partner").order_by(Shift.starts_at)
    )
    assert [f"{at:%d %H:%M}" for at in partners][:3] == ["20 10:00", "27 10:00", "03 09:00"]


def test_a_later_seed_adds_the_month_that_has_come_near() -> None:
    publish_demo()
    seed_events(CONTENT, NOW)
    db.session.commit()
    version = db.session.scalars(select(Campaign.help_version)).one()
    assert seed_events(CONTENT, NOW + timedelta(days=7)) == 1
    keys = set(db.session.scalars(select(Event.source_key)))
    assert {"language-cafe:2026-11", "language-cafe:2026-12", "language-cafe:2027-01"} <= keys
    assert db.session.scalars(select(Campaign.help_version)).one() > version


def test_the_demo_s_events_are_marked_and_nobody_is_invented() -> None:
    publish_demo(*SLUGS)
    seed_events(CONTENT, NOW)
    assert set(db.session.scalars(select(Event.demo))) == {True}
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 0
    assert db.session.scalar(select(func.sum(Shift.taken + Shift.waiting))) == 0
    for event in db.session.scalars(select(Event)):
        assert "our own proposals" in event.summary
        assert event.place_hidden <= bool(event.exact_place)


def test_each_campaign_of_the_demo_has_something_to_help_with() -> None:
    publish_demo(*SLUGS)
    seed_events(CONTENT, NOW)
    with_shifts = select(Campaign.slug).join(Event, Event.campaign_id == Campaign.id).join(Event.shifts)
    assert set(db.session.scalars(with_shifts)) == set(SLUGS)


def test_events_of_a_campaign_that_is_not_there_are_left_out() -> None:
    make_campaign(slug="another")
    assert seed_events(CONTENT, NOW) == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("languages: [en]", "languages: [en]\ncolour: red"), "bad.yaml:11: `colour` is no field that Lantern knows."),
        (("title: Walk\n", ""), "bad.yaml:1: `title` is missing."),
        (("Europe/Dublin", "Europe/Atlantis"), "bad.yaml:4: `timezone`: no time zone is called Europe/Atlantis"),
        (("places: 2", "places: 0"), "`shifts.0.places`"),
        (('"10:00"', '"25:00"'), "`shifts.0.starts` does not have the right form: '25:00'."),
        (("place_hidden: false", "place_hidden: true"), "exact_place must say where it is"),
        (("saturday", "someday"), "`dates.weekday`"),
        (("places: 2", "places: 2, vetted: true"), "says in vetting_note what follows"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_told_with_its_place(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "bad.yaml").write_text(GOOD.replace(*change))
    with pytest.raises(ContentInvalid) as refused:
        load_events(tmp_path)
    assert told in str(refused.value)
    assert "events/bad.yaml:" in str(refused.value)


def test_the_file_without_the_mistakes_is_read(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "good.yaml").write_text(GOOD)
    assert load_events(tmp_path)["good"].title == "Walk"


@pytest.mark.parametrize(
    ("weekday", "weeks", "month", "days"),
    [
        ("saturday", (1, 2, 3, 4, 5), date(2026, 12, 9), [5, 12, 19, 26]),
        ("tuesday", (1, 5), date(2026, 12, 1), [1, 29]),
        ("monday", (5,), date(2026, 12, 1), []),
        ("sunday", (2, 2, 1), date(2027, 2, 28), [7, 14]),
    ],
)
def test_days_of_a_month_are_counted_by_weekday(
    weekday: str, weeks: tuple[int, ...], month: date, days: list[int]
) -> None:
    dates = DatesDocument.model_validate({"weekday": weekday, "weeks": weeks})
    assert [day.day for day in dates.days_of(month)] == days


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), ["2026-11"]),
        (date(2026, 11, 30), date(2027, 1, 1), ["2026-11", "2026-12", "2027-01"]),
        (date(2027, 1, 31), date(2027, 2, 28), ["2027-01", "2027-02"]),
    ],
)
def test_months_are_those_that_the_days_reach_into(first: date, last: date, months: list[str]) -> None:
    assert [f"{month:%Y-%m}" for month in months_of(first, last)] == months


GOOD = """\
campaign: the-way-out
title: Walk
summary: A walk.
timezone: Europe/Dublin
place: Town
place_hidden: false
dates: {weekday: saturday}
shifts:
  - {role: Guide, starts: "10:00", ends: "12:00", places: 2}
languages: [en]
"""


def counts() -> tuple[int, int]:
    return (
        db.session.scalar(select(func.count()).select_from(Event)) or 0,
        db.session.scalar(select(func.count()).select_from(Shift)) or 0,
    )
