"""What the hosted pages and the control panel share: the style sheet, the headers, how values are shown."""

import base64
import datetime
import hashlib
from pathlib import Path

from flask import Flask, Response

from stripe_sandbox import money

STYLE = (Path(__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# No form-action: browsers apply it to the redirect after a POST too, which leads to the caller's success_url.
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; img-src data:; base-uri 'none'; frame-ancestors 'none'"


def prepare(app: Flask) -> None:
    """Give the templates what they need and every answer its headers."""
    app.jinja_env.filters["money"] = money.display
    app.jinja_env.filters["moment"] = moment
    app.jinja_env.globals["style"] = STYLE
    app.after_request(_add_headers)


def moment(seconds: float | None) -> str:
    """A timestamp as a short UTC text."""
    if seconds is None:
        return ""
    return f"{datetime.datetime.fromtimestamp(seconds, datetime.UTC):%d %b %H:%M:%S}"


def _add_headers(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers.setdefault("Cache-Control", "no-store")
    return response
