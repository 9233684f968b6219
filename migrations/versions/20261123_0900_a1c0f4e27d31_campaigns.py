"""Group, campaigns and what they received.

Revision ID: a1c0f4e27d31
Revises:
Create Date: 2026-11-23 09:00:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "a1c0f4e27d31"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("statement_name", sa.String(length=22), nullable=False),
        sa.Column("card_fees", sa.JSON(), nullable=False),
        sa.Column("concern_contacts", sa.JSON(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("goal_minor", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.String(length=200), nullable=False),
        sa.Column("receiver_country", sa.String(length=2), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("receiver_checked_on", sa.Date(), nullable=True),
        sa.Column("receiver_checked_by", sa.String(length=200), nullable=True),
        sa.Column("receiver_lists", sa.String(length=200), nullable=True),
        sa.Column("revision_number", sa.Integer(), nullable=False),
        sa.Column("page_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "status <> 'published' OR (receiver_checked_on IS NOT NULL AND receiver_checked_by IS NOT NULL)",
            name=op.f("ck_campaign_published_only_with_checked_receiver"),
        ),
        sa.CheckConstraint("goal_minor > 0", name=op.f("ck_campaign_goal_positive")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_campaign_group_id_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("slug", name=op.f("uq_campaign_slug")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_group_id"), ["group_id"], unique=False)

    op.create_table(
        "campaign_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("story", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_revision_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_revision")),
        sa.UniqueConstraint("campaign_id", "number", name=op.f("uq_campaign_revision_campaign_id_number")),
    )
    op.create_table(
        "campaign_total",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("received_minor", sa.Integer(), nullable=False),
        sa.Column("fees_minor", sa.Integer(), nullable=False),
        sa.Column("gifts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_total_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "livemode", "currency", name=op.f("pk_campaign_total")),
    )


def downgrade() -> None:
    op.drop_table("campaign_total")
    op.drop_table("campaign_revision")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_group_id"))

    op.drop_table("campaign")
    op.drop_table("group")
