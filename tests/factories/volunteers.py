"""Sign-ups, made by the portal's own services, so that the counts of their shifts agree."""

from datetime import datetime
from itertools import count
from typing import Any

from portal.clock import now
from portal.domain.events.models import Shift
from portal.domain.volunteers import queries, service
from portal.domain.volunteers.claims import Known
from portal.domain.volunteers.models import SignUp
from portal.domain.volunteers.rules import Wish
from portal.domain.volunteers.sign_up import sign_up

_numbers = count(1)


def wish(*shifts: Shift, email: str = "", name: str = "Mina") -> Wish:
    """Give a wish for these shifts, from an address of its own unless one is named."""
    return Wish(tuple(shift.id for shift in shifts), name, email or f"helper{next(_numbers)}@example.org")


def make_sign_up(
    shift: Shift, *, proved: bool = True, moment: datetime | None = None, **facts: Any
) -> SignUp:
    """Sign somebody up for a shift; their address is proved unless told otherwise. `email` and `name` as in `wish`."""
    moment = moment or now()
    (outcome,) = sign_up(shift.event_id, wish(shift, **facts), Known(), moment)
    assert outcome.sign_up_id is not None
    made = queries.get_sign_up(outcome.sign_up_id)
    if proved and made.person_id is not None:
        service.prove(made.person_id, moment)
    return made
