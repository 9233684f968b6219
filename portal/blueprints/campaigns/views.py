"""The campaigns as readers see them."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from portal.domain.campaigns.queries import find_group, list_campaigns
from portal.web.pages import render_campaign

bp = Blueprint("campaigns", __name__)


@bp.get("/campaigns")
def index() -> ResponseReturnValue:
    """List the campaigns that are open."""
    campaigns = list_campaigns(livemode=current_app.config["LIVEMODE"])
    return render_template("campaigns/index.html", group=find_group(), campaigns=campaigns)


@bp.get("/campaigns/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """Show a campaign's page, with its panel to give."""
    return render_campaign(slug)
