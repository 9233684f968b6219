"""Headers on every answer: what a browser may load, send and tell others on our behalf."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STRIPE_CHECKOUT = "https://checkout.stripe.com"
CLOSED_FEATURES = (
    "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
)

MAY_BE_FRAMED = "lantern.may_be_framed"
# A page for other sites' frames: any site may show it, and it may do nothing but be read and lead to us.
FRAMED = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors *",
        )
    ),
    # Sites that isolate themselves show only what says that it may be shown by others.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def init_headers(app: Flask) -> None:
    """Put the security headers on every answer of the app, and no-store where nothing is said of caching.

    Around the app and not after each request: all at once, they cost a tenth of what setting each one takes.
    """
    headers = security_headers(
        public_url=app.config["PUBLIC_URL"], stripe_api_base=app.config["STRIPE_API_BASE"]
    )
    closed = list(headers.items())
    framed = [(name, value) for name, value in (headers | FRAMED).items() if name != "X-Frame-Options"]
    inner: WSGIApplication = app.wsgi_app

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, given: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            added = framed if MAY_BE_FRAMED in environ else closed
            if not any(name.lower() == "cache-control" for name, _value in given):
                added = [*added, ("Cache-Control", "no-store")]
            return start_response(status, [*given, *added], *rest)

        return inner(environ, start)

    app.wsgi_app = answer  # type: ignore[method-assign]


def let_be_framed(response: Response) -> Response:
    """Let this one answer stand in a frame of any site; every other answer forbids it."""
    request.environ[MAY_BE_FRAMED] = True
    return response


def security_headers(*, public_url: str, stripe_api_base: str) -> dict[str, str]:
    """Give the headers that every answer carries; HSTS only where the portal is reached by https."""
    headers = {
        "Content-Security-Policy": _content_policy(stripe_api_base),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in CLOSED_FEATURES.split()),
    }
    if public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def _content_policy(stripe_api_base: str) -> str:
    # A form's redirect is subject to form-action too, so the pages that Checkout runs on must be named.
    checkouts = [STRIPE_CHECKOUT]
    if stripe_api_base:
        parts = urlsplit(stripe_api_base)
        checkouts.append(f"{parts.scheme}://{parts.netloc}")
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            # Our script asks for nothing; this is for Lighthouse, which looks for robots.txt from within the page.
            "connect-src 'self'",
            f"form-action 'self' {' '.join(checkouts)}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
