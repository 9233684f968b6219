"""What a browser is told of what it asked for, and what it can show of that later (ADR 14)."""

from dataclasses import dataclass
from datetime import datetime

from portal.domain.volunteers.errors import Slot
from portal.domain.volunteers.models import SignUpState


@dataclass(frozen=True)
class Claim:
    """What a browser was told of a shift that it asked for, until when that holds, and the uid that proves it did.

    For an address that had signed up for that shift before, the uid is made up: it stands for no row.
    """

    shift_id: int
    uid: str
    waits: bool
    position: int | None
    until: datetime


@dataclass(frozen=True)
class Known:
    """What a browser has shown: whose mailed link it followed, and what it was told about the address typed now."""

    person_id: int | None = None
    claims: tuple[Claim, ...] = ()

    def claim(self, shift_id: int, moment: datetime) -> Claim | None:
        """Give what still holds of what it was told about a shift."""
        found = (one for one in self.claims if one.shift_id == shift_id and one.until > moment)
        return next(found, None)


@dataclass(frozen=True)
class Outcome:
    """What became of one wished shift.

    `sign_up_id` is None where nobody may know more: the address had signed up for this shift before, and what is told
    is what a new one would get.
    """

    slot: Slot
    state: SignUpState
    position: int | None
    prove_by: datetime | None
    sign_up_id: int | None
    uid: str
