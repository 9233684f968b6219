"""The desk's first screen, its roles and who may do what: (endpoint, state, how to get there, how it answers)."""

from datetime import timedelta
from functools import partial
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.donations.models import DonationState, PaymentCase
from tests.factories.accounts import make_user
from tests.factories.donations import make_donation, make_payment
from tests.factories.events import make_shift
from tests.factories.people import make_mail
from tests.factories.volunteers import make_sign_up
from tests.foundation.pages import Page
from tests.project.walk_accounts import member

OTHER = "other@example.org"


def see_needs(world: Any) -> Page:
    """Look at a day on which everything waits."""
    member(world, Role.ADMIN)
    with world.app.app_context():
        make_payment(make_donation(state=DonationState.PAID), case=PaymentCase.DOUBLE)
        make_mail(state="failed", last_error="the server answered 550")
        make_sign_up(make_shift(vetted=True, starts_at=now() + timedelta(days=3)))
        db.session.commit()
    return world.browser.get("/desk")


def see_calm(world: Any) -> Page:
    """Look at a day on which nothing waits."""
    member(world, Role.TREASURER)
    return world.browser.get("/desk")


def see_roles(world: Any) -> Page:
    """Look at roles as an admin, with an organizer who hosts."""
    member(world, Role.ADMIN)
    with world.app.app_context():
        make_user(Role.ORGANIZER, Role.TREASURER, email=OTHER, trusted_host=True)
        db.session.commit()
    return world.browser.get("/desk/roles")


def give(world: Any, email: str = OTHER, role: str = "treasurer") -> Page:
    """Give a role, or the trust of a host."""
    token = see_roles(world).field("csrf_token").get("value") or ""
    return world.browser.post("/desk/roles/give", {"csrf_token": token, "email": email, "role": role})


def take(world: Any, role: str = "admin", user: int = 1) -> Page:
    """Take a role from oneself, or from another account."""
    token = see_roles(world).field("csrf_token").get("value") or ""
    return world.browser.post(f"/desk/roles/{user}/take", {"csrf_token": token, "role": role})


def see_who_may(world: Any) -> Page:
    """Look at the table of who may do what."""
    member(world, Role.ORGANIZER)
    return world.browser.get("/desk/who-may-do-what")


STATES: list[tuple[Any, ...]] = [
    ("desk.today", "much", see_needs),
    ("desk.today", "nothing", see_calm),
    ("roles.index", "some", see_roles),
    ("roles.give", "given", give, 303),
    ("roles.give", "trusted", partial(give, role="host"), 303),
    ("roles.give", "no such account", partial(give, email="nobody@example.org"), 422),
    ("roles.give", "no such role", partial(give, role="king"), 404),
    ("roles.take", "last admin", take, 422),
    ("roles.take", "taken", partial(take, role="organizer", user=2), 303),
    ("roles.who_may", "shown", see_who_may),
]
