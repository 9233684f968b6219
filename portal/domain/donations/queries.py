"""Every read of donations, payments, the ledger and the inbox."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, bindparam, case, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload

from portal.db import Prepared, db, table_of
from portal.domain.campaigns.models import CampaignTotal
from portal.domain.donations.models import (
    Checkout,
    Donation,
    DonationState,
    EventState,
    LedgerEntry,
    LedgerKind,
    Payment,
    PaymentCase,
    ProviderEvent,
    Receipt,
)

NAMES_ON_A_PAGE = 40

_donation, _checkout = table_of(Donation), table_of(Checkout)
# Made once, for the webhook and for pages: to put such a statement together takes longer than to run it.
_settling = select(
    _checkout.c.id,
    _checkout.c.attempt,
    _checkout.c.session_id,
    _checkout.c.gift_minor,
    _checkout.c.card_costs_minor,
    _donation.c.id.label("donation_id"),
    _donation.c.attempt.label("latest_attempt"),
    _donation.c.state,
    _donation.c.campaign_id,
    _donation.c.currency,
    _donation.c.livemode,
    _donation.c.language,
).join(_donation, _checkout.c.donation_id == _donation.c.id)
_settling_by_session = Prepared(
    lambda _: _settling.where(_checkout.c.session_id == bindparam("session_id")).with_for_update(of=_donation)
)
_settling_by_reference = Prepared(
    lambda _: _settling.where(
        _donation.c.public_id == bindparam("public_id"),
        _checkout.c.attempt == bindparam("attempt"),
        _checkout.c.session_id.is_(None),
    ).with_for_update(of=_donation)
)
_shown = (
    select(_donation.c.name)
    .where(
        _donation.c.campaign_id == bindparam("campaign_id"),
        _donation.c.livemode == bindparam("livemode"),
        _donation.c.show_name.is_(True),
        _donation.c.state == DonationState.PAID,
    )
    .order_by(_donation.c.paid_at.desc(), _donation.c.id.desc())
    .limit(NAMES_ON_A_PAGE)
)


def find_donation(public_id: str) -> Donation | None:
    """Give the donation of this public id."""
    return db.session.scalar(select(Donation).where(Donation.public_id == public_id))


def find_donation_by_number(number: int, livemode: bool) -> Donation | None:
    """Give the donation of this number in its series."""
    return db.session.scalar(
        select(Donation).where(Donation.number == number, Donation.livemode.is_(livemode))
    )


def get_donation(donation_id: int) -> Donation:
    """Give the donation of this id; raises NoResultFound."""
    return db.session.scalars(select(Donation).where(Donation.id == donation_id)).one()


def get_checkout(donation_id: int, attempt: int) -> Checkout:
    """Give a donation's checkout of this attempt; raises NoResultFound."""
    wanted = select(Checkout).where(Checkout.donation_id == donation_id, Checkout.attempt == attempt)
    return db.session.scalars(wanted).one()


def find_checkout_to_settle(session_id: str, public_id: str, attempt: int) -> SimpleNamespace | None:
    """Give a checkout with what its donation says, its donation locked until the transaction ends.

    Found by its session; or, when the session was never saved because a process died, by what we wrote on it.
    """
    found: SimpleNamespace | None = _settling_by_session.first(session_id=session_id)
    return found or _settling_by_reference.first(public_id=public_id, attempt=attempt)


def is_wanted(donation_id: int, attempt: int) -> bool:
    """Tell whether a donation may still be paid through this attempt: the latest one, and no money on its way."""
    wanted = select(_donation.c.id).where(
        _donation.c.id == donation_id,
        _donation.c.attempt == attempt,
        _donation.c.state.in_([DonationState.STARTED, DonationState.OPEN]),
    )
    return db.session.scalar(wanted) is not None


def list_open_checkouts(donation_id: int, before_attempt: int) -> list[str]:
    """Give the sessions of a donation's earlier attempts that may still be paid."""
    open_ones = select(_checkout.c.session_id).where(
        _checkout.c.donation_id == donation_id,
        _checkout.c.attempt < before_attempt,
        _checkout.c.closed.is_(False),
        _checkout.c.session_id.is_not(None),
    )
    return [str(session_id) for session_id in db.session.scalars(open_ones)]


