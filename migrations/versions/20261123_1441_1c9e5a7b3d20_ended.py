"""Since when a campaign that readers saw is archived.

Revision ID: 1c9e5a7b3d20
Revises: 9db5e3caf6a4
Create Date: 2026-11-23 14:41:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "1c9e5a7b3d20"
down_revision = "9db5e3caf6a4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty for those that are archived already: whoever did that was told that no reader sees them.
    op.add_column("campaign", sa.Column("ended_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("campaign", "ended_at")
