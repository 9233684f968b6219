"""What can be wrong with an account's wishes."""

from dataclasses import dataclass


class AccountRefused(Exception):
    """Something about an account that can't be done."""


class SignInFailed(AccountRefused):
    """The address and the password are not those of one account; which of the two is wrong is nobody's business."""


class WrongPassword(AccountRefused):
    """The password that somebody signed in typed once more is not theirs."""


@dataclass
class PasswordTooShort(AccountRefused):
    """A password that can be guessed by trying."""

    least: int


@dataclass
class PasswordTooLong(AccountRefused):
    """A password that would cost too much to check."""

    most: int


class PasswordTooPlain(AccountRefused):
    """A password made of the address, or of one thing again and again."""


class AccountExists(AccountRefused):
    """The person has an account already."""


class AddressTaken(AccountRefused):
    """The new address belongs to another person here, and two are not joined by a click."""


class LastAdmin(AccountRefused):
    """Nobody would be left who can give roles."""


class NoSuchUser(AccountRefused):
    """No account has this id or address."""
