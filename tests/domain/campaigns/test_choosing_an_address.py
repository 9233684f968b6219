"""A campaign's address is chosen while nobody else has it: no link, mail or poster that leads there ever breaks."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from portal.domain.audit.models import AuditEntry
from portal.domain.campaigns import editing
from portal.domain.campaigns.addresses import LONGEST_ADDRESS
from portal.domain.campaigns.editing import choose_address
from portal.domain.campaigns.errors import AddressInUse, AddressMalformed, AddressStays
from portal.domain.campaigns.models import Campaign
from portal.domain.campaigns.starting import duplicate
from tests.factories.campaigns import make_campaign
from tests.foundation.demo import SLUG, publish_demo

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AOIFE = 7


@pytest.mark.both_databases
def test_a_copy_gets_the_address_that_is_chosen_for_it(db_session: Any) -> None:
    copy = duplicate(AOIFE, make_campaign(slug="coats").id, NOW)
    before, version = copy.slug, copy.page_version
    choose_address(AOIFE, copy.id, " Coats-2027 ", NOW)

    assert (copy.slug, copy.page_version) == ("coats-2027", version + 1)
    entry = db_session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.subject, entry.person_id) == (
        "campaign.address_chosen", f"campaign:{copy.id}", AOIFE,
    )  # fmt: skip
    assert (entry.before, entry.after) == ({"address": before}, {"address": "coats-2027"})


@pytest.mark.both_databases
def test_an_address_that_another_has_is_refused_by_the_database_and_nothing_changes(db_session: Any) -> None:
    make_campaign(slug="coats")
    draft = make_campaign(slug="coats-2", status="draft")
    with pytest.raises(AddressInUse):
        choose_address(AOIFE, draft.id, "coats", NOW)
    db_session.commit()
    assert db_session.scalars(select(Campaign.slug).order_by(Campaign.id)).all() == ["coats", "coats-2"]
    assert db_session.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "two words",
        "a--b",
        "-a",
        "a-",
        "a/b",
        "../desk",
        "길",
        "a?b",
        "a.b",
        "x" * (LONGEST_ADDRESS + 1),
    ],
)
def test_what_is_no_address_is_refused(db_session: Any, typed: str) -> None:
    draft = make_campaign(slug="coats-2", status="draft")
    with pytest.raises(AddressMalformed):
        choose_address(AOIFE, draft.id, typed, NOW)
    assert draft.slug == "coats-2"


def test_the_longest_address_is_one_and_the_same_one_again_is_no_change(db_session: Any) -> None:
    draft = make_campaign(slug="coats-2", status="draft")
    for _ in range(2):
        choose_address(AOIFE, draft.id, "x" * LONGEST_ADDRESS, NOW)
    assert draft.slug == "x" * LONGEST_ADDRESS
    assert len(db_session.scalars(select(AuditEntry)).all()) == 1


@pytest.mark.parametrize("moves", [[], ["unpublish"], ["archive"], ["archive", "unpublish"]])
def test_what_readers_have_found_once_keeps_its_address_for_good(db_session: Any, moves: list[str]) -> None:
    campaign = make_campaign(slug="coats", status="draft")
    editing.publish(AOIFE, campaign.id, 1, NOW)
    for move in moves:
        getattr(editing, move)(AOIFE, campaign.id, NOW)
    with pytest.raises(AddressStays):
        choose_address(AOIFE, campaign.id, "jackets", NOW)
    assert campaign.slug == "coats"


def test_what_was_put_away_unseen_may_still_get_another_address(db_session: Any) -> None:
    campaign = make_campaign(slug="coats", status="draft")
    editing.archive(AOIFE, campaign.id, NOW)
    choose_address(AOIFE, campaign.id, "jackets", NOW)
    assert campaign.slug == "jackets"


def test_a_copy_of_what_readers_have_found_is_nobodys_yet(db_session: Any) -> None:
    campaign = make_campaign(slug="coats")
    editing.unpublish(AOIFE, campaign.id, NOW)
    assert not duplicate(AOIFE, campaign.id, NOW).address_stays


def test_what_content_files_name_by_its_address_keeps_it(db_session: Any) -> None:
    """Under another one it would be made anew from them."""
    publish_demo(SLUG)
    campaign = db_session.scalars(select(Campaign)).one()
    campaign.status = "draft"
    with pytest.raises(AddressStays):
        choose_address(AOIFE, campaign.id, "jackets", NOW)
