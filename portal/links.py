"""Signed links: what a mail may carry so that its reader needs no account.

A link has one purpose and one subject, runs out, and is withdrawn by changing the nonce on the row it is about.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

RECEIPT = "receipt"
# A person's own help: all of it, the button that proves the address, one sign-up of theirs.
HELP, PROVE, SIGN_UP = "help", "prove", "sign-up"
# One click that ends reminders, and the address that a calendar asks again and again.
REMINDERS, CALENDAR = "reminders", "calendar"
# Setting the password of an account, and proving the new address of one.
PASSWORD, EMAIL = "password", "email"
LIFETIMES = {
    RECEIPT: timedelta(days=400),
    HELP: timedelta(days=400),
    PROVE: timedelta(days=400),
    SIGN_UP: timedelta(days=400),
    REMINDERS: timedelta(days=400),
    CALENDAR: timedelta(days=3650),
    PASSWORD: timedelta(days=1),
    EMAIL: timedelta(days=1),
}
# How long a link that was followed opens its page, once it has left the address bar.
VISIT = timedelta(minutes=30)


class LinkRefused(Exception):
    """A signed link that does not open anything."""


class LinkAltered(LinkRefused):
    """Not signed by us: cut short, mistyped, or made up."""


@dataclass
class LinkExpired(LinkRefused):
    """Signed by us, but too long ago."""

    link: "Link"


class LinkNotFollowed(LinkRefused):
    """A page that a mailed link opens, asked for without having followed one."""


class LinkForOtherPurpose(LinkRefused):
    """Signed by us, for something else."""


class LinkWithdrawn(LinkRefused):
    """Signed by us, but withdrawn since."""


@dataclass(frozen=True)
class Link:
    """What a signed link is for: a purpose, the public id of its subject, and the nonce it was made with."""

    purpose: str
    subject: str
    nonce: str


def sign(link: Link, secret: str) -> str:
    """Give the token of a link, to stand in a mail."""
    return _serializer(secret, "mailed").dumps([link.purpose, link.subject, link.nonce])


def read(token: str, secret: str) -> Link:
    """Give the link of a mailed token; raises LinkAltered or LinkExpired."""
    link = _load(token, secret, "mailed", None)
    lifetime = LIFETIMES.get(link.purpose)
    if lifetime is None:
        raise LinkAltered
    return _load(token, secret, "mailed", lifetime)


def sign_visit(link: Link, secret: str) -> str:
    """Give the value of the short-lived cookie that stands for a link that was followed."""
    return _serializer(secret, "visit").dumps([link.purpose, link.subject, link.nonce])


def read_visit(value: str, secret: str, purpose: str, subject: str) -> Link:
    """Give the followed link; raises LinkAltered, LinkExpired or LinkForOtherPurpose."""
    link = read_visit_of(value, secret, purpose)
    if link.subject != subject:
        raise LinkForOtherPurpose
    return link


def read_visit_of(value: str, secret: str, purpose: str) -> Link:
    """Give the followed link, whatever its subject; raises LinkAltered, LinkExpired or LinkForOtherPurpose."""
    link = _load(value, secret, "visit", VISIT)
    if link.purpose != purpose:
        raise LinkForOtherPurpose
    return link


def sign_asked(asked: list[Any], secret: str) -> str:
    """Give the value of the short-lived cookie that keeps what a browser asked for and was told of it."""
    return _serializer(secret, "asked").dumps(asked)


def read_asked(value: str, secret: str) -> list[Any] | None:
    """Give what a browser asked for a little while ago; None for a cookie that is old or not ours."""
    try:
        asked: list[Any] = _serializer(secret, "asked").loads(value, max_age=int(VISIT.total_seconds()))
    except BadSignature:
        return None
    return asked


def mark_address(email: str, secret: str) -> str:
    """Give a mark that stands for an address and can be made by nobody else."""
    return blake2b(email.encode(), key=_key_of_marks(secret), digest_size=8).hexdigest()


@lru_cache(maxsize=4)
def _key_of_marks(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


@lru_cache(maxsize=16)
def _serializer(secret: str, kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=f"lantern-link-{kind}")


def _load(token: str, secret: str, kind: str, lifetime: timedelta | None) -> Link:
    seconds = None if lifetime is None else int(lifetime.total_seconds())
    try:
        return _as_link(_serializer(secret, kind).loads(token, max_age=seconds))
    except SignatureExpired as expired:
        raise LinkExpired(_as_link(_serializer(secret, kind).loads(token))) from expired
    except BadSignature as error:
        raise LinkAltered from error


def _as_link(parts: object) -> Link:
    if not isinstance(parts, list) or len(parts) != 3 or not all(isinstance(part, str) for part in parts):
        raise LinkAltered
    return Link(*parts)
