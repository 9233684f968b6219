"""Texts that can be edited, and who did.

Revision ID: 5c71d6f8e9b2
Revises: 4b60c5e7d8a1
Create Date: 2026-11-23 09:11:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "5c71d6f8e9b2"
down_revision = "4b60c5e7d8a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Column by column and not in a batch, which on SQLite would make the table anew without its triggers.
    op.add_column("campaign_revision", sa.Column("source", sa.Text(), nullable=True))
    op.add_column("campaign_revision", sa.Column("made_by_id", sa.Integer(), nullable=True))
    op.add_column("campaign", sa.Column("edited_by_id", sa.Integer(), nullable=True))
    op.add_column("campaign", sa.Column("edited_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("campaign", "edited_at")
    op.drop_column("campaign", "edited_by_id")
    op.drop_column("campaign_revision", "made_by_id")
    op.drop_column("campaign_revision", "source")
