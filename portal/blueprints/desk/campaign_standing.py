"""Where a campaign stands, as a page: what it lacks, its plans, address and history, and the buttons that move it."""

from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.desk.campaign_editor import only_reading, opened_or_404, today_of
from portal.blueprints.desk.campaign_forms import AddressForm, ButtonForm, PlanForm
from portal.domain.campaigns import planning, revisions
from portal.domain.campaigns.addresses import LONGEST_ADDRESS
from portal.domain.campaigns.drafting.queries import find_article_of
from portal.domain.campaigns.errors import CampaignRefused, EditedMeanwhile, NoSuchRevision
from portal.domain.campaigns.models import CampaignStatus
from portal.domain.campaigns.revisions import Opened
from portal.web.campaign_words import missing_in_words
from portal.web.refusals import sentence


def show_campaign(
    opened: Opened,
    refused: str = "",
    status: int = 200,
    *,
    plan_form: PlanForm | None = None,
    address_form: AddressForm | None = None,
) -> ResponseReturnValue:
    """Answer with a campaign's page on the desk."""
    zone = ZoneInfo(opened.group.timezone)
    plans = planning.list_plans(opened.campaign.id, zone)
    missing = opened.missing(today_of(opened))
    words = render_template(
        "desk/campaign.html",
        group=opened.group,
        opened=opened,
        missing=missing_in_words(missing),
        missing_in_words=missing_in_words,
        made=revisions.list_revisions(opened.campaign.id),
        article_id=find_article_of(opened.campaign.id),
        states=CampaignStatus,
        refused=refused,
        form=ButtonForm(),
        plans=plans,
        plan_form=plan_form or PlanForm(zone, plans),
        address_form=address_form or AddressForm(data={"address": opened.campaign.slug}),
        longest_address=LONGEST_ADDRESS,
    )
    return words, status


def show_entries(
    campaign_id: int, *, plan_form: PlanForm | None = None, address_form: AddressForm | None = None
) -> ResponseReturnValue:
    """Show what was typed for a plan or an address, and what is wrong with it."""
    with only_reading():
        opened = opened_or_404(campaign_id)
        return show_campaign(opened, status=422, plan_form=plan_form, address_form=address_form)


def show_unmoved(campaign_id: int, refusal: CampaignRefused) -> ResponseReturnValue:
    """Show where a campaign stands after something could not be done with it."""
    if isinstance(refusal, NoSuchRevision):
        abort(404)
    told = sentence(refusal)
    with only_reading():
        status = 409 if isinstance(refusal, EditedMeanwhile) else 422
        return show_campaign(opened_or_404(campaign_id), told, status)


def moved(campaign_id: int, words: str) -> ResponseReturnValue:
    """Go on to where a campaign stands now, and say what was done."""
    flash(words)
    return redirect(url_for("desk_campaigns.show", campaign_id=campaign_id), 303)
