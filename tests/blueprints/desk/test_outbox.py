"""The outbox at the desk: who sees which mails, their text with links masked, and sending again what failed."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.audit.models import AuditEntry
from portal.domain.messages.models import MailState, OutboxMail
from portal.domain.messages.queries import list_mails
from portal.domain.messages.rules import seen_by
from portal.emails.outbox import send_due_mails
from tests.blueprints.desk.conftest import SignIn
from tests.blueprints.desk.press import press
from tests.factories.people import make_mail, make_person
from tests.foundation.servers import Mailbox
from tests.foundation.statements import counted

SHIFT, GIFT = "shift_reminder", "thank_you"


@pytest.mark.parametrize(
    ("organizes", "keeps_money", "seen"),
    [
        (True, False, {False}),
        (False, True, {True}),
        (True, True, {True, False}),
        (False, False, set()),
    ],
)
def test_mails_about_gifts_are_for_those_who_keep_the_money(
    organizes: bool, keeps_money: bool, seen: set[bool]
) -> None:
    assert seen_by(organizes=organizes, keeps_money=keeps_money) == seen


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.ORGANIZER, {SHIFT: 200, GIFT: 404}),
        (Role.TREASURER, {SHIFT: 404, GIFT: 200}),
        (Role.ADMIN, {SHIFT: 200, GIFT: 200}),
    ],
)
def test_each_role_sees_and_sends_again_its_own_mails_only(
    app: Flask, signed_in: SignIn, role: Role, sees: dict[str, int]
) -> None:
    browser = signed_in(role)
    ids = {kind: _mail(app, kind=kind, state=MailState.FAILED) for kind in sees}
    links = browser.get("/desk/outbox").links
    for kind, status in sees.items():
        page = browser.get(f"/desk/outbox/{ids[kind]}")
        assert page.status == status
        assert (f"/desk/outbox/{ids[kind]}" in links) is (status == 200)
    own = next(ids[kind] for kind, status in sees.items() if status == 200)
    token = browser.get(f"/desk/outbox/{own}").field("csrf_token").get("value") or ""
    for kind, status in sees.items():
        answer = browser.post(f"/desk/outbox/{ids[kind]}/send-again", {"csrf_token": token})
        assert answer.status == (303 if status == 200 else 404)
        assert _state(app, ids[kind]) == (MailState.QUEUED if status == 200 else MailState.FAILED)


def test_a_donor_s_address_is_told_and_a_volunteer_s_is_not(app: Flask, signed_in: SignIn) -> None:
    with app.app_context():
        ada, mina = make_person(email="ada@example.org"), make_person(email="mina@example.org", name="민아")
        paths = [
            f"/desk/outbox/{make_mail(kind=kind, person_id=person.id).id}"
            for kind, person in ((GIFT, ada), (SHIFT, mina))
        ]
        db.session.commit()
    browser = signed_in(Role.ADMIN)
    for path in ("/desk/outbox", *paths):
        assert "mina@example.org" not in browser.get(path).text
    assert "ada@example.org" in browser.get(paths[0]).text
    assert "민아" in browser.get(paths[1]).text


@pytest.mark.both_databases
def test_the_newest_mails_come_first_by_state_and_page(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ADMIN)
    with app.app_context():
        made = [
            make_mail(kind=(SHIFT, GIFT)[n % 2], state=(MailState.SENT, MailState.FAILED)[n % 3 == 0]).id
            for n in range(120)
        ]
        db.session.commit()
    assert _all_pages(browser, "/desk/outbox") == made[::-1]
    assert _all_pages(browser, "/desk/outbox?state=failed") == made[::3][::-1]
    assert browser.get("/desk/outbox?state=dropped").text.count("No mail is like that.") == 1


@pytest.mark.parametrize("query", ["state=lost", "before=x", "before=-1", "before=99999999999", "before=٣"])
def test_an_address_that_no_link_of_ours_has_is_not_found(signed_in: SignIn, query: str) -> None:
    browser = signed_in(Role.ADMIN)
    assert browser.get(f"/desk/outbox?{query}").status == 404
    assert browser.get("/desk/outbox/99999999999").status == 404
    assert browser.get("/desk/outbox/4242").status == 404


def test_links_stay_masked_as_they_are_kept(app: Flask, signed_in: SignIn) -> None:
    ident = _mail(
        app, kind=SHIFT, state="sent", subject="Your shift", masked_text="Look:\nhttps://x.example/s/…\n"
    )
    text = signed_in(Role.ORGANIZER).get(f"/desk/outbox/{ident}").text
    assert "https://x.example/s/…" in text


def test_a_mail_that_failed_is_sent_again_and_that_is_noted(
    app: Flask, signed_in: SignIn, mailbox: Mailbox
) -> None:
    browser = signed_in(Role.ADMIN)
    app.config["SMTP_URL"] = mailbox.url
    with app.app_context():
        ident = make_mail(
            kind="help_link", state=MailState.FAILED, attempts=9, last_error="refused",
            next_try_at=now() + timedelta(days=1),
        ).id  # fmt: skip
        db.session.commit()
    path = f"/desk/outbox/{ident}"
    answer = press(browser, browser.get(path), f"{path}/send-again")
    assert answer.location == path
    assert "The mail will be sent in a moment." in browser.get(path).text
    with app.app_context():
        mail = db.session.get_one(OutboxMail, ident)
        assert (mail.state, mail.attempts, mail.last_error) == (MailState.QUEUED, 0, None)
        (entry,) = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "mail.sent_again"))
        assert (entry.subject, entry.before) == (f"mail:{ident}", {"state": "failed"})
        db.session.rollback()
        assert send_due_mails() == 1
    assert len(mailbox.received) == 1


@pytest.mark.both_databases
@pytest.mark.parametrize("state", [MailState.SENT, MailState.QUEUED, MailState.DROPPED])
def test_a_mail_that_did_not_fail_is_not_sent_again(app: Flask, signed_in: SignIn, state: MailState) -> None:
    browser = signed_in(Role.ORGANIZER)
    failed = _mail(app, kind=SHIFT, state=MailState.FAILED)
    page = browser.get(f"/desk/outbox/{failed}")
    # Another tab, another organizer or the worker was faster than this button.
    with app.app_context():
        db.session.get_one(OutboxMail, failed).state = state
        db.session.commit()
    press(browser, page, f"/desk/outbox/{failed}/send-again")
    again = browser.get(f"/desk/outbox/{failed}")
    assert "Nothing was sent twice." in again.text
    assert again.all("main//button") == []
    assert _state(app, failed) == state
    with app.app_context():
        assert db.session.scalar(db.select(AuditEntry).where(AuditEntry.action == "mail.sent_again")) is None


def test_what_is_sent_with_the_button_changes_nothing_else(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ORGANIZER)
    ident = _mail(app, kind=SHIFT, state=MailState.FAILED)
    path = f"/desk/outbox/{ident}"
    token = browser.get(path).field("csrf_token").get("value") or ""
    assert browser.post(f"{path}/send-again", {"csrf_token": "x"}).status == 400
    browser.post(f"{path}/send-again", {"csrf_token": token, "person_id": "1", "state": "sent", "kind": "x"})
    with app.app_context():
        mail = db.session.get_one(OutboxMail, ident)
        assert (mail.state, mail.kind) == (MailState.QUEUED, SHIFT)


def test_many_mails_take_as_many_statements_as_few(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.ADMIN)

    def count() -> int:
        with counted(app) as statements:
            assert browser.get("/desk/outbox").status == 200
        return len(statements)

    _mail(app, kind=GIFT)
    few = count()
    for n in range(60):
        _mail(app, kind=(GIFT, SHIFT)[n % 2])
    assert count() == few


def test_an_index_carries_each_list_of_mails(app: Flask, db_session: Any) -> None:
    for state, index in ((None, "ix_outbox_mail_newest"), (MailState.FAILED, "ix_outbox_mail_in_state")):
        with counted(app) as statements:
            list_mails([True, False], state, 7, 50)
        (of_it,) = [one.sql for one in statements if "outbox_mail" in one.sql]
        plan = db_session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {of_it}", ("1",) * of_it.count("?")
        )
        lines = [row[-1] for row in plan]
        assert sum(index in line for line in lines) == 2, lines
        assert not [line for line in lines if line.startswith("SCAN outbox_mail")]


def _mail(app: Flask, **facts: Any) -> int:
    with app.app_context():
        ident = make_mail(**facts).id
        db.session.commit()
    return ident


def _state(app: Flask, ident: int) -> str:
    with app.app_context():
        return db.session.get_one(OutboxMail, ident).state


def _all_pages(browser: Any, path: str | None) -> list[int]:
    seen = []
    while path:
        page = browser.get(path)
        seen += [int(link.rsplit("/", 1)[1]) for link in page.links if link.startswith("/desk/outbox/")]
        path = next((link for link in page.links if "before=" in link), None)
    return seen
