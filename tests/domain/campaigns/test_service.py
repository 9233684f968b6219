"""Publishing content, and adding to what a campaign has received."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.domain.campaigns.content import Content
from portal.domain.campaigns.errors import NotReady, ReceiverNotChecked
from portal.domain.campaigns.models import Campaign, CampaignRevision, CampaignTotal, Group
from portal.domain.campaigns.queries import PageVersion, find_page_version
from portal.domain.campaigns.service import add_to_total, publish_content, seed_demo
from tests.factories.campaigns import make_campaign
from tests.foundation.demo import SLUGS, some_content
from tests.foundation.requirements import ROOT

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DEMO = ROOT / "portal" / "content"


def test_seeding_publishes_the_demo_once(db_session: Any) -> None:
    assert set(seed_demo(DEMO, NOW)) == set(SLUGS)
    before = state(db_session)

    assert seed_demo(DEMO, NOW) == ()
    assert state(db_session) == before
    assert {tuple(row[1:]) for row in before} == {(1, 1, 5)}
    assert db_session.scalar(select(func.count(Group.id))) == 1


def test_changed_words_make_a_revision_and_the_earlier_one_stays(db_session: Any) -> None:
    publish_content(demo(), NOW)
    publish_content(demo(story={"summary": "Told anew."}), NOW)

    assert state(db_session) == [("the-way-out", 2, 2, 2)]
    told = db_session.scalars(select(CampaignRevision).order_by(CampaignRevision.number)).all()
    assert [row.story["summary"] == "Told anew." for row in told] == [False, True]


def test_a_changed_goal_moves_the_page_and_makes_no_revision(db_session: Any) -> None:
    publish_content(demo(), NOW)
    publish_content(demo(settings={"goal": 900_000}), NOW)

    assert state(db_session) == [("the-way-out", 1, 2, 1)]


def test_a_changed_group_moves_the_pages_that_name_it(db_session: Any) -> None:
    publish_content(demo(), NOW)
    publish_content(demo(group={"statement_name": "OTHER CIRCLE"}), NOW)

    assert state(db_session) == [("the-way-out", 1, 2, 1)]


def test_a_published_campaign_without_a_check_of_its_receiver_is_refused(db_session: Any) -> None:
    content = demo()
    unchecked = content.campaigns[0].settings.receiver.model_copy(update={"check": None})

    with pytest.raises(ReceiverNotChecked) as refused:
        publish_content(demo(settings={"receiver": unchecked}), NOW)
    assert refused.value.missing == ("checked_on", "checked_by", "lists")

    publish_content(demo(settings={"receiver": unchecked, "status": "draft"}), NOW)
    assert db_session.scalar(select(Campaign.status)) == "draft"


def test_a_published_campaign_with_a_figure_that_nobody_looked_into_is_refused(db_session: Any) -> None:
    (campaign,) = demo().campaigns
    unproved = campaign.story.key_figures[0].model_copy(update={"said_by": "", "last_checked": None})
    with pytest.raises(NotReady) as refused:
        publish_content(demo(story={"key_figures": (unproved,)}), NOW)
    assert refused.value.missing == ("said_by:in-hiding", "compared:in-hiding")


def test_a_file_that_ends_a_campaign_may_not_tell_what_a_published_one_may_not(db_session: Any) -> None:
    (campaign,) = demo().campaigns
    publish_content(demo(), NOW)
    unproved = campaign.story.key_figures[0].model_copy(update={"last_checked": None})
    ended = {"story": {"key_figures": (unproved,)}, "settings": {"status": "archived"}}
    with pytest.raises(NotReady) as refused:
        publish_content(demo(**ended), NOW)
    assert refused.value.missing == ("compared:in-hiding",)


def test_the_database_itself_refuses_a_published_campaign_without_a_check(db_session: Any) -> None:
    with pytest.raises(IntegrityError):
        make_campaign(receiver_checked_on=None)


@pytest.mark.both_databases
def test_totals_add_up_apart_by_mode_and_currency_and_the_page_follows_its_own(db_session: Any) -> None:
    campaign = make_campaign()
    versions = [page_version(db_session, campaign.slug)]
    for livemode, currency, received in (
        (False, "EUR", 2_500),
        (False, "EUR", 1_000),
        (True, "EUR", 700),
        (False, "KRW", 9_000),
    ):
        add_to_total(campaign.id, livemode=livemode, currency=currency, received=received, fees=50, gifts=1)
        versions.append(page_version(db_session, campaign.slug))
    add_to_total(campaign.id, livemode=False, currency="EUR", received=-1_000, fees=0, gifts=-1)

    rows = db_session.execute(
        select(
            CampaignTotal.livemode,
            CampaignTotal.currency,
            CampaignTotal.received_minor,
            CampaignTotal.fees_minor,
            CampaignTotal.gifts,
        ).order_by(CampaignTotal.livemode, CampaignTotal.currency)
    ).all()
    assert [tuple(row) for row in rows] == [
        (False, "EUR", 2_500, 100, 1),
        (False, "KRW", 9_000, 50, 1),
        (True, "EUR", 700, 50, 1),
    ]
    assert [(version.received_minor, version.gifts) for version in versions] == [
        (0, 0),
        (2_500, 1),
        (3_500, 2),
        (3_500, 2),
        (3_500, 2),
    ]


def demo(*, group: Any = None, settings: Any = None, story: Any = None) -> Content:
    content = some_content()
    (campaign,) = content.campaigns
    changed = type(campaign)(
        campaign.slug,
        campaign.settings.model_copy(update=settings or {}),
        campaign.story.model_copy(update=story or {}),
        campaign.source,
    )
    return Content(content.group.model_copy(update=group or {}), (changed,))


def page_version(session: Any, slug: str) -> PageVersion:
    version = find_page_version(session.connection(), slug, livemode=False)
    assert version is not None
    return version


def state(session: Any) -> list[tuple[str, int, int, int]]:
    """Slug, revision, page version and number of stored revisions of every campaign."""
    session.expire_all()
    revisions = session.scalar(select(func.count(CampaignRevision.id)))
    found = select(Campaign.slug, Campaign.revision_number, Campaign.page_version)
    return [(*row, revisions) for row in session.execute(found)]
