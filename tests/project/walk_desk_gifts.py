"""How to reach the desk's gifts, outbox and people in each of their states; `world` is the one of walk.py."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.donations.models import DonationState, EventState, LedgerKind, PaymentCase
from portal.domain.messages.models import MailState
from portal.domain.volunteers.service import cancel
from tests.factories.accounts import make_user
from tests.factories.campaigns import make_total
from tests.factories.donations import (
    make_checkout,
    make_donation,
    make_ledger_entry,
    make_payment,
    make_provider_event,
    make_receipt,
)
from tests.factories.events import make_event, make_shift
from tests.factories.people import make_mail, make_person
from tests.factories.volunteers import make_sign_up
from tests.foundation.members import sign_in
from tests.foundation.pages import Page


def look(world: Any, path: str, role: Role, fill: Callable[[Any], dict[str, Any]] | None) -> Page:
    """Open a page of the desk in a role, after filling the portal with something to see."""
    facts = fill(world) if fill else {}
    return enter(world, role).get(path.format(**facts))


def enter(world: Any, role: Role) -> Any:
    """Sign somebody in with the walk's browser."""
    with world.app.app_context():
        user_id = make_user(role, name="⟦Aoife⟧").id
        db.session.commit()
    sign_in(world.browser.client, world.app, user_id)
    return world.browser


def press(world: Any, path: str, button: str, role: Role, fill: Callable[[Any], dict[str, Any]]) -> Page:
    """Press a button of a page of the desk."""
    facts = fill(world)
    browser = enter(world, role)
    page = browser.get(path.format(**facts))
    token = page.field("csrf_token").get("value") or ""
    return browser.post(button.format(**facts), {"csrf_token": token})


def add_gifts(world: Any) -> dict[str, Any]:
    """Add a gift with everything that one can have, one of each state, and enough for a second page."""
    with world.app.app_context():
        campaign = world._campaign()
        person = make_person(email="⟦ada@example.org⟧")
        gift = make_donation(
            campaign, state=DonationState.PAID, name="⟦민아⟧", show_name=True, message="⟦Good luck⟧",
            card_costs_minor=64, person_id=person.id, paid_at=now(), created_at=now() + timedelta(seconds=9),
        )  # fmt: skip
        payment = make_payment(gift, fee_minor=64, net_minor=2_500)
        make_ledger_entry(payment)
        make_ledger_entry(payment, kind=LedgerKind.FEE, amount_minor=-64)
        make_payment(gift, case=PaymentCase.DOUBLE)
        make_provider_event(session_id=make_checkout(gift).session_id, state=EventState.FAILED)
        make_receipt(gift)
        for state in (MailState.SENT, MailState.FAILED, MailState.QUEUED, MailState.DROPPED):
            make_mail(person_id=person.id, about={"donation_id": gift.id}, state=state)
        for state in DonationState:
            make_donation(campaign, state=state)
        for _ in range(50):
            make_donation(campaign)
        db.session.commit()
        return {"public_id": gift.public_id}


def add_bare_gift(world: Any) -> dict[str, Any]:
    """Add a gift that was only started."""
    return {"public_id": world.donation(DonationState.STARTED)}


def add_total(world: Any) -> dict[str, Any]:
    """Let a campaign have received something."""
    with world.app.app_context():
        make_total(world._campaign(), 250_000, fees_minor=1_200, gifts=41)
        db.session.commit()
    return {}


def add_mails(world: Any) -> dict[str, Any]:
    """Add mails of every state, enough for a second page; the one that is looked at has failed."""
    with world.app.app_context():
        person = make_person(name="⟦민아⟧")
        for n in range(60):
            state = list(MailState)[n % 4]
            make_mail(kind="shift_reminder", person_id=person.id, state=state)
        failed = make_mail(
            kind="shift_reminder", person_id=person.id, state=MailState.FAILED, attempts=9,
            last_error="⟦550 no such box⟧",
        )  # fmt: skip
        sent = make_mail(
            kind="thank_you", state=MailState.SENT, sent_at=now(), subject="⟦Thank you⟧",
            masked_text="⟦Look here:\nhttps://lantern.example/s/…⟧\n",
        )  # fmt: skip
        db.session.commit()
        return {"failed": failed.id, "sent": sent.id}


