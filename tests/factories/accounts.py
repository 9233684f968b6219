"""Accounts, opened by the portal's own service; nobody's password is hashed for them."""

from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.accounts import queries, service
from portal.domain.accounts.models import Role, User
from tests.factories.people import make_person

# Of no password: whoever is to type one gets theirs by `tests.foundation.members.set_password`.
NOBODYS_HASH = "$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"


def make_user(*roles: Role, trusted_host: bool = False, **facts: Any) -> User:
    """Add a person with an account and these roles; `email` and `name` are the person's."""
    person = make_person(**({"name": "Mina"} | facts))
    user_id = service.open_account(person.id, NOBODYS_HASH, now(), roles)
    user = queries.get_user(user_id)
    user.trusted_host = trusted_host
    db.session.flush()
    return user
