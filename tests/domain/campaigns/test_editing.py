"""Editing a campaign: every text is kept, nobody overwrites another unseen, and money needs a fresh check."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.db import db
from portal.domain.audit.queries import list_entries
from portal.domain.campaigns import editing
from portal.domain.campaigns.errors import (
    CheckOfAnotherReceiver,
    ContentInvalid,
    EditedMeanwhile,
    NoSuchCampaign,
    NoSuchRevision,
    NotReady,
    TextTooLong,
)
from portal.domain.campaigns.models import Campaign, CampaignRevision
from portal.domain.campaigns.queries import find_page_version
from portal.domain.campaigns.revisions import get_text, list_edited, list_revisions, open_campaign
from portal.domain.campaigns.service import publish_content
from portal.domain.campaigns.written import LONGEST_TEXT, changed_lines, take_apart, write_text
from tests.factories.campaigns import make_campaign
from tests.factories.people import make_person
from tests.foundation.demo import some_content
from tests.foundation.requirements import ROOT
from tests.foundation.statements import counted

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
DEMO = ROOT / "portal" / "content"
AOIFE, BEN = 7, 8


@pytest.mark.both_databases
def test_a_saved_text_is_a_revision_that_readers_see_at_once(db_session: Any) -> None:
    campaign = seeded()
    text = changed(campaign, "The way out", "A way out")
    before = version(campaign)

    assert editing.save_revision(AOIFE, campaign.id, 1, text, NOW) == 2
    opened = open_campaign(campaign.id)
    assert (opened.text, opened.story.title) == (text, "A way out")
    assert version(campaign) == before + 1
    assert (campaign.edited_by_id, campaign.edited_at) == (AOIFE, NOW)
    assert (list_entries()[0].action, list_entries()[0].after["revision"]) == ("campaign.revised", 2)
    assert get_text(campaign, 1) == (DEMO / "campaigns" / "the-way-out.md").read_text()


def test_goal_and_receiver_come_from_the_text_and_status_and_place_do_not(db_session: Any) -> None:
    campaign = seeded()
    text = changed(campaign, "goal: 5000 EUR", "goal: 6000.50 EUR")
    text = text.replace("status: published", "status: archived").replace("position: 3", "position: 1")

    editing.save_revision(AOIFE, campaign.id, 1, text, NOW)
    assert (campaign.goal_minor, campaign.status, campaign.position) == (600_050, "published", 3)


@pytest.mark.both_databases
def test_the_second_of_two_editors_is_told_and_nothing_of_either_is_lost(db_session: Any) -> None:
    campaign = seeded()
    aoife = make_person(name="Aoife").id
    mine, theirs = changed(campaign, "The way out", "Mine"), changed(campaign, "The way out", "Theirs")
    editing.save_revision(aoife, campaign.id, 1, theirs, NOW)

    with pytest.raises(EditedMeanwhile) as refused:
        editing.save_revision(BEN, campaign.id, 1, mine, LATER)
    told = refused.value
    assert (told.number, told.by, told.at) == (2, "Aoife", NOW)
    assert ("title: The way out" in told.opened, told.theirs) == (True, theirs)
    assert open_campaign(campaign.id).text == theirs

    assert editing.save_revision(BEN, campaign.id, 2, mine, LATER) == 3
    assert get_text(campaign, 2) == theirs


def test_the_same_text_sent_twice_is_one_revision(db_session: Any) -> None:
    campaign = seeded()
    text = changed(campaign, "The way out", "A way out")
    assert [editing.save_revision(AOIFE, campaign.id, 1, text, NOW) for _ in range(2)] == [2, 2]
    assert len(list_revisions(campaign.id)) == 2


def test_mistakes_are_told_all_at_once_with_their_lines_and_nothing_is_written(db_session: Any) -> None:
    campaign = seeded()
    text = changed(campaign, "title: The way out\n", "").replace(":: content-note", ":: content-nota")
    with pytest.raises(ContentInvalid) as refused:
        editing.save_revision(AOIFE, campaign.id, 1, text, NOW)
    told = [(one.line, one.where, one.kind) for one in refused.value.problems]
    line = text.splitlines().index(":: content-nota") + 1
    assert told == [(2, ("title",), "missing"), (line, ("blocks",), "place")]
    assert open_campaign(campaign.id).number == 1


def test_a_text_of_a_book_s_length_and_one_in_another_currency_are_refused(db_session: Any) -> None:
    campaign = seeded()
    with pytest.raises(TextTooLong):
        editing.save_revision(AOIFE, campaign.id, 1, "x" * (LONGEST_TEXT + 1), NOW)
    text = changed(campaign, "EUR", "KRW").replace("lists: [UN, KRW, UK, US]", "lists: [UN, EU, UK, US]")
    with pytest.raises(ContentInvalid, match="stays in its currency"):
        editing.save_revision(AOIFE, campaign.id, 1, text, NOW)


def test_a_receiver_in_north_korea_is_refused(db_session: Any) -> None:
    campaign = seeded()
    with pytest.raises(ContentInvalid, match="into North Korea"):
        editing.save_revision(AOIFE, campaign.id, 1, changed(campaign, "country: IE", "country: KP"), NOW)


def test_the_same_words_in_another_layout_are_no_revision(db_session: Any) -> None:
    campaign = seeded()
    front, words = take_apart(open_campaign(campaign.id).text)
    assert editing.save_revision(AOIFE, campaign.id, 1, write_text(front, words), NOW) == 1
    assert campaign.edited_by_id is None


def test_a_check_does_not_hold_for_another_receiver(db_session: Any) -> None:
    campaign = seeded()
    text = changed(campaign, "name: Lantern Circle (demo)", "name: Somebody Else")
    with pytest.raises(CheckOfAnotherReceiver):
        editing.save_revision(AOIFE, campaign.id, 1, text, NOW)
    anew = text.replace("checked_on: 2026-11-22", "checked_on: 2026-11-23")
    assert editing.save_revision(AOIFE, campaign.id, 1, anew, NOW) == 2


def test_a_published_campaign_keeps_what_it_collects_money_with(db_session: Any) -> None:
    campaign = seeded()
    text = changed(campaign, "checked_on: 2026-11-22", "checked_on: null")
    with pytest.raises(NotReady) as refused:
        editing.save_revision(AOIFE, campaign.id, 1, text, NOW)
    assert refused.value.missing == ("checked_on",)


def test_a_published_campaign_gets_no_check_of_long_ago_and_keeps_one_that_has_grown_old(
    db_session: Any,
) -> None:
    campaign = seeded()
    db_session.commit()
    long_ago = changed(campaign, "checked_on: 2026-11-22", "checked_on: 2020-01-01")
    with pytest.raises(NotReady) as refused:
        editing.save_revision(AOIFE, campaign.id, 1, long_ago, NOW)
    assert refused.value.missing == ("checked_lately",)
    db_session.rollback()
    told_more = changed(campaign, "title: The way out\n", "title: The long way out\n")
    assert editing.save_revision(AOIFE, campaign.id, 1, told_more, NOW.replace(year=2028)) == 2


@pytest.mark.parametrize(
    ("fact", "value", "missing"),
    [
        ("receiver", "", "receiver"),
        ("receiver_country", "", "country"),
        ("purpose", " ", "purpose"),
        ("receiver_checked_on", None, "checked_on"),
        ("receiver_checked_on", date(2026, 11, 24), "checked_on"),
        ("receiver_checked_on", date(2025, 11, 22), "checked_lately"),
        ("receiver_checked_by", None, "checked_by"),
        ("receiver_lists", "UN, EU, UK", "lists"),
    ],
)
def test_what_a_campaign_lacks_before_it_is_published_is_named(
    db_session: Any, fact: str, value: Any, missing: str
) -> None:
    campaign = make_campaign(**{"status": "draft", fact: value})
    with pytest.raises(NotReady) as refused:
        editing.publish(AOIFE, campaign.id, 1, NOW)
    assert refused.value.missing == (missing,)
    assert db.session.scalar(select(Campaign.status)) == "draft"


@pytest.mark.parametrize("after", ["saved", "brought back"])
def test_what_has_ended_and_is_still_read_gets_no_figure_that_nobody_compared(
    db_session: Any, after: str
) -> None:
    campaign = seeded()
    sound = open_campaign(campaign.id).text
    unsound = changed(campaign, "last_checked: 2026-11-22", "last_checked: null")
    editing.unpublish(AOIFE, campaign.id, NOW)
    editing.save_revision(AOIFE, campaign.id, 1, unsound, NOW)
    editing.save_revision(AOIFE, campaign.id, 2, sound, NOW)
    editing.publish(AOIFE, campaign.id, 3, NOW)
    editing.archive(AOIFE, campaign.id, NOW)

    with pytest.raises(NotReady) as refused:
        if after == "saved":
            editing.save_revision(AOIFE, campaign.id, 3, unsound, LATER)
        else:
            editing.bring_back(AOIFE, campaign.id, 3, 2, LATER)
    assert "compared:in-hiding" in refused.value.missing


def test_a_check_holds_for_a_year(db_session: Any) -> None:
    campaign = make_campaign(status="draft", receiver_checked_on=date(2025, 11, 23))
    editing.publish(AOIFE, campaign.id, 1, NOW)
    assert campaign.status == "published"


def test_a_campaign_is_published_taken_down_and_put_away_each_noted_once(db_session: Any) -> None:
    campaign = make_campaign(status="draft")
    for _ in range(2):
        editing.publish(AOIFE, campaign.id, 1, NOW)
    assert version(campaign) == 2
    editing.unpublish(AOIFE, campaign.id, NOW)
    assert version(campaign) is None
    editing.archive(BEN, campaign.id, NOW)

    noted = [
        (one.person_id, (one.before or {})["status"], (one.after or {})["status"]) for one in list_entries()
    ]
    assert noted == [
        (BEN, "draft", "archived"),
        (AOIFE, "published", "draft"),
        (AOIFE, "draft", "published"),
    ]


def test_nobody_publishes_words_that_they_have_not_seen(db_session: Any) -> None:
    campaign = seeded()
    editing.unpublish(AOIFE, campaign.id, NOW)
    editing.save_revision(BEN, campaign.id, 1, changed(campaign, "The way out", "Another"), NOW)
    with pytest.raises(EditedMeanwhile):
        editing.publish(AOIFE, campaign.id, 1, NOW)
    assert campaign.status == "draft"


def test_an_earlier_revision_comes_back_as_a_new_one(db_session: Any) -> None:
    campaign = seeded()
    editing.save_revision(AOIFE, campaign.id, 1, changed(campaign, "goal: 5000", "goal: 7000"), NOW)
    assert editing.bring_back(BEN, campaign.id, 2, 1, LATER) == 3
    assert (campaign.goal_minor, get_text(campaign, 3)) == (500_000, get_text(campaign, 1))
    with pytest.raises(NoSuchRevision):
        editing.bring_back(BEN, campaign.id, 3, 9, LATER)
    with pytest.raises(EditedMeanwhile):
        editing.bring_back(BEN, campaign.id, 1, 2, LATER)


@pytest.mark.both_databases
@pytest.mark.parametrize("touch", ["save", "archive", "unpublish"])
def test_seeding_leaves_alone_what_an_organizer_has_touched(db_session: Any, touch: str) -> None:
    campaign = seeded()
    if touch == "save":
        editing.save_revision(AOIFE, campaign.id, 1, changed(campaign, "The way out", "Ours"), NOW)
    else:
        getattr(editing, touch)(AOIFE, campaign.id, NOW)
    before = (campaign.status, campaign.revision_number, campaign.page_version)

    assert publish_content(some_content(), LATER) == ()
    db_session.expire_all()
    assert (campaign.status, campaign.revision_number, campaign.page_version) == before


def test_a_changed_group_still_moves_the_page_of_an_edited_campaign(db_session: Any) -> None:
    campaign = seeded()
    editing.save_revision(AOIFE, campaign.id, 1, changed(campaign, "The way out", "Ours"), NOW)
    before = version(campaign)
    content = some_content()
    group = content.group.model_copy(update={"town": "Elsewhere"})
    assert publish_content(type(content)(group, content.campaigns), LATER) == ("the-way-out",)
    assert (version(campaign), open_campaign(campaign.id).story.title) == (before + 1, "Ours")


def test_seeding_gives_a_revision_from_before_texts_were_kept_a_successor_with_its_text(
    db_session: Any,
) -> None:
    (loaded,) = some_content().campaigns
    campaign = make_campaign(slug="the-way-out", revision_number=4)
    words = loaded.story.model_dump(mode="json")
    facts = {"campaign_id": campaign.id, "story": words, "fingerprint": loaded.fingerprint}
    db_session.add(CampaignRevision(number=5, **facts))
    campaign.revision_number = 5
    db_session.flush()

    assert publish_content(some_content(), NOW) == ("the-way-out",)
    opened = open_campaign(campaign.id)
    assert (opened.number, opened.text) == (6, loaded.source)


def test_a_text_that_was_not_kept_is_told_again_from_its_story(db_session: Any) -> None:
    (loaded,) = some_content().campaigns
    campaign = make_campaign(story=loaded.story)
    opened = open_campaign(campaign.id)
    text = opened.text.replace("title: The way out", "title: Told again")

    assert editing.save_revision(AOIFE, campaign.id, 1, text, NOW) == 2
    again = open_campaign(campaign.id).story
    assert (again.title, again.key_figures, again.reading) == (
        "Told again",
        loaded.story.key_figures,
        loaded.story.reading,
    )
    places = [(block.kind, block.name) for block in loaded.story.blocks]
    assert [(block.kind, block.name) for block in again.blocks] == places


@pytest.mark.both_databases
def test_the_list_of_all_campaigns_is_one_statement_and_names_who_edited_last(
    app: Flask, db_session: Any
) -> None:
    aoife = make_person(name="Aoife").id
    make_campaign(status="archived", edited_by_id=aoife, edited_at=NOW)
    make_campaign(status="draft", edited_by_id=999, edited_at=NOW)
    make_campaign()
    with counted(app) as statements:
        told = [(one.status, one.by) for one in list_edited(livemode=False)]
    assert len(statements) == 1
    assert told == [("published", None), ("draft", ""), ("archived", "Aoife")]


def test_what_differs_is_told_line_by_line() -> None:
    lines = [f"line {number}" for number in range(20)]
    other = ["first", *lines[1:10], "new", *lines[10:]]
    told = list(changed_lines("\n".join(lines), "\n".join(other), around=1))
    assert [(one.kind, one.line) for one in told] == [
        ("out", "line 0"),
        ("in", "first"),
        ("same", "line 1"),
        ("skip", "…"),
        ("same", "line 9"),
        ("in", "new"),
        ("same", "line 10"),
    ]
    assert list(changed_lines("a", "a")) == []


@pytest.mark.parametrize("words", ["## One\n\ntwo", "---\n\nafter a rule", ""])
def test_a_text_comes_apart_into_what_it_was_made_of(words: str) -> None:
    front = {"title": "A: b", "note": "---\n---\n# no heading", "year": None, "name": "한글 “x”"}
    assert take_apart(write_text(front, words)) == (front, words)


def test_a_campaign_that_is_not_there_is_told(db_session: Any) -> None:
    for act in (editing.archive, editing.unpublish):
        with pytest.raises(NoSuchCampaign):
            act(AOIFE, 404, NOW)


def seeded() -> Campaign:
    """Give the demo's campaign, as its file tells it."""
    publish_content(some_content(), NOW)
    return db.session.scalars(select(Campaign)).one()


def changed(campaign: Campaign, old: str, new: str) -> str:
    text = open_campaign(campaign.id).text
    assert old in text
    return text.replace(old, new)


def version(campaign: Campaign) -> int | None:
    found = find_page_version(db.session.connection(), campaign.slug, livemode=False)
    return None if found is None else found.page_version
