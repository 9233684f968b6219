"""Campaigns that move at a planned moment: over clock changes, once, and not when something is missing."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import event, select

from config import Test
from portal import create_app
from portal.cli import worker
from portal.clock import comes_twice
from portal.db import db
from portal.domain.audit.queries import list_entries
from portal.domain.campaigns import editing
from portal.domain.campaigns.errors import (
    EndsBeforeItBegins,
    MomentMissing,
    MomentOver,
    MomentSkipped,
    MomentUnreadable,
    NoSuchCampaign,
    PublicAlready,
)
from portal.domain.campaigns.models import Campaign, CampaignPlan
from portal.domain.campaigns.planning import carry_out_due, list_plans, plan, read_moment, take_back
from portal.domain.campaigns.queries import find_page_version
from tests.factories.campaigns import make_campaign

AOIFE = 7
DUBLIN = ZoneInfo("Europe/Dublin")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "in_utc"),
    [
        ("2027-03-28T00:59", "2027-03-28T00:59"),
        ("2027-03-28T02:00", "2027-03-28T01:00"),  # clocks went forward
        ("2027-10-31T01:30", "2027-10-31T00:30"),  # comes twice; the first one
        ("2027-10-31 02:00", "2027-10-31T02:00"),
        (" 2027-07-01T09:00:00 ", "2027-07-01T08:00"),
    ],
)
def test_a_moment_is_read_as_clocks_in_the_town_show_it(typed: str, in_utc: str) -> None:
    assert read_moment(typed, DUBLIN) == datetime.fromisoformat(in_utc).replace(tzinfo=UTC)


def test_an_hour_that_clocks_skip_is_refused_and_one_that_comes_twice_is_known() -> None:
    with pytest.raises(MomentSkipped):
        read_moment("2027-03-28T01:30", DUBLIN)
    twice = [read_moment(f"2027-10-31T0{hour}:30", DUBLIN) for hour in (0, 1, 2)]
    assert [comes_twice(at, DUBLIN) for at in twice if at] == [False, True, False]


@pytest.mark.parametrize(
    "typed", ["soon", "2027-02-30T10:00", "2027-03-28", "2027-03-28T24:00", "T09:00", "٢"]
)
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(MomentUnreadable):
        read_moment(typed, DUBLIN)
    assert read_moment("  ", DUBLIN) is None


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("typed", "hours"), [("2027-10-31T01:30", 0), ("2027-10-31T02:30", 2), ("2027-03-28T02:30", 1)]
)
def test_a_campaign_is_published_at_its_second_over_a_clock_change(
    db_session: Any, typed: str, hours: int
) -> None:
    campaign, at = draft(), read_moment(typed, DUBLIN)
    assert at is not None
    plan(AOIFE, campaign.id, at, None, NOW)
    assert carry_out_due(at - SECOND, 50) == 0
    assert status(campaign) == "draft"
    assert carry_out_due(at, 50) == 1
    assert status(campaign) == "published"
    # As many hours after the middle of the night in UTC as there are between them.
    assert at.hour == hours
    assert (campaign.edited_by_id, campaign.edited_at) == (AOIFE, at)


@pytest.mark.both_databases
def test_it_is_published_and_ends_as_planned_in_the_name_of_who_planned_it(db_session: Any) -> None:
    campaign = draft()
    plan(AOIFE, campaign.id, NOW + HOUR, NOW + 2 * HOUR, NOW)
    # Nobody worked for hours: both are due.
    assert carry_out_due(NOW + 3 * HOUR, 50) == 2
    assert (status(campaign), campaign.ended_at) == ("archived", NOW + 3 * HOUR)
    told = [(one.person_id, one.action, (one.after or {}).get("status")) for one in list_entries()]
    assert told == [
        (AOIFE, "campaign.moved_as_planned", "archived"),
        (AOIFE, "campaign.moved_as_planned", "published"),
        (AOIFE, "campaign.planned", None),
    ]
    assert plans() == []


def test_a_page_that_is_kept_moves_when_a_plan_is_carried_out(db_session: Any) -> None:
    campaign = make_campaign()
    plan(AOIFE, campaign.id, None, NOW + HOUR, NOW)
    before = find_page_version(db.session.connection(), campaign.slug, livemode=False)
    carry_out_due(NOW + HOUR, 50)
    after = find_page_version(db.session.connection(), campaign.slug, livemode=False)
    assert before is not None
    assert after is not None
    assert after.page_version == before.page_version + 1


@pytest.mark.both_databases
def test_what_lacks_something_by_then_stays_and_says_what_was_missing(db_session: Any) -> None:
    campaign = draft(receiver_checked_on=date(2026, 1, 1))
    plan(AOIFE, campaign.id, NOW + timedelta(days=60), NOW + timedelta(days=61), NOW)
    assert carry_out_due(NOW + timedelta(days=62), 50) == 2
    assert carry_out_due(NOW + timedelta(days=62), 50) == 0
    assert status(campaign) == "draft"
    told = [(one.name, one.refused) for one in list_plans(campaign.id, DUBLIN)]
    assert told == [("publish_at", ("checked_lately",)), ("end_at", ("public",))]
    assert [one.action for one in list_entries()][:2] == ["campaign.plan_failed"] * 2


@pytest.mark.parametrize(
    ("publish_in", "end_in", "refusal"),
    [
        (None, None, MomentMissing),
        (0, None, MomentOver),
        (2, -1, MomentOver),
        (2, 2, EndsBeforeItBegins),
        (2, 1, EndsBeforeItBegins),
    ],
)
def test_what_cannot_be_planned_is_refused(
    db_session: Any, publish_in: int | None, end_in: int | None, refusal: type[Exception]
) -> None:
    campaign = draft()
    moments = [None if hours is None else NOW + hours * HOUR for hours in (publish_in, end_in)]
    with pytest.raises(refusal):
        plan(AOIFE, campaign.id, *moments, NOW)
    assert plans() == []


def test_what_readers_see_is_planned_to_end_only(db_session: Any) -> None:
    campaign = make_campaign()
    with pytest.raises(PublicAlready):
        plan(AOIFE, campaign.id, NOW + HOUR, None, NOW)
    plan(AOIFE, campaign.id, None, NOW + HOUR, NOW)
    assert plans() == [("archived", NOW + HOUR)]


def test_a_plan_takes_the_place_of_the_one_before_and_is_taken_back(db_session: Any) -> None:
    campaign = draft()
    plan(AOIFE, campaign.id, NOW + HOUR, NOW + 2 * HOUR, NOW)
    plan(AOIFE, campaign.id, NOW + 3 * HOUR, None, NOW)
    assert plans() == [("published", NOW + 3 * HOUR)]
    take_back(AOIFE, campaign.id, NOW)
    take_back(AOIFE, campaign.id, NOW)
    assert carry_out_due(NOW + 4 * HOUR, 50) == 0
    assert [one.action for one in list_entries()] == [
        "campaign.plan_taken_back",
        "campaign.planned",
        "campaign.planned",
    ]
    with pytest.raises(NoSuchCampaign):
        take_back(AOIFE, 404, NOW)


@pytest.mark.parametrize(
    ("move", "left"), [("publish", ["archived"]), ("archive", []), ("unpublish", ["archived", "published"])]
)
def test_a_move_made_by_hand_overtakes_what_was_planned(db_session: Any, move: str, left: list[str]) -> None:
    campaign = draft()
    plan(AOIFE, campaign.id, NOW + HOUR, NOW + 2 * HOUR, NOW)
    arguments = (1, NOW) if move == "publish" else (NOW,)
    getattr(editing, move)(AOIFE, campaign.id, *arguments)
    assert sorted(standing for standing, _ in plans()) == left


@pytest.mark.both_databases
def test_a_worker_that_is_killed_before_it_commits_leaves_it_to_the_next(db_session: Any) -> None:
    campaign = draft()
    plan(AOIFE, campaign.id, NOW + HOUR, None, NOW)
    db.session.commit()
    assert carry_out_due(NOW + HOUR, 50) == 1
    db.session.rollback()
    assert status(campaign) == "draft"
    assert [carry_out_due(NOW + HOUR, 50) for _ in range(2)] == [1, 0]
    assert noted() == 1


@pytest.mark.both_databases
def test_two_workers_that_find_it_due_at_once_publish_it_once(
    app: Flask, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        campaign = draft()
        plan(AOIFE, campaign.id, NOW + HOUR, None, NOW)
        db.session.commit()
    # Neither minds what the other holds, and on PostgreSQL both have seen it before either begins; SQLite's take turns.
    monkeypatch.setattr(worker, "_take_lease", lambda _name: True)
    monkeypatch.setattr(worker, "now", lambda: NOW + HOUR)
    apps, done = [app, create_app(Test(settings))], []
    both = threading.Barrier(2)

    def wait_for_the_other(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "campaign_plan.refused IS NULL" in statement:
            both.wait(20)

    def sweep(one: Flask) -> None:
        with one.app_context():
            if db.engine.dialect.name == "postgresql":
                event.listen(db.engine, "after_cursor_execute", wait_for_the_other)
            done.append(worker.sweep_once()["plans"])
            db.engine.dispose()

    threads = [threading.Thread(target=sweep, args=(one,)) for one in apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done) == [0, 1]
    with app.app_context():
        assert (noted(), plans()) == (1, [])


def draft(**facts: Any) -> Campaign:
    return make_campaign(status="draft", **facts)


def status(campaign: Campaign) -> str:
    db.session.refresh(campaign)
    return campaign.status


def plans() -> list[tuple[str, datetime]]:
    found = select(CampaignPlan.status, CampaignPlan.at).order_by(CampaignPlan.at)
    return [(standing, at) for standing, at in db.session.execute(found)]


def noted() -> int:
    """How often a campaign moved as planned."""
    return [one.action for one in list_entries()].count("campaign.moved_as_planned")
