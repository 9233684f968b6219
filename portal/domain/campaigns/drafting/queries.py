"""Reads of articles on their way to a campaign."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.db import LARGEST_ID, db
from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.drafting.decisions import Decisions
from portal.domain.campaigns.drafting.errors import NoSuchArticle
from portal.domain.campaigns.drafting.models import ImportedArticle
from portal.domain.campaigns.models import Campaign
from portal.domain.people.models import Person

# Of articles on a page.
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article of which no campaign was made yet, as lists show it.

    `by` is who decided about it last: None for the command line, empty for somebody without a name.
    """

    id: int
    title: str
    file_name: str
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Imported:
    """An article with what was decided about it, as version `number` has it."""

    id: int
    number: int
    campaign_id: int | None
    file_name: str
    made_at: datetime
    article: Article
    decisions: Decisions


def list_waiting(before_id: int | None, most: int = MOST_LISTED) -> tuple[list[Waiting], int | None]:
    """Give the newest articles of which no campaign was made yet, or the newest before one, in one statement.

    Then the one before which older ones go on; None where there are none.
    """
    rows = db.session.execute(
        select(
            ImportedArticle.id,
            ImportedArticle.title,
            ImportedArticle.file_name,
            ImportedArticle.edited_by_id,
            Person.name,
            ImportedArticle.edited_at,
        )
        .outerjoin(Person, Person.id == ImportedArticle.edited_by_id)
        .where(ImportedArticle.campaign_id.is_(None), ImportedArticle.id < (before_id or LARGEST_ID))
        .order_by(ImportedArticle.id.desc())
        .limit(most + 1)
    )
    found = [
        Waiting(one, title, file_name, None if by_id is None else name or "", at)
        for one, title, file_name, by_id, name, at in rows
    ]
    return found[:most], found[most - 1].id if len(found) > most else None


def get_imported(article_id: int) -> Imported:
    """Give an article with what was decided about it. Raises NoSuchArticle."""
    row = db.session.get(ImportedArticle, article_id, populate_existing=True)
    if row is None:
        raise NoSuchArticle(article_id)
    return Imported(
        row.id,
        row.version,
        row.campaign_id,
        row.file_name,
        row.made_at,
        Article.model_validate(row.article),
        Decisions.model_validate(row.decisions),
    )


def find_article_of(campaign_id: int) -> int | None:
    """Give the number of the article that a campaign was made of, be it as a copy; None where it is of none or gone."""
    made_of = select(Campaign.article_id).where(Campaign.id == campaign_id).scalar_subquery()
    return db.session.scalar(select(ImportedArticle.id).where(ImportedArticle.id == made_of))
