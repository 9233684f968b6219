"""Reads of those whom campaigns name: organizations of their articles, and partners of the group."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from portal.db import db
from portal.domain.campaigns.documents import PartnerDocument
from portal.domain.campaigns.errors import NoSuchOrganization
from portal.domain.campaigns.models import Campaign, CampaignRevision, CampaignStatus, Group
from portal.domain.campaigns.queries import current_revision, read_story, stored_story
from portal.domain.campaigns.story import Credit

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class NamedOrganization:
    """An organization as all published campaigns together tell of it."""

    name: str
    aliases: tuple[str, ...]
    url: str | None
    does: tuple[str, ...]
    named_by: tuple[tuple[str, str], ...]
    credits: tuple[Credit, ...]

    @property
    def interests(self) -> tuple[Credit, ...]:
        """The credits of authors who declared that they belong to it."""
        names = (self.name, *self.aliases)
        return tuple(one for one in self.credits if any(name in (one.interest or "") for name in names))


def get_organization(slug: str) -> NamedOrganization:
    """Give what the published campaigns tell of an organization, in one statement. Raises NoSuchOrganization."""
    statement = (
        select(Campaign.slug, stored_story())
        .join(CampaignRevision, current_revision())
        .where(Campaign.status == CampaignStatus.PUBLISHED)
        .order_by(Campaign.position, Campaign.id)
    )
    stories = [(address, read_story(story)) for address, story in db.session.execute(statement)]
    told = [
        (address, story, organization)
        for address, story in stories
        for organization in story.organizations
        if organization.slug == slug
    ]
    if not told:
        raise NoSuchOrganization(slug)
    named = [organization for _, _, organization in told]
    return NamedOrganization(
        name=named[0].name,
        aliases=_each_once(alias for one in named for alias in one.aliases),
        url=next((str(one.url) for one in named if one.url), None),
        does=_each_once(one.does for one in named),
        named_by=_each_once((address, story.title) for address, story, _ in told),
        credits=_each_once(story.credit for _, story, _ in told if story.credit),
    )


def _each_once(things: Iterable[Thing]) -> tuple[Thing, ...]:
    return tuple(dict.fromkeys(things))


def get_partner(group: Group | None, slug: str) -> PartnerDocument:
    """Give one that the group has an agreement with. Raises NoSuchOrganization."""
    partners = (group.partners if group else None) or []
    found = next((partner for partner in partners if partner["id"] == slug), None)
    if found is None:
        raise NoSuchOrganization(slug)
    return PartnerDocument.model_validate(found)
