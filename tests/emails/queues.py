"""Mails in the outbox, and whether each of them has arrived."""

from datetime import timedelta

from sqlalchemy import select, update

from portal.clock import now
from portal.db import db
from portal.domain.messages.models import MailState, OutboxMail
from tests.factories.campaigns import make_campaign
from tests.factories.donations import make_donation, make_payment
from tests.factories.people import make_mail
from tests.foundation.servers import Mailbox


def queue_many(number: int) -> None:
    """Queue the thank-yous of some gifts."""
    donation = make_donation(make_campaign(), state="paid", paid_at=now())
    make_payment(donation)
    for _ in range(number):
        make_mail(about={"donation_id": donation.id})
    db.session.commit()


def stored() -> OutboxMail:
    """The one mail in the outbox, as it stands now."""
    db.session.rollback()
    return db.session.scalars(select(OutboxMail)).one()


def make_due() -> None:
    """Let the time of the next try come."""
    db.session.execute(update(OutboxMail).values(next_try_at=now() - timedelta(seconds=1)))
    db.session.commit()


def assert_each_arrived_once(mailbox: Mailbox, number: int) -> None:
    """Fail unless so many different mails have arrived, none of them twice, and the outbox says so."""
    ids = [str(mail["Message-ID"]) for mail in mailbox.received]
    assert (len(ids), len(set(ids))) == (number, number)
    db.session.rollback()
    sent = select(OutboxMail.message_id).where(OutboxMail.state == MailState.SENT)
    assert {f"<{one}@127.0.0.1>" for one in db.session.scalars(sent)} == set(ids)
