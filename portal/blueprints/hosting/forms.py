"""Forms of those who manage events: what an event is, its shifts from one pattern, and what is promised of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField

from portal.domain.events import details as rules
from portal.domain.events.details import DetailEntries, Details, read_details
from portal.domain.events.errors import (
    EntriesRefused,
    EventRefused,
    NamesPromised,
    PlacesOutOfRange,
    PromiseMissing,
    TimesImpossible,
)
from portal.domain.events.models import Promise, Shift
from portal.domain.events.pattern import (
    MOST_PLACES,
    MOST_ROLES,
    PatternEntries,
    PlannedShift,
    read_clock,
    read_day,
    read_pattern,
    shifts_of,
)
from portal.domain.events.rules import shift_times
from portal.domain.people.errors import DetailsRefused
from portal.domain.people.rules import read_email
from portal.web.forms import SentForm
from portal.web.refusals import sentence

ROWS = 3


class RefusingForm(SentForm):
    """A form whose refusals stand beside the field that they are about."""

    def refuse(self, refusal: Exception, field: str = "") -> None:
        """Show what is wrong beside its field, or above all of them."""
        if isinstance(refusal, EntriesRefused):
            for name, one in refusal.by_field.items():
                self.refuse(one, name)
        elif field in self._fields:
            self[field].errors = [*self[field].errors, sentence(refusal)]
        else:
            self.form_errors.append(sentence(refusal))


class PromisesForm(RefusingForm):
    """The two boxes that are ticked with every proposal."""

    no_crossing = BooleanField(lazy_gettext("This event moves nobody across a border"))
    no_payment_inside = BooleanField(
        lazy_gettext("No money, goods or services go to anybody inside North Korea")
    )

    @property
    def promises(self) -> list[Promise]:
        """The boxes that are ticked."""
        return [promise for promise in Promise if self[promise.value].data]

    def refuse(self, refusal: Exception, field: str = "") -> None:
        """As in RefusingForm; a missing tick stands beside each box that misses it."""
        if isinstance(refusal, PromiseMissing):
            for promise in set(Promise) - set(self.promises):
                super().refuse(refusal, promise.value)
        else:
            super().refuse(refusal, field)


class DetailsForm(RefusingForm):
    """What an event is, but for its shifts; after a validation that passed, `details` holds it."""

    campaign = StringField(lazy_gettext("Campaign"))
    title = StringField(lazy_gettext("Title"))
    summary = TextAreaField(lazy_gettext("What happens there"))
    timezone = StringField(lazy_gettext("Time zone"))
    place = StringField(lazy_gettext("Town or quarter"))
    exact_place = StringField(lazy_gettext("Exact place"))
    place_hidden = BooleanField(lazy_gettext("Tell the exact place only to those whose place is confirmed"))
    what_to_bring = StringField(lazy_gettext("What to bring"))
    languages = SelectMultipleField(lazy_gettext("Languages"), validate_choice=False)
    names_seen_by = StringField(lazy_gettext("Who sees the names"))

    details: Details

    def __init__(self, campaigns: Collection[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.campaigns = campaigns

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the entries can be taken; each that can't has its sentence beside its field."""
        passed = super().validate(extra_validators)
        try:
            self.details = read_details(self._entries(), [ident for ident, _ in self.campaigns])
        except EntriesRefused as refusal:
            self.refuse(refusal)
            return False
        return passed

    def refuse(self, refusal: Exception, field: str = "") -> None:
        """As in RefusingForm; names that were promised to be seen by few stand beside their choice."""
        super().refuse(refusal, "names_seen_by" if isinstance(refusal, NamesPromised) else field)

    def _entries(self) -> DetailEntries:
        return DetailEntries(
            campaign=self.campaign.data or "",
            title=self.title.data or "",
            summary=self.summary.data or "",
            timezone=self.timezone.data or "",
            place=self.place.data or "",
            exact_place=self.exact_place.data or "",
            place_hidden=self.place_hidden.data,
            what_to_bring=self.what_to_bring.data or "",
            languages=self.languages.data or (),
            names_seen_by=self.names_seen_by.data or "",
        )


