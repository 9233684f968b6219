"""Where a campaign is to stand from a moment on.

Revision ID: 2d0f6b8c4e31
Revises: 1c9e5a7b3d20
Create Date: 2026-11-23 14:42:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "2d0f6b8c4e31"
down_revision = "1c9e5a7b3d20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_plan",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("refused", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_campaign_plan_campaign_id_campaign"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "status", name="pk_campaign_plan"),
    )
    op.create_index("ix_campaign_plan_at", "campaign_plan", ["at"])


def downgrade() -> None:
    op.drop_index("ix_campaign_plan_at", table_name="campaign_plan")
    op.drop_table("campaign_plan")
