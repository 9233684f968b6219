"""Who may talk to the stand-in: this machine only, and its control panel only its own pages.

It listens on loopback, but any web page a developer has open could still send requests there: by a name that
resolves to 127.0.0.1 (DNS rebinding), or by posting a form across sites.
"""

import ipaddress
from urllib.parse import urlsplit

from flask import Response, request

from stripe_sandbox import api


def refuse_other_hosts() -> Response | None:
    """Refuse a request whose Host header does not name this machine."""
    if is_loopback(request.headers.get("Host", "")):
        return None
    sentence = "The stand-in for Stripe answers on this machine only."
    if request.path.startswith("/v1/"):
        return api.refusal(sentence, 403)
    return _refusal(sentence)


def refuse_other_sites() -> Response | None:
    """Refuse a change that another site's page sends."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    # Under the panel's own `no-referrer` a browser sends "Origin: null" from its pages too; this header is surer.
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign_origin = origin is not None and urlsplit(origin).netloc != request.headers.get("Host")
    if foreign_origin if site is None else site not in ("none", "same-origin"):
        return _refusal("The control panel takes changes from its own pages only.")
    return None


def is_loopback(host: str) -> bool:
    """Whether a Host header (with or without port) names this machine."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _refusal(sentence: str) -> Response:
    return Response(sentence + "\n", 403, mimetype="text/plain")
