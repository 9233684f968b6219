"""Events and shifts.

Revision ID: 072c5e1a396d
Revises: f61b4d09285c
Create Date: 2026-11-23 09:06:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "072c5e1a396d"
down_revision = "f61b4d09285c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("help_version", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.alter_column("help_version", server_default=None)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(length=120), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("exact_place", sa.String(length=300), nullable=False),
        sa.Column("place_hidden", sa.Boolean(), nullable=False),
        sa.Column("what_to_bring", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("names_seen_by", sa.String(length=12), nullable=False),
        sa.Column("guardian_allowed", sa.Boolean(), nullable=False),
        sa.Column("changes_close_hours", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "place_hidden = false OR exact_place <> ''", name=op.f("ck_event_hidden_place_is_told_later")
        ),
        sa.CheckConstraint("changes_close_hours >= 0", name=op.f("ck_event_changes_close_before")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_event_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("source_key", name=op.f("uq_event_source_key")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("vetted", sa.Boolean(), nullable=False),
        sa.Column("vetting_note", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_shift_ends_after_start")),
        sa.CheckConstraint("taken >= 0 AND taken <= places", name=op.f("ck_shift_taken_within_places")),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_shift_waiting_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_shift_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index("ix_shift_ends_at", ["ends_at"], unique=False)
        batch_op.create_index("ix_shift_event_id_starts_at", ["event_id", "starts_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_index("ix_shift_event_id_starts_at")
        batch_op.drop_index("ix_shift_ends_at")

    op.drop_table("shift")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_campaign_id"))

    op.drop_table("event")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_column("help_version")
