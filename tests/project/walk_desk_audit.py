"""How to reach the audit log in each of its states; `world` is the one of walk.py."""

from functools import partial
from typing import Any

from portal.blueprints.desk import deeds
from portal.db import db
from portal.domain.accounts.models import Role
from tests.factories.accounts import make_user
from tests.factories.audit import make_entry
from tests.factories.people import make_person
from tests.foundation.members import sign_in
from tests.foundation.pages import Page

FACTS = {
    "before": {"status": "proposed", "trusted": False, "places": 3},
    "after": {"status": "published", "trusted": True, "places": 3, "first_words": ["x" * 400]},
}


def see(world: Any, many: int = 1, address: str = "/desk/audit") -> Page:
    """Open the log as an admin, with this many entries of every action in it."""
    with world.app.app_context():
        admin = make_user(Role.ADMIN, name="Aoife").id
        mina, unnamed = make_person(name="민아").id, make_person().id
        for action in [*deeds.SENTENCES, "some.action"] * many:
            make_entry(action, f"person:{mina}", who=unnamed, **FACTS)
        for who in (mina, None, 999_999):
            make_entry("account.sign_in_failed", "", who=who)
            make_entry("event.approved", "event:1", who=who, before={"status": "proposed", "person": mina})
        db.session.commit()
    sign_in(world.browser.client, world.app, admin)
    return world.browser.get(address)


# The arguments of walk.py's Visit.
STATES: list[tuple[Any, ...]] = [
    ("desk_audit.index", "everything", see),
    ("desk_audit.index", "before anything is published", see, 200, False),
    ("desk_audit.index", "older", partial(see, many=3, address="/desk/audit?before=90")),
    ("desk_audit.index", "a part", partial(see, address="/desk/audit?kind=event&about=event+1")),
    ("desk_audit.index", "of one person", partial(see, address="/desk/audit?by=3")),
    ("desk_audit.index", "nothing found", partial(see, address="/desk/audit?about=nothing")),
    ("desk_audit.index", "not signed in", lambda world: world.browser.get("/desk/audit"), 303),
]
