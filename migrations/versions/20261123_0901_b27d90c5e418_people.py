"""People.

Revision ID: b27d90c5e418
Revises: a1c0f4e27d31
Create Date: 2026-11-23 09:01:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "b27d90c5e418"
down_revision = "a1c0f4e27d31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )


def downgrade() -> None:
    op.drop_table("person")
