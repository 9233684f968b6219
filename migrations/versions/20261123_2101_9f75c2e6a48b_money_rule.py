"""Where a group's money does not go, in its own words.

The portal said this for every group. A group that is there goes on saying it, until its settings say otherwise.

Revision ID: 9f75c2e6a48b
Revises: 8e64b1d5f37a
Create Date: 2026-11-23 21:01:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "9f75c2e6a48b"
down_revision = "8e64b1d5f37a"
branch_labels = None
depends_on = None

SAID_SO_FAR = "No money goes into North Korea, to its offices, or to brokers and smugglers."


def upgrade() -> None:
    op.add_column("group", sa.Column("money_rule", sa.String(length=300), nullable=True))
    op.execute(sa.update(sa.table("group", sa.column("money_rule"))).values(money_rule=SAID_SO_FAR))


def downgrade() -> None:
    op.drop_column("group", "money_rule")
