"""People who are signed in, without waiting for a password to be hashed."""

from flask import Flask
from flask.testing import FlaskClient

from portal.clock import now
from portal.db import db
from portal.domain.accounts import queries, service
from portal.domain.accounts.models import User
from portal.web.signed_in import KEY


def sign_in(client: FlaskClient, app: Flask, user: User | int) -> None:
    """Sign an account in with a client, as if its password had just been typed; it must be committed."""
    user_id = user if isinstance(user, int) else user.id
    with app.app_context():
        secret = service.begin_sign_in(user_id, "A browser of the tests", now())
        uniquifier = queries.get_user(user_id).fs_uniquifier
        db.session.commit()
    with client.session_transaction() as session:
        session[KEY], session["_user_id"], session["_fresh"] = secret, uniquifier, True
        session.permanent = True
