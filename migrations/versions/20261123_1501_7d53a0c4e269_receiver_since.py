"""Since when a campaign has its receiver, where another one stood there before.

Revision ID: 7d53a0c4e269
Revises: 6c42f9b3d158
Create Date: 2026-11-23 15:01:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "7d53a0c4e269"
down_revision = "6c42f9b3d158"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("receiver_since", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("campaign", "receiver_since")
