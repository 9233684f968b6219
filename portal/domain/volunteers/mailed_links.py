"""Mailed links: the one that proves an address, the one to all of a person's help, and withdrawing them."""

from datetime import datetime, timedelta

from portal.db import db
from portal.domain.messages.queries import count_mails
from portal.domain.messages.service import queue_mail
from portal.domain.people.models import Person, make_nonce
from portal.domain.volunteers.line import Told, queue

# Nobody's mailbox is flooded by who types their address.
MOST_MAILS_AN_HOUR = 8


def tell_to_prove(person_id: int, unproved: list[Told], moment: datetime, *, is_new: bool) -> None:
    """Mail the link that proves an address; one that has nothing to prove gets the link to what it has."""
    if not is_new and count_mails(person_id, moment - timedelta(hours=1)) >= MOST_MAILS_AN_HOUR:
        return
    if unproved:
        # Whoever lost the mail gets another by asking again, but not by a double click.
        queue("sign_up_confirm", person_id, unproved, moment, window=int(moment.timestamp()) // 300)
    else:
        mail_link(person_id, moment)


def mail_link(person_id: int, moment: datetime) -> None:
    """Mail a person the link to their help; asking again within a few minutes sends no second mail."""
    key = f"help_link:person:{person_id}:{int(moment.timestamp()) // 300}"
    queue_mail("help_link", key, person_id, {}, moment)


def renew_links(person_id: int, moment: datetime) -> None:
    """Withdraw every link mailed to a person so far, their calendar's address too, and mail a new one."""
    person = db.session.get_one(Person, person_id)
    person.link_nonce, person.calendar_nonce = make_nonce(), make_nonce()
    db.session.flush()
    queue_mail("help_link", f"help_link:person:{person_id}:{person.link_nonce}", person_id, {}, moment)
