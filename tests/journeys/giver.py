"""Someone who gives, with a browser."""

import uuid
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.foundation.browsers import Visit
from tests.journeys.pages.campaign import CampaignPage


@dataclass
class Giver:
    """Someone with a browser and an e-mail address of their own."""

    visit: Visit
    address: str
    email: str = field(default_factory=lambda: f"giver-{uuid.uuid4().hex[:12]}@example.org")

    @property
    def page(self) -> Page:
        """The first tab."""
        return self.visit.page

    def campaign(self) -> CampaignPage:
        """Open the campaign's page in the first tab."""
        return CampaignPage(self.page, self.address).open()

    def new_tab(self) -> Page:
        """Open another tab of the same browser, whose complaints count too."""
        tab = Visit(self.visit.context, self.visit.context.new_page(), self.visit.complaints)
        tab.listen()
        return tab.page
