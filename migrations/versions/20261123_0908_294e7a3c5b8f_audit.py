"""The audit log, append-only; no id of a person is given twice.

Revision ID: 294e7a3c5b8f
Revises: 183d6f2b4a7e
Create Date: 2026-11-23 09:08:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "294e7a3c5b8f"
down_revision = "183d6f2b4a7e"
branch_labels = None
depends_on = None

REFUSAL = "an entry of the audit log is never changed or deleted: what was done stays noted"
OCCASIONS = {
    "update": "BEFORE UPDATE ON audit_entry",
    "delete": "BEFORE DELETE ON audit_entry",
    # INSERT OR REPLACE deletes the row that is in its way without asking the trigger for deletes.
    "replace": "BEFORE INSERT ON audit_entry WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)",
}


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_kind_id", ["kind", "id"], unique=False)
        batch_op.create_index("ix_audit_entry_person_id_id", ["person_id", "id"], unique=False)
        batch_op.create_index("ix_audit_entry_subject_id", ["subject", "id"], unique=False)

    if _on_postgresql():
        _refuse_on_postgresql()
    else:
        _refuse_on_sqlite()
        # An entry keeps the id of who did it. SQLite would give the id of whoever came last, and left, to the next.
        _rebuild_person(sqlite_autoincrement=True)


def downgrade() -> None:
    if _on_postgresql():
        # The trigger goes with the function that it calls.
        op.execute("DROP FUNCTION audit_entry_is_append_only() CASCADE")
    else:
        _rebuild_person(sqlite_autoincrement=False)
        for action in OCCASIONS:
            op.execute(f"DROP TRIGGER audit_entry_no_{action}")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_subject_id")
        batch_op.drop_index("ix_audit_entry_person_id_id")
        batch_op.drop_index("ix_audit_entry_kind_id")

    op.drop_table("audit_entry")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _refuse_on_sqlite() -> None:
    for action, occasion in OCCASIONS.items():
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{action} {occasion} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _refuse_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    # Once for each statement and not for each row: a TRUNCATE has no rows to ask about.
    op.execute(
        "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only()"
    )


def _rebuild_person(*, sqlite_autoincrement: bool) -> None:
    with op.batch_alter_table(
        "person", recreate="always", table_kwargs={"sqlite_autoincrement": sqlite_autoincrement}
    ):
        pass
