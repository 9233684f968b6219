"""Someone who helps, with a browser and a mailbox."""

import re
import uuid
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from playwright.sync_api import Page, expect

from tests.foundation.browsers import Visit
from tests.journeys.pages.event import CampaignHelp, EventPage, MyHelpPage
from tests.journeys.running import Lantern
from tests.journeys.waiting import eventually

LINK = re.compile(r"http://\S+/s/\S+")


@dataclass
class Volunteer:
    """Someone with a browser and an e-mail address of their own."""

    visit: Visit
    lantern: Lantern
    email: str = field(default_factory=lambda: f"volunteer-{uuid.uuid4().hex[:12]}@example.org")

    @property
    def page(self) -> Page:
        """The tab."""
        return self.visit.page

    def campaign(self) -> CampaignHelp:
        """Open the campaign's page."""
        return CampaignHelp(self.page, self.lantern.address).open()

    def event(self, event_id: int) -> EventPage:
        """Open an event's page."""
        return EventPage(self.page, self.lantern.address).open(event_id)

    def mail(self, about: str) -> EmailMessage:
        """Wait for the newest mail whose subject holds these words."""

        def look() -> EmailMessage:
            found = [mail for mail in self.lantern.mails_to(self.email) if about in str(mail["Subject"])]
            assert found, [str(mail["Subject"]) for mail in self.lantern.mails_to(self.email)]
            return found[-1]

        return eventually(look)

    def follow(self, mail: EmailMessage, which: int = 0) -> MyHelpPage:
        """Open a mail's link, the first one unless told otherwise; it must have left the address bar."""
        body = mail.get_body(("plain",))
        assert body is not None
        self.page.goto(LINK.findall(body.get_content())[which])
        assert "/s/" not in self.page.url
        return MyHelpPage(self.page)

    def confirms(self, shift: Any) -> None:
        """Sign up for a shift, and confirm the place by the mailed link."""
        event = self.event(shift.event_id)
        event.shift(shift.id).check()
        event.sign_up(self.email).says("Your place is held")
        page = self.follow(self.mail("Please confirm"))
        page.press("Confirm my place")
        expect(page.main).to_contain_text("that is confirmed")
