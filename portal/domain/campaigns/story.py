"""A campaign's words as one document: what the reader sees, with the source of every figure."""

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# Each of these has its own template; a story can name no other.
DRAWINGS = frozenset({"lights", "tightening-border"})
# One light stands for 1,000 people: a page draws up to a thousand of them.
MOST_PEOPLE_DRAWN = 1_000_000
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
# Nobody has decided yet who said something: as long as that stands in a story, it is for no reader.
UNDECIDED = ""
Speaker = Annotated[str, StringConstraints(strip_whitespace=True)]


class Part(BaseModel):
    """A part of a story: unknown fields are refused, nothing changes after it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Part):
    """Something taken from the article: where it is told, who said it, when; None stands for "not given".

    `said_by` is UNDECIDED, and `last_checked` None, as long as nobody has looked into the article for it.
    """

    id: Name
    as_written: Text
    said_by: Speaker | None
    year: Annotated[int, Field(ge=0, le=9999)] | None
    section: Text
    last_checked: date | None
    contradicted_by: Text | None = None


class KeyFigure(Sourced):
    """A number from the article: as written, as shown, what it counts; an estimate has two ends."""

    shown: Text
    counts: Text
    low: Annotated[int, Field(gt=0)] | None = None
    high: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _ends_stand_in_the_words(self) -> "KeyFigure":
        words = self.as_written.replace(",", "")
        if any(end is not None and str(end) not in words for end in (self.low, self.high)):
            raise ValueError("low and high must be numbers that stand in as_written")
        if (self.low is None) != (self.high is None) or (self.low or 0) > (self.high or 0):
            raise ValueError("an estimate needs both low and high, the lower one first")
        return self


class Claim(Sourced):
    """Something the article tells without a number, in our words, beside a fragment of its own."""

    says: Text


class Reading(Part):
    """A text for further reading."""

    title: Text
    subtitle: Text | None = None
    publisher: Text
    dated: Text | None = None
    url: AnyHttpUrl
    note: Text | None = None


class Organization(Part):
    """One that the article mentions: an outside link at most, can't receive anything here."""

    name: Text
    aliases: tuple[Text, ...] = ()
    url: AnyHttpUrl | None = None
    does: Text


class Credit(Part):
    """Whose article the campaign is based on, and what that author declared.

    `licence` is what allows the article's own words to stand here; without one they are ours.
    """

    article: Text
    author: Text
    office: Text | None = None
    interest: Text | None = None
    dated: Text
    url: AnyHttpUrl | None = None
    licence: Text | None = None


class Block(Part):
    """A piece of the story in reading order: safe HTML, or the name of a figure, claim or drawing.

    `note` stands where the content note is shown.
    """

    kind: Literal["html", "figure", "claim", "drawing", "note"]
    html: str = ""
    name: str = ""


class Story(Part):
    """Everything a campaign page tells; amounts are minor units of its currency, smallest first.

    A campaign that is based on no article has no key figures, no claims and no credit.
    """

    title: Text
    summary: Text
    situation: Text | None = None
    content_note: Text | None = None
    key_figures: tuple[KeyFigure, ...] = ()
    claims: tuple[Claim, ...] = ()
    opening_figure: Name | None = None
    drawing: Literal["lights", "tightening-border", "lantern"] = "lantern"
    reading: tuple[Reading, ...] = ()
    organizations: tuple[Organization, ...] = ()
    credit: Credit | None = None
    amounts: tuple[int, ...] = Field(min_length=2, max_length=4)
    usual_amount: int
    blocks: tuple[Block, ...] = ()

    @field_validator("amounts")
    @classmethod
    def _amounts_rise(cls, amounts: tuple[int, ...]) -> tuple[int, ...]:
        if list(amounts) != sorted(set(amounts)) or amounts[0] <= 0:
            raise ValueError("must be positive amounts, each once, smallest first")
        return amounts

    @field_validator("usual_amount")
    @classmethod
    def _usual_is_one_of_them(cls, usual: int, info: ValidationInfo) -> int:
        if usual not in info.data.get("amounts", (usual,)):
            raise ValueError("must be one of the amounts")
        return usual

    @field_validator("opening_figure")
    @classmethod
    def _opening_is_known(cls, name: str | None, info: ValidationInfo) -> str | None:
        figures = info.data.get("key_figures")
        if name is not None and figures is not None and name not in {figure.id for figure in figures}:
            raise ValueError(f"no key figure is called {name}")
        return name

    @model_validator(mode="after")
    def _names_point_somewhere(self) -> "Story":
        known = {"figure": {f.id for f in self.key_figures}, "claim": {c.id for c in self.claims}}
        lost = sorted(b.name for b in self.blocks if b.kind in known and b.name not in known[b.kind])
        if lost:
            raise ValueError(f"no key figure or claim is called {', '.join(lost)}")
        return self

    @model_validator(mode="after")
    def _lights_have_people_to_stand_for(self) -> "Story":
        drawn = {self.drawing, *(block.name for block in self.blocks if block.kind == "drawing")}
        opening = self.opening
        if "lights" in drawn and (opening is None or not 0 < (opening.high or 0) <= MOST_PEOPLE_DRAWN):
            raise ValueError(
                "the drawing of lights needs an opening figure with low and high, up to a million"
            )
        return self

    @property
    def opening(self) -> KeyFigure | None:
        """The key figure at the top of the page; None where there is none."""
        return self.figure(self.opening_figure) if self.opening_figure else None

    @property
    def last_checked(self) -> date | None:
        """The day since which nothing told here has gone unchecked; None where nothing was, or needs to be."""
        days = [part.last_checked for part in self.sourced]
        return min((day for day in days if day is not None), default=None) if all(days) else None

    @property
    def sourced(self) -> tuple[Sourced, ...]:
        """All that is taken from the article and needs a source."""
        return (*self.key_figures, *self.claims)

    def figure(self, name: str) -> KeyFigure:
        """Give the key figure of this id; the document cannot name one that is not there."""
        return next(figure for figure in self.key_figures if figure.id == name)

    def claim(self, name: str) -> Claim:
        """Give the claim of this id; the document cannot name one that is not there."""
        return next(claim for claim in self.claims if claim.id == name)
