"""A look at the sanctions lists is of one receiver in one country: no day that stood for another counts for it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from portal.db import db
from portal.domain.campaigns import editing
from portal.domain.campaigns.errors import CheckOfAnotherReceiver, NotReady
from portal.domain.campaigns.models import Campaign
from portal.domain.campaigns.revisions import open_campaign
from portal.domain.campaigns.starting import duplicate
from portal.domain.campaigns.written import take_apart, write_text
from tests.factories.campaigns import make_campaign, make_story

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OLD, TODAY = date(2026, 11, 1), NOW.date()
AOIFE = 7
TO_ANOTHER = [{"name": "Somebody Else"}, {"country": "FR"}]


@pytest.mark.both_databases
@pytest.mark.parametrize("another", TO_ANOTHER)
def test_an_old_day_typed_after_the_receiver_was_changed_is_no_check_of_it(
    db_session: Any, another: dict[str, str]
) -> None:
    campaign = make_campaign(status="draft", receiver_checked_on=OLD)
    save(campaign, checked_on=None)
    save(campaign, **another)
    for day in (OLD, TODAY - timedelta(days=1)):
        with pytest.raises(CheckOfAnotherReceiver):
            save(campaign, checked_on=day)
    save(campaign, checked_on=TODAY)
    assert (campaign.receiver_checked_on, campaign.receiver_since) == (TODAY, TODAY)
    save(campaign, NOW + timedelta(days=30), purpose="Something else")


def test_a_receiver_taken_out_and_put_in_anew_is_another_one(db_session: Any) -> None:
    campaign = make_campaign(status="draft", receiver_checked_on=OLD)
    for change in ({"checked_on": None}, {"name": ""}, {"name": "Somebody Else"}):
        save(campaign, **change)
    with pytest.raises(CheckOfAnotherReceiver):
        save(campaign, checked_on=OLD)


@pytest.mark.parametrize("another", TO_ANOTHER)
def test_a_receiver_changed_along_with_its_day_needs_one_of_today(
    db_session: Any, another: dict[str, str]
) -> None:
    campaign = make_campaign(status="draft", receiver_checked_on=OLD)
    with pytest.raises(CheckOfAnotherReceiver):
        save(campaign, checked_on=TODAY - timedelta(days=1), **another)
    save(campaign, checked_on=TODAY, **another)
    assert campaign.receiver_checked_on == TODAY


@pytest.mark.parametrize("day", [OLD, OLD - timedelta(days=9)])
def test_a_country_named_later_needs_a_later_day_than_stood_there_without_it(
    db_session: Any, day: date
) -> None:
    campaign = make_campaign(status="draft", receiver_country="", receiver_checked_on=OLD)
    with pytest.raises(CheckOfAnotherReceiver):
        save(campaign, country="IE", checked_on=day)
    save(campaign, country="IE", checked_on=OLD + timedelta(days=1))
    assert campaign.receiver_country == "IE"


def test_a_copy_asks_for_a_day_since_when_its_receiver_stands_there(db_session: Any) -> None:
    campaign = make_campaign(status="draft", receiver_checked_on=OLD)
    save(campaign, checked_on=TODAY, name="Somebody Else")
    copy = duplicate(AOIFE, campaign.id, NOW + timedelta(days=2))
    with pytest.raises(CheckOfAnotherReceiver):
        save(copy, checked_on=OLD, checked_by="us")
    save(copy, checked_on=TODAY, checked_by="us")


def test_a_new_campaign_s_receiver_may_have_been_looked_up_before_it_was_typed(db_session: Any) -> None:
    campaign = make_campaign(
        status="draft", receiver_checked_on=None, receiver_checked_by=None, receiver_country=""
    )
    save(campaign, checked_on=OLD, checked_by="us", country="IE")
    assert (campaign.receiver_checked_on, campaign.receiver_since) == (OLD, None)


def test_an_earlier_revision_brings_its_receiver_back_with_the_check_that_was_of_it(db_session: Any) -> None:
    campaign = make_campaign(status="draft", receiver_checked_on=OLD)
    save(campaign, purpose="Its text is kept from here on")
    save(campaign, checked_on=TODAY, name="Somebody Else")
    editing.bring_back(AOIFE, campaign.id, 3, 2, NOW)
    assert (campaign.receiver, campaign.receiver_checked_on) == ("Test Circle", OLD)
    save(campaign, purpose="Something else")
    with pytest.raises(CheckOfAnotherReceiver):
        save(campaign, checked_on=OLD - timedelta(days=1))


def test_an_organization_that_the_story_tells_to_receive_nothing_is_no_receiver(db_session: Any) -> None:
    organization = {"name": "Liberty in North Korea", "aliases": ["LiNK"], "does": "Helps."}
    story = make_story(organizations=[organization])
    campaign = make_campaign(status="draft", receiver="LiNK", story=story)
    with pytest.raises(NotReady) as refused:
        editing.publish(AOIFE, campaign.id, 1, NOW)
    assert refused.value.missing == ("receiver_not_named",)
    campaign.group.partners = [{"id": "link", "name": "LiNK"}]
    editing.publish(AOIFE, campaign.id, 1, NOW)


def save(campaign: Campaign, moment: datetime = NOW, **entries: Any) -> None:
    """Save the campaign with what stands about its receiver, or in its check, changed."""
    opened = open_campaign(campaign.id)
    front, words = take_apart(opened.text)
    receiver = front["receiver"]
    check = receiver.setdefault("check", {})
    for name, value in entries.items():
        (check if name.startswith("checked") else receiver)[name] = value
    try:
        editing.save_revision(AOIFE, campaign.id, opened.number, write_text(front, words), moment)
    finally:
        db.session.commit()
