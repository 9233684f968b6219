"""Rows of the group and its campaigns. Every factory adds and flushes; a test that sends requests commits first."""

from datetime import date, datetime
from itertools import count
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.models import Campaign, CampaignRevision, CampaignStatus, CampaignTotal, Group
from portal.domain.campaigns.story import Story

_numbers = count(1)


def make_group(**facts: Any) -> Group:
    """Add a group, or give the one that there is when no facts are named."""
    known = db.session.query(Group).first()
    if known is not None and not facts:
        return known
    defaults: dict[str, Any] = {
        "name": "Test Circle",
        "town": "Rivermouth",
        "timezone": "Europe/Dublin",
        "contact_email": "circle@example.org",
        "statement_name": "TEST CIRCLE",
        "card_fees": {
            "EUR": {"basis_points": 150, "fixed_minor": 25},
            "KRW": {"basis_points": 290, "fixed_minor": 0},
        },
        "concern_contacts": [
            {"role": "Safeguarding lead", "email": "care@example.org"},
            {"role": "Deputy lead", "email": "deputy@example.org"},
        ],
        "demo": True,
    }
    return _added(Group(**(defaults | facts)))


def make_story(**facts: Any) -> Story:
    """Give a valid story; it is not stored by itself."""
    figure = {
        "id": "hidden",
        "as_written": "between 50,000 and 200,000",
        "shown": "50,000 to 200,000",
        "low": 50_000,
        "high": 200_000,
        "counts": "people in hiding",
        "said_by": None,
        "year": 2018,
        "section": "The way out",
        "last_checked": date(2026, 11, 20),
    }
    credit = {
        "article": "An article",
        "author": "Ada Writer",
        "office": "board member",
        "dated": "about mid-2018",
    }
    defaults: dict[str, Any] = {
        "title": "A story told in tests",
        "summary": "What happened, in two lines.",
        "situation": "Situation as described in 2018",
        "key_figures": [figure],
        "opening_figure": "hidden",
        "drawing": "lights",
        "credit": credit,
        "amounts": (1_000, 2_500, 5_000),
        "usual_amount": 2_500,
        "blocks": [
            {"kind": "html", "html": "<p>Once it was told.</p>"},
            {"kind": "figure", "name": "hidden"},
        ],
    }
    return Story.model_validate(defaults | facts)


def make_campaign(
    *, story: Story | None = None, written_at: datetime | None = None, **facts: Any
) -> Campaign:
    """Add a published campaign with its first revision; `story` gives its words, written now by default."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "slug": f"campaign-{number}",
        "status": CampaignStatus.PUBLISHED,
        "currency": "EUR",
        "goal_minor": 500_000,
        "receiver": "Test Circle",
        "receiver_country": "IE",
        "purpose": "Lessons and rooms for newcomers",
        "receiver_checked_on": date(2026, 11, 1),
        "receiver_checked_by": "the treasurer",
        "receiver_lists": "UN, EU, UK, US",
        "revision_number": 1,
    }
    values = defaults | facts
    values.setdefault("group_id", make_group().id)
    campaign = _added(Campaign(**values))
    _added(
        CampaignRevision(
            campaign_id=campaign.id,
            number=campaign.revision_number,
            story=(story or make_story()).model_dump(mode="json"),
            fingerprint=f"{number:064d}",
            created_at=written_at or now(),
        )
    )
    return campaign


def make_total(
    campaign: Campaign, received_minor: int, *, livemode: bool = False, **facts: Any
) -> CampaignTotal:
    """Add what a campaign has received, without the ledger entries behind it."""
    defaults: dict[str, Any] = {"currency": campaign.currency, "gifts": 1}
    return _added(
        CampaignTotal(
            campaign_id=campaign.id, livemode=livemode, received_minor=received_minor, **(defaults | facts)
        )
    )


def _added(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
