"""The worker: sweeps what is due, again and again; killed at any moment it loses nothing."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import timedelta

from portal.clock import now
from portal.db import db
from portal.domain.donations.errors import GivingNotSetUp
from portal.domain.messages.queries import get_lease_holder
from portal.domain.messages.service import release_lease, take_lease
from portal.emails.outbox import send_due_mails
from portal.payments.stripe_gateway import get_gateway
from portal.payments.sweeps import apply_failed_events, ask_about_open_checkouts, fetch_fees

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0
LEASE = timedelta(minutes=5)

Sweep = Callable[[bool], int]

# In this order, so that one round is enough: news first, then what they cost, then the mails they queued.
SWEEPS: dict[str, Sweep] = {
    "failed-events": lambda everything: apply_failed_events(get_gateway(), everything),
    "open-checkouts": lambda everything: ask_about_open_checkouts(get_gateway(), everything),
    "fees": lambda everything: fetch_fees(get_gateway(), everything),
    "mails": lambda everything: send_due_mails(everything),
}


def sweep_once(everything: bool = False) -> dict[str, int]:
    """Run every sweep once under its lease; gives how much each did. One that fails does not stop the others."""
    holder = f"{socket.gethostname()}:{os.getpid()}"
    return {name: _sweep(name, sweep, holder, everything) for name, sweep in SWEEPS.items()}


def _sweep(name: str, sweep: Sweep, holder: str, everything: bool) -> int:
    taken = _take_lease(name, holder)
    db.session.commit()
    if not taken:
        return 0
    try:
        return sweep(everything)
    except GivingNotSetUp:
        return 0
    except Exception:
        log.exception("the sweep %s failed; it is tried again", name)
        return 0
    finally:
        db.session.rollback()
        release_lease(name, holder, now())
        db.session.commit()


def _take_lease(name: str, holder: str) -> bool:
    """Take a sweep's lease, also from a worker of this machine that was killed while it held it."""
    if take_lease(name, holder, LEASE, now()):
        return True
    other = get_lease_holder(name)
    if not _has_ended(other):
        return False
    log.info("taking over the sweep %s from %s, which has ended", name, other)
    release_lease(name, other, now())
    return take_lease(name, holder, LEASE, now())


def _has_ended(holder: str) -> bool:
    """Tell whether a holder was a process of this machine and runs no more; another machine's lease must run out."""
    host, _, pid = holder.rpartition(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except OSError as error:  # another user's process may not be asked, but it lives
        return isinstance(error, ProcessLookupError)
    return False


def run_until_stopped() -> None:
    """Sweep until SIGTERM or Ctrl-C, finishing what is under way."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.is_set():
        try:
            sweep_once()
        except Exception:
            db.session.rollback()
            log.exception("the worker could not sweep; it tries again")
        stopped.wait(PAUSE_SECONDS)
