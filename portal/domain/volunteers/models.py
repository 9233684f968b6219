"""Tables of helping: sign-ups, and who looked at volunteers' names."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.clock import now
from portal.db import Base, UtcDateTime
from portal.domain.events.models import Shift
from portal.domain.people.models import Person


class SignUpState(StrEnum):
    """Where a sign-up stands; it moves only through `rules.TRANSITIONS`.

    Pending and confirmed ones hold a place, and so did those who attended and who did not come. Timed offers will be
    states of the same table.
    """

    PENDING = "pending"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    NO_SHOW = "no-show"


# Those that take one of a shift's places.
HOLDING = frozenset({SignUpState.PENDING, SignUpState.CONFIRMED, SignUpState.ATTENDED, SignUpState.NO_SHOW})


class SignUp(Base):
    """A person's place in a shift, or in its waiting list; one row for each person and shift, whatever happens to it.

    Until `proved_at` it is a claim that anyone could have made with this address. Who was taken out leaves a row
    without a person, for the count.
    """

    __tablename__ = "sign_up"
    __table_args__ = (
        UniqueConstraint("shift_id", "person_id"),
        Index("ix_sign_up_line", "shift_id", "state", "number"),
        Index("ix_sign_up_person_id_state", "person_id", "state"),
        Index("ix_sign_up_to_prove", "state", "proved_at", "prove_by"),
        # SQLite too never gives an id again: browsers keep those of sign-ups that they made.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(12))
    # Its place in the order of those who joined this shift.
    number: Mapped[int]
    # Counts the changes: part of the key of each mail about it, and of the calendar's SEQUENCE.
    version: Mapped[int] = mapped_column(default=1)
    # The name typed with it, which becomes the person's once the address is proved.
    name: Mapped[str] = mapped_column(String(200))
    prove_by: Mapped[datetime] = mapped_column(UtcDateTime)
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moved_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When its shift got another time than the one that was signed up for.
    shift_moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    vetted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    vetted_by: Mapped[str | None] = mapped_column(String(120))
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    thanked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # At the door: when a host saw them come, whether late, and how many minutes they helped in the end.
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    shift: Mapped[Shift] = relationship()
    person: Mapped[Person | None] = relationship()

    @property
    def sequence(self) -> int:
        """The calendar's SEQUENCE: grows with every change of the sign-up or of its shift."""
        return self.version + self.shift.sequence

    @property
    def holds_place(self) -> bool:
        """Whether it takes one of the shift's places."""
        return self.state in HOLDING


class NameLook(Base):
    """One look at a list with a volunteer's name on it, shown to that volunteer."""

    __tablename__ = "name_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    looked_by: Mapped[str] = mapped_column(String(120))
    looked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class HostMessage(Base):
    """What a host wrote to those who come to a shift; the mails that carry it are in the outbox."""

    __tablename__ = "host_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
