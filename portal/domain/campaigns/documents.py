"""What a content file may say beside the story: the group, and a campaign's settings, receiver and check."""

from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from portal.domain.campaigns.models import LONGEST_MONEY_RULE
from portal.domain.campaigns.story import Name, Part, Text
from portal.money import AmountRefused, parse_amount

# Duty of care: no receiver and no partner is in the DPRK.
CLOSED_COUNTRY = "KP"
# What PostgreSQL's INTEGER holds.
LARGEST_GOAL = 2**31 - 1
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Line200 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
MoneyRule = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_MONEY_RULE)
]
Address = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]


class FeeDocument(Part):
    """What a card payment costs in one currency, for the sum that covers it."""

    basis_points: int = Field(ge=0, lt=5_000)
    fixed_minor: int = Field(ge=0)


class ContactDocument(Part):
    """One of the two who hear of concerns: a role, never a person's name."""

    role: Text
    email: Address


class PartnerCheckDocument(Part):
    """A look at the sanctions lists that was made: the day, the role that looked, and which lists."""

    checked_on: date
    checked_by: Text
    lists: tuple[Literal["UN", "EU", "UK", "US"], ...] = Field(min_length=1)


class PartnerDocument(Part):
    """One that the group has an agreement with; `campaigns` are those whose pages name it."""

    id: Name
    name: Text
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    does: Text
    agreed_on: date
    check: PartnerCheckDocument
    campaigns: tuple[Name, ...] = ()
    invented: bool = False

    @field_validator("country")
    @classmethod
    def _country_is_open(cls, country: str) -> str:
        if country == CLOSED_COUNTRY:
            raise ValueError("no money, goods or services go into North Korea")
        return country


class GroupDocument(Part):
    """The group that runs the portal, as `group.yaml` describes it."""

    name: Text
    town: Text
    timezone: str
    currency: Currency
    contact_email: Address
    # Stripe takes 5 to 22 characters of which at least one is a letter, and none of < > \ ' " *
    # (Stripe docs, "statement descriptors").
    statement_name: Annotated[
        str,
        StringConstraints(
            pattern=r"""^[^<>\\'"*a-z]{0,21}[A-Z][^<>\\'"*a-z]{0,21}$""", min_length=5, max_length=22
        ),
    ]
    card_fees: dict[Currency, FeeDocument]
    concern_contacts: tuple[ContactDocument, ...] = Field(min_length=2)
    # Where its money does not go, in a sentence of its own for each of its campaigns. Which receivers are refused
    # does not depend on it.
    money_rule: MoneyRule | None = None
    partners: tuple[PartnerDocument, ...] = ()
    demo: bool = False

    @field_validator("timezone")
    @classmethod
    def _zone_is_known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"no time zone is called {zone}; write one such as Europe/Dublin")
        return zone

    def columns(self) -> dict[str, Any]:
        """Give the values of the group's row."""
        return self.model_dump(mode="json", exclude={"currency"})


class CheckDocument(Part):
    """A look at the sanctions lists: the day, the role that looked, and which lists. A draft's may lack any of them."""

    checked_on: date | None = None
    checked_by: Line200 = ""
    lists: tuple[Literal["UN", "EU", "UK", "US"], ...] = ()


class ReceiverDocument(Part):
    """Who receives the money of a campaign, where, and what for. A draft's may lack any of them."""

    name: Line200 = ""
    country: Country = ""
    purpose: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    check: CheckDocument | None = None


class CampaignSettings(Part):
    """What a campaign's file says beside its story; `goal` is written as an amount, such as 5000 EUR."""

    status: Literal["draft", "published", "archived"] = "published"
    position: int = 0
    currency: Currency
    goal: int
    receiver: ReceiverDocument = ReceiverDocument()

    @field_validator("goal", mode="before")
    @classmethod
    def _read_goal(cls, value: Any, info: ValidationInfo) -> int:
        # A currency that is wrong itself is told on its own line.
        minor = read_minor(value, info.data.get("currency", "EUR"))
        if minor > LARGEST_GOAL:
            raise ValueError(f"{value} is more than can be counted here")
        return minor

    def columns(self) -> dict[str, Any]:
        """Give the values of the campaign's row."""
        check = self.receiver.check
        return {
            "status": self.status,
            "position": self.position,
            "currency": self.currency,
            "goal_minor": self.goal,
            "receiver": self.receiver.name,
            "receiver_country": self.receiver.country,
            "purpose": self.receiver.purpose,
            "receiver_checked_on": check.checked_on if check else None,
            "receiver_checked_by": (check.checked_by or None) if check else None,
            "receiver_lists": (", ".join(check.lists) or None) if check else None,
        }


def read_minor(value: Any, currency: str) -> int:
    """Give the minor units of an amount written in a content file. Raises ValueError with what to write."""
    try:
        return parse_amount(str(value), currency).minor
    except AmountRefused:
        raise ValueError(f"{value} is no amount; write one such as 25 {currency}") from None
