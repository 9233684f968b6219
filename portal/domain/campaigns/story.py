"""A campaign's words as one document: what the reader sees, with the source of every figure."""

import re
from datetime import date
from typing import Annotated, Literal, get_args

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

from portal.domain.campaigns.addresses import address_of
from portal.domain.campaigns.numbers import numbers_in
from portal.domain.campaigns.picture import Picture

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# Each of these has its own template; a story can name no other.
Drawing = Literal["lights", "clippings", "bowls", "grains", "door", "books", "tightening-border"]
DRAWINGS = frozenset(get_args(Drawing))
# One light stands for 1,000 people: a page draws up to a thousand of them.
MOST_PEOPLE_DRAWN = 1_000_000
# One sheet for each day of a year; as many books as a shelf holds.
MOST_CLIPPINGS_DRAWN, MOST_BOOKS_DRAWN = 365, 7
# A share that is told in words, as a part of one.
SHARES = {"a quarter": 1 / 4, "a third": 1 / 3, "half": 1 / 2, "two thirds": 2 / 3, "three quarters": 3 / 4}
# How much less is drawn where the words say "nearly" or "almost".
A_LITTLE = 0.04
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
    Without a section it stands at the article's top, before its first heading.
    """

    id: Name
    as_written: Text
    said_by: Speaker | None
    year: Annotated[int, Field(ge=0, le=9999)] | None
    section: Text | None = None
    last_checked: date | None
    contradicted_by: Text | None = None


class KeyFigure(Sourced):
    """A number from the article: as written, as shown, what it counts; an estimate has two ends.

    What a drawing of it needs: its `value`, `of` which other figure it is a part, or its `share` in words.
    """

    shown: Text
    counts: Text
    low: Annotated[int, Field(gt=0)] | None = None
    high: Annotated[int, Field(gt=0)] | None = None
    value: Annotated[int, Field(gt=0)] | None = None
    of: Name | None = None
    share: Literal["a quarter", "a third", "half", "two thirds", "three quarters"] | None = None

    @model_validator(mode="after")
    def _numbers_stand_in_the_words(self) -> "KeyFigure":
        written = numbers_in(self.as_written)
        if any(number is not None and number not in written for number in (self.low, self.high, self.value)):
            raise ValueError("low and high, and value, must be numbers that stand in as_written")
        if (self.low is None) != (self.high is None) or (self.low or 0) > (self.high or 0):
            raise ValueError("an estimate needs both low and high, the lower one first")
        if self.share is not None and self.share.removeprefix("a ") not in self.as_written.lower():
            raise ValueError("a share must stand in as_written")
        return self

    @property
    def portion(self) -> float | None:
        """The share as a part of one, a little less where the words say so; None where none is told."""
        if self.share is None:
            return None
        nearly = any(word in self.as_written.lower().split() for word in ("nearly", "almost"))
        return SHARES[self.share] - (A_LITTLE if nearly else 0)


class Claim(Sourced):
    """Something the article tells without a number, in our words, beside a fragment of its own."""

    says: Text


class Reading(Part):
    """A text for further reading; a book may have no address."""

    title: Text
    subtitle: Text | None = None
    publisher: Text
    dated: Text | None = None
    url: AnyHttpUrl | None = None
    note: Text | None = None


class Organization(Part):
    """One that the article mentions: an outside link at most, can't receive anything here."""

    name: Text
    aliases: tuple[Text, ...] = ()
    url: AnyHttpUrl | None = None
    does: Text

    @property
    def slug(self) -> str:
        """Its page's address: north-korea-refugee-aid."""
        return address_of(self.name)


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
    """A piece of the story in reading order: safe HTML, or the name of a figure, claim, drawing or picture.

    `note` stands where the content note is shown. A drawing is one of the figure `of`, or of the one at the top.
    """

    kind: Literal["html", "figure", "claim", "drawing", "picture", "note"]
    html: str = ""
    name: str = ""
    of: str = ""


