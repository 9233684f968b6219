"""A campaign's page as it would be, made of a text that is not saved: nothing is written, kept or given by it."""

from flask import render_template
from markupsafe import Markup

from portal.clock import now
from portal.domain.campaigns.content import LoadedCampaign
from portal.domain.campaigns.models import Campaign, CampaignTranslation
from portal.domain.campaigns.queries import CampaignPage, in_language
from portal.domain.campaigns.revisions import Opened
from portal.domain.campaigns.translations import Entry, stored
from portal.domain.donations.rules import LONGEST_MESSAGE
from portal.domain.events.queries import list_coming_shifts
from portal.domain.people.rules import LONGEST_NAME
from portal.money import Money
from portal.web.pages import MOST_SHIFTS_SHOWN, PARTS
from portal.web.presets import presets


def preview_page(opened: Opened, loaded: LoadedCampaign) -> CampaignPage:
    """Give what the page of this text would be made of; its money stays out, so that the bar shows an empty one."""
    told, columns = loaded.settings.columns(), ("id", "group_id", "slug", "position")
    # Never added to the session: it is nobody's row.
    campaign = Campaign(**{name: getattr(opened.campaign, name) for name in columns} | told)
    unit = opened.campaign.currency
    goal = Money(told["goal_minor"], unit)
    return CampaignPage(campaign, opened.group, loaded.story, goal, Money(0, unit), 0)


def preview_translation(opened: Opened, row: CampaignTranslation) -> CampaignPage:
    """Give what the page of a translation is made of, whether readers find it or not; without its money."""
    unit = opened.campaign.currency
    goal = Money(opened.campaign.goal_minor, unit)
    page = CampaignPage(opened.campaign, opened.group, opened.story, goal, Money(0, unit), 0)
    return in_language(page, opened.text, row)


def preview_sent(opened: Opened, language: str, texts: list[Entry]) -> CampaignPage:
    """Give what the page of these texts of a translation would be made of; without its money."""
    # Never added to the session: it is nobody's row.
    row = CampaignTranslation(campaign_id=opened.campaign.id, language=language, texts=stored(texts))
    return preview_translation(opened, row)


def render_preview(page: CampaignPage, template: str = "desk/campaign_preview.html", **beside: object) -> str:
    """Give the page as HTML, with `beside` for the banner above it; its form to give is switched off."""
    told = {
        "page": page,
        "presets": presets(page.amounts, page.card_fee),
        "longest_name": LONGEST_NAME,
        "longest_message": LONGEST_MESSAGE,
    }
    # Rendered by templates that escape, so they go into the page as they are.
    parts = {name: Markup(render_template(f"campaigns/{name}.html", **told)) for name in PARTS}  # noqa: S704
    parts["fresh_form"] = Markup("<fieldset disabled>{}</fieldset>").format(parts["fresh_form"])
    shifts = list_coming_shifts(now(), page.campaign.id, most=MOST_SHIFTS_SHOWN)
    return render_template(
        template,
        group=page.group,
        form=None,
        refused="",
        shown_names=(),
        shifts=Markup(render_template("campaigns/shifts.html", shifts=shifts)),  # noqa: S704
        **parts,
        **told,
        **beside,
    )
