"""What a content file says of events that come again each month: YAML, every mistake told with its file and line."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from portal.domain.campaigns.content import YamlText
from portal.domain.campaigns.errors import ContentInvalid, Problem
from portal.domain.campaigns.story import Name, Part, Text
from portal.domain.events.models import NamesSeenBy

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class ShiftDocument(Part):
    """A shift of each date: a role, from when to when on the event's clocks, and how many places."""

    role: Annotated[Text, StringConstraints(max_length=120)]
    starts: Clock
    ends: Clock
    places: int = Field(ge=1, le=1000)
    vetted: bool = False
    vetting_note: Annotated[str, StringConstraints(max_length=200)] = ""

    @model_validator(mode="after")
    def _vetting_is_explained(self) -> "ShiftDocument":
        if self.vetted and not self.vetting_note:
            raise ValueError("a vetted role says in vetting_note what follows")
        return self

    @property
    def times(self) -> tuple[time, time]:
        """When it starts and ends, as times of the day."""
        return time.fromisoformat(self.starts), time.fromisoformat(self.ends)


class DatesDocument(Part):
    """On which days of a month: a weekday, and which ones of it, counted from 1."""

    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    weeks: tuple[Annotated[int, Field(ge=1, le=5)], ...] = (1, 2, 3, 4, 5)

    def days_of(self, month: date) -> list[date]:
        """Give these days of the month that a day lies in."""
        first = month.replace(day=1)
        first += timedelta(days=(WEEKDAYS.index(self.weekday) - first.weekday()) % 7)
        days = [first + timedelta(weeks=week - 1) for week in sorted(set(self.weeks))]
        return [day for day in days if day.month == month.month]


class EventDocument(Part):
    """Events of one kind, one for each month, with shifts on each of its days."""

    campaign: Name
    title: Annotated[Text, StringConstraints(max_length=140)]
    summary: Text
    timezone: str
    place: Annotated[Text, StringConstraints(max_length=200)]
    exact_place: Annotated[str, StringConstraints(max_length=300)] = ""
    place_hidden: bool = False
    what_to_bring: str = ""
    languages: tuple[Language, ...] = Field(min_length=1)
    names_seen_by: NamesSeenBy = NamesSeenBy.HOSTS
    guardian_allowed: bool = False
    changes_close_hours: int = Field(default=24, ge=0)
    dates: DatesDocument
    shifts: tuple[ShiftDocument, ...] = Field(min_length=1)

    @field_validator("timezone")
    @classmethod
    def _zone_is_known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"no time zone is called {zone}; write one such as Europe/Dublin")
        return zone

    @field_validator("place_hidden")
    @classmethod
    def _hidden_place_can_be_told(cls, hidden: bool, info: ValidationInfo) -> bool:
        if hidden and not info.data.get("exact_place"):
            raise ValueError("a hidden place is told after sign-up, so exact_place must say where it is")
        return hidden

    @property
    def zone(self) -> ZoneInfo:
        """The zone that its times are told in."""
        return ZoneInfo(self.timezone)

    def columns(self) -> dict[str, Any]:
        """Give the values of an event's row that are the same in each month."""
        return self.model_dump(mode="json", exclude={"campaign", "title", "dates", "shifts"})


def load_events(folder: Path) -> dict[str, EventDocument]:
    """Read `events/*.yaml` of a content folder, by the files' names.

    Raises ContentInvalid with every problem of every file.
    """
    problems: list[Problem] = []
    read: dict[str, EventDocument] = {}
    for path in sorted((folder / "events").glob("*.yaml")):
        text = YamlText(path.read_text("utf-8"), path.relative_to(folder).as_posix(), 1, problems)
        document = text.read(EventDocument, text.values) if text.values else None
        if document is not None:
            read[path.stem] = document
    if problems:
        raise ContentInvalid(tuple(sorted(problems)))
    return read
