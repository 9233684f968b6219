"""What stays of an article that a campaign was made of, and which campaigns, copies too, were made of which.

Revision ID: 6c42f9b3d158
Revises: 5f31a8e2c047
Create Date: 2026-11-23 15:00:00+00:00
"""

import json
import re
import unicodedata
from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "6c42f9b3d158"
down_revision = "5f31a8e2c047"
branch_labels = None
depends_on = None

WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[’'-]\w+)*")


def upgrade() -> None:
    op.create_table(
        "article_trace",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_trace"),
    )
    op.add_column("campaign", sa.Column("article_id", sa.Integer(), nullable=True))
    _fill()


def downgrade() -> None:
    op.drop_column("campaign", "article_id")
    op.drop_table("article_trace")


def _fill() -> None:
    connection = op.get_bind()
    article = sa.table(
        "imported_article", sa.column("id"), sa.column("campaign_id"), sa.column("article", sa.JSON)
    )
    trace = sa.table("article_trace", sa.column("article_id"), sa.column("rows", sa.LargeBinary))
    made = sa.select(article.c.id, article.c.campaign_id).where(article.c.campaign_id.is_not(None))
    for article_id, campaign_id in connection.execute(made.order_by(article.c.id)).all():
        found = connection.scalar(sa.select(article.c.article).where(article.c.id == article_id))
        connection.execute(sa.insert(trace).values(article_id=article_id, rows=_rows_of(found)))
        _name(connection, campaign_id, article_id)
    _name_copies(connection)


def _name(connection: sa.Connection, campaign_id: int, article_id: int) -> None:
    campaign = sa.table("campaign", sa.column("id"), sa.column("article_id"))
    named = sa.update(campaign).where(campaign.c.id == campaign_id).values(article_id=article_id)
    connection.execute(named)


def _name_copies(connection: sa.Connection) -> None:
    """Name the article of each copy as well: only the audit log knows what they were copied from."""
    entry = sa.table(
        "audit_entry", sa.column("id"), sa.column("action"), sa.column("subject"), sa.column("after")
    )
    campaign = sa.table("campaign", sa.column("id"), sa.column("article_id"))
    started = sa.select(entry.c.subject, entry.c.after).where(entry.c.action == "campaign.started")
    for subject, after in connection.execute(started.order_by(entry.c.id)).all():
        told = json.loads(after) if isinstance(after, str) else after or {}
        of = sa.select(campaign.c.article_id).where(campaign.c.id == told.get("copy_of"))
        if "copy_of" in told and (article_id := connection.scalar(of)) is not None:
            _name(connection, int(subject.partition(":")[2]), article_id)


def _rows_of(article: dict[str, list[dict[str, list[str]]]]) -> bytes:
    """Give the numbers of an article's rows of twelve words, as they were when this migration was written."""
    paragraphs = [told for section in article.get("sections", []) for told in section["paragraphs"]]
    return b"".join(sorted({row for told in paragraphs for row in _rows_in(told)}))


def _rows_in(text: str) -> list[bytes]:
    folded = [one.casefold() for one in WORD.findall(unicodedata.normalize("NFKC", text))]
    rows = (" ".join(folded[start : start + 12]) for start in range(len(folded) - 11))
    return [blake2b(row.encode(), digest_size=8).digest() for row in rows]
