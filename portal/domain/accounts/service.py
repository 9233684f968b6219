"""Changes to accounts. Passwords come as hashes: making one takes a quarter of a second, and no transaction waits."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update

from portal.db import db
from portal.domain.accounts import queries
from portal.domain.accounts.errors import AccountExists, AddressTaken, LastAdmin, NoSuchUser
from portal.domain.accounts.models import Role, SignIn, User, UserRole
from portal.domain.accounts.rules import MAIL_KINDS, NOTED_EVERY
from portal.domain.audit.service import note
from portal.domain.messages.service import forget_mails, queue_and_forget, queue_mail
from portal.domain.people.models import Person, make_nonce
from portal.domain.people.queries import find_person_by_email
from portal.domain.people.service import remember_person

LONGEST_BROWSER = 200


def open_account(person_id: int, password_hash: str, moment: datetime, roles: Iterable[Role] = ()) -> int:
    """Give a person whose address is proved an account; gives its id. Raises AccountExists."""
    if queries.find_user_of(person_id) is not None:
        raise AccountExists
    person = db.session.get_one(Person, person_id)
    person.proved_at = person.proved_at or moment
    user = User(
        person_id=person.id,
        email=person.email,
        password=password_hash,
        fs_uniquifier=secrets.token_hex(32),
        made_at=moment,
        roles=[UserRole(name=role, given_at=moment) for role in roles],
    )
    db.session.add(user)
    db.session.flush()
    note(person.id, "account.opened", f"person:{person.id}", moment, after={"roles": sorted(roles)})
    return user.id


def begin_sign_in(user_id: int, browser: str, moment: datetime) -> str:
    """Note that somebody signed in with a browser; gives the secret for its cookie."""
    secret = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            user_id=user_id,
            digest=queries.digest_of(secret),
            browser=browser[:LONGEST_BROWSER],
            began_at=moment,
            seen_at=moment,
            fresh_at=moment,
        )
    )
    user = queries.get_user(user_id)
    note(user.person_id, "account.signed_in", f"person:{user.person_id}", moment)
    return secret


def note_failed_sign_in(person_id: int | None, moment: datetime) -> None:
    """Note a sign-in that failed; of an address that nobody has here it is not kept which."""
    note(None, "account.sign_in_failed", f"person:{person_id}" if person_id else "", moment)


def note_seen(sign_in_id: int, moment: datetime) -> None:
    """Note that a signed-in browser was seen, unless that was noted a moment ago."""
    due = SignIn.id == sign_in_id, SignIn.seen_at < moment - NOTED_EVERY
    db.session.execute(update(SignIn).where(*due).values(seen_at=moment))


def freshen(sign_in_id: int, moment: datetime) -> None:
    """Note that the password was typed once more."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(fresh_at=moment))


def renew_sign_in(sign_in_id: int) -> str:
    """Give the secret for another cookie of a browser; the one before opens nothing any more, nor does a copy."""
    secret = secrets.token_urlsafe(32)
    row = SignIn.id == sign_in_id
    db.session.execute(update(SignIn).where(row).values(digest=queries.digest_of(secret)))
    return secret


def end_sign_in(user: User, sign_in_id: int, moment: datetime) -> None:
    """Sign an account out in one of its browsers; for any other, or one that is out already, nothing happens."""
    own = SignIn.id == sign_in_id, SignIn.user_id == user.id
    ended = db.session.execute(delete(SignIn).where(*own).returning(SignIn.id)).all()
    if not ended:
        return
    note(user.person_id, "account.signed_out", f"person:{user.person_id}", moment)


def end_other_sign_ins(user: User, kept_id: int | None, moment: datetime) -> None:
    """Sign an account out everywhere but in one browser, or everywhere."""
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.id != (kept_id or 0)))
    note(user.person_id, "account.signed_out_elsewhere", f"person:{user.person_id}", moment)


def set_password(user: User, password_hash: str, moment: datetime, kept_id: int | None = None) -> None:
    """Set a new password: every other browser is signed out, and links mailed before work no more.

    Whoever knew the old one could have asked for another address; that is withdrawn with it.
    """
    user.password, user.password_nonce = password_hash, make_nonce()
    user.new_email = user.new_email_nonce = None
    db.session.flush()
    end_other_sign_ins(user, kept_id, moment)
    note(user.person_id, "account.password_set", f"person:{user.person_id}", moment)
    queue_mail("password_set", f"password_set:{user.id}:{user.password_nonce}", user.person_id, {}, moment)


def ask_to_join(email: str, moment: datetime, language: str = "en") -> None:
    """Mail an address the link that opens an account; one that has an account is told so. Both take the same work."""
    person_id = remember_person(email, language)
    _mail_password_link(person_id, moment)
    note(None, "account.asked_to_join", f"person:{person_id}", moment)


