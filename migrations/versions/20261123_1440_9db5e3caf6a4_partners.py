"""Whom the group has agreements with, beside what else describes it.

Revision ID: 9db5e3caf6a4
Revises: 8fa4d9cbe2f5
Create Date: 2026-11-23 14:40:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "9db5e3caf6a4"
down_revision = "8fa4d9cbe2f5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("group", sa.Column("partners", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("group", "partners")
