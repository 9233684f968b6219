"""The ledger and the revisions are not replaced either.

Revision ID: 7e93f8bab1d4
Revises: 6d82e7a9f0c3
Create Date: 2026-11-23 09:13:00+00:00
"""

from alembic import op

revision = "7e93f8bab1d4"
down_revision = "6d82e7a9f0c3"
branch_labels = None
depends_on = None

# The table, what finds the row that is in a new one's way, and what whoever tries to replace it is told.
REFUSALS = {
    "ledger_entry": (
        "SELECT 1 FROM ledger_entry WHERE id = NEW.id OR unique_key = NEW.unique_key",
        "a ledger entry is never changed or deleted: enter one that counters it",
    ),
    "campaign_revision": (
        "SELECT 1 FROM campaign_revision WHERE id = NEW.id OR (campaign_id, number) = (NEW.campaign_id, NEW.number)",
        "a revision is never changed or deleted: write a new one",
    ),
}


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        return  # it knows no INSERT OR REPLACE
    for table, (row, refusal) in REFUSALS.items():
        # INSERT OR REPLACE deletes the row that is in its way without asking the trigger for deletes.
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({row}) "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        return
    for table in REFUSALS:
        op.execute(f"DROP TRIGGER {table}_no_replace")
