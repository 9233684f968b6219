"""Rows that were there before a migration say the same after it, on the way back and up again."""

from datetime import UTC, datetime
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from sqlalchemy import select

from portal.clock import now
from portal.domain.campaigns import editing
from portal.domain.campaigns.drafting import service as drafting
from portal.domain.campaigns.drafting.models import ArticleTrace
from portal.domain.campaigns.drafting.queries import get_imported
from portal.domain.campaigns.models import Campaign, Group
from portal.domain.campaigns.starting import duplicate
from tests.factories.campaigns import make_campaign, make_group
from tests.factories.drafting import WORDS, make_imported
from tests.factories.people import make_person

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DECIDED = {
    "settled": ("May 2020",), "purpose": "Tickets", "goal": "1500", "receiver": "Circle", "country": "IE",
}  # fmt: skip


@pytest.mark.both_databases
def test_names_that_were_there_are_found_by_their_words_both_ways(db_session: Any) -> None:
    make_person(name="Ada 민아")
    db_session.commit()
    words = sa.text("SELECT word FROM person_word ORDER BY person_id, word")
    kept = db_session.scalars(words).all()
    db_session.commit()
    flask_migrate.downgrade(revision="6d82e7a9f0c3")
    assert db_session.scalars(words).all() == ["ada", "민아", "아"]
    db_session.commit()
    flask_migrate.upgrade()
    assert db_session.scalars(words).all() == kept == ["ada 민아", "민아 ada", "아 ada"]


@pytest.mark.both_databases
def test_campaigns_of_an_article_and_their_copies_are_compared_with_it_both_ways(db_session: Any) -> None:
    row = make_imported()
    decisions = get_imported(row.id).decisions.model_copy(update=DECIDED)
    made = [drafting.make_campaign(1, row.id, 1, decisions, make_group(), WORDS, now())]
    made += [duplicate(1, made[-1], now()).id for _ in range(2)]
    db_session.commit()
    rows = db_session.scalars(select(ArticleTrace.rows)).all()
    db_session.commit()
    flask_migrate.downgrade(revision="5f31a8e2c047")
    flask_migrate.upgrade()
    assert db_session.scalars(select(ArticleTrace.rows)).all() == rows != [b""]
    assert db_session.scalars(select(Campaign.article_id)).all() == [1] * len(made)


@pytest.mark.both_databases
def test_an_address_that_others_may_have_stays_and_that_of_an_unseen_draft_does_not(db_session: Any) -> None:
    shown = make_campaign(slug="shown")
    from_files = make_campaign(slug="from-files", status="draft")
    moved, unseen = (duplicate(1, shown.id, NOW) for _ in range(2))
    editing.archive(1, moved.id, NOW)
    editing.unpublish(1, moved.id, NOW)
    ids = shown.id, from_files.id, moved.id, unseen.id
    db_session.commit()
    flask_migrate.downgrade(revision="7d53a0c4e269")
    flask_migrate.upgrade()
    stays = [db_session.get_one(Campaign, one, populate_existing=True).address_stays for one in ids]
    assert stays == [True, True, True, False]


@pytest.mark.both_databases
def test_a_group_that_was_there_goes_on_telling_where_its_money_does_not_go(db_session: Any) -> None:
    make_group(money_rule=None)
    db_session.commit()
    flask_migrate.downgrade(revision="8e64b1d5f37a")
    flask_migrate.upgrade()
    assert str(db_session.scalar(select(Group.money_rule))).startswith("No money goes into North Korea,")
