"""Mails to hosts: they say that there is something to look at, and nothing of what it is about."""

import pytest

from portal.clock import now
from portal.db import db
from portal.domain.events import proposals
from portal.domain.events.models import Promise
from portal.domain.messages.models import OutboxMail
from portal.domain.volunteers import service
from portal.emails.render import render
from tests.factories.events import details_of, plan_shift
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("db_session")
TELLING = ("reading group", "quay street", "rivermouth", "korea", "refugee", "event", "ann")


@pytest.mark.parametrize("kind", proposals.HOST_MAIL_KINDS)
def test_a_mail_to_a_host_leads_to_their_page_and_tells_nothing(kind: str) -> None:
    mail = queued()[kind]
    email = render(mail)
    said = f"{email.subject}\n{email.text}\n{email.html}".lower().replace("http://127.0.0.1:5000/hosting", "")
    assert [word for word in TELLING if word in said] == []
    assert email.text.count("/hosting\n") == email.html.count('/hosting"') == 1
    assert email.to == "bo@example.org" if kind == "host_asked" else "ann@example.org"


def test_mails_to_hosts_are_forgotten_with_them() -> None:
    for mail in queued().values():
        service.take_out(mail.person_id, now())
    assert db.session.query(OutboxMail).count() == 0


def queued() -> dict[str, OutboxMail]:
    ann, bo = (make_person(email=f"{name}@example.org", name=name) for name in ("ann", "bo"))
    event = proposals.propose(ann.id, details_of(), [plan_shift()], tuple(Promise), now(), trusted=False)
    proposals.ask_host(ann.id, event.id, bo.id, now())
    proposals.approve(make_person().id, event.id, "Good.", now())
    return {mail.kind: mail for mail in db.session.query(OutboxMail)}