class ProposalForm(PromisesForm, DetailsForm):
    """A new event with its shifts; after a validation that passed, `details` and `planned` hold it."""

    first_day = StringField(lazy_gettext("First day"))
    last_day = StringField(lazy_gettext("Last day"))
    weekdays = SelectMultipleField(lazy_gettext("Weekdays"), validate_choice=False)
    starts = StringField(lazy_gettext("From"))
    ends = StringField(lazy_gettext("To"))
    minutes = StringField(lazy_gettext("Length of a shift in minutes"))
    changeover = StringField(lazy_gettext("Minutes between shifts"))
    # Its rows are read by hand; the field holds what is wrong with them.
    roles = StringField(lazy_gettext("Roles"))

    planned: list[PlannedShift]

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the entries can be taken; all that is wrong is told at once."""
        self.planned = []
        passed = super().validate(extra_validators)
        try:
            pattern = read_pattern(self._pattern())
            if passed:
                self.planned = shifts_of(pattern, self.details.zone)
        except EntriesRefused as refusal:
            self.refuse(refusal)
            return False
        except EventRefused as refusal:
            self.refuse(refusal, "starts" if isinstance(refusal, TimesImpossible) else "first_day")
            return False
        return passed

    @property
    def rows(self) -> list[tuple[str, str, bool]]:
        """The rows of roles as they were typed, and empty ones up to what the form shows."""
        if request.method != "POST":
            return [("", "", False)] * ROWS
        names, places = request.form.getlist("role"), request.form.getlist("places")
        vetted = set(request.form.getlist("vetted"))
        typed = [
            (name, number, str(row) in vetted)
            for row, (name, number) in enumerate(zip(names, places, strict=False))
        ][:MOST_ROLES]
        return typed + [("", "", False)] * (ROWS - len(typed))

    def _pattern(self) -> PatternEntries:
        return PatternEntries(
            first_day=self.first_day.data or "",
            last_day=self.last_day.data or "",
            weekdays=self.weekdays.data or (),
            starts=self.starts.data or "",
            ends=self.ends.data or "",
            minutes=self.minutes.data or "",
            changeover=self.changeover.data or "",
            roles=self.rows,
        )


class ShiftForm(RefusingForm):
    """When a shift is and how many places it has; after a validation that passed, `times` and `number` hold it."""

    day = StringField(lazy_gettext("Day"))
    starts = StringField(lazy_gettext("From"))
    ends = StringField(lazy_gettext("To"))
    places = StringField(lazy_gettext("Places"))

    times: tuple[datetime, datetime]
    number: int

    def __init__(self, shift: Shift, **kwargs: Any) -> None:
        self.zone: ZoneInfo = shift.event.zone
        starts, ends = (at.astimezone(self.zone) for at in (shift.starts_at, shift.ends_at))
        known = {"day": f"{starts:%Y-%m-%d}", "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
        super().__init__(data={**known, "places": str(shift.places)}, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the entries can be taken; each that can't has its sentence beside its field."""
        passed, reading = super().validate(extra_validators), rules.Reading()
        day = reading.take("day", lambda: read_day(self.day.data or ""), date.min)
        starts = reading.take("starts", lambda: read_clock(self.starts.data or ""), datetime.min.time())
        ends = reading.take("ends", lambda: read_clock(self.ends.data or ""), datetime.min.time())
        self.number = reading.take("places", self._places, 1)
        if not reading.wrong:
            none = (datetime.min, datetime.min)
            self.times = reading.take("starts", lambda: shift_times(day, starts, ends, self.zone), none)
        self.refuse(EntriesRefused(reading.wrong))
        return passed and not reading.wrong

    def _places(self) -> int:
        number = rules.read_number(self.places.data or "")
        if number is None or not 1 <= number <= MOST_PLACES:
            raise PlacesOutOfRange(MOST_PLACES)
        return number


class CopyForm(PromisesForm):
    """The first day of a copy; after a validation that passed, `day` holds it."""

    first_day = StringField(lazy_gettext("First day of the copy"))

    day: date

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether the day can be taken."""
        passed = super().validate(extra_validators)
        try:
            self.day = read_day(self.first_day.data or "")
        except EventRefused as refusal:
            self.refuse(refusal, "first_day")
            return False
        return passed


class HostForm(RefusingForm):
    """The address of somebody to ask."""

    email = StringField(lazy_gettext("Their e-mail address"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether mail can be sent to what was typed."""
        passed = super().validate(extra_validators)
        try:
            self.email.data = read_email(self.email.data or "")
        except DetailsRefused as refusal:
            self.refuse(refusal, "email")
            return False
        return passed
