"""Putting the stand-in together."""

import json
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from stripe_sandbox import api, guard, pages, panel, web
from stripe_sandbox.idempotency import KeysInUse
from stripe_sandbox.routes import books, checkout, notices, people
from stripe_sandbox.store import Store

LONGEST_BODY = 1024 * 1024


def create_app(data_dir: str | Path, *, base_url: str) -> Flask:
    """The stand-in over the database in ``data_dir`` (made when missing). ``base_url`` is the address it is
    reached at, without a slash at the end. Nothing is delivered until a ``DeliveryThread`` runs over ``store_of``
    this app."""
    app = Flask(__name__, static_folder=None)
    app.config["BASE_URL"] = base_url.rstrip("/")
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["stripe_sandbox"] = Store(Path(data_dir))
    app.extensions["stripe_sandbox_keys"] = KeysInUse()
    app.before_request(guard.refuse_other_hosts)
    web.prepare(app)
    for blueprint in (checkout.api, books.api, people.api, notices.api, pages.bp, panel.bp):
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _broken)
    return app


def store_of(app: Flask) -> Store:
    """The store an app works on."""
    found: Store = app.extensions["stripe_sandbox"]
    return found


def _http_error(error: HTTPException) -> Response:
    if request.path.startswith("/v1/") and error.code in (404, 405):
        return api.refuse_unknown()
    if request.path.startswith("/v1/"):
        return api.refusal(error.description or error.name, error.code or 500)
    return Response(f"{error.description}\n", error.code or 500, mimetype="text/plain")


def _broken(error: Exception) -> Response:
    message = "The stand-in for Stripe has a fault; its own log says more. Nothing was changed."
    body = {"error": {"message": message, "type": "api_error"}}
    return Response(json.dumps(body, indent=2), 500, mimetype="application/json")
