"""What the desk does with a volunteer: vetted once, and each look at their record noted."""

from datetime import datetime

from portal.domain.audit.service import note
from portal.domain.volunteers import queries, service
from portal.domain.volunteers.errors import NotPossible
from portal.domain.volunteers.line import take_turn
from portal.domain.volunteers.rules import ACTIVE, Action

# As long as the columns that tell who it was.
LONGEST_BY = 120


def vet_sign_up(person_id: int, sign_up_id: int, by: int, by_name: str, moment: datetime) -> None:
    """Vet a person's sign-up for a vetted role, if nobody has yet.

    `by` is the organizer's person id. Raises NoSuchSignUp, and NotPossible where that is not to be done any more.
    """
    take_turn()
    sign_up = queries.get_sign_up_of(person_id, sign_up_id)
    if not sign_up.shift.vetted or sign_up.vetted_at is not None or sign_up.state not in ACTIVE:
        raise NotPossible(sign_up.state, Action.VET)
    before = sign_up.state
    service.vet(sign_up, by_name[:LONGEST_BY], moment)
    note(by, "sign_up.vetted", f"sign-up:{sign_up.id}", moment, {"state": before}, {"state": sign_up.state})


def note_look_at_record(person_id: int, by: str, moment: datetime) -> None:
    """Note for a volunteer to see that somebody at the desk looked at their record; nothing for who never helped."""
    newest = queries.list_all_of(person_id)[:1]
    service.note_looks(newest, by[:LONGEST_BY], moment)


def note_look_at_address(person_id: int, by: int, seen: str, moment: datetime) -> None:
    """Note in the audit log, and for the person, that somebody looked at their address; `seen` is told to them."""
    note(by, "person.address_seen", f"person:{person_id}", moment)
    note_look_at_record(person_id, seen, moment)
