"""Why a gift cannot be taken as asked; the sentences for them live in web/refusals.py."""

from dataclasses import dataclass

from portal.money import Money


class GivingRefused(Exception):
    """Any refusal on the way of a gift."""


@dataclass
class AmountBelowMinimum(GivingRefused):
    """Less than the smallest gift that is worth its card costs."""

    minimum: Money


@dataclass
class AmountAboveMaximum(GivingRefused):
    """More than is taken by card without talking first."""

    maximum: Money


class FrequencyUnknown(GivingRefused):
    """A rhythm of giving that Lantern does not offer."""


class NameToShowMissing(GivingRefused):
    """A name is to be shown, but none was typed."""


@dataclass
class MessageTooLong(GivingRefused):
    """A message of more characters than are kept."""

    limit: int


class MessageUnreadable(GivingRefused):
    """A message with control characters that no keyboard makes."""


@dataclass
class ChoicesRefused(GivingRefused):
    """What is wrong with a filled-in give form, by the field it concerns."""

    by_field: dict[str, Exception]


class GivingNotSetUp(GivingRefused):
    """No payment provider is configured."""


class DonationAlreadyPaid(GivingRefused):
    """Trying again a gift that was paid: never a second charge."""


class DonationStillProcessing(GivingRefused):
    """Trying again a gift whose payment is still under way."""


@dataclass
class DonationUnknown(GivingRefused):
    """The provider speaks of a donation that is not, or not yet, in this database."""

    session_id: str


@dataclass
class OtherLivemode(GivingRefused):
    """Test news for a portal with live keys, or the other way round."""

    livemode: bool
