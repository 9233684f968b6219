"""Sign-ups, and who looked at names.

Revision ID: 183d6f2b4a7e
Revises: 072c5e1a396d
Create Date: 2026-11-23 09:07:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "183d6f2b4a7e"
down_revision = "072c5e1a396d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=40), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("prove_by", sa.DateTime(), nullable=False),
        sa.Column("proved_at", sa.DateTime(), nullable=True),
        sa.Column("asked_again_at", sa.DateTime(), nullable=True),
        sa.Column("moved_up_at", sa.DateTime(), nullable=True),
        sa.Column("shift_moved_at", sa.DateTime(), nullable=True),
        sa.Column("vetted_at", sa.DateTime(), nullable=True),
        sa.Column("vetted_by", sa.String(length=120), nullable=True),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.Column("thanked_at", sa.DateTime(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_up_person_id_person")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_sign_up_shift_id_shift")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("shift_id", "person_id", name=op.f("uq_sign_up_shift_id_person_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_sign_up_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.create_index("ix_sign_up_line", ["shift_id", "state", "number"], unique=False)
        batch_op.create_index("ix_sign_up_person_id_state", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_sign_up_to_prove", ["state", "proved_at", "prove_by"], unique=False)

    op.create_table(
        "name_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_up_id", sa.Integer(), nullable=False),
        sa.Column("looked_by", sa.String(length=120), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_name_look_sign_up_id_sign_up"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_look")),
    )
    with op.batch_alter_table("name_look", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_look_sign_up_id"), ["sign_up_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("name_look", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_name_look_sign_up_id"))

    op.drop_table("name_look")
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_up_to_prove")
        batch_op.drop_index("ix_sign_up_person_id_state")
        batch_op.drop_index("ix_sign_up_line")

    op.drop_table("sign_up")