def list_checkouts_to_ask(moment: datetime | None, limit: int, after_id: int = 0) -> list[Checkout]:
    """Give checkouts that the provider may know more of, those due by `moment`, or all of them when it is None."""
    unsettled = select(Checkout).where(Checkout.closed.is_(False), Checkout.id > after_id)
    if moment is not None:
        unsettled = unsettled.where(Checkout.next_check_at <= moment)
    return list(db.session.scalars(unsettled.order_by(Checkout.id).limit(limit)))


def list_payments_without_fee(moment: datetime | None, limit: int, after_id: int = 0) -> list[Payment]:
    """Give payments whose fee is not known yet, those due by `moment`, or all of them when it is None."""
    unknown = select(Payment).where(Payment.fee_minor.is_(None), Payment.id > after_id)
    if moment is not None:
        unknown = unknown.where(Payment.next_fee_try_at <= moment)
    return list(db.session.scalars(unknown.order_by(Payment.id).limit(limit)))


def get_payment(payment_id: int) -> Payment:
    """Give the payment of this id; raises NoResultFound."""
    return db.session.scalars(select(Payment).where(Payment.id == payment_id)).one()


def list_failed_events(moment: datetime | None, limit: int, after_id: int = 0) -> list[ProviderEvent]:
    """Give the events that were stored but not applied, those due by `moment`, or all when it is None."""
    unapplied = ProviderEvent.state.in_([EventState.RECEIVED, EventState.FAILED])
    stuck = select(ProviderEvent).where(unapplied, ProviderEvent.id > after_id)
    if moment is not None:
        stuck = stuck.where(ProviderEvent.next_try_at <= moment)
    return list(db.session.scalars(stuck.order_by(ProviderEvent.id).limit(limit)))


def get_receipt(donation_id: int) -> Receipt:
    """Give the receipt of a paid donation; raises NoResultFound."""
    return db.session.scalars(select(Receipt).where(Receipt.donation_id == donation_id)).one()


def get_payment_of(donation_id: int) -> Payment:
    """Give the payment that made a donation paid; raises NoResultFound."""
    first = select(Payment).where(Payment.donation_id == donation_id).order_by(Payment.id).limit(1)
    return db.session.scalars(first).one()


def names_shown(campaign_id: int, livemode: bool) -> list[str]:
    """Give the names that givers chose to show on a campaign's page, latest first."""
    return list(db.session.scalars(_shown, {"campaign_id": campaign_id, "livemode": livemode}))


def list_totals_apart_from_ledger() -> list[Row[Any]]:
    """Give every campaign total that is not the sum of its ledger entries, both figures of each in minor units."""
    entry, total = table_of(LedgerEntry), table_of(CampaignTotal)
    nothing = literal(0)
    kept = select(
        *_money_key(total),
        total.c.received_minor.label("total_received"),
        nothing.label("ledger_received"),
        total.c.fees_minor.label("total_fees"),
        nothing.label("ledger_fees"),
    )
    entered = select(
        *_money_key(entry),
        nothing,
        case((entry.c.kind == LedgerKind.PAYMENT, entry.c.amount_minor), else_=0),
        nothing,
        case((entry.c.kind == LedgerKind.FEE, -entry.c.amount_minor), else_=0),
    )
    both = union_all(kept, entered).subquery()
    sums = [func.sum(both.c[name]).label(name) for name in ("total_received", "ledger_received")]
    fees = [func.sum(both.c[name]).label(name) for name in ("total_fees", "ledger_fees")]
    grouped = select(*_money_key(both), *sums, *fees).group_by(*_money_key(both))
    return list(db.session.execute(grouped.having(or_(sums[0] != sums[1], fees[0] != fees[1]))))


def _money_key(table: FromClause) -> tuple[ColumnElement[Any], ...]:
    return table.c.campaign_id, table.c.livemode, table.c.currency


def list_payments_to_look_at() -> list[Payment]:
    """Give the payments that are not what their donation asked for: double, or another amount or currency."""
    odd = select(Payment).where(Payment.case != PaymentCase.EXPECTED).order_by(Payment.id)
    return list(db.session.scalars(odd.options(joinedload(Payment.donation))))
