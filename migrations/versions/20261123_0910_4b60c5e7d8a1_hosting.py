"""Hosts of events, proposals with their promises, who was there, and messages to shifts.

Revision ID: 4b60c5e7d8a1
Revises: 3a5f8b4d6c90
Create Date: 2026-11-23 09:10:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "4b60c5e7d8a1"
down_revision = "3a5f8b4d6c90"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proposed_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("proposed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("decision_note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("decided_at", sa.DateTime(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_event_proposed_by_person"), "person", ["proposed_by"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.alter_column("decision_note", server_default=None)
        batch_op.create_index(batch_op.f("ix_event_status"), ["status"], unique=False)
    op.create_table(
        "event_host",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_host_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_host_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_event_host")),
    )
    with op.batch_alter_table("event_host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_host_person_id"), ["person_id"], unique=False)
    op.create_table(
        "event_promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("promise", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("ticked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_promise_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_promise_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_promise")),
    )
    with op.batch_alter_table("event_promise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_promise_event_id"), ["event_id"], unique=False)
    op.add_column("sign_up", sa.Column("arrived_at", sa.DateTime(), nullable=True))
    op.add_column("sign_up", sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sign_up", sa.Column("minutes", sa.Integer(), nullable=True))
    with op.batch_alter_table(
        "sign_up", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.alter_column("late", server_default=None)
    op.create_table(
        "host_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift.id"], name=op.f("fk_host_message_shift_id_shift"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_host_message_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_message")),
    )
    with op.batch_alter_table("host_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_host_message_shift_id"), ["shift_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("host_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_host_message_shift_id"))

    op.drop_table("host_message")
    # What the portal knew before: somebody with a place, whose shift is over or who gave it back.
    op.execute("UPDATE sign_up SET state = 'confirmed' WHERE state IN ('attended', 'no-show')")
    with op.batch_alter_table(
        "sign_up", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        for name in ("minutes", "late", "arrived_at"):
            batch_op.drop_column(name)
    with op.batch_alter_table("event_promise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_promise_event_id"))

    op.drop_table("event_promise")
    with op.batch_alter_table("event_host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_host_person_id"))

    op.drop_table("event_host")
    # What was never published can't stand without the word for it: everybody could see it.
    op.execute(
        "DELETE FROM shift WHERE event_id IN "
        "(SELECT id FROM event WHERE status NOT IN ('published', 'cancelled'))"
    )
    op.execute("DELETE FROM event WHERE status NOT IN ('published', 'cancelled')")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_status"))
        batch_op.drop_constraint(batch_op.f("fk_event_proposed_by_person"), type_="foreignkey")
        for name in ("decided_at", "decision_note", "proposed_at", "proposed_by"):
            batch_op.drop_column(name)
