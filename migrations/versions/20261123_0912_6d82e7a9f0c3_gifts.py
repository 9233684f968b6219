"""Indexes that carry the desk's lists, and the words by which names are found.

Revision ID: 6d82e7a9f0c3
Revises: 4b60c5e7d8a1
Create Date: 2026-11-23 09:12:00+00:00
"""

import unicodedata
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "6d82e7a9f0c3"
down_revision = "4b60c5e7d8a1"
branch_labels = None
depends_on = None

LISTS_OF_GIFTS = {
    "ix_donation_newest": ["livemode", "created_at", "id"],
    "ix_donation_of_campaign": ["livemode", "campaign_id", "created_at", "id"],
    "ix_donation_in_state": ["livemode", "state", "created_at", "id"],
    "ix_donation_in_state_of_campaign": ["livemode", "campaign_id", "state", "created_at", "id"],
    "ix_donation_of_amount": ["livemode", "gift_minor", "created_at", "id"],
}
LISTS_OF_MAILS = {
    "ix_outbox_mail_newest": ["of_money", "id"],
    "ix_outbox_mail_in_state": ["of_money", "state", "id"],
}
NAMED = {"person": "name", "event": "title", "donation": "name"}
ODD = "\"case\" <> 'expected'"
UNSPACED = ("HANGUL", "CJK", "HIRAGANA", "KATAKANA")
AT_ONCE = 1000


def upgrade() -> None:
    _sort_addresses("C")
    for name, columns in LISTS_OF_GIFTS.items():
        op.create_index(name, "donation", columns)
    op.create_index(
        "ix_payment_odd", "payment", ["donation_id"], sqlite_where=sa.text(ODD), postgresql_where=sa.text(ODD)
    )
    _tell_mails_of_money()
    for table, column in NAMED.items():
        _make_words(table)
        _fill_words(table, column)


def downgrade() -> None:
    for table in reversed(NAMED):
        op.drop_index(f"ix_{table}_word_{table}_id", table_name=f"{table}_word")
        op.drop_table(f"{table}_word")
    for name in LISTS_OF_MAILS:
        op.drop_index(name, table_name="outbox_mail")
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.drop_column("of_money")
    op.drop_index("ix_payment_odd", table_name="payment")
    for name in LISTS_OF_GIFTS:
        op.drop_index(name, table_name="donation")
    _sort_addresses("default")


def _sort_addresses(collation: str) -> None:
    """Let ranges of addresses be those of their characters, as they are on SQLite."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(f'ALTER TABLE person ALTER COLUMN email TYPE varchar(254) COLLATE "{collation}"')


def _tell_mails_of_money() -> None:
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.add_column(sa.Column("of_money", sa.Boolean(), nullable=True))
    op.execute("UPDATE outbox_mail SET of_money = kind IN ('thank_you', 'receipt_link', 'not_arrived')")
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.alter_column("of_money", existing_type=sa.Boolean(), nullable=False)
    for name, columns in LISTS_OF_MAILS.items():
        op.create_index(name, "outbox_mail", columns)


def _make_words(table: str) -> None:
    words = f"{table}_word"
    op.create_table(
        words,
        sa.Column(
            "word",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(f"{table}_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            [f"{table}_id"], [f"{table}.id"], name=f"fk_{words}_{table}_id_{table}", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("word", f"{table}_id", name=f"pk_{words}"),
    )
    op.create_index(f"ix_{words}_{table}_id", words, [f"{table}_id"])


def _fill_words(table: str, column: str) -> None:
    connection, last = op.get_bind(), 0
    named = sa.table(table, sa.column("id"), sa.column(column))
    words = sa.table(f"{table}_word", sa.column("word"), sa.column(f"{table}_id"))
    batch = sa.select(named).where(named.c[column] != "").order_by(named.c.id).limit(AT_ONCE)
    while rows := connection.execute(batch.where(named.c.id > last)).all():
        last = rows[-1][0]
        found = [{"word": word, f"{table}_id": ident} for ident, text in rows for word in _words_of(text)]
        if found:
            connection.execute(sa.insert(words), found)


def _words_of(text: str) -> list[str]:
    """Give a name's words as they were looked for when this migration was written."""
    return list(dict.fromkeys(_all_words(text)))[:40]


def _all_words(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    spaced = "".join(one if unicodedata.category(one)[0] in "LNM" else " " for one in folded)
    for word in (one[:40] for one in spaced.split()):
        yield word
        if any(unicodedata.name(one, "").startswith(UNSPACED) for one in word):
            yield from (word[start:] for start in range(1, len(word)))
