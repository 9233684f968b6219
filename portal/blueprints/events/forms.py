"""The form that signs somebody up for shifts of one event."""

from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField

from portal.domain.people.models import Person
from portal.domain.volunteers.errors import ClashesWithHeld, Slot, WishRefused
from portal.domain.volunteers.rules import Wish, WishEntries, read_wish
from portal.web.refusals import sentence


class SignUpForm(FlaskForm):
    """What a reader who helps sends: shifts, a name, an address, and that they are old enough.

    After a validation that passed, `wish` holds it as the domain takes it.
    """

    shift = SelectMultipleField(lazy_gettext("Shifts"), validate_choice=False)
    # Shifts to give back for these, after a clash was told. Without a label WTForms would load its translations.
    instead = SelectMultipleField("", validate_choice=False)
    name = StringField(lazy_gettext("The name you go by"))
    email = StringField(lazy_gettext("E-mail"))
    adult = BooleanField(lazy_gettext("I am 18 or older"))

    wish: Wish

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.clashes: list[tuple[Slot, Slot]] = []

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the entries can be taken; each that can't has its sentence in `errors`, beside its field."""
        passed = super().validate(extra_validators)
        if self.csrf_token.errors:
            self.csrf_token.errors = []
            self.form_errors.append(
                gettext("Your browser does not say which page this came from. Press the button once more.")
            )
        try:
            self.wish = read_wish(self._entries())
        except WishRefused as refused:
            for field, refusal in refused.by_field.items():
                self[field].errors = [*self[field].errors, sentence(refusal)]
            return False
        return passed

    def refuse(self, refusal: Exception) -> None:
        """Show beside the shifts why this wish can't be; of a clash with own places also which ones."""
        self.shift.errors = [*self.shift.errors, sentence(refusal)]
        if isinstance(refusal, ClashesWithHeld):
            self.clashes = refusal.pairs

    @property
    def ticked(self) -> set[str]:
        """The shifts that are ticked, by id as text."""
        return set(self.shift.data or ())

    @property
    def given_back(self) -> frozenset[int]:
        """The shifts to give back, by id."""
        return frozenset(
            int(one) for one in self.instead.data or () if one.isascii() and one.isdigit() and len(one) < 10
        )

    def _entries(self) -> WishEntries:
        return WishEntries(
            shifts=self.shift.data or (),
            name=self.name.data or "",
            email=self.email.data or "",
            adult=self.adult.data,
        )


def sign_up_form(person: Person | None = None, ticked: str = "") -> SignUpForm:
    """Give the form as it was sent, or fresh: with what is known of who sits before it, and one shift ticked."""
    if request.method == "POST":
        # Only what a form sends is read: Flask-WTF would take JSON and files too, whose values are no texts.
        return SignUpForm(formdata=request.form)
    known = {"name": person.name, "email": person.email} if person else {}
    return SignUpForm(formdata=None, data={"shift": [ticked] if ticked else [], **known})
