"""Words go on with those around them, the newest of the same ones first; gifts of a person and shifts in their order.

Revision ID: 8fa4d9cbe2f5
Revises: 7e93f8bab1d4
Create Date: 2026-11-23 09:14:00+00:00
"""

import unicodedata
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "8fa4d9cbe2f5"
down_revision = "7e93f8bab1d4"
branch_labels = None
depends_on = None

SHOWN = ["campaign_id", "livemode", "show_name", "state"]
NAMED = {"person": "name", "event": "title", "donation": "name"}
UNSPACED = ("HANGUL", "CJK", "HIRAGANA", "KATAKANA")
AT_ONCE = 1000


def upgrade() -> None:
    op.create_index("ix_shift_starts_at", "shift", ["starts_at", "id"])
    of_person = ["person_id", "created_at", "id", "livemode", "campaign_id", "state"]
    op.create_index("ix_donation_of_person", "donation", of_person)
    op.drop_index("ix_donation_person_id", table_name="donation")
    op.drop_index("ix_donation_shown", table_name="donation")
    op.create_index("ix_donation_shown", "donation", [*SHOWN, "paid_at", "id"])
    for table, column in NAMED.items():
        op.drop_index(f"ix_{table}_word_{table}_id", table_name=f"{table}_word")
        op.drop_table(f"{table}_word")
        ident = f"{table}_id"
        _make_words(table, [ident, "word"])
        op.create_index(f"ix_{table}_word_newest", f"{table}_word", ["word", sa.text(f"{ident} DESC")])
        _fill_words(table, column, _words_with_others)


def downgrade() -> None:
    for table, column in reversed(NAMED.items()):
        op.drop_index(f"ix_{table}_word_newest", table_name=f"{table}_word")
        op.drop_table(f"{table}_word")
        _make_words(table, ["word", f"{table}_id"])
        op.create_index(f"ix_{table}_word_{table}_id", f"{table}_word", [f"{table}_id"])
        _fill_words(table, column, _words_alone)
    op.drop_index("ix_donation_shown", table_name="donation")
    op.create_index("ix_donation_shown", "donation", SHOWN)
    op.create_index("ix_donation_person_id", "donation", ["person_id"])
    op.drop_index("ix_donation_of_person", table_name="donation")
    op.drop_index("ix_shift_starts_at", table_name="shift")


def _make_words(table: str, key: list[str]) -> None:
    words = f"{table}_word"
    word = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")
    op.create_table(
        words,
        sa.Column("word", word, nullable=False),
        sa.Column(f"{table}_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            [f"{table}_id"], [f"{table}.id"], name=f"fk_{words}_{table}_id_{table}", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{words}"),
    )


def _fill_words(table: str, column: str, words_of: Callable[[list[str]], list[str]]) -> None:
    connection, last = op.get_bind(), 0
    named = sa.table(table, sa.column("id"), sa.column(column))
    words = sa.table(f"{table}_word", sa.column("word"), sa.column(f"{table}_id"))
    batch = sa.select(named).where(named.c[column] != "").order_by(named.c.id).limit(AT_ONCE)
    while rows := connection.execute(batch.where(named.c.id > last)).all():
        last = rows[-1][0]
        found = [
            {"word": word, f"{table}_id": ident}
            for ident, text in rows
            for word in words_of(_split(text))[:40]
        ]
        if found:
            connection.execute(sa.insert(words), found)


def _words_with_others(words: list[str]) -> list[str]:
    """Give a name's words, each with those after and then before it, as they were when this migration was written."""
    rows = ((word, " ".join(words[place:] + words[:place])) for place, word in enumerate(words))
    parts = (row[start : start + 40] for word, row in rows for start in range(_parts(word)))
    return list(dict.fromkeys(parts))


def _words_alone(words: list[str]) -> list[str]:
    """Give a name's words as they were before it."""
    return list(dict.fromkeys(word[start:] for word in words for start in range(_parts(word))))


def _parts(word: str) -> int:
    return len(word) if any(unicodedata.name(one, "").startswith(UNSPACED) for one in word) else 1


def _split(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    spaced = "".join(one if unicodedata.category(one)[0] in "LNM" else " " for one in folded)
    return [word[:40] for word in spaced.split()]
