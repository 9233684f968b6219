"""Tables of giving: donation, checkout, payment, ledger, receipt, and the inbox of Stripe's events."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.clock import now
from portal.db import Base, UtcDateTime
from portal.domain.campaigns.models import Campaign
from portal.domain.people.words import Word, keep_words
from portal.money import Money


class DonationState(StrEnum):
    """Where a donation stands; it moves only through `rules.TRANSITIONS`."""

    STARTED = "started"
    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


class PaymentCase(StrEnum):
    """How a payment compares with its donation; all but `expected` are for a treasurer to see."""

    EXPECTED = "expected"
    DOUBLE = "double"
    AMOUNT_DIFFERS = "amount_differs"
    CURRENCY_DIFFERS = "currency_differs"


# What the index of odd payments is of, in the words of the database: a search must say the same to use it.
ODD = "\"case\" <> 'expected'"


class LedgerKind(StrEnum):
    """What a ledger entry is; later slices add refunds, disputes, payouts and manual gifts."""

    PAYMENT = "payment"
    FEE = "fee"


class EventState(StrEnum):
    """What became of an event of Stripe's; `failed` ones carry their error and are tried again."""

    RECEIVED = "received"
    DONE = "done"
    FAILED = "failed"
    IGNORED = "ignored"


class Donation(Base):
    """One intended gift, from the click on "Donate" on; gift and card costs in minor units."""

    __tablename__ = "donation"
    __table_args__ = (
        UniqueConstraint("livemode", "number"),
        CheckConstraint("gift_minor > 0 AND card_costs_minor >= 0", name="amounts_positive"),
        # Carries the names on a campaign's page, the latest first.
        Index("ix_donation_shown", "campaign_id", "livemode", "show_name", "state", "paid_at", "id"),
        # Each carries a list of the treasurer's, newest first: all, of a campaign, in a state, both, of an amount.
        Index("ix_donation_newest", "livemode", "created_at", "id"),
        Index("ix_donation_of_campaign", "livemode", "campaign_id", "created_at", "id"),
        Index("ix_donation_in_state", "livemode", "state", "created_at", "id"),
        Index("ix_donation_in_state_of_campaign", "livemode", "campaign_id", "state", "created_at", "id"),
        Index("ix_donation_of_amount", "livemode", "gift_minor", "created_at", "id"),
        # And of people: all that a search asks of their gifts stands in the index itself.
        Index("ix_donation_of_person", "person_id", "created_at", "id", "livemode", "campaign_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[int]
    livemode: Mapped[bool]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(12), default=DonationState.STARTED)
    gift_minor: Mapped[int]
    card_costs_minor: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3))
    show_name: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(200), default="")
    message: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    attempt: Mapped[int] = mapped_column(default=1)
    link_nonce: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    campaign: Mapped[Campaign] = relationship()

    @property
    def return_path(self) -> str:
        """Where its giver comes back to; whoever knows it sees how the gift stands."""
        return f"/donations/{self.public_id}"

    @property
    def gift(self) -> Money:
        """The gift alone, without card costs."""
        return Money(self.gift_minor, self.currency)

    @property
    def card_costs(self) -> Money:
        """What the donor adds towards card costs."""
        return Money(self.card_costs_minor, self.currency)

    @property
    def total(self) -> Money:
        """What the donor is asked to pay."""
        return self.gift + self.card_costs


class DonationWord(Base):
    """A word by which the name on a gift is found."""

    __tablename__ = "donation_word"

    donation_id: Mapped[int] = mapped_column(ForeignKey("donation.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(Word, primary_key=True)

    # Carries a search, the newest of those with the same words first.
    __table_args__ = (Index("ix_donation_word_newest", word, donation_id.desc()),)


keep_words(Donation, "name", DonationWord)


class Checkout(Base):
    """One attempt to pay a donation on the provider's page; the row stands before the provider is asked."""

    __tablename__ = "checkout"
    __table_args__ = (
        UniqueConstraint("donation_id", "attempt"),
        Index("ix_checkout_to_ask", "closed", "next_check_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    donation_id: Mapped[int] = mapped_column(ForeignKey("donation.id"))
    attempt: Mapped[int]
    gift_minor: Mapped[int]
    card_costs_minor: Mapped[int]
    session_id: Mapped[str | None] = mapped_column(String(255), unique=True)
    url: Mapped[str | None] = mapped_column(Text)
    # Whether the provider can still take money through this attempt, as far as we have been told.
    closed: Mapped[bool] = mapped_column(default=False)
    checks: Mapped[int] = mapped_column(default=0)
    next_check_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    donation: Mapped[Donation] = relationship()

    @property
    def gift(self) -> Money:
        """The gift that this attempt asks for."""
        return Money(self.gift_minor, self.donation.currency)

    @property
    def card_costs(self) -> Money:
        """What this attempt asks for towards card costs."""
        return Money(self.card_costs_minor, self.donation.currency)


class Payment(Base):
    """Money that really moved for a donation; fee and net are known once the worker has asked for them."""

    __tablename__ = "payment"
    __table_args__ = (
        Index("ix_payment_fee_unknown", "fee_minor", "next_fee_try_at"),
        # Of the few that are not what was asked for: others cost nothing here.
        Index("ix_payment_odd", "donation_id", sqlite_where=text(ODD), postgresql_where=text(ODD)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    donation_id: Mapped[int] = mapped_column(ForeignKey("donation.id"), index=True)
    provider_id: Mapped[str] = mapped_column(String(255), unique=True)
    case: Mapped[str] = mapped_column(String(20), default=PaymentCase.EXPECTED)
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    livemode: Mapped[bool]
    fee_minor: Mapped[int | None]
    net_minor: Mapped[int | None]
    next_fee_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    paid_at: Mapped[datetime] = mapped_column(UtcDateTime)

    donation: Mapped[Donation] = relationship()

    @property
    def amount(self) -> Money:
        """What moved."""
        return Money(self.amount_minor, self.currency)


class LedgerEntry(Base):
    """One signed movement of money; the database refuses to change or delete it."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("amount_minor <> 0", name="moves_money"),
        Index("ix_ledger_entry_total", "campaign_id", "livemode", "currency", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    unique_key: Mapped[str] = mapped_column(String(300), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    livemode: Mapped[bool]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    @property
    def amount(self) -> Money:
        """What moved, with its sign."""
        return Money(self.amount_minor, self.currency)


class Receipt(Base):
    """The paper for a paid donation; test receipts have a series of their own."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("series", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    donation_id: Mapped[int] = mapped_column(ForeignKey("donation.id"), unique=True)
    series: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class NumberSeries(Base):
    """The last number that a series has given out."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int]


class ProviderEvent(Base):
    """One event that the payment provider told us, stored once, whatever became of it."""

    __tablename__ = "provider_event"
    __table_args__ = (Index("ix_provider_event_state", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(255), unique=True)
    type: Mapped[str] = mapped_column(String(80))
    livemode: Mapped[bool]
    session_id: Mapped[str | None] = mapped_column(String(255), index=True)
    payload: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=EventState.RECEIVED)
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
