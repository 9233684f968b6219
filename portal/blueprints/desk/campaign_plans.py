"""What is settled of a campaign beside its words: when it moves by itself, and its address."""

from zoneinfo import ZoneInfo

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.blueprints.desk.campaign_editor import opened_or_404
from portal.blueprints.desk.campaign_forms import AddressForm, PlanForm
from portal.blueprints.desk.campaign_standing import moved, show_entries, show_unmoved
from portal.blueprints.desk.campaigns import bp
from portal.clock import now
from portal.db import db
from portal.domain.campaigns import editing, planning
from portal.domain.campaigns.errors import AddressStays, CampaignRefused
from portal.web.campaign_words import planned_in_words
from portal.web.signed_in import get_user


@bp.post("/<int:campaign_id>/plan")
def plan(campaign_id: int) -> ResponseReturnValue:
    """Plan when a campaign is published and when it ends."""
    opened = opened_or_404(campaign_id)
    form = PlanForm(ZoneInfo(opened.group.timezone))
    if not form.validate():
        return show_entries(campaign_id, plan_form=form)
    try:
        lacking = planning.plan(get_user().person_id, campaign_id, moment=now(), **form.moments)
    except CampaignRefused as refusal:
        form.refuse(refusal)
        return show_entries(campaign_id, plan_form=form)
    db.session.commit()
    return moved(campaign_id, planned_in_words(lacking))


@bp.post("/<int:campaign_id>/plan/take-back")
def take_back_plan(campaign_id: int) -> ResponseReturnValue:
    """Forget what was planned for a campaign."""
    opened_or_404(campaign_id)
    planning.take_back(get_user().person_id, campaign_id, now())
    db.session.commit()
    return moved(campaign_id, gettext("Nothing is planned for this campaign any more."))


@bp.post("/<int:campaign_id>/address")
def choose_address(campaign_id: int) -> ResponseReturnValue:
    """Give a campaign another address, while nobody else has the one it has."""
    opened_or_404(campaign_id)
    form = AddressForm()
    if not form.validate():
        return show_entries(campaign_id, address_form=form)
    try:
        editing.choose_address(get_user().person_id, campaign_id, form.address.data or "", now())
    except AddressStays as refusal:
        return show_unmoved(campaign_id, refusal)
    except CampaignRefused as refusal:
        form.refuse(refusal)
        return show_entries(campaign_id, address_form=form)
    db.session.commit()
    return moved(campaign_id, gettext("This is its address now."))
