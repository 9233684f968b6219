"""``python -m stripe_sandbox``: run the stand-in on this machine."""

import argparse
import errno
import logging
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from stripe_sandbox import KEY_MARK, endpoints
from stripe_sandbox.app import create_app, store_of
from stripe_sandbox.delivery import DeliveryThread
from stripe_sandbox.errors import ApiError
from stripe_sandbox.rules import url

HOST = "127.0.0.1"


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; returns the exit status."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("werkzeug").setLevel(logging.INFO if options.verbose else logging.WARNING)
    try:
        listener = _listen(options.port)
    except OSError as error:
        sys.stderr.write(_why_not(options.port, error))
        return 1
    base_url = f"http://{HOST}:{listener.getsockname()[1]}"
    app = create_app(options.data, base_url=base_url)
    if options.webhook:
        with store_of(app).write() as tx:
            endpoints.ensure(tx, options.webhook, options.webhook_secret)
    _serve(app, make_server(HOST, 0, app, threaded=True, fd=listener.fileno()))
    listener.close()
    return 0


def _serve(app: Flask, server: BaseWSGIServer) -> None:
    deliveries = DeliveryThread(store_of(app))
    deliveries.start()
    _stop_on_signals(server)
    base_url = app.config["BASE_URL"]
    sys.stderr.write(f"Stand-in for Stripe ready at {base_url} (control panel {base_url}/_sandbox/)\n")
    sys.stderr.flush()
    server.serve_forever()
    deliveries.stop()
    server.server_close()
    store_of(app).close()


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m stripe_sandbox",
        description="A local substitute for Stripe, for development and the demo. No real money moves. "
        f"It takes API keys that start with {KEY_MARK}.",
    )
    parser.add_argument(
        "--port", type=_port, required=True, help="the port on 127.0.0.1 (0 for any free one)"
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder for its database")
    parser.add_argument("--webhook", metavar="URL", type=_address, help="deliver every event to this address")
    parser.add_argument("--webhook-secret", metavar="whsec_…", help="sign those deliveries with this secret")
    parser.add_argument("--verbose", action="store_true", help="log every request")
    options = parser.parse_args(arguments)
    if bool(options.webhook) != bool(options.webhook_secret):
        parser.error("--webhook and --webhook-secret belong together")
    return options


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise ValueError
    return port


def _address(text: str) -> str:
    try:
        return str(url(text, "--webhook"))
    except ApiError as error:
        raise argparse.ArgumentTypeError(error.message) from error


def _listen(port: int) -> socket.socket:
    """The listening socket; raises OSError when the port cannot be had."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _why_not(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is already in use; choose another with --port.\n"
    return f"Port {port} cannot be used ({error.strerror}); choose another with --port.\n"


def _stop_on_signals(server: BaseWSGIServer) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        # shutdown() waits for the serving loop, which this handler interrupts: it needs a thread of its own.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


if __name__ == "__main__":
    sys.exit(main())
