"""Changes to donations: started, tried again, settled by what the provider says; each flushes, none commits."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, update

from portal.db import Prepared, db, table_of
from portal.domain.audit.service import note
from portal.domain.campaigns.service import touch_page
from portal.domain.donations import books, queries
from portal.domain.donations.errors import (
    DonationAlreadyPaid,
    DonationStillProcessing,
    DonationUnknown,
    OtherLivemode,
)
from portal.domain.donations.gateway import CheckoutSeen, FeeSeen
from portal.domain.donations.models import (
    Checkout,
    Donation,
    DonationState,
    LedgerKind,
    Payment,
    PaymentCase,
)
from portal.domain.donations.rules import (
    CHECKOUT_LIFETIME,
    Choices,
    Observed,
    judge_payment,
    may_try_again,
    next_state,
    wait_before_check,
)
from portal.domain.messages.service import queue_mail
from portal.domain.people.rules import is_storable_email
from portal.domain.people.service import remember_person
from portal.money import Money

CLOSED_BY = frozenset({Observed.PAID, Observed.FAILED, Observed.EXPIRED})

_donation, _checkout = table_of(Donation), table_of(Checkout)
# Which columns they change is told when they are run.
_change_donation = Prepared(lambda _: update(_donation).where(_donation.c.id == bindparam("of")))
_change_checkout = Prepared(lambda _: update(_checkout).where(_checkout.c.id == bindparam("of")))


def start_donation(
    campaign_id: int, choices: Choices, *, livemode: bool, language: str, moment: datetime
) -> Donation:
    """Note an intended gift and its first checkout, before the provider is asked for anything."""
    donation = Donation(
        public_id=secrets.token_urlsafe(16),
        number=books.take_number("donation-live" if livemode else "donation-test"),
        livemode=livemode,
        language=language,
        campaign_id=campaign_id,
        link_nonce=secrets.token_urlsafe(8),
        currency=choices.gift.currency,
        created_at=moment,
    )
    _take_choices(donation, choices)
    db.session.add(donation)
    db.session.flush()
    _add_checkout(donation, attempt=1, moment=moment)
    return donation


def try_again(donation: Donation, choices: Choices, moment: datetime) -> Checkout:
    """Note a new attempt to pay the same donation, with what was chosen this time.

    Raises DonationAlreadyPaid or DonationStillProcessing: never a second charge.
    """
    db.session.refresh(donation, with_for_update=True)
    if not may_try_again(DonationState(donation.state)):
        if donation.state == DonationState.PAID:
            raise DonationAlreadyPaid
        raise DonationStillProcessing
    donation.attempt += 1
    donation.state = DonationState.STARTED
    _take_choices(donation, choices)
    return _add_checkout(donation, donation.attempt, moment)


def _take_choices(donation: Donation, choices: Choices) -> None:
    donation.gift_minor = choices.gift.minor
    donation.card_costs_minor = choices.card_costs.minor
    donation.show_name, donation.name, donation.message = choices.show_name, choices.name, choices.message


def _add_checkout(donation: Donation, attempt: int, moment: datetime) -> Checkout:
    checkout = Checkout(
        donation_id=donation.id,
        attempt=attempt,
        gift_minor=donation.gift_minor,
        card_costs_minor=donation.card_costs_minor,
        next_check_at=moment + wait_before_check(0),
        created_at=moment,
        # The same second whenever this attempt is asked for again: it is part of the request that the key stands for.
        expires_at=(moment + CHECKOUT_LIFETIME).replace(microsecond=0),
    )
    db.session.add(checkout)
    db.session.flush()
    return checkout


def apply_checkout(seen: CheckoutSeen, moment: datetime) -> DonationState:
    """Bring a donation to what the provider says of one of its checkouts; doing it again changes nothing.

    Safe when the webhook, the return page and the worker do it at once: the donation's row is locked, and a
    payment is entered under its own id. Raises DonationUnknown when no donation here has that checkout.
    """
    found = queries.find_checkout_to_settle(seen.session_id, seen.donation_public_id, seen.attempt)
    if found is None:
        raise DonationUnknown(seen.session_id)
    if found.livemode is not seen.livemode:
        raise OtherLivemode(seen.livemode)
    before = DonationState(found.state)
    after = next_state(before, seen.observed, found.attempt == found.latest_attempt)
    _note_checkout(found, seen)
    if seen.observed is Observed.PAID:
        _enter_payment(found, seen, moment)
    elif after is not before:
        _enter_state(found, seen, after, moment)
    return after


def _enter_state(found: SimpleNamespace, seen: CheckoutSeen, after: DonationState, moment: datetime) -> None:
    """Enter a state without money; who waited for a bank that then did not send it is told."""
    changes: dict[str, Any] = {"state": after}
    if is_storable_email(seen.email) and after in (DonationState.PROCESSING, DonationState.FAILED):
        changes["person_id"] = remember_person(seen.email, found.language)
        if after is DonationState.FAILED:
            key = f"not_arrived:donation:{found.donation_id}:{found.attempt}"
            queue_mail("not_arrived", key, changes["person_id"], {"donation_id": found.donation_id}, moment)
    _update_donation(found.donation_id, **changes)


def _note_checkout(found: SimpleNamespace, seen: CheckoutSeen) -> None:
    changes: dict[str, Any] = {}
    if seen.observed in CLOSED_BY:
        changes["closed"] = True
    if found.session_id is None:
        changes.update(session_id=seen.session_id, url=seen.url)
    if changes:
        _change_checkout.run(of=found.id, **changes)


def _update_donation(donation_id: int, **changes: Any) -> None:
    _change_donation.run(of=donation_id, **changes)


def _enter_payment(found: SimpleNamespace, seen: CheckoutSeen, moment: datetime) -> None:
    """Enter money that moved: payment, ledger, total, receipt and thank-you; nothing of it twice."""
    asked = Money(found.gift_minor + found.card_costs_minor, found.currency)
    if seen.moved is None or seen.payment_id is None:
        raise ValueError(f"a paid checkout without a payment: {seen.session_id}")
    case = judge_payment(asked, seen.moved, found.state == DonationState.PAID)
    paid_at = seen.paid_at or moment
    payment_id = books.insert_payment(found, seen, case, paid_at)
    if payment_id is None:
        return
    # Money that moved twice for one gift is money twice, and one gift.
    gifts = 0 if case is PaymentCase.DOUBLE else 1
    books.enter_in_ledger(LedgerKind.PAYMENT, seen.payment_id, found, payment_id, seen.moved, moment, gifts)
    changes: dict[str, Any] = {"state": DonationState.PAID}
    if case is not PaymentCase.DOUBLE:
        # Of several attempts the one that was paid is what was given.
        changes |= {
            "gift_minor": found.gift_minor,
            "card_costs_minor": found.card_costs_minor,
            "paid_at": paid_at,
        }
        if is_storable_email(seen.email):
            changes["person_id"] = remember_person(seen.email, found.language)
    _update_donation(found.donation_id, **changes)
    if case is PaymentCase.DOUBLE:
        return
    books.issue_receipt(found.donation_id, found.livemode, moment)
    if "person_id" in changes:
        key = f"thank_you:donation:{found.donation_id}"
        queue_mail("thank_you", key, changes["person_id"], {"donation_id": found.donation_id}, moment)


def enter_fee(payment: Payment, seen: FeeSeen, moment: datetime) -> None:
    """Enter what a payment cost and what is left of it; a second time changes nothing."""
    table = table_of(Payment)
    entered = db.session.execute(
        update(table)
        .where(table.c.id == payment.id, table.c.fee_minor.is_(None))
        .values(fee_minor=seen.fee.minor, net_minor=seen.net.minor)
    )
    if not entered.rowcount or not seen.fee.minor:  # type: ignore[attr-defined]
        return
    fee = Money(-seen.fee.minor, seen.fee.currency)
    books.enter_in_ledger(LedgerKind.FEE, payment.provider_id, payment.donation, payment.id, fee, moment)


def ask_fee_later(payment: Payment, moment: datetime) -> None:
    """Note that the provider does not know the fee yet."""
    payment.next_fee_try_at = moment + wait_before_check(2)
    db.session.flush()


def ask_checkout_later(checkout: Checkout, moment: datetime) -> None:
    """Note that a checkout was asked about and is still not settled."""
    checkout.checks += 1
    checkout.next_check_at = moment + wait_before_check(checkout.checks)
    db.session.flush()


def give_up_checkout(checkout: Checkout) -> None:
    """Close a checkout that the provider never opened and will not open any more."""
    donation = checkout.donation
    checkout.closed = True
    is_latest = checkout.attempt == donation.attempt
    donation.state = next_state(DonationState(donation.state), Observed.EXPIRED, is_latest)
    db.session.flush()


def hide_name(donation: Donation) -> None:
    """Take a giver's name off the campaign's page; it is not kept either."""
    donation.show_name, donation.name = False, ""
    db.session.flush()
    touch_page(donation.campaign_id)


def renew_link(donation: Donation, moment: datetime) -> None:
    """Withdraw every link mailed for a donation so far, and queue a mail with a new one."""
    donation.link_nonce = secrets.token_urlsafe(8)
    db.session.flush()
    if donation.person_id is not None:
        key = f"receipt_link:donation:{donation.id}:{donation.link_nonce}"
        queue_mail("receipt_link", key, donation.person_id, {"donation_id": donation.id}, moment)


def note_export(by: int, looked_for: Mapping[str, str], *, livemode: bool, moment: datetime) -> None:
    """Note that somebody took a file of gifts, and which; what was typed in the search is only told to be there."""
    told = {name: value for name, value in looked_for.items() if name != "q"}
    searched = bool(looked_for.get("q"))
    note(by, "gifts.exported", "", moment, after={**told, "searched": searched, "livemode": livemode})
