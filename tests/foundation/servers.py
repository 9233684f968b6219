"""Servers within a test: the portal on a free port, and a mailbox that speaks SMTP."""

import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

LOWEST_PORT, PORTS = 20_000, 12_000


def free_port() -> int:
    """Give a port of this computer that nothing listens on.

    None of those that a system gives to whoever connects somewhere: such a one could be taken before it is used.
    """
    while True:
        port = LOWEST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: Any) -> None:
        pass


@contextmanager
def serving(app: Flask, port: int) -> Iterator[str]:
    """Serve an app by threads of this process; gives its address."""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Mailbox:
    """A mail server that keeps what it is sent; `refusal` makes it answer so instead."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refusal: str | None = None
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take one mail, as aiosmtpd asks for it."""
        if self.refusal:
            return self.refusal
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.recipients.extend(envelope.rcpt_tos)
        return "250 taken"

    @contextmanager
    def running(self) -> Iterator["Mailbox"]:
        """Listen while the context lasts."""
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()
