"""What is due by the clock: places that lapse, second mails, reminders and thanks; each flushes, none commits."""

from collections.abc import Iterable
from datetime import datetime

from portal.db import db
from portal.domain.volunteers import queries
from portal.domain.volunteers.line import let_others_up, move, take_turn, tell
from portal.domain.volunteers.models import SignUp
from portal.domain.volunteers.rules import Action


def lapse_due(moment: datetime, limit: int) -> int:
    """Let places go whose address nobody proved in time; gives how many."""
    take_turn()
    due = queries.list_to_lapse(moment, limit)
    # All of them before any place moves on, so that none goes to one whose own time is over.
    for sign_up in due:
        move(sign_up, Action.LAPSE, moment)
    for sign_up in due:
        let_others_up(sign_up, moment)
    return len(due)


def ask_again_due(moment: datetime, limit: int) -> int:
    """Ask once more those who have not proved their address, one mail for each of them; gives how many sign-ups."""
    take_turn()
    due = queries.list_to_ask_again(moment, limit)
    for person_id, sign_ups in _by_person(due).items():
        tell("sign_up_confirm_again", person_id, sign_ups, moment)
    for sign_up in due:
        sign_up.asked_again_at = moment
    db.session.flush()
    return len(due)


def remind_due(moment: datetime, limit: int) -> int:
    """Remind those whose shift is within a day, unless they signed up within it or want no reminders."""
    take_turn()
    due = queries.list_to_remind(moment, limit)
    for sign_up in due:
        sign_up.reminded_at = moment
        if queries.wants_reminder(sign_up) and sign_up.person_id is not None:
            tell("shift_reminder", sign_up.person_id, [sign_up], moment)
    db.session.flush()
    return len(due)


def thank_due(moment: datetime, limit: int) -> int:
    """Thank those whose shift was a while ago."""
    take_turn()
    due = queries.list_to_thank(moment, limit)
    for sign_up in due:
        sign_up.thanked_at = moment
        if sign_up.person_id is not None:
            tell("shift_thanks", sign_up.person_id, [sign_up], moment)
    db.session.flush()
    return len(due)


def _by_person(sign_ups: Iterable[SignUp]) -> dict[int, list[SignUp]]:
    found: dict[int, list[SignUp]] = {}
    for one in sign_ups:
        if one.person_id is not None:
            found.setdefault(one.person_id, []).append(one)
    return found