def ask_for_password(email: str, moment: datetime) -> None:
    """Mail the link that sets a password to a known address; for another one as much is written, and no mail."""
    person = find_person_by_email(email)
    if person is None or not _mail_password_link(person.id, moment):
        queue_and_forget("password_link", moment)
    note(None, "account.asked_for_password", f"person:{person.id}" if person else "", moment)


def _mail_password_link(person_id: int, moment: datetime) -> bool:
    # Whoever lost the mail gets another by asking again, but not by a double click.
    key = f"password_link:{person_id}:{int(moment.timestamp()) // 300}"
    return queue_mail("password_link", key, person_id, {}, moment)


def ask_to_change_email(user: User, email: str, moment: datetime) -> None:
    """Mail the new address a link that proves it; until then nothing changes."""
    user.new_email, user.new_email_nonce = email, make_nonce()
    db.session.flush()
    key = f"email_link:{user.id}:{user.new_email_nonce}"
    queue_mail("email_link", key, user.person_id, {"to": email}, moment)
    note(user.person_id, "account.asked_for_email", f"person:{user.person_id}", moment)


def change_email(user: User, moment: datetime) -> None:
    """Make the proved new address the person's; the old one is told. Raises AddressTaken."""
    assert user.new_email is not None  # noqa: S101  (whoever calls has followed its link)
    if find_person_by_email(user.new_email) is not None:
        raise AddressTaken
    old = user.email
    user.email = user.person.email = user.new_email
    user.new_email = user.new_email_nonce = None
    # Links mailed to the old address open nothing any more, nor do they set the password.
    user.person.link_nonce, user.person.proved_at = make_nonce(), moment
    user.password_nonce = make_nonce()
    db.session.flush()
    key = f"email_changed:{user.id}:{user.person.link_nonce}"
    queue_mail("email_changed", key, user.person_id, {"to": old}, moment)
    note(user.person_id, "account.email_changed", f"person:{user.person_id}", moment)


def give_role(user_id: int, role: Role, by: int, moment: datetime) -> None:
    """Give an account a role; one that has it keeps it, also when two give it at one moment. Raises NoSuchUser."""
    # No key of theirs changes, so whoever signs in meanwhile need not wait.
    locked = db.select(User).where(User.id == user_id).with_for_update(key_share=True)
    user = db.session.scalar(locked.execution_options(populate_existing=True))
    if user is None:
        raise NoSuchUser
    if role in user.role_names:
        return
    before = sorted(user.role_names)
    user.roles.append(UserRole(name=role, given_at=moment))
    db.session.flush()
    _note_roles(user, before, by, moment)


def take_role(user_id: int, role: Role, by: int, moment: datetime) -> None:
    """Take a role from an account, felt at its next click. Raises LastAdmin."""
    user = queries.get_user(user_id)
    if role not in user.role_names:
        return
    if role is Role.ADMIN:
        _keep_an_admin(user)
    before = sorted(user.role_names)
    user.roles = [one for one in user.roles if one.name != role]
    db.session.flush()
    _note_roles(user, before, by, moment)


def trust_host(user_id: int, trusted: bool, by: int, moment: datetime) -> None:
    """Let somebody publish events without approval, or no more."""
    user = queries.get_user(user_id)
    before, user.trusted_host = user.trusted_host, trusted
    db.session.flush()
    subject = f"person:{user.person_id}"
    note(by, "host.trusted", subject, moment, before={"trusted": before}, after={"trusted": trusted})


def close_account(user: User, moment: datetime) -> None:
    """Delete an account; its person stays with shifts and gifts, by mailed links as before. Raises LastAdmin."""
    if Role.ADMIN in user.role_names:
        _keep_an_admin(user)
    note(user.person_id, "account.closed", f"person:{user.person_id}", moment)
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    db.session.delete(user)
    db.session.flush()


def leave_nothing(person_id: int, moment: datetime) -> None:
    """Delete a person's account, if there is one, and every mail about it. Raises LastAdmin."""
    user = queries.find_user_of(person_id)
    if user is not None:
        close_account(user, moment)
    forget_mails(person_id, MAIL_KINDS)


def _keep_an_admin(user: User) -> None:
    """Raise LastAdmin if this is the only one; two who leave at one moment wait for each other on these rows."""
    others = (
        db.select(UserRole.user_id)
        .join(User, UserRole.user_id == User.id)
        .where(UserRole.name == Role.ADMIN, User.active)
        .order_by(UserRole.user_id)
        .with_for_update()
    )
    if set(db.session.scalars(others)) <= {user.id}:
        raise LastAdmin


def _note_roles(user: User, before: list[Role], by: int, moment: datetime) -> None:
    subject, after = f"person:{user.person_id}", sorted(user.role_names)
    note(by, "roles.changed", subject, moment, before={"roles": before}, after={"roles": after})
