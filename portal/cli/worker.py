"""The worker: sweeps what is due, again and again; killed at any moment it loses nothing."""

import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from portal.clock import now
from portal.db import db
from portal.domain.campaigns import planning
from portal.domain.donations.errors import GivingNotSetUp
from portal.domain.messages.queries import get_lease_holder
from portal.domain.messages.service import release_lease, take_lease
from portal.domain.volunteers import due
from portal.emails.outbox import send_due_mails
from portal.payments.stripe_gateway import get_gateway
from portal.payments.sweeps import apply_failed_events, ask_about_open_checkouts, fetch_fees

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0
BATCH = 50
LEASE = timedelta(minutes=5)

Sweep = Callable[[bool], int]

# In this order, so that one round is enough: news first, then what they cost, then campaigns that are to move,
# places that move on and who is to be told of theirs, then the mails that all of them queued.
SWEEPS: dict[str, Sweep] = {
    "failed-events": lambda everything: apply_failed_events(get_gateway(), everything),
    "open-checkouts": lambda everything: ask_about_open_checkouts(get_gateway(), everything),
    "fees": lambda everything: fetch_fees(get_gateway(), everything),
    "plans": lambda everything: _in_batches(planning.carry_out_due, everything),
    "lapses": lambda everything: _in_batches(due.lapse_due, everything),
    "second-mails": lambda everything: _in_batches(due.ask_again_due, everything),
    "reminders": lambda everything: _in_batches(due.remind_due, everything),
    "thanks": lambda everything: _in_batches(due.thank_due, everything),
    "mails": lambda everything: send_due_mails(everything, _still_sends),
}


def _in_batches(do_due: Callable[[datetime, int], int], everything: bool) -> int:
    """Do what is due, a batch at a time, each committed; one batch or, with `everything`, all. Gives how much."""
    done = 0
    while count := do_due(now(), BATCH):
        db.session.commit()
        done += count
        if not everything:
            break
    return done


def _still_sends() -> bool:
    """Keep the lease of the mails for one more; False when another worker has it."""
    return take_lease("mails", holder(), LEASE, now())


def sweep_once(everything: bool = False) -> dict[str, int]:
    """Run every sweep once under its lease; gives how much each did. One that fails does not stop the others."""
    return {name: _sweep(name, sweep, everything) for name, sweep in SWEEPS.items()}


class _Mark(threading.local):
    """What tells apart two workers of the same name and number: threads, or containers that think alike."""

    def __init__(self) -> None:
        self.text = secrets.token_hex(3)


_mark = _Mark()


def holder() -> str:
    """Give the name under which this worker holds leases: machine, process, and a mark of its own."""
    return f"{socket.gethostname()}:{os.getpid()}:{_mark.text}"


def _sweep(name: str, sweep: Sweep, everything: bool) -> int:
    taken = _take_lease(name)
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
        release_lease(name, holder(), now())
        db.session.commit()


def _take_lease(name: str) -> bool:
    """Take a sweep's lease, also from a worker of this machine that was killed while it held it."""
    if take_lease(name, holder(), LEASE, now()):
        return True
    other = get_lease_holder(name)
    if not _has_ended(other):
        return False
    log.info("taking over the sweep %s from %s, which has ended", name, other)
    release_lease(name, other, now())
    return take_lease(name, holder(), LEASE, now())


def _has_ended(other: str) -> bool:
    """Tell whether a holder was a process of this machine and runs no more; another machine's lease must run out."""
    host, pid, *_mark = (*other.split(":"), "")
    if host != socket.gethostname() or not pid.isdigit():
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