def add_people(world: Any) -> dict[str, Any]:
    """Add somebody with sign-ups of every standing, a gift and mails; events and people enough to look among."""
    with world.app.app_context():
        event, start = make_event(world._campaign(), title="⟦읽기 모임⟧"), now() + timedelta(days=12)
        shifts = [
            make_shift(
                event, start + timedelta(days=n), role="⟦Partner⟧", vetted=n < 2, vetting_note="⟦A reference⟧"
            )
            for n in range(4)
        ]
        made = [make_sign_up(shift, email="mina@example.org", name="⟦민아⟧") for shift in shifts]
        cancel(made[3], now())
        past = make_shift(event, now() - timedelta(days=3), role="⟦Partner⟧")
        make_sign_up(past, email="mina@example.org", name="⟦민아⟧", moment=now() - timedelta(days=9))
        full = make_shift(event, start + timedelta(days=9), role="⟦Partner⟧", places=1)
        make_sign_up(full, name="⟦Ada⟧")
        make_sign_up(full, email="mina@example.org", name="⟦민아⟧")
        person_id = made[0].person_id
        make_donation(world._campaign(), person_id=person_id)
        for _ in range(55):
            make_person(name="⟦Mina⟧")
        db.session.commit()
        return {"person": person_id, "sign_up": made[0].id}


def add_nobody(world: Any) -> dict[str, Any]:
    """Add somebody of whom nothing is known."""
    with world.app.app_context():
        ident = make_person().id
        db.session.commit()
        return {"person": ident}


ADMIN, TREASURER, ORGANIZER = Role.ADMIN, Role.TREASURER, Role.ORGANIZER


def _see(
    endpoint: str, state: str, path: str, role: Role, fill: Any = None, status: int = 200, html: bool = True
) -> tuple[Any, ...]:
    return endpoint, state, partial(look, path=path, role=role, fill=fill), status, True, html


def _press(
    endpoint: str, state: str, path: str, button: str, fill: Any, status: int = 303
) -> tuple[Any, ...]:
    go = partial(press, path=path, button=f"{path}/{button}", role=ORGANIZER, fill=fill)
    return endpoint, state, go, status


# As the arguments of a visit.
STATES = [
    _see("gifts.index", "many", "/desk/gifts", TREASURER, add_gifts),
    _see("gifts.index", "none", "/desk/gifts", TREASURER),
    _see("gifts.index", "searched", "/desk/gifts?q=%E2%9F%A6ada%E2%9F%A7&state=paid", TREASURER, add_gifts),
    _see("gifts.index", "nothing found", "/desk/gifts?look=y", TREASURER),
    _see("gifts.index", "wrong address", "/desk/gifts?state=lost", TREASURER, status=404),
    _see("gifts.index", "organizer", "/desk/gifts", ORGANIZER, status=404),
    _see("gifts.show", "everything", "/desk/gifts/{public_id}", TREASURER, add_gifts),
    _see("gifts.show", "started", "/desk/gifts/{public_id}", ADMIN, add_bare_gift),
    _see("gifts.show", "unknown", "/desk/gifts/nothing-here", TREASURER, status=404),
    _see("gifts.export", "file", "/desk/gifts.csv", TREASURER, add_gifts, html=False),
    _see("gifts.totals", "some", "/desk/totals", ORGANIZER, add_total),
    _see("gifts.totals", "none", "/desk/totals", ORGANIZER),
    _see("outbox.index", "many", "/desk/outbox", ADMIN, add_mails),
    _see("outbox.index", "none", "/desk/outbox", ORGANIZER),
    _see("outbox.index", "nothing found", "/desk/outbox?state=sent", ORGANIZER),
    _see("outbox.show", "failed", "/desk/outbox/{failed}", ORGANIZER, add_mails),
    _see("outbox.show", "sent", "/desk/outbox/{sent}", TREASURER, add_mails),
    _see("outbox.show", "not theirs", "/desk/outbox/{sent}", ORGANIZER, add_mails, status=404),
    _press("outbox.send_again", "queued", "/desk/outbox/{failed}", "send-again", add_mails),
    _see("people.index", "found", "/desk/people?q=%EC%9D%BD%EA%B8%B0", ORGANIZER, add_people),
    _see("people.index", "many", "/desk/people", ORGANIZER, add_people),
    _see("people.index", "nobody found", "/desk/people?q=nobody", ORGANIZER),
    _see("people.show", "everything", "/desk/people/{person}", ADMIN, add_people),
    _see("people.show", "nothing", "/desk/people/{person}", ADMIN, add_nobody),
    _see("people.show", "unknown", "/desk/people/4242", ORGANIZER, status=404),
    _press("people.show_address", "shown", "/desk/people/{person}", "address", add_people, status=200),
    _press("people.vet", "vetted", "/desk/people/{person}", "sign-ups/{sign_up}/vet", add_people),
]
