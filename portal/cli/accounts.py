"""Commands about accounts: the first admin, and the demo's people."""

import json
import os
import secrets
from pathlib import Path

import click
from flask import current_app
from flask_security import hash_password

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.accounts import queries, service
from portal.domain.accounts.models import Role
from portal.domain.people.errors import DetailsRefused
from portal.domain.people.models import Person
from portal.domain.people.rules import LONGEST_NAME, read_email, read_name
from portal.domain.people.service import remember_person, rename_person

# One account for each role, with names that nobody has.
DEMO_PEOPLE: dict[str, tuple[str, tuple[Role, ...], bool]] = {
    "volunteer@demo.invalid": ("Demo volunteer", (), False),
    "host@demo.invalid": ("Demo host", (), True),
    "organizer@demo.invalid": ("Demo organizer", (Role.ORGANIZER,), False),
    "treasurer@demo.invalid": ("Demo treasurer", (Role.TREASURER,), False),
    "admin@demo.invalid": ("Demo admin", (Role.ADMIN,), False),
}


@click.command("create-admin")
@click.argument("email")
@click.option("--name", default="Admin", help="The name they go by.")
def create_admin(email: str, name: str) -> None:
    """Let the person of EMAIL give roles, and print the link at which they choose a password."""
    address, called = _read_address(email), _read_called(name)
    person_id, moment = remember_person(address), now()
    person = db.session.get_one(Person, person_id)
    if not person.name:
        rename_person(person_id, called)
    user = queries.find_user_of(person_id)
    # Nobody knows this password: the link sets another one.
    hashed = hash_password(secrets.token_urlsafe(32)) if user is None else ""
    user_id = user.id if user else service.open_account(person_id, hashed, moment)
    service.give_role(user_id, Role.ADMIN, person_id, moment)
    db.session.commit()
    link = links.Link(links.PASSWORD, str(person_id), queries.get_user(user_id).password_nonce)
    token = links.sign(link, current_app.config["SECRET_KEY"])
    click.echo(f"{address} is an admin now. Within a day, choose a password at")
    click.echo(f"{current_app.config['PUBLIC_URL']}/s/{token}")


def _read_address(typed: str) -> str:
    try:
        return read_email(typed)
    except DetailsRefused as refusal:
        told = f"no mail can be sent to {typed!r}. Names such as .invalid and .test are kept for examples."
        raise click.BadParameter(told, param_hint="EMAIL") from refusal


def _read_called(typed: str) -> str:
    try:
        return read_name(typed)
    except DetailsRefused as refusal:
        told = (
            f"{typed!r} can't be kept. It takes up to {LONGEST_NAME} letters on one line, and no web address."
        )
        raise click.BadParameter(told, param_hint="--name") from refusal


def keep_demo_accounts(folder: Path) -> int:
    """Open the demo's accounts that are not there yet, with random passwords kept in a file; give how many are new."""
    file = folder / "demo-accounts.json"
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    new = {
        email: secrets.token_urlsafe(9)
        for email in DEMO_PEOPLE
        if email not in known or queries.find_user_by_email(email) is None
    }
    if not new:
        return 0
    hashes = {email: hash_password(password) for email, password in new.items()}
    for email, hashed in hashes.items():
        _open_demo_account(email, hashed)
    folder.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as kept:
        json.dump(known | new, kept, indent=1)
    return len(new)


def _open_demo_account(email: str, hashed: str) -> None:
    name, roles, trusted = DEMO_PEOPLE[email]
    person_id, moment = remember_person(email), now()
    rename_person(person_id, name)
    user = queries.find_user_of(person_id)
    if user is not None:
        service.set_password(user, hashed, moment)
        return
    user_id = service.open_account(person_id, hashed, moment, roles)
    if trusted:
        service.trust_host(user_id, True, person_id, moment)
