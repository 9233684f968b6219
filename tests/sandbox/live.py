"""A running stand-in for tests, the portal's too: real HTTP on a free port of this machine, its own database.

with running_stand_in(tmp_path) as stand_in:
    session = stand_in.client().v1.checkout.sessions.create({...})
    stand_in.pay(session.url, "kim@example.org")
    assert stand_in.books()["balance"]["eur"]["gross"] == 2564
"""

import json
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import stripe
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from stripe_sandbox import endpoints
from stripe_sandbox.app import create_app, store_of
from stripe_sandbox.delivery import DeliveryThread
from stripe_sandbox.store import Store
from tests.sandbox.spec import SpecCheck, load_spec

API_KEY = "sk_test_sandbox_0000000000000000"
GOOD_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"
CHALLENGE_CARD = "4000002760003184"
WAIT = 20.0


@dataclass(frozen=True)
class Answer:
    """An HTTP answer, redirects not followed."""

    status: int
    location: str | None
    text: str
    headers: dict[str, str]


@dataclass
class StandIn:
    """The running stand-in and the ways to drive it."""

    base_url: str
    api_key: str = API_KEY
    spec: SpecCheck | None = field(default=None, repr=False)

    def client(self, retries: int = 2) -> stripe.StripeClient:
        """Stripe's unmodified SDK, pointed here."""
        return stripe.StripeClient(
            self.api_key, base_addresses={"api": self.base_url}, max_network_retries=retries
        )

    def books(self) -> dict[str, Any]:
        """All objects and the sums of what was paid; see GET /_sandbox/books.json."""
        books: dict[str, Any] = json.loads(self.get("/_sandbox/books.json").text)
        return books

    def pay(
        self, session_url: str, email: str = "donor@example.org", card: str = GOOD_CARD, **more: str
    ) -> Answer:
        """Fill in and send the hosted form as a browser would: 303 to the success page (or to the bank's
        question), 402 declined, 422 a faulty field. ``more`` sets other fields, such as ``expiry``."""
        page = self.get(session_url)
        if page.status != 200:
            return page
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        entry = {"email": email, "card_number": card, "expiry": "12 / 40", "cvc": "123"}
        return self.post(session_url, {**hidden, **entry, **more})

    def pay_by_debit(self, session_url: str, email: str = "donor@example.org") -> Answer:
        """Press "Pay by delayed bank debit"."""
        return self.pay(session_url, email, "", expiry="", cvc="", method="bank_debit")

    def answer_challenge(self, session_url: str, outcome: str) -> Answer:
        """Answer the bank's question: ``complete`` or ``fail``."""
        return self.post(f"{session_url}/challenge", {"outcome": outcome})

    def deliveries(self, mode: str, late_seconds: float = 5) -> None:
        """Deliver events from now on: normal, twice, late, never or wrong_secret."""
        self._press("/_sandbox/deliveries", {"mode": mode, "late_seconds": str(late_seconds)})

    def resend(self, event_id: str) -> None:
        """Deliver one event once more."""
        self._press(f"/_sandbox/events/{event_id}/resend", {})

    def expire(self, session_id: str) -> None:
        """Expire an open session."""
        self._press(f"/_sandbox/sessions/{session_id}/expire", {})

    def settle_debit(self, session_id: str, outcome: str) -> None:
        """Let a waiting bank debit ``succeed`` or ``fail``."""
        self._press(f"/_sandbox/sessions/{session_id}/debit", {"outcome": outcome})

    def advance(self, seconds: float) -> None:
        """Put the stand-in's clock forward."""
        self._press("/_sandbox/clock", {"advance": str(seconds)})

    def get(self, address: str, headers: dict[str, str] | None = None) -> Answer:
        """GET a path of the stand-in or a full address."""
        return self._send("GET", address, None, headers or {})

    def post(
        self, address: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """POST a form to a path of the stand-in or a full address."""
        return self._send("POST", address, urllib.parse.urlencode(form or {}).encode(), headers or {})

    def _press(self, path: str, form: dict[str, str]) -> None:
        answer = self.post(path, form)
        if answer.status != 303:
            raise AssertionError(f"{path} answered {answer.status}: {answer.text}")

    def _send(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        url = urllib.parse.urljoin(self.base_url, address)
        request = urllib.request.Request(url, body, headers, method=method)
        try:
            with _opener.open(request, timeout=WAIT) as answer:
                return _answer(answer)
        except urllib.error.HTTPError as refused:
            return _answer(refused)


@contextmanager
def running_stand_in(
    data_dir: Path,
    spec_check: bool = True,
    webhook: str | None = None,
    webhook_secret: str = "whsec_test",  # noqa: S107 - signs deliveries between two test servers
    tick: float = 0.2,
) -> Iterator[StandIn]:
    """Run the stand-in over ``data_dir`` until the block is left. ``webhook`` gets every event. With
    ``spec_check`` (and Stripe's description at hand) leaving the block fails on any traffic that breaks it."""
    server = make_server("127.0.0.1", 0, _nothing, threaded=True, request_handler=_Quiet)
    base_url = f"http://127.0.0.1:{server.server_port}"
    app = create_app(data_dir, base_url=base_url)
    store = store_of(app)
    if webhook:
        with store.write() as tx:
            endpoints.ensure(tx, webhook, webhook_secret)
    spec = load_spec() if spec_check else None
    check = SpecCheck(app.wsgi_app, spec) if spec else None
    if check:
        app.wsgi_app = check  # type: ignore[method-assign]
    server.app = app
    with _serving(server, store, tick):
        yield StandIn(base_url, spec=check)
    if check and check.violations:
        raise AssertionError("Not as Stripe's description has it:\n" + "\n".join(check.violations[:20]))


@contextmanager
def _serving(server: BaseWSGIServer, store: Store, tick: float) -> Iterator[None]:
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    serving.start()
    deliveries = DeliveryThread(store, tick=tick)
    deliveries.start()
    try:
        yield
    finally:
        deliveries.stop()
        server.shutdown()
        serving.join()
        server.server_close()
        store.close()


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: Any) -> None:
        """Tests do not need a line per request."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def _answer(answer: Any) -> Answer:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(answer.status, headers.get("location"), answer.read().decode(), headers)


def _nothing(_environ: Any, _start: Any) -> list[bytes]:
    return []
