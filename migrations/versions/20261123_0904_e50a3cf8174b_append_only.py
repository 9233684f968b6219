"""The ledger and the revisions are append-only.

Revision ID: e50a3cf8174b
Revises: d49f2be7063a
Create Date: 2026-11-23 09:04:00+00:00
"""

from alembic import op

revision = "e50a3cf8174b"
down_revision = "d49f2be7063a"
branch_labels = None
depends_on = None

# The table, and what whoever tries to change it is told.
REFUSALS = {
    "ledger_entry": "a ledger entry is never changed or deleted: enter one that counters it",
    "campaign_revision": "a revision is never changed or deleted: write a new one",
}


def upgrade() -> None:
    refuse = _refuse_on_postgresql if op.get_context().dialect.name == "postgresql" else _refuse_on_sqlite
    for table, refusal in REFUSALS.items():
        refuse(table, refusal)


def downgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    for table in REFUSALS:
        if postgresql:
            # The triggers go with the function that they call.
            op.execute(f"DROP FUNCTION {table}_is_append_only() CASCADE")
        else:
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(f"DROP TRIGGER {table}_no_delete")


def _refuse_on_sqlite(table: str, refusal: str) -> None:
    for action in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )


def _refuse_on_postgresql(table: str, refusal: str) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    # Once for each statement and not for each row: a TRUNCATE has no rows to ask about.
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()"
    )
