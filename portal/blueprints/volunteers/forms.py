"""Forms of a person's own help."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import StringField

from portal.domain.people.errors import DetailsRefused
from portal.domain.people.rules import read_email, read_name
from portal.web.forms import SentForm
from portal.web.refusals import sentence


class ButtonForm(SentForm):
    """A button and its token."""


class NameForm(SentForm):
    """The name that a person goes by."""

    name = StringField(lazy_gettext("The name you go by"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the name can be taken; why not stands in its errors."""
        return super().validate(extra_validators) and _is_taken(self.name, read_name)


class AskForm(SentForm):
    """The address to mail the link to one's help to."""

    email = StringField(lazy_gettext("Your e-mail address"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether mail can be sent to what was typed; why not stands in its errors."""
        return super().validate(extra_validators) and _is_taken(self.email, read_email)


def _is_taken(field: Any, read: Any) -> bool:
    try:
        field.data = read(field.data or "")
    except DetailsRefused as refusal:
        field.errors = [*field.errors, sentence(refusal)]
        return False
    return True


def given_up() -> list[int]:
    """Give the sign-ups that a reader wants to give back, one for each pair at the same time that was asked about."""
    told = [value for name, value in request.form.items() if name.startswith("pair-")]
    # Only plain digits: int() would take other scripts' digits, and numbers beyond any id.
    return [int(value) for value in told if value.isascii() and value.isdigit() and len(value) < 10]
