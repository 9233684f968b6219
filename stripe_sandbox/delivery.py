"""Delivering events to webhook endpoints, as Stripe does: signed, at least once, in no promised order, tried again
with growing pauses (Stripe: webhooks).

What is due is read from the queue table. A delivery counts as done only after its answer was written down, so one
that a kill interrupts is simply still due at the next start.
"""

import http.client
import logging
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import stripe

from stripe_sandbox import events, payments
from stripe_sandbox.store import Store, Transaction

log = logging.getLogger(__name__)

TIMEOUT = 10.0
TICK = 1.0
WORKERS = 4
PAUSES = (1, 3, 10, 30, 60, 120, 300, 600, 1800, 3600)
MOST_ATTEMPTS = 80


@dataclass(frozen=True)
class Parcel:
    """One delivery, ready to be sent."""

    delivery: int
    url: str
    secret: str
    body: str


@dataclass(frozen=True)
class Receipt:
    """How a try ended: the status, or the error when there was none."""

    status: int | None
    error: str | None
    milliseconds: int

    @property
    def good(self) -> bool:
        """Stripe counts any 2xx as received."""
        return self.status is not None and 200 <= self.status < 300


class DeliveryThread(threading.Thread):
    """Delivers what is due, and lets sessions expire by the clock, until ``stop`` is called."""

    def __init__(self, store: Store, tick: float = TICK) -> None:
        super().__init__(name="deliveries", daemon=True)
        self._store = store
        self._tick = tick
        self._stopping = threading.Event()
        self._busy: set[int] = set()
        self._busy_lock = threading.Lock()

    def run(self) -> None:
        """Look at the queue after every change, when something falls due, and at every tick."""
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="delivery") as pool:
            while not self._stopping.is_set():
                self._store.wake.clear()
                try:
                    pause = self._round(pool)
                except Exception:
                    log.exception("the delivery thread goes on after an error")
                    pause = self._tick
                self._store.wake.wait(pause)
            pool.shutdown(cancel_futures=True)

    def stop(self) -> None:
        """End the thread; deliveries under way are finished first."""
        self._stopping.set()
        self._store.wake.set()
        self.join()

    def _round(self, pool: ThreadPoolExecutor) -> float:
        """Hand out what is due; returns how long nothing else will be."""
        with self._store.read() as tx:
            sessions_due = bool(payments.due_sessions(tx))
            waiting = tx.sql(
                "SELECT id, due FROM delivery WHERE state = 'pending' ORDER BY due, id LIMIT 200"
            ).fetchall()
            clock = tx.clock
        if sessions_due:
            with self._store.write() as tx:
                payments.expire_due(tx)
        pause = self._tick
        for row in waiting:
            if row["due"] > clock:
                pause = min(pause, row["due"] - clock)
                break
            if self._claim(row["id"]):
                pool.submit(self._deliver, row["id"])
        return pause

    def _claim(self, delivery: int) -> bool:
        """Claims live in memory only: after a kill nothing is claimed."""
        with self._busy_lock:
            if delivery in self._busy:
                return False
            self._busy.add(delivery)
            return True

    def _deliver(self, delivery: int) -> None:
        try:
            with self._store.read() as tx:
                parcel = pack(tx, delivery)
            if parcel:
                receipt = send(parcel)
                with self._store.write() as tx:
                    note(tx, delivery, receipt)
        except Exception:
            log.exception("delivery %s will be tried again", delivery)
            time.sleep(self._tick)
        finally:
            with self._busy_lock:
                self._busy.discard(delivery)
            self._store.wake.set()


def pack(tx: Transaction, delivery: int) -> Parcel | None:
    """Everything a try needs; None when the delivery is no longer due or its endpoint is gone."""
    row = tx.sql("SELECT * FROM delivery WHERE id = ? AND state = 'pending'", delivery).fetchone()
    endpoint = tx.find("webhook_endpoint", row["endpoint"]) if row and row["due"] <= tx.clock else None
    if endpoint is None or endpoint.get("deleted"):
        return None
    secret = tx.private(endpoint["id"])["secret"]
    if row["wrong_secret"]:
        secret = f"whsec_wrong_{secret[::-1]}"
    return Parcel(delivery, endpoint["url"], secret, events.payload(tx, row["event"]))


def send(parcel: Parcel) -> Receipt:
    """Post one parcel with a fresh signature and timestamp (the SDK's own way of signing); never raises for
    what the other side does."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "Stripe-Signature": stripe.WebhookSignature.generate_signature_header(parcel.body, parcel.secret),
    }
    start = time.monotonic()
    status, error = None, None
    try:
        # S310: rules.url and the command line let http and https through only.
        request = urllib.request.Request(parcel.url, parcel.body.encode(), headers, method="POST")  # noqa: S310
        with _opener.open(request, timeout=TIMEOUT) as answer:
            status = answer.status
    except urllib.error.HTTPError as refused:
        status, error = refused.code, f"answered {refused.code}"
        refused.close()
    except (OSError, http.client.HTTPException, ValueError) as failure:
        error = str(getattr(failure, "reason", failure)) or type(failure).__name__
    return Receipt(status, error, round((time.monotonic() - start) * 1000))


def note(tx: Transaction, delivery: int, receipt: Receipt) -> None:
    """Write down how a try ended, and when the next one is due."""
    row = tx.sql("SELECT attempts FROM delivery WHERE id = ?", delivery).fetchone()
    attempts = row["attempts"] + 1
    state = "delivered" if receipt.good else "failed" if attempts >= MOST_ATTEMPTS else "pending"
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    tx.sql(
        "UPDATE delivery SET state = ?, attempts = ?, due = ?, last_status = ?, last_error = ? "
        "WHERE id = ? AND state = 'pending'",
        state, attempts, tx.clock + pause, receipt.status, receipt.error, delivery,
    )  # fmt: skip
    tx.sql(
        "INSERT INTO attempt (delivery, at, status, error, milliseconds) VALUES (?, ?, ?, ?, ?)",
        delivery, tx.clock, receipt.status, receipt.error, receipt.milliseconds,
    )  # fmt: skip


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Stripe does not follow redirects: anything but 2xx is a failure."""

    def redirect_request(self, *_: object) -> None:
        return None


# No proxies: the receiver is on this machine.
_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
