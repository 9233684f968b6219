"""A picture as a story shows it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# For phones, for pages, and for screens with finer pixels.
WIDTHS = (480, 960, 1600)
Words = Annotated[str, StringConstraints(min_length=1)]


class Picture(BaseModel):
    """A picture in a story: the digest of its files, its size in pixels, and what is told of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Words
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    width: Annotated[int, Field(gt=0)]
    height: Annotated[int, Field(gt=0)]
    alt: Words
    credit: Words

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths that it is kept in, smallest first."""
        return picture_widths(self.width)


def picture_widths(width: int) -> tuple[int, ...]:
    """Give the widths that a picture of this width is kept in, smallest first: usual ones, and its own."""
    return (*(usual for usual in WIDTHS if usual < width), width)
