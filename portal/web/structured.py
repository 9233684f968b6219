"""What machines read of a page: schema.org's words for what the page itself says, and nothing that it does not."""

from typing import Any

from flask import current_app, url_for
from flask_babel import get_locale

from portal.domain.campaigns.models import Group
from portal.domain.campaigns.queries import CampaignPage
from portal.domain.events.models import Event, EventStatus
from portal.web.marks import marked

Data = dict[str, Any]
CONTEXT = "https://schema.org"


def campaign_data(page: CampaignPage) -> Data:
    """Give a campaign as an article of the group, with the text that it is based on.

    That one can give here is said only where real gifts are taken.
    """
    story, credit = page.story, page.story.credit
    url = _address("campaigns.show", slug=page.campaign.slug)
    data: Data = {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": story.title,
        "description": marked(page.group, story.summary),
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": str(get_locale()),
        "image": _address("campaigns.card", slug=page.campaign.slug, v=page.campaign.page_version),
        "publisher": _organization(page.group.name),
    }
    if credit:
        source = {
            "@type": "Article",
            "name": credit.article,
            "author": {"@type": "Person", "name": credit.author},
        }
        data["isBasedOn"] = source | ({"url": str(credit.url)} if credit.url else {})
    if current_app.config["LIVEMODE"]:
        receiver = _organization(page.campaign.receiver)
        data["potentialAction"] = {"@type": "DonateAction", "recipient": receiver, "target": f"{url}#give"}
    return data


def event_data(event: Event, group: Group | None) -> Data | None:
    """Give an event with its place; None for a place that is told later, for one without shifts, and for a demo."""
    if event.place_hidden or event.demo or not event.shifts or group is None:
        return None
    off = event.status == EventStatus.CANCELLED
    place = ", ".join(part for part in (event.exact_place, event.place) if part)
    return {
        "@context": CONTEXT,
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": _address("events.show", event_id=event.id),
        "startDate": min(shift.starts_at for shift in event.shifts).astimezone(event.zone).isoformat(),
        "endDate": max(shift.ends_at for shift in event.shifts).astimezone(event.zone).isoformat(),
        "eventStatus": f"{CONTEXT}/{'EventCancelled' if off else 'EventScheduled'}",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": place, "address": place},
        "organizer": _organization(group.name),
    }


def _organization(name: str) -> Data:
    return {"@type": "Organization", "name": name}


def _address(endpoint: str, **values: Any) -> str:
    return f"{current_app.config['PUBLIC_URL']}{url_for(endpoint, **values)}"
