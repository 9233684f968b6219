"""Tables of the group, its campaigns, their revisions, and what each has received."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.clock import now
from portal.db import Base, UtcDateTime

LONGEST_MONEY_RULE = 300


class CampaignStatus(StrEnum):
    """Where a campaign stands: readers see a published one, and an archived one that was published before."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Group(Base):
    """The group that runs this portal; card_fees maps a currency to basis points and fixed minor units.

    Each of `partners` is what a PartnerDocument tells; without any it may be None. No money is kept for them yet.
    """

    __tablename__ = "group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    town: Mapped[str] = mapped_column(String(120))
    timezone: Mapped[str] = mapped_column(String(60))
    contact_email: Mapped[str] = mapped_column(String(254))
    statement_name: Mapped[str] = mapped_column(String(22))
    card_fees: Mapped[dict[str, Any]] = mapped_column(JSON)
    concern_contacts: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    # Where its money does not go, as it says on each of its campaigns; None where it says nothing of it.
    money_rule: Mapped[str | None] = mapped_column(String(LONGEST_MONEY_RULE))
    partners: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    demo: Mapped[bool] = mapped_column(default=False)


class Campaign(Base):
    """A public page with a story and ways to give; `page_version` moves with what readers see, except the total."""

    __tablename__ = "campaign"
    __table_args__ = (
        # Duty of care: money may be collected only for a receiver that somebody checked, on a known day.
        CheckConstraint(
            "status <> 'published' OR (receiver_checked_on IS NOT NULL AND receiver_checked_by IS NOT NULL)",
            name="published_only_with_checked_receiver",
        ),
        CheckConstraint("goal_minor > 0", name="goal_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    status: Mapped[str] = mapped_column(String(12), default=CampaignStatus.DRAFT)
    position: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3))
    goal_minor: Mapped[int]
    receiver: Mapped[str] = mapped_column(String(200))
    receiver_country: Mapped[str] = mapped_column(String(2))
    purpose: Mapped[str] = mapped_column(String(300))
    receiver_checked_on: Mapped[date | None] = mapped_column(Date)
    receiver_checked_by: Mapped[str | None] = mapped_column(String(200))
    receiver_lists: Mapped[str | None] = mapped_column(String(200))
    # Since when this receiver stands here, where another one did before: no earlier check is of it.
    receiver_since: Mapped[date | None] = mapped_column(Date)
    revision_number: Mapped[int] = mapped_column(default=0)
    page_version: Mapped[int] = mapped_column(default=1)
    # Moves with the shifts and their places, which are a part of the page of their own.
    help_version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # Since when it is archived, where readers saw it until then: they still find it, with a note that it has ended.
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The person who last changed anything here, and when; without one it is still as the content files say, and
    # follows them. No foreign key: whoever leaves takes their row along, and not what they wrote.
    edited_by_id: Mapped[int | None]
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Since when others have its address: readers, who found it there, or content files, which name it by that.
    address_given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The article that it was made of, be it as a copy of one; it may be put away, and its trace stays.
    article_id: Mapped[int | None]

    group: Mapped[Group] = relationship()

    @property
    def is_readable(self) -> bool:
        """Whether readers find it at its address: one that has ended is read there as a published one is."""
        return self.status == CampaignStatus.PUBLISHED or self.ended_at is not None

    @property
    def address_stays(self) -> bool:
        """Whether its address can't be another one any more, as others have it."""
        return self.address_given_at is not None or self.is_readable


class CampaignRevision(Base):
    """One state of a campaign's words; never changed, so that any of them can be shown again.

    `source` is the text that it was made of, front matter and Markdown, with which it can be edited.
    """

    __tablename__ = "campaign_revision"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    number: Mapped[int]
    story: Mapped[dict[str, Any]] = mapped_column(JSON)
    fingerprint: Mapped[str] = mapped_column(String(64))
    source: Mapped[str | None] = mapped_column(Text)
    # Who wrote it: a person, or nobody for what came from content files. No foreign key, as in `Campaign`.
    made_by_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Consent(StrEnum):
    """Why those on a picture may be shown: duty of care knows no third way."""

    NOBODY = "nobody"  # can be recognised
    AGREED = "agreed"  # in writing, every one of them


class CampaignPicture(Base):
    """A picture that a campaign's story can show; its files lie in the data folder, under their digest.

    What a revision shows of it stands in that revision's story, so nothing here changes but that it is put away.
    """

    __tablename__ = "campaign_picture"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    name: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(32), index=True)
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(String(300))
    credit: Mapped[str] = mapped_column(String(200))
    consent: Mapped[str] = mapped_column(String(12))
    # Who says so. No foreign key, as in `Campaign`.
    vouched_by_id: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    put_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CampaignPlan(Base):
    """Where a campaign is to stand from a moment on, published or archived, which the worker sees to.

    A row goes with the move that it stands for; where something was missing then, it stays and `refused` names it.
    """

    __tablename__ = "campaign_plan"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    status: Mapped[str] = mapped_column(String(12), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # In whose name it is done. No foreign key, as in `Campaign`.
    made_by_id: Mapped[int]
    refused: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class CampaignTranslation(Base):
    """A campaign's story in another language; `texts` holds what each text was made of, so that a change is seen.

    Each of them is `{"key": ..., "original": ..., "text": ...}`, see `translations.Entry`.
    """

    __tablename__ = "campaign_translation"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(3), primary_key=True)
    texts: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    # Whether readers find it; a draft of it is only seen on the desk.
    shown: Mapped[bool] = mapped_column(default=False)
    # Who last wrote in it. No foreign key, as in `Campaign`.
    made_by_id: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CampaignTotal(Base):
    """What a campaign has received, kept in the transaction of each ledger entry; test and live apart."""

    __tablename__ = "campaign_total"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    livemode: Mapped[bool] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    received_minor: Mapped[int] = mapped_column(default=0)
    fees_minor: Mapped[int] = mapped_column(default=0)
    gifts: Mapped[int] = mapped_column(default=0)
