"""Reads of accounts."""

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.db import db
from portal.domain.accounts.errors import NoSuchUser
from portal.domain.accounts.models import SignIn, User, UserRole
from portal.domain.people.rules import fold_email


def find_user_by_email(email: str) -> User | None:
    """Give the account of this address, however it is typed."""
    if "\0" in email:
        return None  # no address holds one, and PostgreSQL would not take the question
    return db.session.scalar(select(User).where(User.email == fold_email(email)))


def find_user_of(person_id: int) -> User | None:
    """Give a person's account."""
    return db.session.scalar(select(User).where(User.person_id == person_id))


def get_user(user_id: int) -> User:
    """Give the account of this id; raises NoSuchUser."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NoSuchUser
    return user


def find_sign_in(secret: str) -> SignIn | None:
    """Give the browser whose cookie holds this secret."""
    return db.session.scalar(select(SignIn).where(SignIn.digest == digest_of(secret)))


def digest_of(secret: str) -> str:
    """Give what is kept of a cookie's secret."""
    return sha256(secret.encode()).hexdigest()


def list_sign_ins(user_id: int) -> list[SignIn]:
    """Give the browsers in which an account is signed in, the latest seen first."""
    own = select(SignIn).where(SignIn.user_id == user_id).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    return list(db.session.scalars(own))


def list_users_with_roles() -> list[User]:
    """Give the accounts that have a role, by address."""
    # From the few with roles to their accounts: the other way round every account would be looked at.
    of_them = User.id.in_(select(UserRole.user_id))
    with_names = select(User).join(User.person).options(contains_eager(User.person))
    return list(db.session.scalars(with_names.where(of_them).order_by(User.email)))
