"""Forms of accounts: fields as they are typed; what may be is for the domain to say."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import PasswordField, StringField

from portal.domain.accounts.errors import AccountRefused
from portal.domain.accounts.rules import read_password
from portal.domain.people.errors import DetailsRefused
from portal.domain.people.rules import read_email, read_name
from portal.web.forms import SentForm
from portal.web.refusals import sentence


class ButtonForm(SentForm):
    """A button and its token."""


class RefusableForm(SentForm):
    """A form whose fields are read by functions of the domain; each refusal stands beside its field."""

    def refuse(self, name: str, refusal: Exception) -> None:
        """Show a refusal beside a field."""
        field = self[name]
        field.errors = [*field.errors, sentence(refusal)]

    def read(self, name: str, read: Any) -> bool:
        """Put what a function of the domain makes of a field in its place; False when it refuses."""
        try:
            self[name].data = read(self[name].data or "")
        except (AccountRefused, DetailsRefused) as refusal:
            self.refuse(name, refusal)
            return False
        return True


class SignInForm(RefusableForm):
    """An address and its password. Neither is read strictly: what is wrong with them is told by nobody."""

    email = StringField(lazy_gettext("E-mail"))
    password = PasswordField(lazy_gettext("Password"))


class AddressForm(RefusableForm):
    """The address to mail a link to."""

    email = StringField(lazy_gettext("Your e-mail address"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether mail can be sent to what was typed; why not stands in its errors."""
        return super().validate(extra_validators) and self.read("email", read_email)


class ChoosePasswordForm(RefusableForm):
    """The password that opens an account, or is the new one of it, with a name where we know none."""

    name = StringField(lazy_gettext("The name you go by"))
    password = PasswordField(lazy_gettext("Password"))

    def __init__(self, address: str, *, asks_name: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.address, self.asks_name = address, asks_name

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether it can be set; why not stands in its errors."""
        passed = super().validate(extra_validators)
        named = not self.asks_name or self.read("name", read_name)
        return self.read("password", lambda typed: read_password(typed, self.address)) and named and passed


class ChangePasswordForm(RefusableForm):
    """The password that was, and the one that is to be."""

    current = PasswordField(lazy_gettext("Your password now"))
    password = PasswordField(lazy_gettext("The new one"))

    def __init__(self, address: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.address = address

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the new one can be set; why not stands in its errors."""
        passed = super().validate(extra_validators)
        return self.read("password", lambda typed: read_password(typed, self.address)) and passed


class ChangeEmailForm(AddressForm):
    """The new address, and the password."""

    password = PasswordField(lazy_gettext("Your password"))


class PasswordForm(RefusableForm):
    """The password, typed once more."""

    password = PasswordField(lazy_gettext("Your password"))


def way_on(default: str) -> str:
    """Give where to go on after signing in: the page that somebody came from, if it is one of ours."""
    wanted = request.values.get("next", "")
    # Browsers take two slashes, and backslashes for them, as another site; and leave out what can't be seen.
    is_ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return wanted if is_ours and wanted.isprintable() and " " not in wanted else default
