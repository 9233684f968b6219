"""Campaigns in other languages.

Revision ID: 5f31a8e2c047
Revises: 9ab5e0cdf306
Create Date: 2026-11-23 14:55:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "5f31a8e2c047"
down_revision = "9ab5e0cdf306"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_translation",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_campaign_translation_campaign_id_campaign"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "language", name="pk_campaign_translation"),
    )


def downgrade() -> None:
    op.drop_table("campaign_translation")
