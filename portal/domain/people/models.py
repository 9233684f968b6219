"""Persons: one human each, known by e-mail address, with or without an account."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import now
from portal.db import Base, UtcDateTime


class Person(Base):
    """Whoever gave or helped; `email` is kept as `rules.fold_email` gives it."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    language: Mapped[str] = mapped_column(String(12), default="en")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
