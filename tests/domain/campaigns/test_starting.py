"""New campaigns: four fields make a draft, a title makes an address, and a copy starts from nothing received."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from portal.domain.audit.queries import list_entries
from portal.domain.campaigns.addresses import LONGEST_ADDRESS, address_of, numbered
from portal.domain.campaigns.errors import AddressTaken, StartRefused
from portal.domain.campaigns.models import Campaign, CampaignTotal
from portal.domain.campaigns.revisions import open_campaign
from portal.domain.campaigns.starting import Start, duplicate, read_start, start_campaign
from tests.factories.campaigns import make_campaign, make_group, make_total

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AOIFE = 7
FIELDS = {
    "title": "Winter coats",
    "purpose": "Coats for newcomers",
    "goal": "1500",
    "currency": "EUR",
    "receiver": "The Circle",
}


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("The way out!", "the-way-out"),
        ("Über Ærø’s Straße", "uber-aeros-strasse"),
        ("탈북민의 새 출발", "talbukminui-sae-chulbal"),
        ("밝은 빛", "bakeun-bit"),
        ("難民", "campaign"),
        ("  ", "campaign"),
        ("../../etc/passwd?x=<b>", "etc-passwd-x-b"),
    ],
)
def test_a_title_makes_an_address_of_small_letters_digits_and_hyphens(title: str, address: str) -> None:
    assert address_of(title) == address


def test_hangul_in_parts_is_spelled_as_whole_hangul_is() -> None:
    assert address_of("\u1112\u1161\u11ab") == address_of("\ud55c") == "han"


def test_a_long_title_is_cut_between_words_and_its_number_still_fits() -> None:
    assert address_of("word " * 40) == "-".join(["word"] * 12)
    assert len(address_of("x" * 200)) == LONGEST_ADDRESS
    assert len(numbered(address_of("x" * 200), 12)) == LONGEST_ADDRESS
    assert numbered("the-way-out", 2) == "the-way-out-2"


@pytest.mark.both_databases
def test_four_fields_make_a_draft_that_no_reader_sees(db_session: Any) -> None:
    campaign = start_campaign(AOIFE, start(), make_group(), NOW)

    opened = open_campaign(campaign.id)
    assert (campaign.slug, campaign.status, campaign.goal_minor) == ("winter-coats", "draft", 150_000)
    assert (opened.number, opened.story.title, opened.story.summary) == (
        1,
        "Winter coats",
        "Coats for newcomers",
    )
    assert opened.story.amounts == (1_000, 2_500, 5_000)
    assert (campaign.receiver, campaign.purpose) == ("The Circle", "Coats for newcomers")
    assert (campaign.edited_by_id, campaign.edited_at) == (AOIFE, NOW)
    assert opened.missing(NOW.date()) == ("words", "country", "checked_on", "checked_by", "lists")
    (entry,) = list_entries()
    assert (entry.person_id, entry.action, entry.subject) == (
        AOIFE,
        "campaign.started",
        f"campaign:{campaign.id}",
    )


def test_amounts_to_tap_fit_a_currency_without_a_smaller_unit(db_session: Any) -> None:
    campaign = start_campaign(AOIFE, start(goal="9000000", currency="KRW"), make_group(), NOW)
    assert open_campaign(campaign.id).story.amounts == (10_000, 25_000, 50_000)


@pytest.mark.parametrize(
    ("field", "typed", "refusal"),
    [
        ("title", " ", "EntryMissing"),
        ("title", "x" * 121, "EntryTooLong"),
        ("purpose", "", "EntryMissing"),
        ("purpose", "x" * 301, "EntryTooLong"),
        ("receiver", "\0", "EntryMissing"),
        ("receiver", "x" * 201, "EntryTooLong"),
        ("goal", "", "EntryMissing"),
        ("goal", "a lot", "AmountNotANumber"),
        ("goal", "-5", "AmountNotPositive"),
        ("goal", "99999999", "GoalTooHigh"),
        ("currency", "XXX", "CurrencyUnknown"),
    ],
)
def test_a_field_that_cannot_be_taken_is_told_beside_it(
    db_session: Any, field: str, typed: str, refusal: str
) -> None:
    with pytest.raises(StartRefused) as refused:
        start(**{field: typed})
    told = {name: type(one).__name__ for name, one in refused.value.by_field.items()}
    assert told == {"goal" if field == "currency" else field: refusal}


@pytest.mark.both_databases
def test_an_address_that_is_taken_is_refused_and_nothing_is_written(db_session: Any) -> None:
    make_campaign(slug="winter-coats")
    with pytest.raises(AddressTaken) as refused:
        start_campaign(AOIFE, start(), make_group(), NOW)
    assert refused.value.slug == "winter-coats"
    assert db_session.scalars(select(Campaign.slug)).all() == ["winter-coats"]
    assert list_entries() == []


def test_a_copy_is_a_draft_with_the_words_and_neither_the_money_nor_the_check(db_session: Any) -> None:
    campaign = make_campaign()
    make_total(campaign, 5_000)
    copy = duplicate(AOIFE, campaign.id, NOW)
    again = duplicate(AOIFE, campaign.id, NOW)

    assert [copy.slug, again.slug] == ["a-story-told-in-tests-2", "a-story-told-in-tests-3"]
    assert (copy.status, copy.goal_minor, copy.purpose) == ("draft", campaign.goal_minor, campaign.purpose)
    assert (copy.receiver_checked_on, copy.receiver_checked_by, copy.receiver_lists) == (None, None, None)
    assert open_campaign(copy.id).story.key_figures == open_campaign(campaign.id).story.key_figures
    assert db_session.scalars(select(CampaignTotal.campaign_id)).all() == [campaign.id]
    assert campaign.receiver_checked_on == date(2026, 11, 1)


def start(**fields: str) -> Start:
    return read_start(**(FIELDS | fields), group=make_group())
