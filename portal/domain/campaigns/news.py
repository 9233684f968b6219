"""What is new among the campaigns that readers see, for feeds and search engines."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.domain.campaigns.models import Campaign, CampaignRevision, CampaignStatus
from portal.domain.campaigns.queries import current_revision


@dataclass(frozen=True, slots=True)
class Published:
    """A campaign that readers see, and when its words or its standing last changed."""

    id: int
    slug: str
    title: str
    summary: str
    created_at: datetime
    changed_at: datetime


def list_published() -> list[Published]:
    """Give the campaigns that readers see, the one that changed last first, in one statement."""
    words = [CampaignRevision.story[name].as_string() for name in ("title", "summary")]
    rows = db.session.execute(
        select(
            Campaign.id,
            Campaign.slug,
            *words,
            Campaign.created_at,
            CampaignRevision.created_at,
            Campaign.edited_at,
        )
        .join(CampaignRevision, current_revision())
        .where(Campaign.status == CampaignStatus.PUBLISHED)
    )
    found = [
        # A draft of June that is published in October is news of October.
        Published(one, slug, title, summary, created_at, max(revised_at, edited_at or revised_at))
        for one, slug, title, summary, created_at, revised_at, edited_at in rows
    ]
    return sorted(found, key=lambda one: (one.changed_at, one.id), reverse=True)
