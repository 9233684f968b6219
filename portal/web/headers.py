"""Headers on every answer: what a browser may load, send and tell others on our behalf."""

from urllib.parse import urlsplit

from flask import Flask, Response, g

STRIPE_CHECKOUT = "https://checkout.stripe.com"
CLOSED_FEATURES = (
    "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
)

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
    """Put the security headers on every answer of the app, and no-store where nothing is said of caching."""
    headers = security_headers(
        public_url=app.config["PUBLIC_URL"], stripe_api_base=app.config["STRIPE_API_BASE"]
    )

    framed = headers | FRAMED
    del framed["X-Frame-Options"]

    def add_headers(response: Response) -> Response:
        for name, value in (framed if g.get("may_be_framed") else headers).items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.after_request(add_headers)


def let_be_framed(response: Response) -> Response:
    """Let this one answer stand in a frame of any site; every other answer forbids it."""
    g.may_be_framed = True
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
