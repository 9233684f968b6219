"""Flask extensions as bare objects; `create_app` ties them to an app."""

from ipaddress import ip_address

from flask import request
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_migrate import Migrate
from flask_wtf import CSRFProtect


def reader_address() -> str:
    """Give the address that limits count by: the reader's, also behind a web server on this same computer.

    Such a server adds the address it was asked from at the end of X-Forwarded-For; what stands before that, and
    what any other computer claims, could be made up to walk around the limits.
    """
    asked_from = request.remote_addr or "unknown"
    forwarded = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    if not forwarded or asked_from == "unknown" or not ip_address(asked_from).is_loopback:
        return asked_from
    return forwarded


babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = Limiter(key_func=reader_address)
migrate = Migrate()
