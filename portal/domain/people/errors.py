"""Why a name or an address can't be taken."""

from dataclasses import dataclass


class DetailsRefused(Exception):
    """Something that a person told of themselves and that can't be kept as it is."""


class NameMissing(DetailsRefused):
    """No name, or one without a character that can be seen."""


@dataclass
class NameTooLong(DetailsRefused):
    """A name of more characters than are kept."""

    limit: int


class NameNotOneLine(DetailsRefused):
    """A name with a line break or another control character."""


class NameWithAddress(DetailsRefused):
    """A name that is a web address: a list of names is no place to advertise."""


class EmailMissing(DetailsRefused):
    """No address was typed."""


class EmailUnreadable(DetailsRefused):
    """What was typed is no address that mail can be sent to."""
