"""What a person who helps is called, and what their mailed links are made with.

Revision ID: f61b4d09285c
Revises: e50a3cf8174b
Create Date: 2026-11-23 09:05:00+00:00
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "f61b4d09285c"
down_revision = "e50a3cf8174b"
branch_labels = None
depends_on = None

NEEDED = ("name", "link_nonce", "calendar_nonce", "wants_reminders")


def upgrade() -> None:
    op.add_column("person", sa.Column("name", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("person", sa.Column("proved_at", sa.DateTime(), nullable=True))
    op.add_column("person", sa.Column("link_nonce", sa.String(length=32), nullable=False, server_default=""))
    op.add_column(
        "person", sa.Column("calendar_nonce", sa.String(length=32), nullable=False, server_default="")
    )
    op.add_column(
        "person", sa.Column("wants_reminders", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    _give_nonces()
    with op.batch_alter_table("person", schema=None) as batch_op:
        for name in NEEDED:
            batch_op.alter_column(name, server_default=None)


def _give_nonces() -> None:
    person = sa.table("person", sa.column("id"), sa.column("link_nonce"), sa.column("calendar_nonce"))
    known = op.get_bind().execute(sa.select(person.c.id)).scalars().all()
    for person_id in known:
        nonces = {"link_nonce": secrets.token_urlsafe(8), "calendar_nonce": secrets.token_urlsafe(8)}
        op.get_bind().execute(sa.update(person).where(person.c.id == person_id).values(**nonces))


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        for name in (*NEEDED, "proved_at"):
            batch_op.drop_column(name)
