"""Our own short-lived cookies: signed by who sets them, sent to nobody else, gone after the length of a visit."""

from typing import TypedDict

from flask import current_app
from werkzeug.wrappers import Response

from portal.links import VISIT


def set_for_visit(response: Response, name: str, value: str, path: str = "/") -> None:
    """Set a cookie for the length of a visit, on the pages under a path."""
    response.set_cookie(name, value, max_age=int(VISIT.total_seconds()), path=path, **_guards())


def forget(response: Response, name: str, path: str = "/") -> None:
    """Take a cookie away that was set on the pages under a path."""
    response.delete_cookie(name, path=path, **_guards())


class _Guards(TypedDict):
    secure: bool
    httponly: bool
    samesite: str


def _guards() -> _Guards:
    return {"secure": current_app.config["SESSION_COOKIE_SECURE"], "httponly": True, "samesite": "Lax"}
