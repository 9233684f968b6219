"""Lantern: a volunteer and donation portal for small humanitarian groups."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from babel import Locale
from flask import Flask, Request, Response, abort, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from jinja2 import StrictUndefined

from config import ROOT, Config, load_config
from portal.blueprints.accounts.views import bp as accounts_bp
from portal.blueprints.campaigns import reach  # noqa: F401  (its views join the blueprint)
from portal.blueprints.campaigns.views import bp as campaigns_bp
from portal.blueprints.desk import (  # noqa: F401  (their views join the blueprint)
    articles,
    campaign_pictures,
    campaign_plans,
    campaign_translations,
)
from portal.blueprints.desk.audit import bp as desk_audit_bp
from portal.blueprints.desk.campaigns import bp as desk_campaigns_bp
from portal.blueprints.desk.events import bp as desk_events_bp
from portal.blueprints.desk.gifts import bp as gifts_bp
from portal.blueprints.desk.outbox import bp as outbox_bp
from portal.blueprints.desk.people import bp as people_bp
from portal.blueprints.desk.roles import bp as roles_bp
from portal.blueprints.desk.views import bp as desk_bp
from portal.blueprints.donations.views import bp as donations_bp
from portal.blueprints.events.views import bp as events_bp
from portal.blueprints.hosting import changes, roster  # noqa: F401  (their views join the blueprint)
from portal.blueprints.hosting.views import bp as hosting_bp
from portal.blueprints.links.views import bp as links_bp
from portal.blueprints.pages.views import bp as pages_bp
from portal.blueprints.volunteers.views import bp as volunteers_bp
from portal.blueprints.webhooks.views import bp as webhooks_bp
from portal.db import db, prepare_engine, set_reading_only
from portal.domain import registry  # noqa: F401  (every table must be known before the first query)
from portal.extensions import babel, compress, csrf, migrate
from portal.group_commit import init_group_commit
from portal.payments.stripe_gateway import init_gateway
from portal.web.access import init_access
from portal.web.bodies import allow_body
from portal.web.desk import init_desk
from portal.web.drawings import init_drawings
from portal.web.errors import init_errors
from portal.web.filters import init_filters
from portal.web.headers import init_headers
from portal.web.ids import IdConverter
from portal.web.kept import init_kept
from portal.web.limits import init_limits
from portal.web.marks import init_marks
from portal.web.pages import init_pages
from portal.web.reach import init_reach
from portal.web.signed_in import init_accounts

BLUEPRINTS = (
    accounts_bp,
    campaigns_bp,
    desk_campaigns_bp,
    donations_bp,
    events_bp,
    hosting_bp,
    links_bp,
    pages_bp,
    volunteers_bp,
    webhooks_bp,
)
DESK = (desk_bp, desk_events_bp, gifts_bp, outbox_bp, people_bp, roles_bp)


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions, without what it would do for a request that has none: most here have none."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Give what signs the cookie."""
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Give what the cookie holds."""
        if app.config["SESSION_COOKIE_NAME"] in request.cookies:
            return super().open_session(app, request)
        return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where it is to change; reads its settings only for a session that was looked at."""
        if session.accessed or session.modified or session:
            super().save_session(app, session, response)


class Portal(Flask):
    """The portal's app."""

    def __init__(self, *names: Any) -> None:
        super().__init__(*names)
        self.session_interface = Sessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give the function as it is: none of ours is a coroutine, and Flask would look nine times a request."""
        return func

    def log_exception(self, exc_info: Any) -> None:
        """Log what broke, without the token of a mailed link: whoever reads the log could follow it."""
        path = re.sub(r"^/(s|calendar|reminders)/.*", r"/\1/…", request.path)
        self.logger.error("Exception on %s [%s]", path, request.method, exc_info=exc_info)


def create_app(config: Config | None = None) -> Flask:
    """Give the portal as a Flask app; settings come from the environment unless they are passed in.

    Raises config.ConfigError for settings that must not start.
    """
    config = config or load_config()
    app = Portal(__name__)
    app.config.from_object(config)
    app.url_map.converters["int"] = IdConverter
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(payment_kind=config.STRIPE_KEY_KIND, practice=not config.LIVEMODE)
    _init_database(app)
    # Flask-Babel would read it anew for every request.
    language = Locale.parse(app.config["BABEL_DEFAULT_LOCALE"])
    babel.init_app(app, locale_selector=lambda: language)
    compress.init_app(app)
    csrf.init_app(app)
    init_filters(app)
    init_drawings(app)
    init_headers(app)
    init_limits(app)
    init_accounts(app)
    init_access(app)
    init_desk(app)
    init_errors(app)
    init_group_commit(app)
    init_gateway(app)
    init_kept(app)
    init_pages(app)
    init_reach(app)
    init_marks(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_blueprint(desk_audit_bp, url_prefix="/desk/audit")
    for blueprint in DESK:
        app.register_blueprint(blueprint, url_prefix="/desk")
    return app


def _init_database(app: Flask) -> None:
    database = urlsplit(app.config["SQLALCHEMY_DATABASE_URI"])
    if database.scheme.startswith("sqlite"):
        app.config["LANTERN_DATA"].mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        prepare_engine(db.engine)
    app.before_request(_say_whether_this_writes)
    app.teardown_request(lambda _error: set_reading_only(False))


def _say_whether_this_writes() -> None:
    reads = request.method in ("GET", "HEAD", "OPTIONS")
    if "\0" in request.path:
        abort(404)  # PostgreSQL takes no such text, and no address of ours has it
    if not reads:
        allow_body(request)
        # All of it, before a transaction that others wait for begins: a body can be sent as slowly as one likes.
        request.get_data()
    set_reading_only(reads)
