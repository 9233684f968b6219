"""Where a request comes from, as far as that can be told."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import request


def reader_address() -> str:
    """Give the address that limits count by: the reader's, also behind a web server on this same computer.

    Such a server adds the address it was asked from at the end of X-Forwarded-For; what stands before that, and
    what any other computer claims, could be made up to walk around the limits.
    """
    forwarded_for = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    return _counted(request.remote_addr or "", forwarded_for)


# In a rush a hall of people has one address.
@lru_cache(maxsize=1024)
def _counted(remote: str, forwarded_for: str) -> str:
    asked_from, forwarded = _address(remote), _address(forwarded_for)
    address = forwarded if forwarded and asked_from and asked_from.is_loopback else asked_from
    if address is None:
        return "unknown"
    # One household or computer has a whole /64 of the new kind.
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
