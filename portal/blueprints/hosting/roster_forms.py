"""Forms around a roster: a mark at the door, hours at closing, a message to a shift."""

import re
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import StringField, TextAreaField

from portal.blueprints.hosting.forms import RefusingForm
from portal.domain.events import details as rules
from portal.domain.events.errors import EventRefused
from portal.domain.volunteers.errors import HoursUnreadable
from portal.domain.volunteers.rules import Mark
from portal.web.refusals import sentence

HOURS = re.compile(r"[0-9]{1,2}([.,][0-9]{1,2})?")


class MarkForm(RefusingForm):
    """One of the buttons beside a name on a roster; after a validation that passed, `given` holds its mark."""

    mark = StringField()

    given: Mark

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether a button of ours was pressed."""
        if not super().validate(extra_validators) or self.mark.data not in set(Mark):
            return False
        self.given = Mark(self.mark.data)
        return True


class HoursForm(RefusingForm):
    """How long each helped, an entry for each sign-up; after a validation that passed, `minutes` holds it by id."""

    minutes: dict[int, int]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.wrong: set[int] = set()

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether every entry is a number of hours, or none."""
        passed, self.minutes = super().validate(extra_validators), {}
        for sign_up_id, text in _sent_hours().items():
            read = HOURS.fullmatch(text.strip())
            if read is not None and (minutes := round(float(text.replace(",", ".")) * 60)) <= 24 * 60:
                self.minutes[sign_up_id] = minutes
            elif text.strip():
                self.wrong.add(sign_up_id)
            else:
                self.minutes[sign_up_id] = 0
        if self.wrong:
            self.form_errors.append(sentence(HoursUnreadable()))
        return passed and not self.wrong

    def typed(self, known: Mapping[int, int]) -> dict[int, str]:
        """Give what stands in each entry: what was sent, otherwise the minutes that are known, in hours."""
        sent = _sent_hours() if request.method == "POST" else {}
        return {ident: sent.get(ident, in_hours(minutes)) for ident, minutes in known.items()}


def in_hours(minutes: int | None) -> str:
    """Give minutes in hours as one would write them: "1.5"; empty for none."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".") if minutes else ""


def _sent_hours() -> dict[int, str]:
    found = {}
    for name, text in request.form.items():
        ident = rules.read_number(name.removeprefix("hours-")) if name.startswith("hours-") else None
        if ident is not None:
            found[ident] = text[:20]
    return found


class MessageForm(RefusingForm):
    """A host's words to a shift; after a validation that passed, `words` holds them."""

    text = TextAreaField(lazy_gettext("Your message"))

    words: str

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the message can be sent."""
        passed = super().validate(extra_validators)
        try:
            self.words = rules.read_text(self.text.data or "", rules.LONGEST["message"])
        except EventRefused as refusal:
            self.refuse(refusal, "text")
            return False
        return passed
