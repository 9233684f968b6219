"""Since when others have a campaign's address, which stays from then on.

Of one that was there nobody noted it: whatever readers or content files may have had by its address keeps it, and
only a draft that was made on the desk and never moved may still get another one.

Revision ID: 8e64b1d5f37a
Revises: 7d53a0c4e269
Create Date: 2026-11-23 21:00:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "8e64b1d5f37a"
down_revision = "7d53a0c4e269"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("address_given_at", sa.DateTime(), nullable=True))
    op.execute(
        """
        UPDATE campaign SET address_given_at = created_at
        WHERE status <> 'draft'
        OR EXISTS (
            SELECT 1 FROM campaign_revision
            WHERE campaign_id = campaign.id AND number = 1 AND made_by_id IS NULL
        )
        OR EXISTS (
            SELECT 1 FROM audit_entry
            WHERE subject = 'campaign:' || campaign.id AND action IN ('campaign.moved', 'campaign.moved_as_planned')
        )
        """
    )


def downgrade() -> None:
    op.drop_column("campaign", "address_given_at")
