"""The campaigns as readers see them."""

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from portal.domain.campaigns.errors import NoSuchOrganization
from portal.domain.campaigns.organizations import get_organization, get_partner
from portal.domain.campaigns.picture_files import find_file
from portal.domain.campaigns.queries import find_group, list_campaigns
from portal.web.filters import A_YEAR
from portal.web.pages import render_campaign

bp = Blueprint("campaigns", __name__)


@bp.get("/campaigns")
def index() -> ResponseReturnValue:
    """List the campaigns that are open."""
    campaigns = list_campaigns(livemode=current_app.config["LIVEMODE"])
    return render_template("campaigns/index.html", group=find_group(), campaigns=campaigns)


@bp.get("/pictures/<file_name>")
def picture(file_name: str) -> ResponseReturnValue:
    """Give a picture's file, which never changes: another one has another digest."""
    path = find_file(current_app.config["LANTERN_DATA"], file_name) or abort(404)
    response = current_app.response_class(path.read_bytes(), mimetype="image/webp")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@bp.get("/campaigns/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """Show a campaign's page, with its panel to give."""
    return render_campaign(slug)


@bp.get("/organizations/<slug>")
def organization(slug: str) -> ResponseReturnValue:
    """Say what the campaigns' articles tell of an organization, and that nothing given here goes to it."""
    try:
        named = get_organization(slug)
    except NoSuchOrganization:
        abort(404)
    return render_template("campaigns/organization.html", group=find_group(), named=named)


@bp.get("/partners/<slug>")
def partner(slug: str) -> ResponseReturnValue:
    """Say with whom the group has an agreement, since when, and who looked them up."""
    group = find_group()
    try:
        agreed = get_partner(group, slug)
    except NoSuchOrganization:
        abort(404)
    campaigns = list_campaigns(livemode=current_app.config["LIVEMODE"])
    named_by = [(one.slug, one.story.title) for one in campaigns if one.slug in agreed.campaigns]
    return render_template("campaigns/partner.html", group=group, partner=agreed, named_by=named_by)
