"""The form that signs somebody up for shifts of one event."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.csrf import validate_csrf
from wtforms import BooleanField, SelectMultipleField, StringField, ValidationError

from portal.domain.campaigns.errors import CampaignEnded
from portal.domain.people.models import Person
from portal.domain.volunteers.errors import ClashesWithHeld, Slot, WishRefused
from portal.domain.volunteers.rules import Wish, WishEntries, read_wish
from portal.web.origin import TokenMissing, needs_token
from portal.web.refusals import sentence


@dataclass(frozen=True)
class Sent:
    """What a reader sent, checked: their wish, and the shifts to give back for it, by id."""

    wish: Wish
    instead: frozenset[int]


class SignUpForm(FlaskForm):
    """The form as its page shows it: what was typed and ticked so far, and what is wrong with it."""

    class Meta:
        # Looking at an event sets no cookie, so its form carries no token; see web/origin.py.
        csrf = False

    shift = SelectMultipleField(lazy_gettext("Shifts"), validate_choice=False)
    name = StringField(lazy_gettext("The name you go by"))
    email = StringField(lazy_gettext("E-mail"))
    adult = BooleanField(lazy_gettext("I am 18 or older"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.clashes: list[tuple[Slot, Slot]] = []

    def refuse(self, refusal: Exception) -> None:
        """Show what is wrong beside the field that it is about; of a clash with own places also which ones."""
        if isinstance(refusal, WishRefused):
            for field, one in refusal.by_field.items():
                self[field].errors = [*self[field].errors, sentence(one)]
        elif isinstance(refusal, TokenMissing | CampaignEnded):
            self.form_errors.append(sentence(refusal))
        else:
            self.shift.errors = [*self.shift.errors, sentence(refusal)]
        if isinstance(refusal, ClashesWithHeld):
            self.clashes = refusal.pairs

    @property
    def ticked(self) -> set[str]:
        """The shifts that are ticked, by id as text."""
        return set(self.shift.data or ())


class SignUpFormWithToken(SignUpForm):
    """The form for a browser that does not say which page it sent it from."""

    class Meta:
        csrf = True


def read_sent() -> Sent:
    """Give what was sent; raises WishRefused, or TokenMissing: one that is needed costs a click, and no entries.

    Aborts with 403 for another site's form. Makes no fields: in a rush that would take as long as the places do.
    """
    sent, is_to_carry_token = request.form, needs_token()
    wish = read_wish(
        WishEntries(
            shifts=sent.getlist("shift"),
            name=sent.get("name", ""),
            email=sent.get("email", ""),
            adult=sent.get("adult", "") not in BooleanField.false_values,
        )
    )
    try:
        if is_to_carry_token:
            validate_csrf(sent.get("csrf_token"))
    except ValidationError:
        raise TokenMissing from None
    given_back = (one for one in sent.getlist("instead") if one.isascii() and one.isdigit() and len(one) < 10)
    return Sent(wish, frozenset(map(int, given_back)))


def sign_up_form(person: Person | None = None, ticked: str = "") -> SignUpForm:
    """Give the form as it was sent, or fresh: with what is known of who sits before it, and one shift ticked."""
    if request.method == "POST":
        # Only what a form sends is read: Flask-WTF would take JSON and files too, whose values are no texts.
        return (SignUpFormWithToken if needs_token() else SignUpForm)(formdata=request.form)
    known = {"name": person.name, "email": person.email} if person else {}
    return SignUpForm(formdata=None, data={"shift": [ticked] if ticked else [], **known})