# What a drawing cannot do without; one that is not named here needs nothing.
NEEDED = {
    "lights": "an opening figure with low and high, up to a million",
    "clippings": "a key figure with a value, up to 365",
    "bowls": "a key figure with a value and the figure it is a part of",
    "grains": "a key figure with a value and the figure it is a part of",
    "door": "a key figure with a share",
    "books": "one to seven texts to read on",
}


def hundredths(part: KeyFigure, whole: KeyFigure) -> int:
    """Give how many of 100 a figure is of another one, rounded."""
    return round(100 * (part.value or 0) / (whole.value or 1))


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
    drawing: Literal["lantern", Drawing] = "lantern"
    reading: tuple[Reading, ...] = ()
    organizations: tuple[Organization, ...] = ()
    credit: Credit | None = None
    amounts: tuple[int, ...] = Field(min_length=2, max_length=4)
    usual_amount: int
    blocks: tuple[Block, ...] = ()
    # Those that blocks name, as they were when the story was read.
    pictures: tuple[Picture, ...] = ()

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

    @field_validator("key_figures")
    @classmethod
    def _wholes_are_known(cls, figures: tuple[KeyFigure, ...]) -> tuple[KeyFigure, ...]:
        wholes = {figure.id: figure for figure in figures}
        for figure in figures:
            whole = wholes.get(figure.of) if figure.of else None
            if figure.of and (whole is None or not (figure.value or 0) < (whole.value or 0)):
                raise ValueError(f"{figure.id} needs a value, and of a key figure with a larger one")
            stated = re.fullmatch(r"(\d+) (?:of|in) 100", figure.shown)
            if whole and stated and int(stated[1]) != hundredths(figure, whole):
                raise ValueError(f"{figure.id} is {hundredths(figure, whole)} of 100, not {figure.shown}")
        return figures

    @model_validator(mode="after")
    def _names_point_somewhere(self) -> "Story":
        known = {
            "figure": {f.id for f in self.key_figures},
            "claim": {c.id for c in self.claims},
            "picture": {p.name for p in self.pictures},
        }
        lost = sorted(b.name for b in self.blocks if b.kind in known and b.name not in known[b.kind])
        lost += sorted(b.of for b in self.blocks if b.of and b.of not in known["figure"])
        if lost:
            raise ValueError(f"no key figure, claim or picture is called {', '.join(lost)}")
        return self

    @model_validator(mode="after")
    def _drawings_have_something_to_draw(self) -> "Story":
        drawn: list[tuple[str, KeyFigure | None]] = [(self.drawing, self.opening)]
        drawn += [(b.name, self.drawn_by(b)) for b in self.blocks if b.kind == "drawing"]
        for name, figure in drawn:
            if not self._can_draw(name, figure):
                raise ValueError(f"the drawing {name} needs {NEEDED[name]}")
        return self

    def _can_draw(self, name: str, figure: KeyFigure | None) -> bool:
        if name == "books":
            return 0 < len(self.reading) <= MOST_BOOKS_DRAWN
        if name not in NEEDED:
            return True
        if figure is None:
            return False
        return {
            "lights": 0 < (figure.high or 0) <= MOST_PEOPLE_DRAWN,
            "clippings": 0 < (figure.value or 0) <= MOST_CLIPPINGS_DRAWN,
            "door": figure.share is not None,
        }.get(name, figure.of is not None)

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

    def picture(self, name: str) -> Picture:
        """Give the picture of this name; the document cannot name one that is not there."""
        return next(picture for picture in self.pictures if picture.name == name)

    def drawn_by(self, block: Block) -> KeyFigure | None:
        """Give the figure that a drawing in the story draws: its own, or the one at the top of the page."""
        return self.figure(block.of) if block.of else self.opening

    def whole_of(self, figure: KeyFigure | None) -> KeyFigure | None:
        """Give the figure that this one is a part of; None where it is of none."""
        return self.figure(figure.of) if figure and figure.of else None

    def claim(self, name: str) -> Claim:
        """Give the claim of this id; the document cannot name one that is not there."""
        return next(claim for claim in self.claims if claim.id == name)
