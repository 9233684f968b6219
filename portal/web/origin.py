"""Whose page sent a form: by what its browser says, where the page was to set no cookie, else by a token."""

from typing import Literal
from urllib.parse import urlsplit

from flask import Request, abort, current_app, request

Origin = Literal["own", "foreign", "unknown"]


class TokenMissing(Exception):
    """A form without the token that its page put into it, or with one that ran out."""


def needs_token() -> bool:
    """Tell whether the form that was sent must carry a token, as its browser doesn't say whose page it comes from.

    Aborts with 403 where it says that it is another site's.
    """
    origin = tell_origin(request, current_app.config["PUBLIC_URL"])
    if origin == "foreign":
        abort(403)
    return origin == "unknown"


def tell_origin(request: Request, public_url: str) -> Origin:
    """Tell whether a form came from our own page.

    Browsers since 2023 say so in Sec-Fetch-Site (on https and loopback). Older ones send Origin; under our
    `Referrer-Policy: no-referrer` it can be "null" even for our own page, which then is unknown, not foreign.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return "own" if site == "same-origin" else "foreign"
    origin = request.headers.get("Origin")
    if origin in (None, "null"):
        return "unknown"
    parts = urlsplit(public_url)
    # To the letter, and never what the Host header says: another name can be made to lead to this computer.
    return "own" if (origin or "").lower() == f"{parts.scheme}://{parts.netloc}".lower() else "foreign"
