"""Articles that were read, with what was decided about each on the way to a campaign.

Revision ID: 9ab5e0cdf306
Revises: 3e107c9d5f42
Create Date: 2026-11-23 14:50:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "9ab5e0cdf306"
down_revision = "3e107c9d5f42"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("article", sa.JSON(), nullable=False),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("edited_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_imported_article_campaign_id_campaign"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_imported_article"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_imported_article_campaign_id", "imported_article", ["campaign_id"])


def downgrade() -> None:
    op.drop_index("ix_imported_article_campaign_id", table_name="imported_article")
    op.drop_table("imported_article")
