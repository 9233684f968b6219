"""What the worker does about money: ask about checkouts that stayed open, fetch fees, apply what failed.

Each sweep is idempotent and commits piece by piece, so that a killed worker loses nothing. `everything` looks
at all that is unsettled, also at what is not due yet.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from portal.clock import now
from portal.db import db
from portal.domain.donations import queries, service
from portal.domain.donations.gateway import GatewayError, GatewayRefused, PaymentGateway
from portal.domain.donations.models import Checkout, Payment, ProviderEvent
from portal.payments import intake, steps

log = logging.getLogger(__name__)
BATCH = 50

Row = TypeVar("Row", Checkout, Payment, ProviderEvent)


def _in_batches(
    find: Callable[[datetime | None, int, int], list[Row]], everything: bool
) -> Iterator[list[Row]]:
    """Give all rows that `find` has, due or everything, a batch at a time in the order of their ids."""
    last_id = 0
    while rows := find(None if everything else now(), BATCH, last_id):
        last_id = rows[-1].id
        yield rows


def ask_about_open_checkouts(gateway: PaymentGateway, everything: bool = False) -> int:
    """Ask the provider about checkouts that are not closed, and bring their donations there; gives how many."""
    asked = 0
    for checkouts in _in_batches(queries.list_checkouts_to_ask, everything):
        ids = [checkout.id for checkout in checkouts]
        db.session.rollback()
        for checkout_id in ids:
            _ask_about(gateway, checkout_id)
        asked += len(ids)
    return asked


def _ask_about(gateway: PaymentGateway, checkout_id: int) -> None:
    checkout = db.session.get_one(Checkout, checkout_id)
    session_id = checkout.session_id
    try:
        if session_id is None:
            # The process died between asking and saving: the same key finds the same payment page, as it was then.
            steps.open_checkout(gateway, checkout)
            checkout = db.session.get_one(Checkout, checkout_id)
            session_id = checkout.session_id
        wanted = queries.is_wanted(checkout.donation_id, checkout.attempt)
        db.session.rollback()
        if session_id and wanted:
            steps.settle(gateway, session_id)
        elif session_id:
            steps.close(gateway, session_id)
    except GatewayRefused as error:
        db.session.rollback()
        log.warning("checkout %s was refused: %s", checkout_id, error)
        if session_id is None:
            service.give_up_checkout(db.session.get_one(Checkout, checkout_id))
    except GatewayError as error:
        db.session.rollback()
        log.warning("checkout %s could not be asked about: %s", checkout_id, error)
    service.ask_checkout_later(db.session.get_one(Checkout, checkout_id), now())
    db.session.commit()


def fetch_fees(gateway: PaymentGateway, everything: bool = False) -> int:
    """Fetch what payments cost, where it is not known yet; gives how many became known."""
    known = 0
    for payments in _in_batches(queries.list_payments_without_fee, everything):
        waiting = [(payment.id, payment.provider_id) for payment in payments]
        db.session.rollback()
        known += sum(_fetch_fee(gateway, payment_id, provider_id) for payment_id, provider_id in waiting)
    return known


def _fetch_fee(gateway: PaymentGateway, payment_id: int, provider_id: str) -> bool:
    try:
        fee = gateway.find_fee(provider_id)
    except GatewayError as error:
        log.warning("the fee of %s could not be fetched: %s", provider_id, error)
        fee = None
    payment = queries.get_payment(payment_id)
    if fee is None:
        service.ask_fee_later(payment, now())
    else:
        service.enter_fee(payment, fee, now())
    db.session.commit()
    return fee is not None


def apply_failed_events(gateway: PaymentGateway, everything: bool = False) -> int:
    """Try stored events again that could not be applied; gives how many went through."""
    applied = 0
    for stuck in _in_batches(queries.list_failed_events, everything):
        waiting = [(event.event_id, event.session_id or "") for event in stuck]
        db.session.rollback()
        applied += sum(intake.apply_again(gateway, event_id, session_id) for event_id, session_id in waiting)
    return applied
