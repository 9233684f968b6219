"""Whose page sent a form: by its token, or for the one whose page is the same for everyone by what browsers say."""

from typing import Literal
from urllib.parse import urlsplit

from flask import Request

Origin = Literal["own", "foreign", "unknown"]


class TokenMissing(Exception):
    """A form without the token that its page put into it, or with one that ran out."""


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
