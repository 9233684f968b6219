"""A gift's way on the web: chosen, paid on the provider's page, seen on return, its receipt by mailed link."""

from threading import BoundedSemaphore

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from portal.blueprints.donations.forms import ButtonForm
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.errors import CampaignEnded, NoSuchCampaign
from portal.domain.campaigns.queries import CampaignPage, find_group, get_campaign_page
from portal.domain.donations import queries, service
from portal.domain.donations.errors import GivingRefused
from portal.domain.donations.gateway import GatewayError
from portal.domain.donations.models import Donation, DonationState
from portal.domain.donations.rules import LONGEST_MESSAGE, may_try_again
from portal.domain.people.rules import LONGEST_NAME
from portal.extensions import csrf
from portal.payments import steps
from portal.payments.stripe_gateway import get_gateway
from portal.web import signed_links
from portal.web.forms import GiveForm, GiveFormWithToken, give_form
from portal.web.limits import Limit, for_everyone, limited
from portal.web.origin import needs_token
from portal.web.pages import render_campaign
from portal.web.presets import presets
from portal.web.refusals import sentence

bp = Blueprint("donations", __name__)
# A provider that hangs must not hold every thread there is: who comes beyond these is told to look again later.
asking = BoundedSemaphore(3)


GIVE_LIMIT = Limit("RATELIMIT_GIVE")
GIVE_LIMITS = (Limit("RATELIMIT_GIVE_OVERALL", for_everyone), GIVE_LIMIT)


@bp.post("/campaigns/<slug>/give")
@csrf.exempt
@limited(*GIVE_LIMITS)
def give(slug: str) -> ResponseReturnValue:
    """Take a gift's choices and go on to the payment page."""
    page = _campaign_page_or_404(slug)
    if page.ended_on is not None:
        return render_campaign(slug, refused=sentence(CampaignEnded()), status=410)
    form = give_form(page, GiveFormWithToken if needs_token() else GiveForm)
    if not form.validate_on_submit():
        return render_campaign(slug, form=form, status=422)
    campaign_id = page.campaign.id
    db.session.rollback()
    try:
        url = steps.give(get_gateway(), campaign_id, form.choices, str(get_locale()))
    except (GivingRefused, GatewayError) as refusal:
        db.session.rollback()
        form.form_errors.append(sentence(refusal))
        return render_campaign(slug, form=form, status=503)
    return redirect(url, 303)


@bp.get("/donations/<public_id>")
@limited(Limit("RATELIMIT_RETURN"), counts=None)
def show(public_id: str) -> ResponseReturnValue:
    """Say how a gift stands, after asking the provider when it may know more."""
    donation = _donation_or_404(public_id)
    reached = _ask_about(donation)
    return _show(_donation_or_404(public_id), reached=reached)


@bp.post("/donations/<public_id>/try-again")
@limited(*GIVE_LIMITS)
def try_again(public_id: str) -> ResponseReturnValue:
    """Open a new payment page for the same gift; never a second charge."""
    donation = _donation_or_404(public_id)
    page = _campaign_page_or_404(donation.campaign.slug)
    if page.ended_on is not None:
        flash(sentence(CampaignEnded()))
        return redirect(url_for("donations.show", public_id=public_id), 303)
    form = give_form(page, GiveFormWithToken)
    if not form.validate_on_submit():
        return _show(donation, form=form, status=422)
    try:
        url = steps.give_again(get_gateway(), donation, form.choices)
    except (GivingRefused, GatewayError) as refusal:
        db.session.rollback()
        flash(sentence(refusal))
        url = url_for("donations.show", public_id=public_id)
    return redirect(url, 303)


@bp.get("/donations/<public_id>/receipt")
def receipt(public_id: str) -> ResponseReturnValue:
    """Show the receipt of a gift, for paper too."""
    donation = signed_links.get_visited_donation(public_id)
    return render_template(
        "donations/receipt.html",
        donation=donation,
        receipt=queries.get_receipt(donation.id),
        payment=queries.get_payment_of(donation.id),
        group=find_group(),
        form=ButtonForm(),
    )


@bp.post("/donations/<public_id>/receipt/withdraw-link")
@limited(GIVE_LIMIT)
def withdraw_link(public_id: str) -> ResponseReturnValue:
    """Make every link mailed so far stop working, and mail a new one."""
    return _renew_link(signed_links.get_visited_donation(public_id))


def _renew_link(donation: Donation) -> ResponseReturnValue:
    target = url_for("donations.show", public_id=donation.public_id)
    service.renew_link(donation, now())
    db.session.commit()
    flash(gettext("A new link is on its way by mail. Links from earlier mails no longer work."))
    return redirect(target, 303)


def _show(
    donation: Donation, *, form: GiveForm | None = None, reached: bool = True, status: int = 200
) -> ResponseReturnValue:
    page = _find_campaign_page(donation.campaign.slug)
    is_open = page is not None and page.ended_on is None
    if form is None and page is not None and is_open and may_try_again(DonationState(donation.state)):
        form = give_form(page, GiveFormWithToken, donation)
    answer = render_template(
        "donations/show.html",
        donation=donation,
        checkout=queries.get_checkout(donation.id, donation.attempt),
        page=page,
        is_open=is_open,
        group=find_group(),
        form=form,
        reached=reached,
        presets=presets(page.amounts, page.card_fee) if page else (),
        longest_name=LONGEST_NAME,
        longest_message=LONGEST_MESSAGE,
    )
    return answer, status


def _ask_about(donation: Donation) -> bool:
    """Ask the provider about a gift that is not settled; False when it does not answer."""
    session_id = queries.get_checkout(donation.id, donation.attempt).session_id
    worth_asking = donation.state in steps.WORTH_ASKING and session_id is not None
    db.session.rollback()
    if not worth_asking or not session_id:
        return True
    if not asking.acquire(blocking=False):
        return False
    try:
        steps.settle(get_gateway().hurried, session_id)
    except (GivingRefused, GatewayError):
        current_app.logger.warning(
            "the provider did not answer about donation %s", donation.number, exc_info=True
        )
        return False
    finally:
        asking.release()
    return True


def _find_campaign_page(slug: str) -> CampaignPage | None:
    try:
        return get_campaign_page(slug, livemode=current_app.config["LIVEMODE"])
    except NoSuchCampaign:
        return None


def _campaign_page_or_404(slug: str) -> CampaignPage:
    page = _find_campaign_page(slug)
    return page if page is not None else abort(404)


def _donation_or_404(public_id: str) -> Donation:
    donation = queries.find_donation(public_id)
    return donation if donation is not None else abort(404)
