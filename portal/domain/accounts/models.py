"""Accounts: how a person signs in, what they may do beyond that, and where they are signed in now."""

from datetime import datetime
from enum import StrEnum

from flask_security import RoleMixin, UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.clock import now
from portal.db import Base, UtcDateTime
from portal.domain.people.models import Person, make_nonce


class Role(StrEnum):
    """What somebody may do beyond a volunteer; one person may have several."""

    ORGANIZER = "organizer"
    TREASURER = "treasurer"
    ADMIN = "admin"


class UserRole(Base, RoleMixin):
    """A role that somebody has."""

    __tablename__ = "user_role"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class User(Base, UserMixin):
    """The account of a person; `email` is a copy of theirs, kept equal by `service.change_email`."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    # What the session's cookie knows the account by; Flask-Security's name for it.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    # Part of the mailed link that sets a new password: one that was used works no more.
    password_nonce: Mapped[str] = mapped_column(String(32), default=make_nonce)
    # An address that was typed and not proved yet, and the part of its link that withdraws it.
    new_email: Mapped[str | None] = mapped_column(String(254))
    new_email_nonce: Mapped[str | None] = mapped_column(String(32))
    # May publish events without an organizer's approval.
    trusted_host: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    person: Mapped[Person] = relationship()
    roles: Mapped[list[UserRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")  # type: ignore[assignment]

    @property
    def role_names(self) -> frozenset[Role]:
        """The roles they have."""
        return frozenset(Role(role.name) for role in self.roles)


class SignIn(Base):
    """One browser in which an account is signed in: without its row the cookie opens nothing, however well signed."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    # Of the cookie's secret: who reads the database can't sign in with it.
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    # What the browser calls itself, for its owner to tell their browsers apart.
    browser: Mapped[str] = mapped_column(String(200), default="")
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When the password was last typed in it.
    fresh_at: Mapped[datetime] = mapped_column(UtcDateTime)
