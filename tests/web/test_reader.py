"""By which address limits count: a reader's own, and nobody else's by pretending."""

import pytest
from flask import Flask

from portal.web.reader import reader_address


@pytest.mark.parametrize(
    ("asked_from", "forwarded", "counted"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("::1", "203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "made-up, 203.0.113.5", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),
        (None, "198.51.100.7", "unknown"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", None, "2001:db8:1:2::/64"),
    ],
)
def test_limits_count_by_the_reader_s_address(
    app: Flask, asked_from: str | None, forwarded: str | None, counted: str
) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    with app.test_request_context("/", headers=headers, environ_base={"REMOTE_ADDR": asked_from}):
        assert reader_address() == counted
