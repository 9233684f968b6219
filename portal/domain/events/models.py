"""Tables of what happens where and when: events and their shifts."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.clock import now
from portal.db import Base, UtcDateTime
from portal.domain.campaigns.models import Campaign
from portal.domain.people.models import Person
from portal.domain.people.words import Word, keep_words


class EventStatus(StrEnum):
    """Where an event stands; it moves only through `rules.TRANSITIONS`.

    A draft is a proposal that was taken back. A cancelled event is still shown, so that nobody comes in vain.
    """

    DRAFT = "draft"
    PROPOSED = "proposed"
    DECLINED = "declined"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


# What anybody may see; everything else is between its hosts and the organizers.
PUBLIC = frozenset({EventStatus.PUBLISHED, EventStatus.CANCELLED})
# What takes place, or will if an organizer says yes: somebody has to be there for it.
TO_MANAGE = frozenset({EventStatus.PROPOSED, EventStatus.PUBLISHED})


class Promise(StrEnum):
    """What whoever proposes an event has to promise of it: the kinds of events that there must never be."""

    NO_CROSSING = "no_crossing"
    NO_PAYMENT_INSIDE = "no_payment_inside"


class NamesSeenBy(StrEnum):
    """Who sees the names that volunteers go by; nobody else does."""

    HOSTS = "hosts"
    SHIFT = "shift"


class Event(Base):
    """Something that happens at a place and time, for a campaign; its shifts say when."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("changes_close_hours >= 0", name="changes_close_before"),
        CheckConstraint("place_hidden = false OR exact_place <> ''", name="hidden_place_is_told_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    # What made the event, so that making it again makes no second one; None for one that a person made.
    source_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    status: Mapped[str] = mapped_column(String(12), default=EventStatus.PUBLISHED, index=True)
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(Text)
    timezone: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(200))
    exact_place: Mapped[str] = mapped_column(String(300), default="")
    place_hidden: Mapped[bool] = mapped_column(default=False)
    what_to_bring: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[list[Any]] = mapped_column(JSON, default=list)
    names_seen_by: Mapped[str] = mapped_column(String(12), default=NamesSeenBy.HOSTS)
    guardian_allowed: Mapped[bool] = mapped_column(default=False)
    changes_close_hours: Mapped[int] = mapped_column(default=24)
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # None for one that came with the portal, and once its proposer was taken out.
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What the organizer who decided wrote to the hosts.
    decision_note: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    campaign: Mapped[Campaign] = relationship()
    shifts: Mapped[list["Shift"]] = relationship(back_populates="event", order_by="Shift.starts_at, Shift.id")

    @property
    def zone(self) -> ZoneInfo:
        """The zone that its times are told in."""
        return ZoneInfo(self.timezone)


class Shift(Base):
    """A slice of an event with a role and places; `taken` and `waiting` follow its sign-ups in each change of them."""

    __tablename__ = "shift"
    __table_args__ = (
        # Never more people than places, whoever clicks when: the last word is the database's.
        CheckConstraint("taken >= 0 AND taken <= places", name="taken_within_places"),
        CheckConstraint("waiting >= 0", name="waiting_not_negative"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        # Carries the list of coming shifts, soonest first.
        Index("ix_shift_starts_at", "starts_at", "id"),
        Index("ix_shift_event_id_starts_at", "event_id", "starts_at"),
        Index("ix_shift_ends_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    role: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    # The number that the last one to join got; who waits is served in the order of these.
    last_number: Mapped[int] = mapped_column(default=0)
    vetted: Mapped[bool] = mapped_column(default=False)
    vetting_note: Mapped[str] = mapped_column(String(200), default="")
    # Moves with every change that calendars must follow.
    sequence: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship(back_populates="shifts")

    @property
    def left(self) -> int:
        """How many places are free."""
        return self.places - self.taken


class EventWord(Base):
    """A word by which an event's title is found."""

    __tablename__ = "event_word"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(Word, primary_key=True)

    # Carries a search, the newest of those with the same words first.
    __table_args__ = (Index("ix_event_word_newest", word, event_id.desc()),)


keep_words(Event, "title", EventWord)


class EventHost(Base):
    """A person who manages an event, or is asked to: until `accepted_at` they may do nothing there."""

    __tablename__ = "event_host"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()


class EventPromise(Base):
    """One box that somebody ticked when proposing an event; `promise` says which, a later proposal ticks anew."""

    __tablename__ = "event_promise"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    promise: Mapped[str] = mapped_column(String(24))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ticked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
