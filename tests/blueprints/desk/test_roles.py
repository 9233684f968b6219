"""Roles: given and taken by an admin, felt at the next click, and noted."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.blueprints.desk.access_words import DEEDS, deeds_of
from portal.clock import now
from portal.db import db
from portal.domain.accounts import queries, service
from portal.domain.accounts.models import Role, SignIn, User
from portal.domain.accounts.rules import FRESH_FOR
from portal.domain.audit.models import AuditEntry
from portal.web.access import ACCESS, ANYONE, EXTENSION, may
from tests.factories.accounts import make_user
from tests.factories.campaigns import make_group
from tests.foundation.members import sign_in
from tests.foundation.pages import Page, PageClient
from tests.foundation.rushes import at_once

ADMIN_EMAIL, OTHER = "admin@example.org", "other@example.org"


def test_a_role_given_is_felt_at_the_next_click_and_so_is_one_taken(desk: "Desk") -> None:
    assert desk.other.get("/desk").status == 404
    assert desk.give(OTHER, "organizer").status == 303
    assert desk.other.get("/desk").status == 200
    assert desk.take(OTHER, "organizer").status == 303
    assert desk.other.get("/desk").status == 404


def test_what_was_given_and_taken_is_noted_with_who_did_it(desk: "Desk") -> None:
    desk.give(OTHER, "treasurer")
    desk.take(OTHER, "treasurer")
    with desk.app.app_context():
        admin = db.session.scalars(select(User.person_id).where(User.email == ADMIN_EMAIL)).one()
        noted = db.session.execute(
            select(AuditEntry.person_id, AuditEntry.before, AuditEntry.after)
            .where(AuditEntry.action == "roles.changed")
            .order_by(AuditEntry.id)
        )
        assert [tuple(row) for row in noted] == [
            (admin, {"roles": []}, {"roles": ["treasurer"]}),
            (admin, {"roles": ["treasurer"]}, {"roles": []}),
        ]


def test_the_last_admin_keeps_the_role_whoever_takes_it(desk: "Desk") -> None:
    assert desk.take(ADMIN_EMAIL, "admin").status == 422
    desk.give(OTHER, "admin")
    assert desk.take(ADMIN_EMAIL, "admin").status == 303
    assert desk.admin.get("/desk/roles").status == 404
    assert desk.roles(OTHER) == {Role.ADMIN}


@pytest.mark.both_databases
def test_a_role_that_several_admins_give_at_one_moment_is_given_once(app: Flask) -> None:
    with app.app_context():
        by, users = make_user(Role.ADMIN).person_id, [make_user() for _ in range(8)]
        db.session.commit()
        ids = [user.id for user in users]

    def give_to_each() -> None:
        for user_id in ids:
            service.give_role(user_id, Role.TREASURER, by, now())
            db.session.commit()

    assert at_once(app, 6, give_to_each) == []
    with app.app_context():
        assert all(queries.get_user(user_id).role_names == {Role.TREASURER} for user_id in ids)
        noted = select(AuditEntry.before).where(AuditEntry.action == "roles.changed")
        assert db.session.scalars(noted).all() == [{"roles": []}] * len(ids)


def test_the_same_role_given_twice_is_one(desk: "Desk") -> None:
    assert [desk.give(OTHER, "admin").status for _ in range(2)] == [303, 303]
    assert desk.roles(OTHER) == {Role.ADMIN}


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.TREASURER])
def test_nobody_but_an_admin_gives_roles(desk: "Desk", role: Role) -> None:
    desk.give(OTHER, role)
    token = desk.other.get("/me/account").field("csrf_token").get("value") or ""
    sent = {"csrf_token": token, "email": OTHER, "role": "admin"}
    assert desk.other.post("/desk/roles/give", sent).status == 404
    assert desk.roles(OTHER) == {role}
    with desk.app.app_context():
        refused = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "access.refused")).one()
        assert refused.subject == "page:roles.give"


def test_whoever_has_a_role_finds_the_desk_from_their_account(desk: "Desk") -> None:
    assert "/desk" not in desk.other.get("/me/account").links
    desk.give(OTHER, Role.TREASURER)
    assert "/desk" in desk.other.get("/me/account").links


def test_roles_ask_for_the_password_once_more_after_a_while(desk: "Desk") -> None:
    with desk.app.app_context():
        db.session.execute(update(SignIn).values(fresh_at=now() - FRESH_FOR - timedelta(seconds=1)))
        db.session.commit()
    answer = desk.admin.get("/desk/roles")
    assert (answer.status, answer.location) == (303, "/verify?next=/desk/roles")
    assert desk.send("/desk/roles/give", "/me/account", email=OTHER, role="admin").location == "/verify"
    assert desk.roles(OTHER) == set()


def test_the_page_of_who_may_do_what_follows_the_table_that_the_guard_goes_by(desk: "Desk") -> None:
    declared = desk.app.extensions[EXTENSION]
    told = desk.admin.get("/desk/who-may-do-what").text
    assert "Read the audit log admins" in told
    assert "Give and take roles, and trust hosts admins. The password is asked for once more." in told
    del declared["desk_audit.index"]
    declared["gifts.export"] = declared["gifts.index"]
    told = desk.admin.get("/desk/who-may-do-what").text
    assert "Read the audit log" not in told
    assert "Take gifts out as a file" not in told


def test_every_row_of_the_table_has_words_and_every_word_a_row(desk: "Desk") -> None:
    with desk.app.test_request_context():
        assert [deed.words for deed in deeds_of(ACCESS)] == [str(words) for words in DEEDS.values()]


def test_a_rule_without_words_is_not_passed_over(desk: "Desk") -> None:
    with desk.app.test_request_context():
        last = deeds_of(ACCESS | {"gifts.index": may(ANYONE)})[-1]
    assert (last.words, last.who) == ("gifts", "anyone")


class Desk:
    """An admin's browser, and the one of somebody without a role."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.admin, self.other = (PageClient(app.test_client()) for _ in range(2))
        with app.app_context():
            ids = make_user(Role.ADMIN, email=ADMIN_EMAIL).id, make_user(email=OTHER).id
            db.session.commit()
        for page, user_id in zip((self.admin, self.other), ids, strict=True):
            sign_in(page.client, app, user_id)

    def send(self, path: str, page: str = "/desk/roles", **entries: str) -> Page:
        """Send a form of a page as the admin."""
        token = self.admin.get(page).field("csrf_token").get("value") or ""
        return self.admin.post(path, {"csrf_token": token, **entries})

    def give(self, email: str, role: str) -> Page:
        """Give a role."""
        return self.send("/desk/roles/give", email=email, role=role)

    def take(self, email: str, role: str) -> Page:
        """Take a role."""
        with self.app.app_context():
            user_id = db.session.scalars(select(User.id).where(User.email == email)).one()
        return self.send(f"/desk/roles/{user_id}/take", role=role)

    def roles(self, email: str) -> set[Role]:
        """Give the roles of an account."""
        with self.app.app_context():
            return set(db.session.scalars(select(User).where(User.email == email)).one().role_names)


@pytest.fixture
def desk(app: Flask) -> Desk:
    """An admin at the desk."""
    with app.app_context():
        make_group()
        db.session.commit()
    return Desk(app)
