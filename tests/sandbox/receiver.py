"""A small webhook receiver for the tests: takes deliveries over HTTP, checks each signature, answers as told."""

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import stripe

SECRET = "whsec_receiver"  # noqa: S105 - known to both test servers only


@dataclass(frozen=True)
class Arrival:
    """One delivery as it came in; ``genuine`` says whether the signature was right and fresh."""

    event: dict[str, Any]
    genuine: bool
    signature: str
    at: float


@dataclass
class Receiver:
    """Where deliveries arrive. ``statuses`` are the next answers; 200 when there are none left."""

    url: str
    arrivals: list[Arrival] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def types(self) -> list[str]:
        """The kinds of event that arrived, sorted."""
        return sorted(arrival.event["type"] for arrival in self.arrivals)

    def wait_for(self, enough: Callable[["Receiver"], bool], seconds: float = 10) -> None:
        """Wait until enough has arrived; AssertionError with what did arrive when it takes too long."""
        end = time.monotonic() + seconds
        while not enough(self):
            if time.monotonic() > end:
                raise AssertionError(f"only {self.types()} arrived")
            time.sleep(0.01)


@contextmanager
def running_receiver(port: int = 0) -> Iterator[Receiver]:
    """Receive on a free port (or a given one) of this machine until the block is left."""
    receiver = Receiver("")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            signature = self.headers["Stripe-Signature"]
            status = receiver.statuses.pop(0) if receiver.statuses else 200
            receiver.arrivals.append(
                Arrival(json.loads(body), _is_genuine(body.decode(), signature), signature, time.time())
            )
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Tests do not need a line per request."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _is_genuine(body: str, signature: str) -> bool:
    try:
        return bool(stripe.WebhookSignature.verify_header(body, signature, SECRET, tolerance=300))
    except stripe.SignatureVerificationError:
        return False
