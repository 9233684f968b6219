"""Pictures that campaigns can show.

Revision ID: 3e107c9d5f42
Revises: 2d0f6b8c4e31
Create Date: 2026-11-23 14:43:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "3e107c9d5f42"
down_revision = "2d0f6b8c4e31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=300), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("consent", sa.String(length=12), nullable=False),
        sa.Column("vouched_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("put_away_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_campaign_picture_campaign_id_campaign"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_picture"),
        sa.UniqueConstraint("campaign_id", "name", name="uq_campaign_picture_campaign_id_name"),
    )
    op.create_index("ix_campaign_picture_digest", "campaign_picture", ["digest"])


def downgrade() -> None:
    op.drop_index("ix_campaign_picture_digest", table_name="campaign_picture")
    op.drop_table("campaign_picture")
