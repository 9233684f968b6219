"""Persons: one human each, known by e-mail address, with or without an account."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import now
from portal.db import Base, UtcDateTime
from portal.domain.people.words import Word, keep_words

# Sorted by what its characters are, in every database: the unique index then serves a search by beginnings too.
Address = String(254).with_variant(String(254, collation="C"), "postgresql")


def make_nonce() -> str:
    """Give a text that nobody can guess."""
    return secrets.token_urlsafe(8)


class Person(Base):
    """Whoever gave or helped; `email` is kept as `rules.fold_email` gives it."""

    __tablename__ = "person"
    # No id is given twice: the audit log keeps the ids of people who have left.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Address, unique=True)
    language: Mapped[str] = mapped_column(String(12), default="en")
    # What a volunteer is called on lists; any name. Empty for somebody who only gave.
    name: Mapped[str] = mapped_column(String(200), default="")
    # Whether a mailed link of ours was followed from this address, so that it is known to be this person's.
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Part of every link mailed to them, and of their calendar's address: a new one withdraws all of the old.
    link_nonce: Mapped[str] = mapped_column(String(32), default=make_nonce)
    calendar_nonce: Mapped[str] = mapped_column(String(32), default=make_nonce)
    wants_reminders: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class PersonWord(Base):
    """A word by which a person's name is found; see `words`."""

    __tablename__ = "person_word"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(Word, primary_key=True)

    # Carries a search, the newest of those with the same words first.
    __table_args__ = (Index("ix_person_word_newest", word, person_id.desc()),)


keep_words(Person, "name", PersonWord)
