"""The forms of campaigns on the desk: the four fields of a new one, and the editor with what is wrong in it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import get_locale, gettext, lazy_gettext
from wtforms import StringField

from portal.blueprints.desk.campaign_entries import (
    Entries,
    line_of_problem,
    name_of_problem,
    sent_entries,
    text_of_entries,
)
from portal.blueprints.desk.campaign_labels import label_of
from portal.domain.campaigns.documents import CLOSED_COUNTRY
from portal.domain.campaigns.errors import (
    CampaignRefused,
    CheckOfAnotherReceiver,
    ContentInvalid,
    EndsBeforeItBegins,
    NotReady,
    StartRefused,
)
from portal.domain.campaigns.models import Group
from portal.domain.campaigns.planning import Planned, read_moment
from portal.domain.campaigns.starting import Start, read_start
from portal.web.campaign_words import problem_in_words
from portal.web.forms import LabelledForm, SentForm
from portal.web.refusals import sentence

# What a browser that chooses moments sends.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
# Where what a published campaign lacks is entered.
_PLACES = {
    "checked_lately": "checked_on",
    "lists": "lists-UN",
    "said_by": "title",
    "compared": "title",
    "own_words": "words",
}
_OF_FIGURE = {"said_by": "said_by", "compared": "last_checked"}


class ButtonForm(SentForm):
    """A button and its token."""


class StartForm(LabelledForm):
    """The four fields of a new campaign; `start` holds them once they were validated."""

    title = StringField(lazy_gettext("Title"))
    purpose = StringField(lazy_gettext("What the money is for, in a sentence"))
    goal = StringField(lazy_gettext("Goal"))
    currency = StringField(lazy_gettext("Currency"))
    receiver = StringField(lazy_gettext("Who receives the money"))

    start: Start

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the fields can be taken; why not stands in their errors."""
        if not super().validate(extra_validators):
            return False
        names = ("title", "purpose", "goal", "currency", "receiver")
        try:
            self.start = read_start(group=self.group, **{name: self[name].data or "" for name in names})
        except StartRefused as refusal:
            for name, one in refusal.by_field.items():
                self[name].errors = [*self[name].errors, sentence(one)]
            return False
        return True


class PlanForm(SentForm):
    """When a campaign is published and when it ends; after a validation that passed, the moments hold it."""

    publish_at = StringField(lazy_gettext("Publish it"))
    end_at = StringField(lazy_gettext("End it"))

    moments: dict[str, datetime | None]

    def __init__(self, zone: ZoneInfo, plans: Sequence[Planned] = ()) -> None:
        super().__init__(data={one.name: one.typed for one in plans})
        self.zone = zone

    def kind_of(self, name: str) -> str:
        """Give the kind of input for an entry: a browser that chooses moments shows nothing of what it can't read."""
        typed = self[name].data or ""
        return "datetime-local" if not typed or _MOMENT.fullmatch(typed) else "text"

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the entries can be taken; why not stands in their errors."""
        passed, self.moments = super().validate(extra_validators), {}
        for name in ("publish_at", "end_at"):
            try:
                self.moments[name] = read_moment(self[name].data or "", self.zone)
            except CampaignRefused as refusal:
                self.refuse(refusal, name)
                passed = False
        return passed

    def refuse(self, refusal: CampaignRefused, name: str = "") -> None:
        """Show what is wrong beside the entry that it is about."""
        of_end = isinstance(refusal, EndsBeforeItBegins) or not self.publish_at.data
        name = name or ("end_at" if of_end else "publish_at")
        self[name].errors = [*self[name].errors, sentence(refusal)]


class AddressForm(LabelledForm):
    """The last part of a campaign's address."""

    address = StringField(lazy_gettext("Address"))

    def refuse(self, refusal: CampaignRefused) -> None:
        """Show why it can't be taken."""
        self.address.errors = [*self.address.errors, sentence(refusal)]


class EditForm(SentForm):
    """The editor: its entries are read by name, and what is wrong with each stands in `wrong`."""

    def __init__(self, currency: str, today: date, entries: Entries | None = None) -> None:
        super().__init__()
        self.currency = currency
        self.entries = entries or sent_entries(request.form)
        if request.form.get("compared"):
            self.entries.compare(today)
        self.wrong: dict[str, list[str]] = {}
        # The revision that the entries were made from.
        self.base = base_number(request.form)

    @property
    def text(self) -> str:
        """The entries as a campaign's text."""
        return text_of_entries(self.entries, self.currency)

    @property
    def errors(self) -> dict[str | None, list[str]]:
        """What is wrong, with the label of the entry before each sentence."""
        return {
            name: [f"{label}: {one}" if (label := label_of(name)) else one for one in told]
            for name, told in self.wrong.items()
        }

    def change_rows(self) -> str:
        """Do what a button for rows asked, and give the name of its list; "" for any other button."""
        for name in self.entries.rows:
            if f"add-{name}" in request.form:
                self.entries.add_row(name)
                return name
            index = request.form.get(f"out-{name}", "")
            if index.isascii() and index.isdigit() and len(index) < 4:
                self.entries.take_out(name, int(index))
                return name
        return ""

    def refuse(self, refusal: Exception) -> None:
        """Show what is wrong beside the entries that it is about."""
        if isinstance(refusal, ContentInvalid):
            self._refuse_text(refusal)
        elif isinstance(refusal, NotReady):
            for name in refusal.missing:
                self._tell(self._place_of(name), sentence(NotReady((name,))))
        else:
            place = "checked_on" if isinstance(refusal, CheckOfAnotherReceiver) else "title"
            self._tell(place, sentence(refusal))

    def _refuse_text(self, refusal: ContentInvalid) -> None:
        text = self.text
        for problem in refusal.problems:
            told, line = problem_in_words(problem), line_of_problem(problem, text)
            if line is not None:
                told = gettext("Line %(line)s: %(told)s", line=line, told=told)
            self._tell(name_of_problem(problem, self.entries), told)

    def _place_of(self, name: str) -> str:
        """Give the entry in which something that is missing can be told; a figure's is named with its figure."""
        what, _, figure = name.partition(":")
        rows = [(of, index, row) for of, rows in self.entries.rows.items() for index, row in enumerate(rows)]
        found = [
            f"{of}-{index}-{_OF_FIGURE[what]}"
            for of, index, row in rows
            if figure and row.get("id") == figure
        ]
        return found[0] if found else _PLACES.get(what, what)

    def _tell(self, name: str, told: str) -> None:
        sentences = self.wrong.setdefault(name, [])
        if told not in sentences:
            sentences.append(told)


def base_number(sent: Mapping[str, str]) -> int:
    """Give the revision that a form was made from; 0, which is none, for what is no number."""
    typed = sent.get("base_number", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def country_choices() -> list[tuple[str, str]]:
    """Give the countries by their two letters and names, in the order of the reader's language."""
    names = get_locale().territories
    left_out = {CLOSED_COUNTRY, "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    wanted = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return sorted(
        ((code, name) for code, name in wanted if code not in left_out), key=lambda pair: pair[1].casefold()
    )
