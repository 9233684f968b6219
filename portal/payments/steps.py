"""Giving, step by step: each step commits before the network is asked, and again after it has answered.

No network call happens inside a write transaction, and a process that dies between two steps leaves a row that
says how far it came; the worker goes on from there. Views, the webhook and the worker all come through here.
"""

from flask import current_app

from portal.clock import now
from portal.db import db, writing
from portal.domain.donations import queries, service
from portal.domain.donations.gateway import CheckoutRequest, PaymentGateway
from portal.domain.donations.models import Checkout, Donation, DonationState
from portal.domain.donations.rules import Choices

# While a donation stands here, the provider may know more than we do.
WORTH_ASKING = frozenset({DonationState.STARTED, DonationState.OPEN, DonationState.PROCESSING})


def give(gateway: PaymentGateway, campaign_id: int, choices: Choices, language: str) -> str:
    """Start a donation and open its payment page; gives the page's address.

    Raises GatewayUnavailable or GatewayRefused, with the donation kept as started.
    """
    livemode = current_app.config["LIVEMODE"]
    donation = service.start_donation(
        campaign_id, choices, livemode=livemode, language=language, moment=now()
    )
    checkout = queries.get_checkout(donation.id, 1)
    db.session.commit()
    return open_checkout(gateway, checkout)


def give_again(gateway: PaymentGateway, donation: Donation, choices: Choices) -> str:
    """Close what is still open of a donation and open a new payment page for it; gives the page's address.

    Raises DonationAlreadyPaid when closing shows that it was paid, and the gateway's errors.
    """
    donation_id = donation.id
    before = donation.attempt + 1
    db.session.rollback()
    _close_checkouts(gateway, donation_id, before)
    checkout = service.try_again(queries.get_donation(donation_id), choices, now())
    db.session.commit()
    attempt = checkout.attempt
    _close_checkouts(gateway, donation_id, attempt)
    if not queries.is_wanted(donation_id, attempt):
        return _return_url(queries.get_donation(donation_id))
    return open_checkout(gateway, queries.get_checkout(donation_id, attempt))


def _close_checkouts(gateway: PaymentGateway, donation_id: int, before_attempt: int) -> None:
    sessions = queries.list_open_checkouts(donation_id, before_attempt)
    db.session.rollback()
    for session_id in sessions:
        close(gateway, session_id)


def open_checkout(gateway: PaymentGateway, checkout: Checkout) -> str:
    """Open the payment page that a checkout's row stands for, or find it again; gives its address.

    A page that nobody wants any more, because another tab has opened a later one or paid meanwhile, is closed at
    once, and the return page's address given instead: one gift never has two pages that can be paid.
    """
    request, donation_id = checkout_request(checkout), checkout.donation_id
    db.session.rollback()
    seen = gateway.open_checkout(request)
    service.apply_checkout(seen, now())
    wanted = queries.is_wanted(donation_id, request.attempt)
    db.session.commit()
    if wanted and seen.url:
        return seen.url
    close(gateway, seen.session_id)
    return request.return_url


def close(gateway: PaymentGateway, session_id: str) -> None:
    """Close a payment page, and bring its donation to how it stood then."""
    seen = gateway.close_checkout(session_id)
    service.apply_checkout(seen, now())
    db.session.commit()


def checkout_request(checkout: Checkout) -> CheckoutRequest:
    """Say what to ask the provider for; the same to the letter whenever the same row is asked for.

    The key holds the public id: a row's number would come up again in another database with the same account.
    """
    donation = checkout.donation
    return CheckoutRequest(
        key=f"donation:{donation.public_id}:checkout:{checkout.attempt}",
        donation_public_id=donation.public_id,
        donation_number=donation.number,
        attempt=checkout.attempt,
        gift=checkout.gift,
        card_costs=checkout.card_costs,
        return_url=_return_url(donation),
        expires_at=checkout.expires_at,
        language=donation.language,
    )


def _return_url(donation: Donation) -> str:
    return f"{current_app.config['PUBLIC_URL']}{donation.return_path}"


def settle(gateway: PaymentGateway, session_id: str) -> DonationState:
    """Ask the provider how a checkout stands and bring its donation there."""
    seen = gateway.get_checkout(session_id)
    with writing():
        state = service.apply_checkout(seen, now())
        db.session.commit()
    return state
