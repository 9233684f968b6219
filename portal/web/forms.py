"""Forms that more than one page shows: the give form, with what a typed amount must be."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField

from portal.domain.campaigns.queries import CampaignPage
from portal.domain.donations.errors import ChoicesRefused
from portal.domain.donations.models import Donation
from portal.domain.donations.rules import Choices, Entries, read_choices
from portal.money import CardFee
from portal.web.origin import TokenMissing
from portal.web.refusals import sentence


class SentForm(FlaskForm):
    """A form that reads only what a form sends: Flask-WTF would take JSON and files too, whose values are no texts."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Give what was sent, or None for a page that is only looked at."""
            return request.form if request.method == "POST" else None


class LabelledForm(SentForm):
    """A form whose sentences could be about any of its entries; on top of the page each is named with its own."""

    @property
    def errors(self) -> dict[str | None, list[str]]:
        """What is wrong, with the label of the entry before each sentence."""
        return {
            name: [f"{self[name].label.text}: {one}" for one in told] if name else list(told)
            for name, told in super().errors.items()
        }


class GiveForm(FlaskForm):
    """What a reader chooses before paying: amount, card costs, name shown or not, message.

    After a validation that passed, `choices` holds them as the domain takes them.
    """

    class Meta:
        # A campaign page is the same bytes for everyone, so its form carries no token; see web/origin.py.
        csrf = False

    amount = StringField(lazy_gettext("Amount"))
    own_amount = StringField(lazy_gettext("Or another amount"))
    frequency = StringField(default="once")
    cover_fee = BooleanField(lazy_gettext("Add towards card costs"))
    show_name = BooleanField(lazy_gettext("Show my name"))
    name = StringField(lazy_gettext("The name to show"))
    message = TextAreaField(lazy_gettext("A message to the group"))

    choices: Choices

    def __init__(self, currency: str, presets: tuple[int, ...], fee: CardFee | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.currency, self.presets, self.fee = currency, presets, fee

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the entries can be taken; each that can't has its sentence in `errors`, beside its field."""
        passed = super().validate(extra_validators)
        try:
            self.choices = read_choices(self._entries(), self.currency, self.presets, self.fee)
        except ChoicesRefused as refused:
            for field, refusal in refused.by_field.items():
                self[field].errors = [*self[field].errors, sentence(refusal)]
            return False
        return passed

    def _entries(self) -> Entries:
        return Entries(
            amount=self.amount.data or "",
            own_amount=self.own_amount.data or "",
            frequency=self.frequency.data or "",
            cover_fee=self.cover_fee.data,
            show_name=self.show_name.data,
            name=self.name.data or "",
            message=self.message.data or "",
        )


class GiveFormWithToken(GiveForm):
    """The give form on a page of one reader's own, guarded by Flask-WTF's token."""

    class Meta:
        csrf = True

    def validate(self, extra_validators: Any = None) -> bool:
        """As GiveForm, with the missing token told in words that a reader can use."""
        passed = super().validate(extra_validators)
        if self.csrf_token.errors:
            self.csrf_token.errors = []
            self.form_errors.append(sentence(TokenMissing()))
        return passed


def give_form(
    page: CampaignPage, form_class: type[GiveForm] = GiveForm, donation: Donation | None = None
) -> GiveForm:
    """Give the form of a campaign, filled in with what a donation of it has chosen before."""
    before = _chosen_before(donation, page.story.amounts) if donation else {}
    # Only what a form sends is read: Flask-WTF would take JSON and files too, whose values are no texts.
    sent = request.form if request.method == "POST" else None
    return form_class(page.goal.currency, page.story.amounts, page.card_fee, formdata=sent, data=before)


def _chosen_before(donation: Donation, presets: tuple[int, ...]) -> dict[str, Any]:
    tapped = donation.gift_minor in presets
    return {
        "amount": str(donation.gift_minor) if tapped else "",
        "own_amount": "" if tapped else str(donation.gift.decimal),
        "frequency": "once",
        "cover_fee": donation.card_costs_minor > 0,
        "show_name": donation.show_name,
        "name": donation.name,
        "message": donation.message,
    }
